import type { AddressInput, JsonValue, Losses, Money } from '#contract';
import { countryName } from '#kit';
import { bodyOf, rejected } from './record-calls.js';

/** The entry of an order or a refund by which an earlier try to make it is found again. */
export const REFERENCE_KEY = '_shopspan_reference';

type Body = Readonly<Record<string, JsonValue>>;

/** WooCommerce takes any two letters for a country; what is none is found here. */
function checkedCountry(code: string | undefined, path: string): string | undefined {
  if (code === undefined || countryName(code) !== undefined) return code;
  throw rejected(`There is no country ${code}.`, `${path}.countryCode`);
}

/** The fields of an address that were given; the platform leaves the others as they are. */
export function addressBody(address: AddressInput | undefined, path: string): Body {
  if (address === undefined) return {};
  return bodyOf({
    first_name: address.firstName,
    last_name: address.lastName,
    company: address.company,
    address_1: address.address1,
    address_2: address.address2,
    city: address.city,
    state: address.provinceCode ?? address.province,
    postcode: address.postalCode,
    country: checkedCountry(address.countryCode, path),
    phone: address.phone,
  });
}

/** An address in a body has the whole order taxed anew; an empty one would do so for nothing. */
export function unlessEmpty(body: Body): Body | undefined {
  return Object.keys(body).length === 0 ? undefined : body;
}

const ONE_STATE = {
  fate: 'changed',
  why: 'WooCommerce keeps one text for the province: its code where both are given, and a short name is read as a code.',
} as const;

export const ADDRESS_LOSSES: Losses = {
  'billingAddress.province': ONE_STATE,
  'shippingAddress.province': ONE_STATE,
};

export const SHOP_SENDS_MAIL = {
  fate: 'ignored',
  why: "The shop's own settings decide which mails are sent.",
} as const;

/** @throws GatewayError `request_rejected`: the platform would take the number and give it its own currency */
export function amountIn(currency: string, money: Money, path: string): string {
  if (money.currency === currency) return money.amount;
  throw rejected(`The amount must be in ${currency}, not in ${money.currency}.`, path);
}
