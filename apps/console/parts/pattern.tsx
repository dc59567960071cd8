/** Ways to fill an area that differ without any colour. */
export const FILLS = ['plain', 'stripes', 'dots', 'grid'] as const;
export type Fill = (typeof FILLS)[number];

export interface Series<K extends string> {
  readonly name: K;
  readonly label: string;
  /** A CSS colour. */
  readonly colour: string;
  readonly fill: Fill;
}

/** @param prefix makes the id one of its own on the page */
export const patternId = (prefix: string, name: string): string => `${prefix.replace(/[^\w-]/g, '')}-${name}`;

function Marks({ fill }: { readonly fill: Fill }) {
  if (fill === 'stripes') return <path d="M-2 2l4-4M0 8l8-8M6 10l4-4" className="pattern-line" />;
  if (fill === 'dots') return <circle cx="4" cy="4" r="1.600" className="pattern-dot" />;
  if (fill === 'grid') return <path d="M0 4h8M4 0v8" className="pattern-line" />;
  return null;
}

/** The definitions that a chart's areas refer to. */
export function Patterns<K extends string>({
  prefix,
  series,
}: {
  readonly prefix: string;
  readonly series: readonly Series<K>[];
}) {
  return (
    <defs>
      {series.map(({ name, colour, fill }) => (
        <pattern key={name} id={patternId(prefix, name)} width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" fill={colour} />
          <Marks fill={fill} />
        </pattern>
      ))}
    </defs>
  );
}

/** What the fills mean. */
export function Legend<K extends string>({
  prefix,
  series,
}: {
  readonly prefix: string;
  readonly series: readonly Series<K>[];
}) {
  const own = `${prefix}-legend`;
  return (
    <ul className="legend">
      {series.map((each) => (
        <li key={each.name}>
          <svg width="18" height="12" aria-hidden="true">
            <Patterns prefix={own} series={[each]} />
            <rect width="18" height="12" rx="2" fill={`url(#${patternId(own, each.name)})`} />
          </svg>
          {each.label}
        </li>
      ))}
    </ul>
  );
}
