import {
  type CustomerChange,
  type CustomerInput,
  type CustomerRecord,
  type WriteOperation,
  type Written,
  customerDeletion,
} from '#contract';
import { z } from 'zod';
import { globalId } from '../global-id.js';
import { mutate } from '../mutate.js';
import { given, mailingAddress, requireTags } from '../order-input.js';
import { PROVINCE_LOSS } from './address-record.js';
import { oneCustomer } from './customers.js';
import { readOne } from './read-one.js';

export const CUSTOMER_CREATE = `mutation CustomerCreate($input: CustomerInput!) {
  customerCreate(input: $input) { customer { id } userErrors { field message } }
}
`;

export const CUSTOMER_UPDATE = `mutation CustomerUpdate($input: CustomerInput!) {
  customerUpdate(input: $input) { customer { id } userErrors { field message } }
}
`;

export const CUSTOMER_DELETE = `mutation CustomerDelete($input: CustomerDeleteInput!) {
  customerDelete(input: $input) { deletedCustomerId userErrors { field message } }
}
`;

const answer = z.object({ customer: z.object({ id: z.string() }) });

export const createCustomer: WriteOperation<CustomerInput, Written<CustomerRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'Shopify refuses a second customer of the same e-mail address or telephone, but cannot tell who made the first.',
  },
  losses: { 'defaultAddress.province': PROVINCE_LOSS },
  async run(store, input) {
    requireTags('customers.create', input.tags);
    const address = mailingAddress(input.defaultAddress);
    const { customer } = await mutate(store, {
      operation: 'customers.create',
      document: CUSTOMER_CREATE,
      root: 'customerCreate',
      // Deprecated for a call of its own; with it, a wrong address would leave a customer behind without one.
      variables: { input: given({ ...fields(input), addresses: address && [address] }) },
      answer,
    });
    return readOne(store, 'customers.create', oneCustomer, customer.id);
  },
};

export const updateCustomer: WriteOperation<CustomerChange, Written<CustomerRecord>> = {
  repeat: { kind: 'sameEffect', why: 'Every field is set.' },
  losses: {},
  async run(store, input) {
    requireTags('customers.update', input.tags);
    const id = globalId('Customer', input.customerId);
    await mutate(store, {
      operation: 'customers.update',
      document: CUSTOMER_UPDATE,
      root: 'customerUpdate',
      variables: { input: given({ id, ...fields(input) }) },
      answer,
    });
    return readOne(store, 'customers.update', oneCustomer, id);
  },
};

function fields({ email, firstName, lastName, phone, note, tags }: Omit<CustomerChange, 'customerId'>) {
  return { email, firstName, lastName, phone, note, tags: tags && [...tags] };
}

export const deleteCustomer: WriteOperation<z.output<typeof customerDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'A customer who is gone stays gone; one with orders is never deleted.' },
  losses: {},
  async run(store, { customerId }) {
    await mutate(store, {
      operation: 'customers.delete',
      document: CUSTOMER_DELETE,
      root: 'customerDelete',
      variables: { input: { id: globalId('Customer', customerId) } },
      answer: z.object({ deletedCustomerId: z.string() }),
    });
    return null;
  },
};
