import { z } from 'zod';
import { iso } from '../amounts.js';
import { reading } from '../oauth/scopes.js';
import { noContent, ok, RestFailure, type Answer, type Call, type Endpoint } from '../rest/answer.js';
import { filterRows, type Fields } from '../rest/filters.js';
import { v3List } from '../rest/paging.js';
import { readV3 } from '../rest/read-body.js';
import { json, type Rows } from '../state/rows.js';
import { makeLocation } from './make-location.js';
import { DEFAULT_LOCATION } from './stock.js';

type Location = Rows['locations'];

const fields = {
  code: z.string().min(1).max(255),
  label: z.string().min(1).max(255),
  description: z.string(),
  managed_by_external_source: z.boolean(),
  type_id: z.enum(['PHYSICAL', 'VIRTUAL']),
  enabled: z.boolean(),
  operating_hours: json,
  special_hours: json,
  time_zone: z.string(),
  address: json,
  storefront_visibility: z.boolean(),
};
const changes = z.object(fields).partial();
const createSchema = z
  .array(changes.extend({ code: fields.code, label: fields.label }))
  .min(1)
  .max(50);
const updateSchema = z
  .array(changes.extend({ id: z.number().int() }))
  .min(1)
  .max(50);

const FIELDS: Fields<Location> = {
  location_id: ({ id }) => id,
  location_code: ({ code }) => code,
  is_active: ({ enabled }) => enabled,
  type_id: (row) => row['type_id'] as string,
};

function refuseTaken({ data }: Call, code: string | undefined, self: number): void {
  const taken = data.tables.locations.where((one) => one.code === code && one.id !== self);
  if (taken.length > 0) throw new RestFailure(422, `Location code ${code ?? ''} is in use`, { code: 'duplicate' });
}

/** docs: answers a transaction id only; the locations have to be read again. */
const done = (now: number): Answer => ok({ transaction_id: `loc-${now}` });

function createLocations(call: Call): Answer {
  const { data, now, emit } = call;
  const given = readV3(createSchema, call.body);
  for (const { code } of given) refuseTaken(call, code, 0);
  for (const one of given) {
    const id = data.tables.locations.nextId();
    data.tables.locations.put({ ...makeLocation({ enabled: true, ...one, id } as Location, data.store, now) });
    emit('store/inventory/location/created', { location_id: id });
  }
  return done(now);
}

function updateLocations(call: Call): Answer {
  const { data, now, emit } = call;
  const ready = readV3(updateSchema, call.body).map((given) => {
    const before = data.tables.locations.find(given.id);
    if (before === undefined) throw new RestFailure(422, `Location ${given.id} was not found`);
    refuseTaken(call, given.code ?? before.code, given.id);
    return { ...before, ...given, updated_at: iso(now) } as Location;
  });
  for (const location of ready) {
    data.tables.locations.put(location);
    emit('store/inventory/location/updated', { location_id: location.id });
  }
  return done(now);
}

function deleteLocations({ data, query }: Call): Answer {
  if (!query.has('location_id:in')) throw new RestFailure(422, 'The location_id:in filter is required.');
  const gone = filterRows(data.tables.locations.all(), query, FIELDS, 0).map(({ id }) => id);
  if (gone.includes(DEFAULT_LOCATION)) throw new RestFailure(422, 'The default location cannot be deleted.');
  data.tables.locations.remove(({ id }) => gone.includes(id));
  data.tables.stock.remove(({ location_id: id }) => gone.includes(id));
  return noContent;
}

const PATH = '/v3/inventory/locations';

/** Places that hold stock. */
export const LOCATION_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: PATH,
    scopes: reading('store_locations', 'store_inventory'),
    handle: ({ data, query, now }) => v3List(filterRows(data.tables.locations.all(), query, FIELDS, now), query),
  },
  { method: 'POST', path: PATH, scopes: ['store_locations'], handle: createLocations },
  { method: 'PUT', path: PATH, scopes: ['store_locations'], handle: updateLocations },
  { method: 'DELETE', path: PATH, scopes: ['store_locations'], handle: deleteLocations },
];
