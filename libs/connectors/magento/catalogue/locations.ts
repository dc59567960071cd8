import type { ListOperation, LocationRecord } from '#contract';
import type { RecordReading } from '#kit';
import { z } from 'zod';
import { flag, text } from '../atoms.js';
import { numberedPage } from '../search-page.js';
import { SOURCES, withSources } from './places.js';

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
  maxPageSize: 100,
  page: (store, _query, page) => withSources(() => numberedPage(store, { path: SOURCES, id: CODE, reading }, page)),
};

// Sorted by their codes; there is no number to go on by, so pages are counted.
const CODE = { column: 'source_code', field: 'source_code' } as const;
