import { Big, type WEIGHT_UNITS } from '#contract';

type WeightUnit = (typeof WEIGHT_UNITS)[number];

const GRAMS: Readonly<Record<WeightUnit, string>> = { g: '1', kg: '1000', oz: '28.349523125', lb: '453.59237' };
const DECIMALS = 6;

/**
 * A weight in the one unit that a shop weighs in, with at most six decimals.
 * @throws RangeError when something becomes nothing in that unit
 */
export function weightIn(
  wanted: WeightUnit,
  { value, unit }: { readonly value: string; readonly unit: WeightUnit },
): string {
  if (unit === wanted) return value;
  const converted = new Big(value).times(GRAMS[unit]).div(GRAMS[wanted]).round(DECIMALS);
  if (converted.eq(0) && !new Big(value).eq(0)) throw new RangeError(`${value} ${unit} is nothing in ${wanted}.`);
  return converted.toFixed();
}
