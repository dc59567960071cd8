import { printAmount, type Bag, type Exchange } from '../orders/bag.js';
import type { TaxAmount } from '../orders/order.js';

const MILLION = 1_000_000;

/** `MoneyV2`. @param minor whole minor units */
export function moneyView(minor: number, currencyCode: string) {
  return { __typename: 'MoneyV2', amount: printAmount(minor, currencyCode), currencyCode };
}

/** `MoneyBag`. */
export function moneyBagView(bag: Bag, { shopCurrency, presentmentCurrency }: Exchange) {
  return {
    shopMoney: moneyView(bag.shop, shopCurrency),
    presentmentMoney: moneyView(bag.presentment, presentmentCurrency),
  };
}

/** `TaxLine`. */
export function taxView({ title, ppm, amount }: TaxAmount, exchange: Exchange) {
  return {
    title,
    rate: ppm / MILLION,
    ratePercentage: ppm / 10_000,
    channelLiable: false,
    source: 'Shopify',
    priceSet: moneyBagView(amount, exchange),
  };
}
