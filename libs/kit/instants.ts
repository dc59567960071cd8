import { likeness } from '#contract';

const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/;
const NAIVE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?$/;

/**
 * An instant with a zone, as RFC 3339 in UTC; whole seconds are printed without a fraction.
 * @throws RangeError when the text has no zone or is no instant.
 */
export function utcInstant(text: string): string {
  if (!ZONED.test(text)) throw new RangeError(`not an instant with a time zone: ${likeness(text)}`);
  return print(text);
}

/**
 * An instant that its platform prints in UTC without saying so.
 * @throws RangeError when it is no such date and time.
 */
export function naiveUtcInstant(text: string): string {
  if (!NAIVE.test(text)) throw new RangeError(`not a date and time: ${likeness(text)}`);
  return print(`${text.replace(' ', 'T')}Z`);
}

function print(text: string): string {
  const instant = new Date(text);
  const printed = Number.isNaN(instant.getTime()) || !isDay(text.slice(0, 10)) ? '' : instant.toISOString();
  // Beyond the year 9999 there is no RFC 3339 any more.
  if (!/^\d{4}-/.test(printed)) throw new RangeError(`no such instant: ${likeness(text)}`);
  return printed.replace('.000Z', 'Z');
}

// Date makes the 30th of February the 2nd of March.
function isDay(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}
