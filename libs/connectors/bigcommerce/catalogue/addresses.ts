import {
  type ConnectedStore,
  type CustomerAddressChange,
  type customerAddressDeletion,
  type CustomerAddressInput,
  type CustomerAddressRecord,
  GatewayError,
  type JsonValue,
  type ListOperation,
  type Losses,
  type OfCustomerFilter,
  type WriteOperation,
  type Written,
} from '#contract';
import { mapOne, type RecordReading } from '#kit';
import { z } from 'zod';
import { id, text } from '../atoms.js';
import { countedPage } from '../counted-page.js';
import {
  type Body,
  broken,
  deleteNumbered,
  inOurWords,
  missing,
  type Place,
  readByNumber,
  readRows,
  type RecordNumber,
  recordNumber,
  writeInArray,
} from '../record-calls.js';
import { ADDRESS_WORDS, addressBody, addressChange } from './address-input.js';
import { identify } from './product-schema.js';

const platformAddress = z.object({
  id,
  customer_id: id,
  first_name: text,
  last_name: text,
  company: text,
  address1: text,
  address2: text,
  city: text,
  state_or_province: text,
  postal_code: text,
  country: text,
  country_code: text,
  phone: text,
});
type PlatformAddress = z.infer<typeof platformAddress>;

const reading: RecordReading<PlatformAddress, CustomerAddressRecord> = {
  schema: platformAddress,
  map: (address) => ({
    platformId: address.id,
    customerId: address.customer_id,
    kind: null,
    // None is marked as such (customers.v3.yml).
    isDefault: false,
    firstName: address.first_name,
    lastName: address.last_name,
    company: address.company,
    address1: address.address1,
    address2: address.address2,
    city: address.city,
    province: address.state_or_province,
    provinceCode: null,
    country: address.country,
    countryCode: address.country_code,
    postalCode: address.postal_code,
    phone: address.phone,
  }),
  identify,
};

const ADDRESSES: Place<PlatformAddress, CustomerAddressRecord> = {
  path: 'v3/customers/addresses',
  key: 'id:in',
  what: 'address',
  reading,
};

const ofCustomer = (customer: RecordNumber) => ({ 'customer_id:in': customer });

export const listAddresses: ListOperation<OfCustomerFilter, CustomerAddressRecord> = {
  filters: { customerId: true },
  sorts: ['createdAt'],
  maxPageSize: 250,
  page(store, { filter }, page) {
    const query = ofCustomer(recordNumber(filter.customerId, 'customer'));
    return countedPage(store, { ...ADDRESSES, query }, page);
  },
};

const LOSSES: Losses = {
  provinceCode: { fate: 'ignored', why: 'BigCommerce keeps the full name of a state, not its code: send `province`.' },
  isDefault: {
    fate: 'ignored',
    values: ['true'],
    why: "None of a customer's addresses is the default one at BigCommerce.",
  },
};

export const createAddresses: WriteOperation<CustomerAddressInput, Written<CustomerAddressRecord>> = {
  repeat: {
    kind: 'sameEffect',
    why: 'An address that the customer has already is not made again, but found and answered.',
  },
  losses: LOSSES,
  async run(store, { customerId, isDefault: _isDefault, ...address }) {
    const customer = recordNumber(customerId, 'customer');
    const body = { customer_id: customer, ...addressBody(address) };
    const raw = await send(store, 'POST', body);
    return mapOne('bigcommerce', 'addresses', raw ?? (await findAlike(store, customer, body)), reading);
  },
};

function send(store: ConnectedStore, method: 'POST' | 'PUT', body: Body): Promise<JsonValue | undefined> {
  return inOurWords(ADDRESS_WORDS, () => writeInArray(store, method, ADDRESSES.path, body));
}

/** One that is there already is answered with 200, and left out of the rows (customers.v3.yml). */
async function findAlike(store: ConnectedStore, customer: RecordNumber, body: Body): Promise<JsonValue> {
  const { rows } = await readRows(store, ADDRESSES.path, { ...ofCustomer(customer), limit: 250 });
  const found = rows.find((raw) => isLike(raw, body));
  if (found === undefined) throw broken('a new address with none, and none is like it');
  return found;
}

const printed = z.record(z.string(), z.unknown());

/** Whether an address says all that was sent. */
function isLike(raw: JsonValue, body: Body): boolean {
  const row = printed.safeParse(raw).data ?? {};
  return Object.entries(body).every(([name, value]) => (row[name] ?? '') === value);
}

export const updateAddresses: WriteOperation<CustomerAddressChange, Written<CustomerAddressRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields.' },
  losses: LOSSES,
  async run(store, { customerId, addressId, isDefault: _isDefault, ...address }) {
    const own = await ownAddress(store, customerId, addressId);
    const change = addressChange(address);
    if (isLike(own.raw, change)) return own;
    const raw = await send(store, 'PUT', { id: recordNumber(addressId, 'address'), ...change });
    if (raw !== undefined) return mapOne('bigcommerce', 'addresses', raw, reading);
    // Answered as if it had been done, and not done (customers.v3.yml).
    throw new GatewayError('conflict', 'The customer has another address that says exactly the same.', {
      platform: { id: 'bigcommerce' },
    });
  },
};

/** Addresses are changed by their own number alone; whose it is has to be looked at. */
async function ownAddress(store: ConnectedStore, customerId: string, addressId: string) {
  const found = await readByNumber(store, ADDRESSES, addressId);
  if (found.record.customerId === customerId) return found;
  throw missing('address');
}

export const deleteAddresses: WriteOperation<z.output<typeof customerAddressDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What is gone stays gone.' },
  losses: {},
  async run(store, { customerId, addressId }) {
    await ownAddress(store, customerId, addressId);
    return deleteNumbered(store, ADDRESSES, [recordNumber(addressId, 'address')]);
  },
};
