import type { AddressInput } from '#contract';
import { countryName } from '#kit';
import { type Body, bodyOf, rejected } from '../record-calls.js';

/** The platform's names of fields, for its refusals. */
export const ADDRESS_WORDS: Readonly<Record<string, string>> = {
  first_name: 'firstName',
  last_name: 'lastName',
  company: 'company',
  address1: 'address1',
  address2: 'address2',
  city: 'city',
  state_or_province: 'province',
  postal_code: 'postalCode',
  country_code: 'countryCode',
  phone: 'phone',
};

/** @throws GatewayError `request_rejected` naming all that the platform requires and were not given */
export function requireFields<T extends object>(input: T, names: readonly (keyof T & string)[], prefix = ''): void {
  const absent = names.filter((name) => input[name] === undefined || input[name] === '');
  if (absent.length > 0)
    throw rejected('BigCommerce does not take it without these.', ...absent.map((name) => `${prefix}${name}`));
}

/** A new address. The state may be empty for countries that have none (customers.v3.yml). */
export function addressBody(address: AddressInput, prefix = ''): Body {
  requireFields(address, ['firstName', 'lastName', 'address1', 'city', 'countryCode'], prefix);
  return { state_or_province: '', postal_code: '', ...addressChange(address, prefix) };
}

/**
 * The fields that were given. A state goes by its full name: codes are not accepted.
 * @throws GatewayError `request_rejected` for a country that does not exist: what the platform says to one is not documented
 */
export function addressChange(address: AddressInput, prefix = ''): Body {
  const { countryCode } = address;
  if (countryCode !== undefined && countryName(countryCode) === undefined)
    throw rejected(`There is no country ${countryCode}.`, `${prefix}countryCode`);
  return bodyOf({
    first_name: address.firstName,
    last_name: address.lastName,
    company: address.company,
    address1: address.address1,
    address2: address.address2,
    city: address.city,
    state_or_province: address.province,
    postal_code: address.postalCode,
    country_code: countryCode,
    phone: address.phone,
  });
}
