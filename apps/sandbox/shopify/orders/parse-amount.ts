import { decimalsOf, type Bag } from './bag.js';
import type { Order } from './order.js';

/** Whole minor units of an amount as GraphQL gives it ("10.5"), or undefined when it is none. */
export function parseAmount(amount: unknown, currency: string): number | undefined {
  const text = String(amount).trim();
  if (!/^-?\d{1,15}(\.\d{0,10})?$/.test(text)) return undefined;
  return Math.round(Number(text) * 10 ** decimalsOf(currency));
}

/** Puts an amount of the order's presentment currency into both currencies. */
export function fromPresentment(minor: number, { exchange }: Pick<Order, 'exchange'>): Bag {
  const { shopCurrency, presentmentCurrency, rate } = exchange;
  if (shopCurrency === presentmentCurrency) return { shop: minor, presentment: minor };
  const shift = decimalsOf(shopCurrency) - decimalsOf(presentmentCurrency);
  return { shop: Math.round((minor / rate) * 10 ** shift), presentment: minor };
}

/** An amount of either currency of the order, in both; undefined when it is no amount. */
export function bagOfAmount(amount: unknown, currency: string | null | undefined, order: Pick<Order, 'exchange'>) {
  const { shopCurrency, presentmentCurrency, rate } = order.exchange;
  const given = currency ?? presentmentCurrency;
  const minor = parseAmount(amount, given);
  if (minor === undefined) return undefined;
  if (given === presentmentCurrency) return fromPresentment(minor, order);
  const shift = decimalsOf(presentmentCurrency) - decimalsOf(shopCurrency);
  return { shop: minor, presentment: Math.round(minor * rate * 10 ** shift) };
}
