import { Big } from '#contract';

/** docs: V2 prints amounts as strings with four decimals, whatever the currency. */
export function four(value: Big | number | string): string {
  return new Big(value).toFixed(4);
}

/** docs: V3 prints amounts as JSON numbers. */
export function asNumber(value: Big | string): number {
  return Number(new Big(value).toFixed(4));
}

/** docs: V2 prints moments as RFC 2822 in UTC. */
export function rfc2822(moment: Date | number): string {
  return new Date(moment).toUTCString().replace('GMT', '+0000');
}

/** docs: V3 prints moments as ISO 8601 without fractions of a second. */
export function iso(moment: Date | number, zone: 'Z' | '+00:00' = 'Z'): string {
  return new Date(moment).toISOString().replace(/\.\d{3}Z$/, zone);
}

const MILLION = 1_000_000;

/** A price in both of its forms. */
export interface Price {
  readonly ex: Big;
  readonly inc: Big;
}

/** Works out the other form of a price at a tax rate. */
export function priceOf(price: Big, included: boolean, taxPpm: number, decimals: number): Price {
  const factor = new Big(MILLION + taxPpm).div(MILLION);
  // Recorded in the docs' examples: the derived form keeps four decimals ("62.6793"), the entered one the currency's.
  return included
    ? { inc: price, ex: price.div(factor).round(4, Big.roundHalfUp) }
    : { ex: price, inc: price.times(factor).round(decimals, Big.roundHalfUp) };
}

/** A price times a quantity. */
export function times({ ex, inc }: Price, quantity: number): Price {
  return { ex: ex.times(quantity), inc: inc.times(quantity) };
}

export function addPrices(prices: readonly Price[]): Price {
  let [ex, inc] = [new Big(0), new Big(0)];
  for (const price of prices) [ex, inc] = [ex.plus(price.ex), inc.plus(price.inc)];
  return { ex, inc };
}
