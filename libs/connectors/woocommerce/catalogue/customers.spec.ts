import { customerAddressRecord, customerRecord, type JsonValue, Unreadable } from '#contract';
import { readRecord } from '#kit';
import { answeringStore, jsonAnswer } from '#testing';
import { describe, expect, it } from 'vitest';
import { woocommerce } from '../woocommerce.js';
import { createCustomers, deleteAddresses, updateAddresses, updateCustomers } from './customer-writes.js';
import { customerReading, listAddresses, listCustomers, mapAddressOf } from './customers.js';
import { ATTEMPT, outcomeOf, scriptedShop } from '../__fixtures__/scripted-shop.js';

const JANE = {
  id: 2,
  email: 'jane@example.com',
  first_name: 'Jane',
  last_name: "O'Neill & Co",
  role: 'wholesale',
  billing: {
    first_name: 'Jane',
    city: 'Köln',
    state: 'DE-NW',
    country: 'DE',
    phone: '+49 1',
    email: 'other@example.com',
  },
  shipping: { first_name: '', city: '', state: '', country: '', phone: '' },
  date_created_gmt: '2026-01-01T00:00:00',
  date_modified_gmt: null,
};

describe('a customer', () => {
  it('has the telephone number and the address of the bill', () => {
    const customer = readRecord(JANE, customerReading);
    expect(customerRecord.parse(customer)).toEqual(customer);
    expect(customer).toMatchObject({
      platformId: '2',
      lastName: "O'Neill & Co",
      phone: '+49 1',
      platformStatus: 'wholesale',
      defaultAddress: { city: 'Köln', provinceCode: 'DE-NW', province: null },
      orderCount: null,
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: null,
    });
  });

  it('has two addresses, also where nothing is filled in', () => {
    for (const kind of ['billing', 'shipping'] as const) {
      const { record } = mapAddressOf(JANE, kind);
      expect(customerAddressRecord.parse(record)).toEqual(record);
      expect(record).toMatchObject({ platformId: `2:${kind}`, customerId: '2', kind, isDefault: kind === 'billing' });
    }
    expect(mapAddressOf(JANE, 'shipping').record).toMatchObject({ firstName: null, city: null, countryCode: null });
  });

  it('is read though everything is missing, or null', () => {
    for (const raw of [{ id: 3 }, { ...Object.fromEntries(Object.keys(JANE).map((name) => [name, null])), id: '3' }])
      expect(readRecord(raw, customerReading)).toMatchObject({ platformId: '3', email: null, defaultAddress: null });
  });

  it.each([
    [null],
    [[]],
    [{}],
    [{ ...JANE, email: 3 }],
    [{ ...JANE, billing: 'x' }],
    [{ ...JANE, date_created_gmt: 'yesterday' }],
  ])('such as %j is unreadable', (raw) => {
    expect(() => readRecord(raw, customerReading)).toThrow(Unreadable);
  });
});

describe('a list of customers', () => {
  it('by e-mail looks at everybody, and keeps who has that very address', async () => {
    const store = answeringStore(woocommerce, ({ query }) => {
      expect(query).toMatchObject({ email: '*@Example.com', role: 'all' });
      return jsonAnswer([JANE, { ...JANE, id: 3, email: '*@example.com' }]);
    });
    const page = await listCustomers.page(
      store,
      { filter: { email: '*@Example.com' }, sort: 'createdAt' },
      { size: 9 },
    );
    expect(page.items.map(({ record }) => record.platformId)).toEqual(['3']);
  });

  it('of the addresses of nobody is not found', async () => {
    const { store, sent } = scriptedShop();
    const work = listAddresses.page(store, { filter: { customerId: '2:billing' }, sort: 'createdAt' }, { size: 9 });
    expect(await outcomeOf(work)).toMatchObject({ code: 'not_found' });
    expect(sent).toEqual([]);
  });
});

describe('a new customer', () => {
  it('needs an e-mail address', async () => {
    const { store, sent } = scriptedShop();
    for (const input of [{}, { email: '' }])
      expect(await outcomeOf(createCustomers.run(store, input, ATTEMPT))).toMatchObject({ code: 'request_rejected' });
    expect(sent).toEqual([]);
  });

  it('is found again by the reference, and nobody else is', async () => {
    const referred = (value: unknown) =>
      ({ ...JANE, meta_data: [{ id: 1, key: '_shopspan_reference', value }] }) as JsonValue;
    const { repeat } = createCustomers;
    if (repeat.kind !== 'clientReference') throw new Error('it cannot be found');
    const find = (found: JsonValue) =>
      repeat.find(scriptedShop([200, found]).store, { email: 'jane@example.com' }, ATTEMPT);
    expect((await find([JANE, referred('ssp-1')]))?.record.platformId).toBe('2');
    for (const found of [[], [JANE], [referred('ssp-2')], [referred(null)], [null]])
      expect(await find(found)).toBeUndefined();
  });

  it('has one telephone number', async () => {
    const { store, sent } = scriptedShop([201, JANE], [201, JANE]);
    const email = 'jane@example.com';
    await createCustomers.run(
      store,
      { email, phone: '1', defaultAddress: { phone: '2', province: 'Bayern' } },
      ATTEMPT,
    );
    await createCustomers.run(store, { email, defaultAddress: { phone: '2' } }, ATTEMPT);
    expect(sent.map(({ body }) => body)).toMatchObject([
      { billing: { phone: '1', state: 'Bayern' } },
      { billing: { phone: '2' } },
    ]);
  });
});

describe('changing', () => {
  it('says nothing of what was not said', async () => {
    const { store, sent } = scriptedShop([200, JANE]);
    await updateCustomers.run(store, { customerId: '2', firstName: '' }, ATTEMPT);
    expect(sent).toEqual([{ method: 'PUT', path: 'customers/2', body: { first_name: '' } }]);
  });

  it.each(['2:other', '3:billing', 'billing', '2', '2:billing/x'])('finds no address %j', async (addressId) => {
    const { store, sent } = scriptedShop();
    const change = { customerId: '2', addressId };
    expect(await outcomeOf(updateAddresses.run(store, change, ATTEMPT))).toMatchObject({ code: 'not_found' });
    expect(await outcomeOf(deleteAddresses.run(store, change, ATTEMPT))).toMatchObject({ code: 'not_found' });
    expect(sent).toEqual([]);
  });

  it('of an address knows its country', async () => {
    const { store, sent } = scriptedShop();
    const change = { customerId: '2', addressId: '2:billing', countryCode: 'ZZ' };
    expect(await outcomeOf(updateAddresses.run(store, change, ATTEMPT))).toMatchObject({ code: 'request_rejected' });
    expect(sent).toEqual([]);
  });
});
