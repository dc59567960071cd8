import type { Address } from '../orders/order.js';

type Text = string | null | undefined;

/** `MailingAddressInput`, and the customer address of `orderCreate`, which names its country instead of coding it. */
export interface AddressInput {
  readonly firstName?: Text;
  readonly lastName?: Text;
  readonly company?: Text;
  readonly address1?: Text;
  readonly address2?: Text;
  readonly city?: Text;
  readonly province?: Text;
  readonly provinceCode?: Text;
  readonly zip?: Text;
  readonly country?: Text;
  readonly countryCode?: Text;
  readonly phone?: Text;
}

const countries = new Intl.DisplayNames('en', { type: 'region' });

/** @param id of the new address */
export function addressOfInput(input: AddressInput, id: number): Address {
  const countryCode = input.countryCode ?? '';
  return {
    id,
    firstName: input.firstName ?? null,
    lastName: input.lastName ?? null,
    company: input.company ?? null,
    address1: input.address1 ?? null,
    address2: input.address2 ?? null,
    city: input.city ?? null,
    province: input.province ?? input.provinceCode ?? null,
    provinceCode: input.provinceCode ?? null,
    zip: input.zip ?? null,
    country: input.country ?? (countryCode === '' ? '' : (countries.of(countryCode) ?? countryCode)),
    countryCode,
    phone: input.phone ?? null,
  };
}
