const whole = new Intl.NumberFormat();
const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });
const fineShare = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 2 });

export const count = (value: number): string => whole.format(value);

/** A number with its noun; the plural is the noun with an s unless given. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${whole.format(value)} ${value === 1 ? noun : plural}`;
}

/**
 * A share as percent. One that is nearly all shows its decimals, rounded down: 99.996 % is not 100 %.
 * @param value 0 to 1
 */
export function percent(value: number): string {
  if (value <= 0.99 || value >= 1) return share.format(value);
  return fineShare.format(Math.floor(value * 10_000) / 10_000);
}

/** Milliseconds in the unit that reads best. */
export function milliseconds(value: number | null): string {
  if (value === null) return '–';
  return value < 1_000 ? `${whole.format(Math.round(value))} ms` : `${whole.format(Math.round(value / 100) / 10)} s`;
}

/** Which of all a page shows. @param first number of its first row, from 1 */
export function range(first: number, shown: number, total: number): string {
  if (shown === 0) return `0 of ${whole.format(total)}`;
  return `${whole.format(first)}–${whole.format(first + shown - 1)} of ${whole.format(total)}`;
}
