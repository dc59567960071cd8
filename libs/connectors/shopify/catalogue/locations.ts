import type { ConnectedStore, LocationRecord } from '#contract';
import { graphql, type RecordReading } from '#kit';
import { z } from 'zod';
import { connection } from '../connection.js';
import { GRAPHQL_PATH, connectionCost } from '../documents.js';
import { listOf } from '../list.js';
import { text } from '../address.js';
import { identify, sortKeys } from './read-one.js';

/** A location with its address; one of an id list costs 1. */
export const LOCATION_COST = 2;

export const LOCATIONS_PAGE = `query LocationsPage($first: Int!, $after: String, $sortKey: LocationSortKeys!, $reverse: Boolean!) {
  locations(
    first: $first, after: $after, sortKey: $sortKey, reverse: $reverse, includeInactive: true, includeLegacy: true
  ) {
    nodes { id name isActive address { address1 address2 city provinceCode countryCode zip phone } }
    pageInfo { hasNextPage endCursor }
  }
}
`;

/** Without those of fulfillment services, and only those in use unless others are asked for too. */
export const LOCATION_IDS = `query LocationIds($first: Int!, $after: String, $inactive: Boolean!) {
  locations(first: $first, after: $after, sortKey: ID, includeInactive: $inactive, includeLegacy: $inactive) {
    nodes { id }
    pageInfo { hasNextPage endCursor }
  }
}
`;

const address = z.object({
  address1: text,
  address2: text,
  city: text,
  provinceCode: text,
  countryCode: text,
  zip: text,
  phone: text,
});
const location = z.object({
  id: z.string().min(1),
  name: z.string(),
  isActive: z.boolean(),
  address: address.nullish().transform((given) => given ?? address.parse({})),
});
type PlatformLocation = z.infer<typeof location>;

const reading: RecordReading<PlatformLocation, LocationRecord> = {
  schema: location,
  map: ({ id, name, isActive, address: { zip, ...place } }) => ({
    platformId: id,
    name,
    active: isActive,
    ...place,
    postalCode: zip,
  }),
  identify,
};

export const listLocations = listOf<object, PlatformLocation, LocationRecord>({
  document: LOCATIONS_PAGE,
  path: ['locations'],
  filters: {},
  sorts: ['createdAt', '-createdAt'],
  maxPageSize: 100,
  nodeCost: LOCATION_COST,
  variables: ({ sort }) => sortKeys(sort, 'ID'),
  reading,
});

/** The first of the shop's locations, by id. */
export async function locationIds(
  store: ConnectedStore,
  {
    first,
    inactive,
    after = null,
  }: { readonly first: number; readonly inactive: boolean; readonly after?: string | null },
) {
  const { locations } = await graphql(store, {
    path: GRAPHQL_PATH,
    document: LOCATION_IDS,
    variables: { first, inactive, after },
    effect: 'read',
    expect: z.object({ locations: connection(z.object({ id: z.string() })) }),
    cost: connectionCost(first, 1),
  });
  return locations;
}
