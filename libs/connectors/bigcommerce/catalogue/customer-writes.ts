import {
  type ConnectedStore,
  type CustomerChange,
  type customerDeletion,
  type CustomerInput,
  type CustomerRecord,
  type Losses,
  type WriteOperation,
  type Written,
} from '#contract';
import { mapOne } from '#kit';
import type { z } from 'zod';
import { type Body, bodyOf, broken, deleteNumbered, inOurWords, recordNumber, writeInArray } from '../record-calls.js';
import { ADDRESS_WORDS, addressBody, requireFields } from './address-input.js';
import { customerReading, CUSTOMERS } from './customers.js';

const TAGS = { tags: { fate: 'ignored', why: 'BigCommerce keeps no tags of customers, only groups.' } } as const;

const NEW_LOSSES: Losses = {
  ...TAGS,
  defaultAddress: {
    fate: 'changed',
    why: "It is kept as the first of the customer's addresses, with the name of its state and not the code; none of them is the default.",
  },
};

const OUR_WORDS: Readonly<Record<string, string>> = {
  email: 'email',
  first_name: 'firstName',
  last_name: 'lastName',
  phone: 'phone',
  notes: 'note',
};

const fieldsOf = ({ email, firstName, lastName, phone, note }: Omit<CustomerChange, 'customerId'>): Body =>
  bodyOf({ email, first_name: firstName, last_name: lastName, phone, notes: note });

export const createCustomers: WriteOperation<CustomerInput, Written<CustomerRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'BigCommerce takes no idempotency key; a second customer of the same e-mail is refused, but nothing tells who made the first.',
  },
  losses: NEW_LOSSES,
  async run(store, input) {
    requireFields(input, ['email', 'firstName', 'lastName']);
    const { defaultAddress: address } = input;
    const names = { firstName: input.firstName, lastName: input.lastName };
    const addresses = address && [addressBody({ ...names, ...address }, 'defaultAddress.')];
    return send(store, 'POST', bodyOf({ ...fieldsOf(input), addresses }));
  },
};

export const updateCustomers: WriteOperation<CustomerChange, Written<CustomerRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields.' },
  losses: TAGS,
  run: async (store, { customerId, ...fields }) =>
    send(store, 'PUT', { id: recordNumber(customerId, 'customer'), ...fieldsOf(fields) }),
};

async function send(store: ConnectedStore, method: 'POST' | 'PUT', body: Body): Promise<Written<CustomerRecord>> {
  const words = { ...ADDRESS_WORDS, ...OUR_WORDS };
  const raw = await inOurWords(words, () => writeInArray(store, method, CUSTOMERS.path, body));
  if (raw === undefined) throw broken('a written customer with none');
  return mapOne('bigcommerce', 'customers', raw, customerReading);
}

export const deleteCustomers: WriteOperation<z.output<typeof customerDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What is gone stays gone; the platform does not tell it from what never was.' },
  losses: {},
  run: async (store, { customerId }) => deleteNumbered(store, CUSTOMERS, [recordNumber(customerId, 'customer')]),
};
