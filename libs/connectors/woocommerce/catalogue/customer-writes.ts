import {
  type CustomerAddressChange,
  type customerAddressDeletion,
  type CustomerAddressRecord,
  type CustomerChange,
  type customerDeletion,
  type CustomerInput,
  type CustomerRecord,
  emulated,
  GatewayError,
  type ConnectedStore,
  type Losses,
  unsupported,
  type WriteAttempt,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson, mapOne } from '#kit';
import { z } from 'zod';
import { addressBody, REFERENCE_KEY, unlessEmpty } from '../order-body.js';
import { bodyOf, checkedId, deleteCall, rejected, writeCall } from '../record-calls.js';
import { ADDRESS_KINDS, type AddressKind, customerReading, CUSTOMERS, mapAddressOf } from './customers.js';

const ONE_STATE = {
  fate: 'changed',
  why: 'WooCommerce keeps one text for the province: its code where both are given, and a short name is read as a code.',
} as const;

const LOSSES: Losses = {
  note: { fate: 'ignored', why: 'WooCommerce keeps no notes on customers.' },
  tags: { fate: 'ignored', why: 'WooCommerce keeps no tags of customers.' },
};

export const createCustomers: WriteOperation<CustomerInput, Written<CustomerRecord>> = {
  repeat: {
    kind: 'clientReference',
    why: 'The reference is kept with the customer, who is found by the e-mail address at once.',
    find: findCreated,
  },
  losses: {
    ...LOSSES,
    'defaultAddress.province': ONE_STATE,
    'defaultAddress.phone': { fate: 'changed', why: 'It is the phone number of the customer; `phone` goes before it.' },
  },
  async run(store, { email, firstName, lastName, phone, defaultAddress }, { reference }) {
    if (email === undefined || email === '') throw rejected('WooCommerce needs an e-mail address.', 'email');
    const billing = { ...addressBody(defaultAddress, 'defaultAddress'), ...bodyOf({ phone }) };
    const body = {
      email,
      ...bodyOf({ first_name: firstName, last_name: lastName, billing: unlessEmpty(billing) }),
      meta_data: [{ key: REFERENCE_KEY, value: reference }],
    };
    return writeCall(store, { method: 'POST', path: CUSTOMERS.path, body }, customerReading);
  },
};

const referred = z.object({ meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })) });

async function findCreated(
  store: ConnectedStore,
  { email }: CustomerInput,
  { reference }: WriteAttempt,
): Promise<Written<CustomerRecord> | undefined> {
  if (email === undefined) return undefined;
  const query = { email, role: 'all' };
  const { data } = await store.http({ path: CUSTOMERS.path, query, effect: 'read', expect: z.array(anyJson) });
  const raw = data.find((customer) =>
    referred.safeParse(customer).data?.meta_data.some(({ key, value }) => key === REFERENCE_KEY && value === reference),
  );
  return raw === undefined ? undefined : mapOne('woocommerce', 'customers.get', raw, customerReading);
}

export const updateCustomers: WriteOperation<CustomerChange, Written<CustomerRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields.' },
  losses: LOSSES,
  async run(store, { customerId, email, firstName, lastName, phone }) {
    const path = `${CUSTOMERS.path}/${checkedId(customerId, 'customer')}`;
    const billing = unlessEmpty(bodyOf({ phone }));
    const body = bodyOf({ email, first_name: firstName, last_name: lastName, billing });
    return writeCall(store, { method: 'PUT', path, body }, customerReading);
  },
};

export const deleteCustomers: WriteOperation<z.output<typeof customerDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'Who is gone stays gone.' },
  losses: {},
  run: async (store, { customerId }) => deleteCall(store, `${CUSTOMERS.path}/${checkedId(customerId, 'customer')}`),
};

export const createAddresses = unsupported(
  'A WooCommerce customer has one billing and one shipping address from the beginning: update those.',
);

export const updateAddresses: WriteOperation<CustomerAddressChange, Written<CustomerAddressRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields.' },
  losses: {
    province: ONE_STATE,
    isDefault: { fate: 'ignored', why: 'The billing address is always the default one.' },
  },
  run: async (store, { customerId, addressId, isDefault: _isDefault, ...fields }) =>
    writeAddress(store, customerId, addressId, addressBody(fields, 'address')),
};

const BLANKS = [
  'first_name',
  'last_name',
  'company',
  'address_1',
  'address_2',
  'city',
  'state',
  'postcode',
  'country',
  'phone',
];

export const deleteAddresses: WriteOperation<z.output<typeof customerAddressDeletion>, null> = emulated(
  {
    repeat: { kind: 'sameEffect', why: 'What is blank stays blank.' },
    losses: {},
    async run(store: ConnectedStore, { customerId, addressId }: z.output<typeof customerAddressDeletion>) {
      await writeAddress(store, customerId, addressId, Object.fromEntries(BLANKS.map((field) => [field, ''])));
      return null;
    },
  },
  'A customer keeps both addresses: all fields of this one are emptied, and it is still listed.',
);

async function writeAddress(
  store: ConnectedStore,
  customerId: string,
  addressId: string,
  fields: Readonly<Record<string, string>> | ReturnType<typeof addressBody>,
): Promise<Written<CustomerAddressRecord>> {
  const customer = checkedId(customerId, 'customer');
  const kind = kindOf(customer, addressId);
  const body = { [kind]: fields };
  const path = `${CUSTOMERS.path}/${customer}`;
  const { data } = await store.http({ method: 'PUT', path, body, effect: 'write', expect: anyJson });
  return mapAddressOf(data, kind);
}

function kindOf(customerId: string, addressId: string): AddressKind {
  const kind = ADDRESS_KINDS.find((one) => addressId === `${customerId}:${one}`);
  if (kind !== undefined) return kind;
  throw new GatewayError('not_found', 'This customer has no such address.', { platform: { id: 'woocommerce' } });
}
