import { Big } from 'big.js';
import { z } from 'zod';
import { likeness } from './people-in-text.js';

// Platform amounts never need an exponent; plain notation keeps them readable and comparable as text.
Big.NE = -1e6;
Big.PE = 1e6;

const DECIMAL = /^-?\d{1,30}(\.\d{1,30})?$/;

/** An exact amount: a decimal string, never a float, plus the ISO 4217 currency. */
export const money = z
  .strictObject({
    amount: z
      .string()
      .regex(DECIMAL)
      .meta({ description: 'Exact decimal string.', examples: ['12.34'] }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .meta({ description: 'ISO 4217 code.', examples: ['EUR'] }),
  })
  .meta({ id: 'Money' });

export type Money = z.infer<typeof money>;

// Asking for one costs as much as a hundred additions, and every printed amount asks.
const decimalsOf = new Map<string, number>();

/** How many decimals the currency's minor unit has: 0 for JPY, 2 for EUR, 3 for KWD. Unknown currencies: 2. */
export function minorUnitDecimals(currency: string): number {
  const known = decimalsOf.get(currency);
  if (known !== undefined) return known;
  const decimals = askForDecimals(currency);
  // Only three letters are kept, so that nonsense from outside cannot fill the memory.
  if (/^[A-Z]{3}$/.test(currency)) decimalsOf.set(currency, decimals);
  return decimals;
}

function askForDecimals(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/**
 * Reads an amount as a platform printed it (string or JSON number) into an exact decimal.
 * @throws RangeError when it is not a plain finite decimal.
 */
export function decimal(value: string | number): Big {
  const text = String(value).trim();
  if (!DECIMAL.test(text)) throw new RangeError(`not a decimal amount: ${likeness(text)}`);
  return new Big(text);
}

/** Prints with at least the currency's own decimals and no more than the value has: "10" EUR -> "10.00". */
export function printAmount(value: Big, currency: string): string {
  const plain = value.toFixed();
  const decimals = plain.split('.')[1]?.length ?? 0;
  const wanted = minorUnitDecimals(currency);
  return decimals < wanted ? value.toFixed(wanted) : plain;
}

export function moneyOf(value: Big | string | number, currency: string): Money {
  const exact = typeof value === 'object' ? value : decimal(value);
  return { amount: printAmount(exact, currency), currency };
}

export function sum(values: Iterable<Big>): Big {
  let total = new Big(0);
  for (const value of values) total = total.plus(value);
  return total;
}

/**
 * The price of one unit such that price x quantity gives the line's amount when rounded to the minor unit. Exact where
 * it divides; otherwise with as many decimals as that needs (3 for 10.00 is 3.333, not 3.33).
 */
export function unitPrice(lineAmount: Big, quantity: Big, currency: string): Big {
  if (quantity.eq(0)) return lineAmount;
  const scale = Math.max(minorUnitDecimals(currency), lineAmount.toFixed().split('.')[1]?.length ?? 0);
  for (let decimals = scale; decimals < scale + 12; decimals += 1) {
    const price = lineAmount.div(quantity).round(decimals, Big.roundHalfUp);
    if (price.times(quantity).round(scale, Big.roundHalfUp).eq(lineAmount)) return price;
  }
  throw new RangeError('the unit price has no finite approximation');
}

export { Big };
