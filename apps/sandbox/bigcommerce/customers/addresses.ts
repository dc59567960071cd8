import { z } from 'zod';
import { noContent, ok, RestFailure, type Answer, type Call, type Endpoint } from '../rest/answer.js';
import { filterRows, type Fields } from '../rest/filters.js';
import { v2List, v3List } from '../rest/paging.js';
import { readV3 } from '../rest/read-body.js';
import { type Rows } from '../state/rows.js';
import { addressSchema, countryName, wholeAddress } from './address-fields.js';
import { READ_CUSTOMERS, WRITE_CUSTOMERS } from './customers.js';

const createSchema = z.array(addressSchema.extend({ customer_id: z.number().int() })).min(1);
const updateSchema = z.array(addressSchema.partial().extend({ id: z.number().int() })).min(1);

const FIELDS: Fields<Rows['customerAddresses']> = {
  id: ({ id }) => id,
  customer_id: ({ customer_id: id }) => id,
  name: (row) => [row['first_name'] as string, row['last_name'] as string].join(' '),
  company: (row) => row['company'] as string,
};

const sameAddress = (left: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>): boolean =>
  ['customer_id', ...Object.keys(addressSchema.shape)].every((name) => (left[name] ?? '') === (right[name] ?? ''));

function tell({ emit }: Call, what: string, { id, customer_id }: Rows['customerAddresses']): void {
  emit(`store/customer/address/${what}`, { type: 'customer', id, address: { customer_id } });
}

function createAddresses(call: Call): Answer {
  const { customerAddresses, customers } = call.data.tables;
  const made = readV3(createSchema, call.body).flatMap((given) => {
    if (customers.find(given.customer_id) === undefined) {
      throw new RestFailure(422, 'Create customer addresses failed.', { customer_id: 'unknown' });
    }
    const address = { customer_id: given.customer_id, ...wholeAddress(given) };
    // docs: an address the customer has already is passed over, without a word.
    if (customerAddresses.all().some((one) => sameAddress(one, address))) return [];
    const row = customerAddresses.put({ id: customerAddresses.nextId(), ...address });
    tell(call, 'created', row);
    return [row];
  });
  return ok({ data: made, meta: {} });
}

function updateAddresses(call: Call): Answer {
  const { customerAddresses } = call.data.tables;
  const made = readV3(updateSchema, call.body).map(({ id, ...given }) => {
    const before = customerAddresses.find(id);
    if (before === undefined) throw new RestFailure(422, 'Update customer addresses failed.', { id: 'unknown' });
    const country = given.country_code === undefined ? {} : { country: countryName(given.country_code) };
    const row = customerAddresses.put({ ...before, ...given, ...country } as Rows['customerAddresses']);
    tell(call, 'updated', row);
    return row;
  });
  return ok({ data: made, meta: {} });
}

function deleteAddresses(call: Call): Answer {
  if (!call.query.has('id:in')) throw new RestFailure(422, 'The id:in filter is required.');
  const gone = filterRows(call.data.tables.customerAddresses.all(), call.query, FIELDS, 0);
  call.data.tables.customerAddresses.remove((row) => gone.includes(row));
  for (const row of gone) tell(call, 'deleted', row);
  return noContent;
}

const PATH = '/v3/customers/addresses';

/** Customers' addresses and groups. */
export const ADDRESS_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: PATH,
    scopes: READ_CUSTOMERS,
    handle: ({ data, query, now }) =>
      v3List(filterRows(data.tables.customerAddresses.all(), query, FIELDS, now), query),
  },
  { method: 'POST', path: PATH, scopes: WRITE_CUSTOMERS, handle: createAddresses },
  { method: 'PUT', path: PATH, scopes: WRITE_CUSTOMERS, handle: updateAddresses },
  { method: 'DELETE', path: PATH, scopes: WRITE_CUSTOMERS, handle: deleteAddresses },
  {
    method: 'GET',
    path: '/v2/customer_groups',
    scopes: READ_CUSTOMERS,
    handle: ({ data, query }) => v2List(data.tables.groups.all(), query),
  },
];
