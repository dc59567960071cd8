import { parseDateParameter } from '../date-filter.js';
import { instantOfWall } from '../local-time.js';
import { type Arguments, textArgument } from '../order-writes/arguments.js';

/**
 * A date that may be given as `name`, on the shop's clock, or as `name_gmt`. Undefined when neither is there; null when
 * it is emptied or no date at all.
 */
export function dateArgument(values: Arguments, name: string, timeZone: string): number | null | undefined {
  const local = values[name];
  const utc = values[`${name}_gmt`];
  if (local !== undefined) return instantOf(textArgument(local), timeZone);
  return utc === undefined ? undefined : instantOf(textArgument(utc), 'UTC');
}

function instantOf(text: string | undefined, timeZone: string): number | null {
  if (text === undefined) return null;
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text;
  const date = parseDateParameter(full);
  if (!date) return null;
  return date.offset === undefined ? instantOfWall(date.wall, timeZone) : date.wall - date.offset;
}
