import {
  type ConnectedStore,
  type CustomerAddressChange,
  type CustomerAddressInput,
  type JsonValue,
  type Losses,
  type OfCustomerFilter,
  type WriteOperation,
  type Written,
  customerAddressDeletion,
  customerAddressRecord,
} from '#contract';
import { graphql, mapOne, type RecordReading } from '#kit';
import { z } from 'zod';
import { addressOf, platformAddress } from '../address.js';
import { json } from '../connection.js';
import { GRAPHQL_PATH } from '../documents.js';
import { globalId, notFound } from '../global-id.js';
import { listOf } from '../list.js';
import { mutate } from '../mutate.js';
import { mailingAddress } from '../order-input.js';
import { ADDRESS, PROVINCE_LOSS } from './address-record.js';
import { identify } from './read-one.js';

export const ADDRESSES_PAGE = `query AddressesPage($first: Int!, $after: String, $id: ID!) {
  customer(id: $id) {
    addressesV2(first: $first, after: $after) { nodes { id ...AddressFields } pageInfo { hasNextPage endCursor } }
  }
}${ADDRESS}
`;

/** No address says of itself whether it is the default. */
export const DEFAULT_ADDRESS = `query DefaultAddress($id: ID!) {
  customer(id: $id) { defaultAddress { id } }
}
`;

export const ADDRESS_CREATE = `mutation AddressCreate($customerId: ID!, $address: MailingAddressInput!, $isDefault: Boolean) {
  customerAddressCreate(customerId: $customerId, address: $address, setAsDefault: $isDefault) {
    address { id ...AddressFields }
    userErrors { field message }
  }
}${ADDRESS}
`;

export const ADDRESS_UPDATE = `mutation AddressUpdate(
  $customerId: ID!, $addressId: ID!, $address: MailingAddressInput!, $isDefault: Boolean
) {
  customerAddressUpdate(
    customerId: $customerId, addressId: $addressId, address: $address, setAsDefault: $isDefault
  ) {
    address { id ...AddressFields }
    userErrors { field message }
  }
}${ADDRESS}
`;

export const ADDRESS_DELETE = `mutation AddressDelete($customerId: ID!, $addressId: ID!) {
  customerAddressDelete(customerId: $customerId, addressId: $addressId) {
    deletedAddressId
    userErrors { field message }
  }
}
`;

const ADDRESS_COST = 1;
const DEFAULT_COST = 2;

const address = platformAddress.extend({ id: z.string().min(1), isDefault: z.boolean() });
type PlatformAddress = z.infer<typeof address>;
type AddressRecord = z.infer<typeof customerAddressRecord>;

const readingOf = (customerId: string): RecordReading<PlatformAddress, AddressRecord> => ({
  schema: address,
  map: (raw) => ({
    platformId: raw.id,
    customerId: globalId('Customer', customerId),
    kind: null,
    isDefault: raw.isDefault,
    ...addressOf(raw),
  }),
  identify,
});

export const listAddresses = listOf<OfCustomerFilter, PlatformAddress, AddressRecord>({
  document: ADDRESSES_PAGE,
  path: ['customer', 'addressesV2'],
  filters: { customerId: true },
  sorts: ['createdAt'],
  maxPageSize: 250,
  nodeCost: ADDRESS_COST,
  baseCost: 1,
  variables: ({ filter }) => ({ id: globalId('Customer', filter.customerId) }),
  missing: ({ customerId }) => notFound('Customer', customerId),
  whole: async (store, nodes, { customerId }) => {
    if (nodes.length === 0) return [];
    return withDefault(nodes, await defaultAddress(store, customerId));
  },
  reading: ({ customerId }) => readingOf(customerId),
});

function withDefault(nodes: readonly JsonValue[], defaultId: string | null): JsonValue[] {
  return nodes.map((node) => {
    const fields = z.record(z.string(), json).safeParse(node);
    return fields.success ? { ...fields.data, isDefault: fields.data['id'] === defaultId } : node;
  });
}

async function defaultAddress(store: ConnectedStore, customerId: string): Promise<string | null> {
  const { customer } = await graphql(store, {
    path: GRAPHQL_PATH,
    document: DEFAULT_ADDRESS,
    variables: { id: globalId('Customer', customerId) },
    effect: 'read',
    expect: z.object({
      customer: z.object({ defaultAddress: z.object({ id: z.string() }).nullable() }).nullable(),
    }),
    cost: DEFAULT_COST,
  });
  return customer?.defaultAddress?.id ?? null;
}

const LOSSES: Losses = {
  province: PROVINCE_LOSS,
  isDefault: {
    fate: 'changed',
    why: 'A customer of Shopify has one default address, the first of them at least: make another the default instead.',
    values: ['false'],
  },
};

type Address = Written<AddressRecord>;

export const createAddress: WriteOperation<CustomerAddressInput, Address> = {
  repeat: {
    kind: 'undecidable',
    why: 'Shopify takes no idempotency key for addresses, and two of them may be alike.',
  },
  losses: LOSSES,
  run: (store, input) => write(store, 'addresses.create', ADDRESS_CREATE, 'customerAddressCreate', input),
};

export const updateAddress: WriteOperation<CustomerAddressChange, Address> = {
  repeat: { kind: 'sameEffect', why: 'Every field is set.' },
  losses: LOSSES,
  run: (store, { addressId, ...input }) =>
    write(store, 'addresses.update', ADDRESS_UPDATE, 'customerAddressUpdate', input, {
      addressId: globalId('MailingAddress', addressId),
    }),
};

async function write(
  store: ConnectedStore,
  operation: string,
  document: string,
  root: string,
  { customerId, isDefault = false, ...fields }: CustomerAddressInput,
  which: { readonly addressId?: string } = {},
): Promise<Address> {
  const { address: raw } = await mutate(store, {
    operation,
    document,
    root,
    variables: {
      customerId: globalId('Customer', customerId),
      ...which,
      address: mailingAddress(fields) ?? {},
      isDefault,
    },
    answer: z.object({ address: json.refine((given) => given !== null) }),
  });
  const [whole = raw] = withDefault([raw], await defaultAddress(store, customerId));
  return mapOne('shopify', operation, whole, readingOf(customerId));
}

export const deleteAddress: WriteOperation<z.output<typeof customerAddressDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'An address that is gone stays gone.' },
  losses: {},
  async run(store, { customerId, addressId }) {
    await mutate(store, {
      operation: 'addresses.delete',
      document: ADDRESS_DELETE,
      root: 'customerAddressDelete',
      variables: {
        customerId: globalId('Customer', customerId),
        addressId: globalId('MailingAddress', addressId),
      },
      answer: z.object({ deletedAddressId: z.string() }),
    });
    return null;
  },
};
