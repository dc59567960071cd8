const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const integer = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });

/** The largest unit that fits, as one number: what a row has room for. @param seconds not negative */
export function shortSpan(seconds: number): string {
  if (seconds < MINUTE) return `${integer.format(Math.floor(seconds))} s`;
  if (seconds < HOUR) return `${integer.format(Math.floor(seconds / MINUTE))} min`;
  if (seconds < 2 * DAY) return `${integer.format(Math.floor(seconds / HOUR))} h`;
  return `${integer.format(Math.floor(seconds / DAY))} d`;
}

/** Two units, for facts that stand alone: `2 h 5 min`. @param seconds negative ones count as none */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [unit, below] = whole < HOUR ? [MINUTE, 1] : whole < DAY ? [HOUR, MINUTE] : [DAY, HOUR];
  if (whole < MINUTE) return shortSpan(whole);
  const rest = whole % unit;
  const first = shortUnit(whole - rest, unit);
  return rest < below ? first : `${first} ${shortUnit(rest, below)}`;
}

function shortUnit(seconds: number, unit: number): string {
  const names: Readonly<Record<number, string>> = { 1: 's', [MINUTE]: 'min', [HOUR]: 'h', [DAY]: 'd' };
  return `${integer.format(Math.floor(seconds / unit))} ${names[unit] ?? 's'}`;
}

/**
 * How far an instant is from now, either way: `3 h ago`, `in 5 min`.
 * @param now milliseconds since 1970
 */
export function relativeTime(instant: string, now: number): string {
  const seconds = (Date.parse(instant) - now) / 1_000;
  if (Number.isNaN(seconds)) return instant;
  if (Math.abs(seconds) < 5) return 'now';
  return seconds < 0 ? `${shortSpan(-seconds)} ago` : `in ${shortSpan(seconds)}`;
}

/** Whole days from now until an instant, negative once it is over. @param now milliseconds since 1970 */
export function daysUntil(instant: string, now: number): number {
  return Math.floor((Date.parse(instant) - now) / (DAY * 1_000));
}
