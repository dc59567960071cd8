import { parseDateParameter } from '../date-filter.js';
import { instantOfWall } from '../local-time.js';
import { type Arguments, textArgument } from '../order-writes/arguments.js';

/**
 * A date that may be given as `name`, on the shop's clock, or as `name_gmt`. Undefined when neither is there, and for
 * null, which PHP takes for absent; null when it is emptied with `''`, or no date at all.
 */
export function dateArgument(values: Arguments, name: string, timeZone: string): number | null | undefined {
  const local = textArgument(values[name]);
  const utc = textArgument(values[`${name}_gmt`]);
  if (local !== undefined) return instantOf(local, timeZone);
  return utc === undefined ? undefined : instantOf(utc, 'UTC');
}

function instantOf(text: string, timeZone: string): number | null {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text;
  const date = parseDateParameter(full);
  if (!date) return null;
  return date.offset === undefined ? instantOfWall(date.wall, timeZone) : date.wall - date.offset;
}
