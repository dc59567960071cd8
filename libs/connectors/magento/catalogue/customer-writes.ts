import {
  type ConnectedStore,
  type CustomerChange,
  type customerDeletion,
  type CustomerInput,
  type CustomerRecord,
  emulated,
  type JsonValue,
  type Losses,
  type Mapped,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson, mapOne } from '#kit';
import { z } from 'zod';
import { bodyOf, checkedId, readOne, rejected, writeCall } from '../record-calls.js';
import { chosenView } from '../store-view.js';
import { addressBody, addressLosses, checkCountry } from './address-input.js';
import { customerAsPrinted, customerReading, type MagentoCustomer, NO_NAME } from './customers.js';
import { CUSTOMERS, deleteCall, partOf } from './places.js';
import type { Body } from './product-input.js';

const LOSSES: Losses = {
  note: { fate: 'ignored', why: 'Magento keeps no notes on customers.' },
  tags: { fate: 'ignored', why: 'Magento keeps no tags of customers.' },
};

export const createCustomers: WriteOperation<CustomerInput, Written<CustomerRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'The e-mail address keeps a customer from being made twice, but nothing tells whether an earlier try or somebody else has made it.',
  },
  losses: {
    ...LOSSES,
    phone: {
      fate: 'changed',
      why: 'Magento keeps phone numbers with addresses: it becomes that of a default address sent without one, and is else left out.',
    },
    ...addressLosses('defaultAddress.'),
  },
  async run(store, { email, firstName, lastName, phone, defaultAddress }) {
    if (email === undefined || email === '') throw rejected('Magento needs an e-mail address.', 'email');
    const names = { firstname: firstName || NO_NAME, lastname: lastName || NO_NAME };
    if (defaultAddress !== undefined) await checkCountry(store, defaultAddress);
    const address = defaultAddress && {
      ...names,
      ...bodyOf({ telephone: phone }),
      ...(await addressBody(store, defaultAddress)),
      ...AS_DEFAULT,
    };
    // What is not said becomes the default view, whatever the path says (seen in the platform's own code).
    const view = await chosenView(store);
    const place = view && { store_id: view.id, website_id: Number(view.website_id) };
    const customer = { email, ...names, ...place, ...(address && { addresses: [address] }) };
    return writtenCustomer(store, 'POST', CUSTOMERS, customer);
  },
};

export const AS_DEFAULT = { default_billing: true, default_shipping: true };

export const updateCustomers: WriteOperation<CustomerChange, Written<CustomerRecord>> = emulated(
  {
    repeat: { kind: 'sameEffect', why: 'It sets fields.' },
    losses: {
      ...LOSSES,
      phone: { fate: 'ignored', why: 'Magento keeps phone numbers with addresses: change the address.' },
    },
    async run(store: ConnectedStore, { customerId, email, firstName, lastName }: CustomerChange) {
      if (email === '') throw rejected('Magento needs an e-mail address.', 'email');
      const { raw } = await readCustomer(store, customerId);
      const names = { firstname: orNone(firstName), lastname: orNone(lastName) };
      return writtenCustomer(store, 'PUT', `${CUSTOMERS}/${customerId}`, {
        ...keptOf(raw),
        ...bodyOf({ email, ...names }),
      });
    },
  },
  'Magento writes all fields of a customer: they are read and written back with these. What is changed in between is lost.',
);

function orNone(name: string | undefined): string | undefined {
  return name === '' ? NO_NAME : name;
}

export const deleteCustomers: WriteOperation<z.output<typeof customerDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What is gone stays gone.' },
  losses: {},
  run: async (store, { customerId }) => deleteCall(store, `${CUSTOMERS}/${checkedId(customerId, 'customer')}`),
};

export function readCustomer(store: ConnectedStore, customerId: string): Promise<Mapped<MagentoCustomer>> {
  return readOne(store, { path: CUSTOMERS, what: 'customer', reading: customerAsPrinted }, customerId);
}

// What a change writes again. A field that is left out is emptied by some versions (issue #7380); addresses, and what
// extensions keep, are kept when they are left out.
const KEPT = [
  ...['id', 'email', 'firstname', 'lastname', 'middlename', 'prefix', 'suffix', 'dob', 'gender', 'taxvat'],
  ...['group_id', 'store_id', 'website_id', 'disable_auto_group_change', 'default_billing', 'default_shipping'],
  'custom_attributes',
];
const record = z.record(z.string(), anyJson);

/** The fields of a customer, as printed, that stay when they are written again: who changes one meanwhile loses it. */
export function keptOf(raw: JsonValue): Body {
  const fields = partOf(record, raw, 'a customer');
  return bodyOf(Object.fromEntries(KEPT.map((name) => [name, fields[name] ?? undefined])));
}

export async function writtenCustomer(
  store: ConnectedStore,
  method: 'POST' | 'PUT',
  path: string,
  customer: Body,
): Promise<Mapped<CustomerRecord>> {
  const data = await writeCall(store, { method, path, body: { customer }, expect: anyJson });
  return mapOne('magento', 'customers', data, customerReading);
}
