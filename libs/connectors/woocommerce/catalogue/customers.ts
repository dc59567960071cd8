import type {
  Address,
  CustomerAddressRecord,
  CustomerFilter,
  CustomerRecord,
  JsonValue,
  ListOperation,
  Mapped,
  OfCustomerFilter,
  Operation,
} from '#contract';
import { mapOne, type RecordReading } from '#kit';
import { z } from 'zod';
import { id, text } from '../atoms.js';
import { idPage } from '../id-list.js';
import { addressOf } from '../map-order.js';
import { wooOrder } from '../order-schema.js';
import { readOne } from '../record-calls.js';
import { instantOf } from './map-product.js';
import { identify } from './product-schema.js';

// The same as in an order (recorded: customer-get).
const { billing, shipping } = wooOrder.shape;

const wooCustomer = z.object({
  id,
  email: text,
  first_name: text,
  last_name: text,
  role: text,
  billing,
  shipping,
  date_created_gmt: text,
  date_modified_gmt: text,
});
export type WooCustomer = z.infer<typeof wooCustomer>;

export const customerReading: RecordReading<WooCustomer, CustomerRecord> = {
  schema: wooCustomer,
  map: mapCustomer,
  identify,
};
export const CUSTOMERS = { path: 'wp-json/wc/v3/customers', what: 'customer', reading: customerReading };

function mapCustomer(customer: WooCustomer): CustomerRecord {
  return {
    platformId: customer.id,
    email: customer.email,
    firstName: customer.first_name,
    lastName: customer.last_name,
    phone: customer.billing?.phone ?? null,
    note: null,
    tags: [],
    platformStatus: customer.role,
    acceptsMarketing: null,
    defaultAddress: addressOf(customer.billing),
    // Version 3 of the API leaves both out (fact sheet, 5.11).
    orderCount: null,
    totalSpent: null,
    createdAt: instantOf(customer.date_created_gmt),
    updatedAt: instantOf(customer.date_modified_gmt),
  };
}

const BLANK: Address = {
  firstName: null,
  lastName: null,
  company: null,
  address1: null,
  address2: null,
  city: null,
  province: null,
  provinceCode: null,
  country: null,
  countryCode: null,
  postalCode: null,
  phone: null,
};

export const ADDRESS_KINDS = ['billing', 'shipping'] as const;
export type AddressKind = (typeof ADDRESS_KINDS)[number];

/** One of the two addresses every customer has, which go by `<customer>:billing` and `<customer>:shipping`. */
export function mapCustomerAddress(customer: WooCustomer, kind: AddressKind): CustomerAddressRecord {
  return {
    platformId: `${customer.id}:${kind}`,
    customerId: customer.id,
    kind,
    isDefault: kind === 'billing',
    ...(addressOf(customer[kind]) ?? BLANK),
  };
}

export const listCustomers: ListOperation<CustomerFilter, CustomerRecord> = {
  // Bounds in time are silently ignored (fact sheet, 4.2), so none is offered.
  filters: { email: true },
  sorts: ['createdAt'],
  maxPageSize: 100,
  page: (store, { filter: { email } }, page) =>
    idPage(
      store,
      { ...CUSTOMERS, query: { ...(email !== undefined && { email, role: 'all' }) }, keeps: hasEmail(email) },
      page,
    ),
};

// The platform takes `*` for any text.
function hasEmail(email: string | undefined): (raw: JsonValue) => boolean {
  const wanted = email?.toLowerCase();
  const found = z.object({ email: z.string() });
  return (raw) => wanted === undefined || found.safeParse(raw).data?.email.toLowerCase() === wanted;
}

export const getCustomer: Operation<{ readonly platformId: string }, Mapped<CustomerRecord>> = {
  run: (store, { platformId }) => readOne(store, CUSTOMERS, platformId),
};

/** What is asked for, and by which replay tells this list from reading a customer. */
export const ADDRESS_FIELDS = 'id,billing,shipping';

export const listAddresses: ListOperation<OfCustomerFilter, CustomerAddressRecord> = {
  filters: { customerId: true },
  sorts: ['createdAt'],
  maxPageSize: 100,
  async page(store, { filter }) {
    const { raw } = await readOne(store, CUSTOMERS, filter.customerId, { _fields: ADDRESS_FIELDS });
    return { items: ADDRESS_KINDS.map((kind) => mapAddressOf(raw, kind)), quarantined: [] };
  },
};

/** An address out of its customer as printed. */
export function mapAddressOf(raw: JsonValue, kind: AddressKind): Mapped<CustomerAddressRecord> {
  const map = (customer: WooCustomer) => mapCustomerAddress(customer, kind);
  return mapOne('woocommerce', 'addresses', raw, { schema: wooCustomer, map, identify });
}
