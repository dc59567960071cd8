import { z } from 'zod';
import { iso } from '../amounts.js';
import { reading } from '../oauth/scopes.js';
import { noContent, ok, RestFailure, type Answer, type Call, type Endpoint } from '../rest/answer.js';
import { filterRows, sortRows, type Fields } from '../rest/filters.js';
import { pagingOf, v3List } from '../rest/paging.js';
import { readV3 } from '../rest/read-body.js';
import { json, type Customer } from '../state/rows.js';
import type { StoreData } from '../state/store-data.js';
import { addressSchema, wholeAddress } from './address-fields.js';
import { makeCustomer } from './make-customer.js';

export const READ_CUSTOMERS = reading('store_v2_customers');
export const WRITE_CUSTOMERS = ['store_v2_customers'];
/** docs: at most ten in one call. */
const MOST = 10;
const MOST_ADDRESSES = 10;

const text = z.string().max(255);
const writeSchema = z
  .object({
    email: z.string().min(3).max(250).exactOptional(),
    first_name: text.min(1).max(100).exactOptional(),
    last_name: text.min(1).max(100).exactOptional(),
    company: text.exactOptional(),
    phone: text.exactOptional(),
    notes: z.string().exactOptional(),
    tax_exempt_category: text.exactOptional(),
    customer_group_id: z.number().int().exactOptional(),
    registration_ip_address: text.exactOptional(),
    accepts_product_review_abandoned_cart_emails: z.boolean().exactOptional(),
    origin_channel_id: z.number().int().exactOptional(),
    channel_ids: z.array(z.number().int()).nullable().exactOptional(),
    authentication: json.exactOptional(),
    addresses: z.array(addressSchema).max(MOST_ADDRESSES).exactOptional(),
  })
  .loose();
const createSchema = z.array(writeSchema).min(1).max(MOST);
const updateSchema = z
  .array(writeSchema.extend({ id: z.number().int() }))
  .min(1)
  .max(MOST);

const FIELDS: Fields<Customer> = {
  id: ({ id }) => id,
  email: ({ email }) => email,
  name: ({ first_name: first, last_name: last }) => `${first} ${last}`,
  last_name: ({ last_name: last }) => last,
  company: ({ company }) => company,
  phone: ({ phone }) => phone,
  customer_group_id: ({ customer_group_id: id }) => id,
  date_created: ({ date_created: date }) => date,
  date_modified: ({ date_modified: date }) => date,
};

function customerBody(data: StoreData, customer: Customer, include: string): Readonly<Record<string, unknown>> {
  const { store_credit_amounts: credit, ...body } = customer;
  const addresses = data.tables.customerAddresses.where(({ customer_id: id }) => id === customer.id);
  const wanted = include.split(',');
  return {
    ...body,
    ...{ address_count: addresses.length, attribute_count: 0 },
    // docs: at most ten; the rest are found at the addresses' own resource.
    ...(wanted.includes('addresses') && { addresses: addresses.slice(0, MOST_ADDRESSES) }),
    ...(wanted.includes('storecredit') && { store_credit_amounts: credit }),
    ...(wanted.includes('attributes') && { attributes: [] }),
    ...(wanted.includes('formfields') && { form_fields: [] }),
  };
}

/** docs: `after` and `before` page by cursors and make `page` count for nothing. */
function cursorPage(rows: readonly Customer[], query: URLSearchParams, print: (row: Customer) => unknown): Answer {
  const { limit } = pagingOf(query);
  const read = (cursor: string): number => Number(Buffer.from(cursor, 'base64url').toString()) || 0;
  const [after, before] = [query.get('after'), query.get('before')];
  const [from, to] = [read(after ?? ''), before === null ? Number.POSITIVE_INFINITY : read(before)];
  const inside = rows.filter(({ id }) => id > from && id < to);
  const shown = before === null ? inside.slice(0, limit) : inside.slice(-limit);
  const cursor = (row: Customer | undefined): string =>
    row === undefined ? '' : Buffer.from(String(row.id)).toString('base64url');
  const last = shown.at(-1);
  const more = last !== undefined && rows.some(({ id }) => id > last.id);
  return ok({
    data: shown.map(print),
    meta: {
      cursor_pagination: {
        ...{ count: shown.length, per_page: limit, start_cursor: cursor(shown[0]), end_cursor: cursor(last) },
        links: more ? { next: `?after=${cursor(last)}&limit=${limit}` } : {},
      },
    },
  });
}

function listCustomers({ data, query, now }: Call): Answer {
  const found = filterRows(data.tables.customers.all(), query, FIELDS, now);
  const print = (customer: Customer): unknown => customerBody(data, customer, query.get('include') ?? '');
  if (query.has('after') || query.has('before')) return cursorPage(found, query, print);
  const [field = 'id', direction = 'asc'] = (query.get('sort') ?? 'id:asc').split(':');
  return v3List(sortRows(found, field, direction, FIELDS), query, { print });
}

/** Background knowledge: the error names what was tried and the address in use. */
function refuseTaken(data: StoreData, email: string, self: number, what: string): void {
  const taken = data.tables.customers.where(
    (one) => one.id !== self && one.email.toLowerCase() === email.toLowerCase(),
  );
  if (taken.length > 0)
    throw new RestFailure(422, `email ${email} already in use`, { [`.${what}`]: `email ${email} already in use` });
}

/** All or nothing, as the platform does. */
function createCustomers({ data, body, now, emit }: Call): Answer {
  const given = readV3(createSchema, body);
  const ready = given.map(({ addresses = [], email, first_name, last_name, ...rest }) => {
    if (email === undefined || first_name === undefined || last_name === undefined) {
      throw new RestFailure(422, 'Create customers failed. Missing required field.', {
        '.customer_create': 'email, first_name and last_name are required',
      });
    }
    refuseTaken(data, email, 0, 'customer_create');
    return { addresses, fields: { ...pickKnown(rest), email, first_name, last_name } };
  });
  const { customers, customerAddresses } = data.tables;
  const made = ready.map(({ addresses, fields }) => {
    const customer = customers.put(makeCustomer({ id: customers.nextId(), ...fields }, now));
    for (const address of addresses) {
      customerAddresses.put({ ...wholeAddress(address), id: customerAddresses.nextId(), customer_id: customer.id });
    }
    emit('store/customer/created', { type: 'customer', id: customer.id });
    return customer;
  });
  return ok({ data: made.map((customer) => customerBody(data, customer, 'addresses')), meta: {} });
}

function pickKnown(given: Readonly<Record<string, unknown>>): Record<string, never> {
  const known = Object.keys(writeSchema.shape);
  // The schema has checked each of them.
  return Object.fromEntries(Object.entries(given).filter(([name]) => known.includes(name))) as Record<string, never>;
}

function updateCustomers({ data, body, now, emit }: Call): Answer {
  const { customers } = data.tables;
  const ready = readV3(updateSchema, body).map(({ id, addresses: _addresses, ...given }) => {
    const before = customers.find(id);
    if (before === undefined) {
      throw new RestFailure(422, 'Update customers failed.', { '.customer_update': `customer ${id} was not found` });
    }
    if (given.email !== undefined) refuseTaken(data, given.email, id, 'customer_update');
    return { ...before, ...pickKnown(given), date_modified: iso(now) };
  });
  for (const customer of ready) {
    customers.put(customer);
    emit('store/customer/updated', { type: 'customer', id: customer.id });
  }
  return ok({ data: ready.map((customer) => customerBody(data, customer, 'addresses')), meta: {} });
}

function deleteCustomers({ data, query, emit }: Call): Answer {
  if (!query.has('id:in')) throw new RestFailure(422, 'The id:in filter is required.');
  const gone = filterRows(data.tables.customers.all(), query, FIELDS, 0).map(({ id }) => id);
  data.tables.customers.remove(({ id }) => gone.includes(id));
  data.tables.customerAddresses.remove(({ customer_id: id }) => gone.includes(id));
  for (const id of gone) emit('store/customer/deleted', { type: 'customer', id });
  return noContent;
}

/** Customers; there is no resource for a single one. */
export const CUSTOMER_ENDPOINTS: readonly Endpoint[] = [
  { method: 'GET', path: '/v3/customers', scopes: READ_CUSTOMERS, handle: listCustomers },
  { method: 'POST', path: '/v3/customers', scopes: WRITE_CUSTOMERS, handle: createCustomers },
  { method: 'PUT', path: '/v3/customers', scopes: WRITE_CUSTOMERS, handle: updateCustomers },
  { method: 'DELETE', path: '/v3/customers', scopes: WRITE_CUSTOMERS, handle: deleteCustomers },
];
