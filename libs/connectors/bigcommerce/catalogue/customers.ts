import type { CustomerFilter, CustomerRecord, JsonValue, ListOperation, Mapped, Operation, Sort } from '#contract';
import { type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { id, instantOf, text } from '../atoms.js';
import { type Place, readByNumber } from '../record-calls.js';
import { type Column, timedRows } from '../timed-page.js';
import { identify } from './product-schema.js';

const platformCustomer = z.object({
  id,
  email: text,
  first_name: text,
  last_name: text,
  phone: text,
  notes: text,
  date_created: text,
  date_modified: text,
});
type PlatformCustomer = z.infer<typeof platformCustomer>;

export const customerReading: RecordReading<PlatformCustomer, CustomerRecord> = {
  schema: platformCustomer,
  map: (customer) => ({
    platformId: customer.id,
    email: customer.email,
    firstName: customer.first_name,
    lastName: customer.last_name,
    phone: customer.phone,
    note: customer.notes,
    tags: [],
    platformStatus: null,
    // Newsletters are a list of their own (subscribers.v3.yml); what a customer says is of reviews and left carts.
    acceptsMarketing: null,
    // None of the addresses is the default one (customers.v3.yml).
    defaultAddress: null,
    orderCount: null,
    totalSpent: null,
    createdAt: instantOf(customer.date_created),
    updatedAt: instantOf(customer.date_modified),
  }),
  identify,
};

/** A customer has no path of its own; without a number, a deletion changes nothing here (customers.v3.yml). */
export const CUSTOMERS: Place<PlatformCustomer, CustomerRecord> = {
  path: 'v3/customers',
  key: 'id:in',
  what: 'customer',
  reading: customerReading,
};

const columnOf = (field: 'date_created' | 'date_modified', ascending: boolean): Column => ({
  ascending,
  query: { sort: `${field}:${ascending ? 'asc' : 'desc'}` },
  field,
});

const COLUMNS: Readonly<Record<Sort, Column>> = {
  createdAt: columnOf('date_created', true),
  '-createdAt': columnOf('date_created', false),
  updatedAt: columnOf('date_modified', true),
  '-updatedAt': columnOf('date_modified', false),
};

export const listCustomers: ListOperation<CustomerFilter, CustomerRecord> = {
  filters: { updatedSince: true, createdSince: true, createdUntil: true, email: true },
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: 200,
  async page(store, { filter, sort }, page) {
    const { email } = filter;
    const selection = { path: CUSTOMERS.path, query: { 'email:in': email }, keeps: hasEmail(email) };
    const { rows, next } = await timedRows(store, selection, { filter, column: COLUMNS[sort] }, page);
    return { ...readRecords(rows, customerReading), ...(next !== undefined && { next }) };
  },
};

const addressed = z.object({ email: z.string() });

// A comma asks for several.
function hasEmail(email: string | undefined): (raw: JsonValue) => boolean {
  const wanted = email?.toLowerCase();
  return (raw) => wanted === undefined || addressed.safeParse(raw).data?.email.toLowerCase() === wanted;
}

export const getCustomer: Operation<{ readonly platformId: string }, Mapped<CustomerRecord>> = {
  run: (store, { platformId }) => readByNumber(store, CUSTOMERS, platformId),
};
