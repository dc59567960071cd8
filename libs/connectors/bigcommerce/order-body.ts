import type { AddressInput, Losses } from '#contract';
import { countryName } from '#kit';
import type { V2Address } from './order-schema.js';
import { type Body, bodyOf, rejected } from './record-calls.js';

/** The platform goes by the country's name, and prints both (orders.v2.oas2.yml). */
function countryOf(code: string | undefined, path: string): Body {
  if (code === undefined) return {};
  const name = countryName(code);
  if (name === undefined) throw rejected(`There is no country ${code}.`, `${path}.countryCode`);
  return { country: name, country_iso2: code };
}

/** The fields of an address that were given, in the words of V2. */
export function addressBody(address: AddressInput | undefined, path: string): Body {
  if (address === undefined) return {};
  return {
    ...bodyOf({
      first_name: address.firstName,
      last_name: address.lastName,
      company: address.company,
      street_1: address.address1,
      street_2: address.address2,
      city: address.city,
      state: address.province ?? address.provinceCode,
      zip: address.postalCode,
      phone: address.phone,
    }),
    ...countryOf(address.countryCode, path),
  };
}

const ADDRESS_FIELDS = [
  'first_name',
  'last_name',
  'company',
  'street_1',
  'street_2',
  'city',
  'state',
  'zip',
  'country',
  'country_iso2',
  'phone',
  'email',
] as const satisfies readonly (keyof V2Address)[];

/** An address as it is now: one that is changed has to be sent whole, because a billing address without a ZIP code is refused. */
export function presentAddress(address: V2Address | null | undefined): Body {
  return bodyOf(Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, address?.[field] ?? undefined])));
}

const STATE_NAME = {
  fate: 'changed',
  why: 'BigCommerce keeps states by name: a code is kept as one where no name is given.',
} as const;

export const ADDRESS_LOSSES: Losses = {
  'billingAddress.provinceCode': STATE_NAME,
  'shippingAddress.provinceCode': STATE_NAME,
};

export const SHOP_SENDS_MAIL = {
  fate: 'ignored',
  why: "The shop's own settings decide which mails are sent.",
} as const;

/** What fields of an order are called in a refusal, in the caller's words. */
export const ORDER_WORDS: Readonly<Record<string, string>> = {
  billing_address: 'billingAddress',
  shipping_addresses: 'shippingAddress',
  customer_id: 'customer.id',
  customer_message: 'buyerNote',
  date_created: 'placedAt',
  default_currency_code: 'currency',
  fees: 'fees',
  payment_method: 'paymentMethod',
  products: 'lineItems',
};
