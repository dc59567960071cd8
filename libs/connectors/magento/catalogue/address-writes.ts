import {
  type ConnectedStore,
  type CustomerAddressChange,
  type customerAddressDeletion,
  type CustomerAddressInput,
  type CustomerAddressRecord,
  emulated,
  GatewayError,
  type JsonValue,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson, mapOne } from '#kit';
import { z } from 'zod';
import { id, list, text } from '../atoms.js';
import { writeCall } from '../record-calls.js';
import { addressBody, addressLosses } from './address-input.js';
import { AS_DEFAULT, keptOf, readCustomer } from './customer-writes.js';
import { addressReading } from './customers.js';
import { ADDRESSES, CUSTOMERS, deleteCall, partOf } from './places.js';
import type { Body } from './product-input.js';

const ALL_AT_ONCE =
  'Magento writes all addresses of a customer at once: they are read and written back with this one. What is changed in between is lost.';

const ONE_DEFAULT = {
  fate: 'changed',
  values: ['false'],
  why: 'A customer with addresses has a default one: make another one the default instead.',
} as const;

export const createAddresses: WriteOperation<CustomerAddressInput, Written<CustomerAddressRecord>> = emulated(
  {
    repeat: { kind: 'undecidable', why: 'A customer may have the same address twice, and it keeps no reference.' },
    losses: addressLosses(),
    async run(store: ConnectedStore, { customerId, isDefault, ...fields }: CustomerAddressInput) {
      const { record, raw } = await readCustomer(store, customerId);
      const names = { firstname: record.firstname ?? '', lastname: record.lastname ?? '' };
      const address = {
        ...names,
        ...(await addressBody(store, fields)),
        ...(isDefault === true ? AS_DEFAULT : {}),
      };
      const before = addressesIn(raw);
      const others = isDefault === true ? before.map(withoutDefault) : before;
      const after = await writeAll(store, customerId, raw, [...others, address]);
      const known = new Set(before.map(idOf));
      return found(after, customerId, (one) => !known.has(idOf(one)));
    },
  },
  ALL_AT_ONCE,
);

export const updateAddresses: WriteOperation<CustomerAddressChange, Written<CustomerAddressRecord>> = emulated(
  {
    repeat: { kind: 'sameEffect', why: 'It sets fields.' },
    losses: { ...addressLosses(), isDefault: ONE_DEFAULT },
    async run(store: ConnectedStore, { customerId, addressId, isDefault, ...fields }: CustomerAddressChange) {
      const { raw } = await readCustomer(store, customerId);
      const before = addressesIn(raw);
      const current = before.find((one) => idOf(one) === addressId);
      if (current === undefined) throw missing();
      const changed = {
        ...current,
        ...(await addressBody(store, withLines(fields, current), partOf(text, current['country_id'], 'a country'))),
        ...(isDefault === true ? AS_DEFAULT : {}),
      };
      const others = isDefault === true ? before.map(withoutDefault) : before;
      const all = others.map((one) => (idOf(one) === addressId ? changed : one));
      return found(await writeAll(store, customerId, raw, all), customerId, (one) => idOf(one) === addressId);
    },
  },
  ALL_AT_ONCE,
);

export const deleteAddresses: WriteOperation<z.output<typeof customerAddressDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What is gone stays gone.' },
  losses: {},
  async run(store, { customerId, addressId }) {
    const { raw } = await readCustomer(store, customerId);
    // Any customer's address goes by its number alone.
    if (!addressesIn(raw).some((one) => idOf(one) === addressId)) throw missing();
    return deleteCall(store, `${ADDRESSES}/${addressId}`);
  },
};

function missing(): GatewayError<'not_found'> {
  return new GatewayError('not_found', 'This customer has no such address.', { platform: { id: 'magento' } });
}

const addressed = z.object({ addresses: list(z.record(z.string(), anyJson)) });

/** All addresses as printed, without what extensions keep of them. */
function addressesIn(raw: JsonValue): readonly Body[] {
  return partOf(addressed, raw, 'addresses').addresses.map(({ extension_attributes: _kept, ...address }) => address);
}

function idOf(address: Body): string | undefined {
  return id.safeParse(address['id']).data;
}

function withoutDefault(address: Body): Body {
  return { ...address, default_billing: false, default_shipping: false };
}

/** The lines of a street are one list: the one that was not given stays. */
function withLines<T extends { readonly address1?: string | undefined; readonly address2?: string | undefined }>(
  fields: T,
  current: Body,
): T {
  const [first = '', ...more] = partOf(list(z.string()), current['street'], 'a street');
  if (fields.address1 === undefined && fields.address2 === undefined) return fields;
  return { ...fields, address1: fields.address1 ?? first, address2: fields.address2 ?? more.join('\n') };
}

/** Writes the final state of all addresses; which of them are defaults they say themselves. */
async function writeAll(
  store: ConnectedStore,
  customerId: string,
  raw: JsonValue,
  addresses: readonly Body[],
): Promise<readonly Body[]> {
  const { default_billing: _billing, default_shipping: _shipping, ...kept } = keptOf(raw);
  const body = { customer: { ...kept, addresses: [...addresses] } };
  const path = `${CUSTOMERS}/${customerId}`;
  return addressesIn(await writeCall(store, { method: 'PUT', path, body, expect: anyJson }));
}

function found(
  addresses: readonly Body[],
  customerId: string,
  isMeant: (address: Body) => boolean,
): Written<CustomerAddressRecord> {
  const raw = addresses.findLast(isMeant);
  if (raw === undefined)
    throw new GatewayError('platform_contract_broken', 'magento answered a customer without the address it was sent.', {
      platform: { id: 'magento' },
    });
  return mapOne('magento', 'addresses', raw, addressReading(customerId));
}
