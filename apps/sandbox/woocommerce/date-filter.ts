import { instantOfWall, zoneOffset } from './local-time.js';

// The grammar WordPress checks before it hands the date on, with no more months, days and hours than there are; a plain
// `2024-01-01` is refused (recorded: captures/woocommerce/err-400-invalid-date.json).
const DATE = /(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/;
const TIME = /([01]\d|2[0-4]):([0-5]\d):([0-5]\d)(?:\.\d+)?/;
const ZONE = /(Z|z|[+-]\d{2}(?::\d{2})?)/;
const DATE_TIME = new RegExp(`^${DATE.source}[Tt ]${TIME.source}${ZONE.source}?$`);

/** A date as it stood in the query: a clock's reading and, when given, that clock's distance from UTC in seconds. */
export interface DateParameter {
  readonly wall: number;
  readonly offset?: number;
}

/** Undefined when WordPress would answer "Invalid date.". */
export function parseDateParameter(text: string): DateParameter | undefined {
  const match = DATE_TIME.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  const zone = match[7];
  return zone === undefined ? { wall } : { wall, offset: offsetOf(zone) };
}

function offsetOf(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}

/**
 * The bound that the `*_gmt` column is compared with, in seconds since 1970. Both bounds are exclusive.
 *
 * With `dates_are_gmt` a date that names its zone comes out wrong on a genuine shop, and here: it is turned into the
 * site's wall clock and that reading is compared with the UTC column (fact sheet, section 4.3; recorded:
 * captures/woocommerce/orders-modified-after-boundary-*.json). Naive dates with the flag, and dates with a zone
 * without it, are right.
 */
export function dateBound(date: DateParameter, datesAreGmt: boolean, timeZone: string): number {
  if (date.offset === undefined) return datesAreGmt ? date.wall : instantOfWall(date.wall, timeZone);
  const instant = date.wall - date.offset;
  return datesAreGmt ? instant + zoneOffset(instant, timeZone) : instant;
}
