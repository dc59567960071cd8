import type { TaxRate } from '../shops.js';
import { portion, type Bag } from './bag.js';
import type { TaxAmount } from './order.js';

const MILLION = 1_000_000;

/**
 * The taxes in or on an amount, each rounded on its own.
 * @param included whether the amount already contains them
 */
export function taxesOn(amount: Bag, rates: readonly TaxRate[], included: boolean): readonly TaxAmount[] {
  const base = included ? rates.reduce((whole, { ppm }) => whole + ppm, MILLION) : MILLION;
  return rates.map(({ title, ppm }) => ({ title, ppm, amount: portion(amount, ppm, base) }));
}
