import type { Address } from '#contract';
import { z } from 'zod';
import { text } from '../order-schema.js';

export const ADDRESS = `
fragment AddressFields on MailingAddress {
  firstName lastName company address1 address2 city province provinceCode country countryCodeV2 zip phone
}`;

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

export function addressOf(given: z.infer<typeof platformAddress>): Address {
  const { firstName, lastName, company, address1, address2, city, province, provinceCode, country, phone } = given;
  const same = { firstName, lastName, company, address1, address2, city, province, provinceCode, country, phone };
  return { ...same, countryCode: given.countryCodeV2, postalCode: given.zip };
}

export const PROVINCE_LOSS = {
  fate: 'changed',
  why: "Shopify knows provinces by provinceCode and names them itself; a name alone is taken where it is the country's own.",
} as const;
