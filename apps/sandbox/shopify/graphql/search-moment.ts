import { momentInZone, offsetMinutes, printOffset } from './moment.js';

/** The stretch of time a search value stands for: a day is 24 hours long, a full time one second. */
export interface Stretch {
  /** Milliseconds since 1970, included. */
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

const SECOND = 1_000;

const FORM =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2})(?:\.\d+)?)?)?)?)?)?(Z|[+-]\d{2}:?\d{2})?$/i;

function offsetOf(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** The next year, month, day, hour, minute or second, whichever is the last one given. */
function after(parts: readonly number[]): readonly number[] {
  return parts.map((part, index) => (index === parts.length - 1 ? part + 1 : part));
}

function asUtc([year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: readonly number[]): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * Reads a time of a search: a year, month, day, hour or full time, or `now`. Without an offset it is in the shop's time zone.
 * @returns undefined when it is none of these
 */
export function readStretch(value: string, timezone: string, now: Date): Stretch | undefined {
  if (value === 'now') return { from: now.getTime(), to: now.getTime() + SECOND };
  const match = FORM.exec(value);
  if (match === null) return undefined;
  const zone = match[7];
  // Groups that matched nothing are undefined, which the type of a match does not tell.
  const given: readonly (string | undefined)[] = match.slice(1, 7);
  const parts = given.filter((part) => part !== undefined).map(Number);
  const moment = (fields: readonly number[]): number => {
    const utc = asUtc(fields);
    if (zone !== undefined) return utc - offsetOf(zone) * 60_000;
    return momentInZone(new Date(utc).toISOString().slice(0, 19), timezone);
  };
  const stretch = { from: moment(parts), to: moment(after(parts)) };
  return Number.isFinite(stretch.from) && Number.isFinite(stretch.to) ? stretch : undefined;
}

/** A cut time as Shopify reports it (recorded: "2000-01-01T00:00:00-05:00" for an unquoted 2000-01-01T00:00:00Z). */
export function printCutMoment(value: string, timezone: string, now: Date): string {
  const stretch = readStretch(value, timezone, now);
  if (stretch === undefined) return value;
  const minutes = offsetMinutes(timezone, stretch.from);
  const local = new Date(stretch.from + minutes * 60_000).toISOString().slice(0, 19);
  return `${local}${printOffset(minutes)}`;
}
