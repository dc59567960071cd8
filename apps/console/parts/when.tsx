import { relativeTime } from '../words/relative-time.js';
import { useTenSeconds } from './now.js';
import { type TimeStyle, usePreferences } from './preferences.js';

const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** The time of day in the viewer's zone. @param at milliseconds since 1970 */
export const clockTime = (at: number): string => clock.format(at);

/** An instant in UTC as people read it. */
export function utcText(at: string): string {
  return at.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
}

function shown(at: string, style: TimeStyle, now: number): string {
  if (style === 'relative') return relativeTime(at, now);
  return style === 'utc' ? utcText(at) : local.format(new Date(at));
}

interface WhenProps {
  /** RFC 3339; null where it never was. */
  readonly at: string | null;
  readonly never?: string;
  /** Whether the keyboard reaches it, which then shows the exact instant too: for the few that stand alone. */
  readonly exact?: boolean;
}

/** An instant: relative or exact as the viewer chose, the other in the title. */
export function When({ at, never = '–', exact = false }: WhenProps) {
  const now = useTenSeconds();
  const { times } = usePreferences();
  if (at === null) return <span className="dim">{never}</span>;
  const text = shown(at, times, now);
  const title = times === 'utc' ? `${at} · ${relativeTime(at, now)}` : `${at} (UTC)`;
  return (
    <>
      <time dateTime={at} title={title}>
        {text}
      </time>
      {exact && times === 'relative' ? <span className="exact"> · {local.format(new Date(at))}</span> : null}
    </>
  );
}
