import type { ListOperation, LocationRecord } from '#contract';
import { type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { flag, text } from '../atoms.js';
import { searchAll } from '../search-page.js';
import { SOURCES } from './places.js';

const source = z.object({
  source_code: z.string().min(1),
  name: text,
  enabled: flag,
  street: text,
  city: text,
  region: text,
  country_id: text,
  postcode: text,
  phone: text,
});
type Source = z.infer<typeof source>;

const reading: RecordReading<Source, LocationRecord> = {
  schema: source,
  map: mapSource,
  identify: (raw) => source.pick({ source_code: true }).safeParse(raw).data?.source_code ?? null,
};

/** A source of stock goes by its code, which never changes. */
function mapSource(one: Source): LocationRecord {
  const [address1 = null, ...more] = one.street?.split('\n') ?? [];
  return {
    platformId: one.source_code,
    name: one.name ?? one.source_code,
    active: one.enabled,
    address1,
    address2: more.join(', ') || null,
    city: one.city,
    // Its name, where there is one; the code is not told.
    provinceCode: null,
    countryCode: one.country_id,
    postalCode: one.postcode,
    phone: one.phone,
  };
}

export const listLocations: ListOperation<object, LocationRecord> = {
  filters: {},
  sorts: ['createdAt'],
  maxPageSize: 250,
  // A shop has a handful, and no number to go on by: all are answered at once.
  async page(store) {
    const id = { column: 'source_code', field: 'source_code' };
    return readRecords(await searchAll(store, { path: SOURCES, id }), reading);
  },
};
