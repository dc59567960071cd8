import type { ConnectedStore, ListOperation, LocationRecord } from '#contract';
import type { RecordReading } from '#kit';
import { z } from 'zod';
import { id, text } from '../atoms.js';
import { countedPage } from '../counted-page.js';
import { readRows, type RecordNumber, recordNumber, rejected } from '../record-calls.js';
import { identify } from './product-schema.js';

const platformAddress = z.object({
  address1: text,
  address2: text,
  city: text,
  state: text,
  zip: text,
  country_code: text,
  phone: text,
});
const platformLocation = z.object({
  id,
  label: z.string(),
  enabled: z.boolean(),
  address: platformAddress.nullish().transform((given) => given ?? platformAddress.parse({})),
});
type PlatformLocation = z.infer<typeof platformLocation>;

const reading: RecordReading<PlatformLocation, LocationRecord> = {
  schema: platformLocation,
  map: ({ id: platformId, label, enabled, address }) => ({
    platformId,
    name: label,
    active: enabled,
    address1: address.address1,
    address2: address.address2,
    city: address.city,
    // A name where the merchant wrote one; documented with a code (locations.v3.yml).
    provinceCode: address.state,
    // Said to have three letters, and shown with two (locations.v3.yml).
    countryCode: address.country_code,
    postalCode: address.zip,
    phone: address.phone,
  }),
  identify,
};

const LOCATIONS = 'v3/inventory/locations';
const MOST = 250;

export const listLocations: ListOperation<object, LocationRecord> = {
  filters: {},
  sorts: ['createdAt'],
  maxPageSize: MOST,
  page: (store, _query, page) => countedPage(store, { path: LOCATIONS, reading }, page),
};

const numbered = z.object({ id });

/** All of them, in the order of their numbers. A shop has a hundred at most in use (locations.v3.yml). */
export async function locationNumbers(store: ConnectedStore): Promise<readonly RecordNumber[]> {
  const numbers: RecordNumber[] = [];
  for (let page = 1; ; page += 1) {
    const { rows, more } = await readRows(store, LOCATIONS, { page, limit: MOST });
    const ids = rows.flatMap((raw) => numbered.safeParse(raw).data?.id ?? []);
    numbers.push(...ids.map((one) => recordNumber(one, 'location')));
    if (!more || ids.length === 0) return numbers.sort((left, right) => left - right);
  }
}

/** The place that is meant, where there is only one in use. @throws GatewayError `request_rejected` */
export async function placeMeant(store: ConnectedStore, locationId: string | undefined): Promise<RecordNumber> {
  if (locationId !== undefined) return recordNumber(locationId, 'location');
  const { rows } = await readRows(store, LOCATIONS, { is_active: true, limit: 2 });
  const [only, another] = rows.flatMap((raw) => numbered.safeParse(raw).data?.id ?? []);
  if (only !== undefined && another === undefined) return recordNumber(only, 'location');
  const message =
    only === undefined
      ? 'The shop has no location in use: name the location.'
      : 'The shop has more than one location: name the one whose stock is meant.';
  throw rejected(message, 'locationId');
}
