import { type AddressInput, type ConnectedStore, GatewayError, type Losses } from '#contract';
import { countryName } from '#kit';
import { z } from 'zod';
import { id, list, text } from '../atoms.js';
import { API, bodyOf, rejected } from '../record-calls.js';
import type { Body } from './product-input.js';

const PROVINCE = {
  fate: 'changed',
  why: 'Magento has a list of provinces for some countries, with codes of its own: one that is on it is written as it stands there, and another one as text.',
} as const;

/** @param prefix of the path of an address within an input, such as `defaultAddress.` */
export function addressLosses(prefix = ''): Losses {
  return { [`${prefix}province`]: PROVINCE, [`${prefix}provinceCode`]: PROVINCE };
}

const country = z.object({ available_regions: list(z.object({ id, code: text, name: text })) });
type Region = z.output<typeof country>['available_regions'][number];

/**
 * The fields of an address that were given.
 * @param countryBefore of an address that keeps its country
 */
export async function addressBody(
  store: ConnectedStore,
  address: AddressInput,
  countryBefore?: string | null,
): Promise<Body> {
  const { address1, address2, countryCode } = address;
  // An order is kept with any two letters for a country (2.4.4, Sales/Model/Order/Address/Validator).
  if (countryCode !== undefined && countryName(countryCode) === undefined)
    throw rejected(`There is no country ${countryCode}.`, 'countryCode');
  const lines = [address1, address2].filter((line) => line !== undefined && line !== '');
  return bodyOf({
    firstname: address.firstName,
    lastname: address.lastName,
    company: address.company,
    street: address1 === undefined && address2 === undefined ? undefined : lines.map(String),
    city: address.city,
    ...(await regionBody(store, address, countryBefore)),
    postcode: address.postalCode,
    country_id: countryCode,
    telephone: address.phone,
  });
}

/** Where a country has a list, a region goes by its number there (recorded: countries-de). */
async function regionBody(
  store: ConnectedStore,
  { province, provinceCode, countryCode }: AddressInput,
  countryBefore?: string | null,
): Promise<Body> {
  const [text, country] = [provinceCode ?? province, countryCode ?? countryBefore];
  if (text === undefined) return countryBefore === undefined || country === countryBefore ? {} : NO_REGION;
  if (!country) throw rejected('A province needs its country.', 'countryCode');
  const known = (await regionsOf(store, country)).find(isRegion(province, provinceCode));
  const name = province ?? text;
  return known === undefined ? regionOf('0', text, name) : regionOf(known.id, known.code ?? text, known.name ?? name);
}

// What it was in another country is nothing in this one.
const NO_REGION = regionOf('0', '', '');

function regionOf(number: string, code: string, name: string): Body {
  return { region_id: Number(number), region: { region_id: Number(number), region_code: code, region: name } };
}

function isRegion(province: string | undefined, provinceCode: string | undefined): (region: Region) => boolean {
  const same = (one: string | null, other: string | undefined) =>
    other !== undefined && one?.toLowerCase() === other.toLowerCase();
  return ({ code, name }) => (provinceCode !== undefined && same(code, provinceCode)) || same(name, province);
}

/**
 * An address in a country that the shop does not deal with is left out of a new customer without a word (Customer/Model/
 * AccountManagement, `isAddressAllowedForWebsite`); this list is that of the countries it deals with.
 * @throws GatewayError `request_rejected`
 */
export async function checkCountry(store: ConnectedStore, address: AddressInput): Promise<void> {
  const { countryCode, province, provinceCode } = address;
  // One with a province is looked up for that.
  if (countryCode !== undefined && province === undefined && provinceCode === undefined)
    await regionsOf(store, countryCode);
}

async function regionsOf(store: ConnectedStore, countryCode: string): Promise<readonly Region[]> {
  const path = `${API}directory/countries/${countryCode}`;
  try {
    return (await store.http({ path, effect: 'read', expect: country })).data.available_regions;
  } catch (error) {
    // A country that the shop does not deal with.
    if (GatewayError.is(error, 'not_found')) throw rejected(`The shop has no country ${countryCode}.`, 'countryCode');
    throw error;
  }
}
