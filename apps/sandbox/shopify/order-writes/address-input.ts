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

function placeOf({ province, provinceCode, country, countryCode }: AddressInput) {
  const code = countryCode ?? '';
  return {
    province: province ?? provinceCode ?? null,
    provinceCode: provinceCode ?? null,
    country: country ?? (code === '' ? '' : (countries.of(code) ?? code)),
    countryCode: code,
  };
}

/** @param id of the new address */
export function addressOfInput(input: AddressInput, id: number): Address {
  const text = (field: keyof AddressInput): string | null => input[field] ?? null;
  return {
    ...placeOf(input),
    id,
    firstName: text('firstName'),
    lastName: text('lastName'),
    company: text('company'),
    address1: text('address1'),
    address2: text('address2'),
    city: text('city'),
    zip: text('zip'),
    phone: text('phone'),
  };
}
