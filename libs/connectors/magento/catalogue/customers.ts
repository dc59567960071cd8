import type {
  Address,
  CustomerAddressRecord,
  CustomerFilter,
  CustomerRecord,
  ListOperation,
  Mapped,
  OfCustomerFilter,
  Operation,
} from '#contract';
import { anyJson, type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { flag, id, list, reference, text } from '../atoms.js';
import { checkedId, readOne } from '../record-calls.js';
import { where } from '../search-criteria.js';
import { searchPage } from '../search-page.js';
import { pageOfView } from '../store-view.js';
import { CUSTOMERS } from './places.js';
import { instantOf } from './product-record.js';
import { identify } from './product-schema.js';

const magentoAddress = z.object({
  id,
  customer_id: reference,
  firstname: text,
  lastname: text,
  company: text,
  street: list(z.string()),
  city: text,
  region: z.object({ region: text, region_code: text }).nullish(),
  postcode: text,
  country_id: text,
  telephone: text,
  default_billing: flag,
  default_shipping: flag,
});
export type MagentoAddress = z.infer<typeof magentoAddress>;

const magentoCustomer = z.object({
  id,
  email: text,
  firstname: text,
  lastname: text,
  group_id: reference,
  default_billing: reference,
  created_at: text,
  updated_at: text,
  // One that cannot be read does not cost the customer.
  addresses: list(anyJson),
  extension_attributes: z.object({ is_subscribed: z.boolean().nullish() }).nullish(),
});
export type MagentoCustomer = z.infer<typeof magentoCustomer>;

export const customerReading: RecordReading<MagentoCustomer, CustomerRecord> = {
  schema: magentoCustomer,
  map: mapCustomer,
  identify,
};
export const CUSTOMER = { path: CUSTOMERS, what: 'customer', reading: customerReading };
export const customerAsPrinted: RecordReading<MagentoCustomer, MagentoCustomer> = {
  schema: magentoCustomer,
  map: (customer) => customer,
  identify,
};

/** What stands for a name where there is none: the platform asks for both. */
export const NO_NAME = '-';

function nameOf(name: string | null): string | null {
  return name === NO_NAME ? null : name;
}

function mapCustomer(customer: MagentoCustomer): CustomerRecord {
  const addresses = addressesOf(customer);
  const billing =
    addresses.find((one) => one.default_billing || one.id === customer.default_billing) ??
    addresses.find((one) => one.default_shipping);
  return {
    platformId: customer.id,
    email: customer.email,
    firstName: nameOf(customer.firstname),
    lastName: nameOf(customer.lastname),
    phone: billing?.telephone ?? null,
    note: null,
    tags: [],
    platformStatus: customer.group_id === null ? null : `group ${customer.group_id}`,
    acceptsMarketing: customer.extension_attributes?.is_subscribed ?? null,
    defaultAddress: billing === undefined ? null : mapAddress(billing),
    orderCount: null,
    totalSpent: null,
    createdAt: instantOf(customer.created_at),
    updatedAt: instantOf(customer.updated_at),
  };
}

function addressesOf({ addresses }: MagentoCustomer): readonly MagentoAddress[] {
  return addresses.flatMap((raw) => {
    const read = magentoAddress.safeParse(raw);
    return read.success ? [read.data] : [];
  });
}

/** Codes of provinces are the platform's own, for some countries those of ISO 3166 (recorded: countries-de). */
function mapAddress(address: MagentoAddress): Address {
  const [address1 = null, ...more] = address.street.filter((line) => line !== '');
  return {
    firstName: nameOf(address.firstname),
    lastName: nameOf(address.lastname),
    company: address.company,
    address1,
    address2: more.join(', ') || null,
    city: address.city,
    province: address.region?.region ?? null,
    provinceCode: address.region?.region_code ?? null,
    country: null,
    countryCode: address.country_id,
    postalCode: address.postcode,
    phone: address.telephone,
  };
}

/** There is one default for bills and one for shipping; ours is that for bills. */
export function addressReading(customerId: string): RecordReading<MagentoAddress, CustomerAddressRecord> {
  return {
    schema: magentoAddress,
    map: (address) => ({
      platformId: address.id,
      customerId,
      kind: null,
      isDefault: address.default_billing,
      ...mapAddress(address),
    }),
    identify,
  };
}

export const listCustomers: ListOperation<CustomerFilter, CustomerRecord> = {
  filters: { updatedSince: true, createdSince: true, createdUntil: true, email: true },
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: 100,
  async page(store, query, page) {
    const { email } = query.filter;
    const groups = email === undefined ? [] : [where('email', 'eq', email)];
    const selection = {
      path: `${CUSTOMERS}/search`,
      id: { column: 'entity_id', field: 'id' },
      reading: customerReading,
    };
    // An account is good for all views of its website, and so are its orders (fact sheet, 5.9).
    return pageOfView(store, 'website_id', page, (within, inner) =>
      searchPage(store, { ...selection, where: [...groups, ...within] }, query, inner),
    );
  },
};

export const getCustomer: Operation<{ readonly platformId: string }, Mapped<CustomerRecord>> = {
  run: (store, { platformId }) => readOne(store, CUSTOMER, platformId),
};

/** What is asked for, and by which replay tells this list from reading a customer. */
export const ADDRESS_FIELDS = 'id,addresses';

export const listAddresses: ListOperation<OfCustomerFilter, CustomerAddressRecord> = {
  filters: { customerId: true },
  sorts: ['createdAt'],
  maxPageSize: 250,
  async page(store, { filter: { customerId } }) {
    const path = `${CUSTOMERS}/${checkedId(customerId, 'customer')}`;
    const expect = magentoCustomer.pick({ addresses: true });
    const call = { path, query: { fields: ADDRESS_FIELDS }, effect: 'read', expect } as const;
    return readRecords((await store.http(call)).data.addresses, addressReading(customerId));
  },
};
