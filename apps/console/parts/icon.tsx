/** Strokes in a square of 24; told apart by their shape, never by colour. */
const SHAPES = {
  check: 'M5 13l4 4L19 7',
  cross: 'M6 6l12 12M18 6L6 18',
  warning: 'M12 4L2.5 20h19L12 4zM12 10v4M12 17v.5',
  clock: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3 3',
  key: 'M8 10a4 4 0 104 4M11 13l8-8M16 8l3 3',
  ban: 'M12 3a9 9 0 100 18 9 9 0 000-18zM6 6l12 12',
  pause: 'M8 5v14M16 5v14',
  question: 'M8.5 9a3.5 3.5 0 115 3c-1 .6-1.5 1.2-1.5 2.5M12 18v.5',
  hand: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4 21c0-4 3.5-6 8-6s8 2 8 6',
  shop: 'M4 10v10h16V10M3 10l2-6h14l2 6zM9 20v-6h6v6',
  heal: 'M20 12a8 8 0 11-2.5-5.8M20 3v5h-5',
  link: 'M10 14a4 4 0 005.7 0l3-3A4 4 0 0013 5.300l-1 1M14 10a4 4 0 00-5.700 0l-3 3A4 4 0 0011 18.700l1-1',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  sun: 'M12 8a4 4 0 100 8 4 4 0 000-8zM12 2v2M12 20v2M4 12H2M22 12h-2M5 5l1.500 1.500M17.500 17.500L19 19M5 19l1.500-1.500M17.500 6.500L19 5',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  chart: 'M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6',
  play: 'M7 4l13 8-13 8z',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16v.500',
  info: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v6M12 7.500v.500',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  dot: 'M12 9a3 3 0 100 6 3 3 0 000-6z',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 01-12 0zM12 17v4',
  bell: 'M6 16V11a6 6 0 1112 0v5l2 2H4zM10 21h4',
  pulse: 'M3 12h4l3-7 4 14 3-7h4',
} as const;

export type IconName = keyof typeof SHAPES;

/** A shape beside a word, never instead of one: it is hidden from whoever hears the page. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}
