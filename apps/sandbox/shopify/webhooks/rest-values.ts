import { offsetMinutes, printOffset } from '../graphql/moment.js';
import { decimalsOf, type Bag, type Exchange } from '../orders/bag.js';
import type { Address } from '../orders/order.js';
import type { Shop } from '../shops.js';
import { fullName } from '../views/address-view.js';

/** An amount as webhooks print it: always with all its decimals ("10.00"). @param minor whole minor units */
export function restAmount(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  return (minor / 10 ** decimals).toFixed(decimals);
}

/** An amount in both currencies. */
export function restMoneySet(bag: Bag, { shopCurrency, presentmentCurrency }: Exchange) {
  return {
    shop_money: { amount: restAmount(bag.shop, shopCurrency), currency_code: shopCurrency },
    presentment_money: {
      amount: restAmount(bag.presentment, presentmentCurrency),
      currency_code: presentmentCurrency,
    },
  };
}

/** A moment with the shop's own offset ("2021-12-31T19:00:00-05:00"). @param moment milliseconds since 1970 */
export function restMoment(moment: number, { timezone }: Pick<Shop, 'timezone'>): string {
  const offset = offsetMinutes(timezone, moment);
  return `${new Date(moment + offset * 60_000).toISOString().slice(0, 19)}${printOffset(offset)}`;
}

/** The same, or null. */
export function restMomentOrNull(moment: number | null, shop: Pick<Shop, 'timezone'>): string | null {
  return moment === null ? null : restMoment(moment, shop);
}

/** An address of an order. */
export function restAddress(address: Address | null) {
  if (address === null) return null;
  return {
    first_name: address.firstName,
    address1: address.address1,
    phone: address.phone,
    city: address.city,
    zip: address.zip,
    province: address.province,
    country: address.country,
    last_name: address.lastName,
    address2: address.address2,
    company: address.company,
    latitude: null,
    longitude: null,
    name: fullName(address.firstName, address.lastName),
    country_code: address.countryCode,
    province_code: address.provinceCode,
  };
}
