import type { Address } from '../orders/order.js';
import { provincesOf } from './provinces.js';

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

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const LETTERS = Array.from({ length: 26 }, (_letter, index) => String.fromCharCode(65 + index));
/** Every country's code by its code and by its English name, both in lower case. */
const CODES: ReadonlyMap<string, string> = new Map(
  LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).flatMap((code) => {
    const name = countries.of(code);
    return name === undefined ? [] : [[code.toLowerCase(), code] as const, [name.toLowerCase(), code] as const];
  }),
);

/** The code of the country an address names or codes; '' when it says nothing, undefined when there is no such country. */
function countryOf({ country, countryCode }: AddressInput): string | undefined {
  if (countryCode) return countryCode;
  return country ? CODES.get(country.toLowerCase()) : '';
}

function provinceOf({ province, provinceCode }: AddressInput, countryCode: string) {
  const known = provincesOf(countryCode);
  const byName = [...(known ?? [])].find(([, name]) => name.toLowerCase() === province?.toLowerCase());
  const code = provinceCode || (byName?.[0] ?? null);
  return { province: (code && known?.get(code)) || province || code, provinceCode: code };
}

function placeOf(input: AddressInput) {
  const code = countryOf(input) ?? '';
  return {
    ...provinceOf(input, code),
    country: code === '' ? (input.country ?? '') : (countries.of(code) ?? code),
    countryCode: code,
  };
}

/** What is wrong with an address: the field and the recorded message, or undefined. */
export function addressMistake(input: AddressInput): { readonly field: string; readonly message: string } | undefined {
  const code = countryOf(input);
  if (code === undefined) return { field: 'country', message: 'Country is invalid' };
  const known = provincesOf(code);
  const { province, provinceCode } = input;
  if (known === undefined || !(province || provinceCode)) return undefined;
  const fits = provinceCode
    ? known.has(provinceCode)
    : known.has(province ?? '') || [...known.values()].some((name) => name.toLowerCase() === province?.toLowerCase());
  return fits ? undefined : { field: 'province', message: 'Province is invalid' };
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
