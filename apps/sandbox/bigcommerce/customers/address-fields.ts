import { z } from 'zod';
import type { JsonValue } from '#contract';

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** What every address has to say (docs: customers, required fields of an address). */
const REQUIRED = {
  first_name: z.string().min(1),
  last_name: z.string().min(1),
  address1: z.string().min(1),
  city: z.string().min(1),
  // That a country has to exist, and in which words one is refused that does not, is not documented.
  country_code: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .refine((code) => COUNTRIES.of(code.toUpperCase()) !== undefined, 'country_code is not a country'),
};

const text = z.string().exactOptional();
const OPTIONAL = {
  ...{ company: text, address2: text, state_or_province: text, postal_code: text, phone: text },
  address_type: z.enum(['residential', 'commercial']).exactOptional(),
};

/** An address as it is sent. */
export const addressSchema = z.object({ ...REQUIRED, ...OPTIONAL });

const EMPTY = {
  company: '',
  address2: '',
  state_or_province: '',
  postal_code: '',
  phone: '',
  address_type: 'residential',
};

/** The country's name, which is printed beside its code. */
export function countryName(code: string): string {
  return COUNTRIES.of(code.toUpperCase()) ?? code;
}

/** An address with what the platform fills in by itself. */
export function wholeAddress(given: z.output<typeof addressSchema>): Readonly<Record<string, JsonValue>> {
  return { ...EMPTY, ...given, country: countryName(given.country_code) };
}
