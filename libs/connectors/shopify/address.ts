import type { Address } from '#contract';
import { z } from 'zod';

/** Absent and null are the same here: unknown. */
export const text = z.string().nullable().default(null);

export const platformAddress = z.object({
  firstName: text,
  lastName: text,
  company: text,
  address1: text,
  address2: text,
  city: text,
  province: text,
  provinceCode: text,
  country: text,
  countryCodeV2: text,
  zip: text,
  phone: text,
});
export type PlatformAddress = z.infer<typeof platformAddress>;

/** A postal address in our words, and nothing else of what was given. */
export function addressOf(given: PlatformAddress): Address {
  const { firstName, lastName, company, address1, address2, city, province, provinceCode, country, phone } = given;
  const same = { firstName, lastName, company, address1, address2, city, province, provinceCode, country, phone };
  return { ...same, countryCode: given.countryCodeV2, postalCode: given.zip };
}
