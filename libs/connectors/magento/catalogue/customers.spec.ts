import type { JsonValue } from '#contract';
import { describe, expect, it } from 'vitest';
import { createAddresses, deleteAddresses, updateAddresses } from './address-writes.js';
import { createCustomers, updateCustomers } from './customer-writes.js';
import { getCustomer, listAddresses, listCustomers } from './customers.js';
import { ATTEMPT, found, outcomeOf, scriptedShop } from '../__fixtures__/scripted-shop.js';

const address = (id: number, changes: Readonly<Record<string, JsonValue>> = {}) => ({
  id,
  customer_id: 7,
  region: { region_code: 'BER', region: 'Berlin', region_id: 82 },
  region_id: 82,
  country_id: 'DE',
  street: ['Am Ufer 1', 'Hof'],
  telephone: '1',
  postcode: '10115',
  city: 'Berlin',
  firstname: 'A',
  lastname: 'B',
  ...changes,
});
const customer = (changes: Readonly<Record<string, JsonValue>> = {}): Readonly<Record<string, JsonValue>> => ({
  id: 7,
  group_id: 1,
  website_id: 1,
  store_id: 1,
  email: 'a@example.test',
  firstname: 'A',
  lastname: 'B',
  created_at: '2026-11-22 18:29:50',
  updated_at: '2026-11-22 18:29:50',
  addresses: [],
  extension_attributes: { is_subscribed: true, company: { x: 1 } },
  custom_attributes: [{ attribute_code: 'shoe', value: '43' }],
  ...changes,
});
const GERMANY = { available_regions: [{ id: '82', code: 'BER', name: 'Berlin' }] };
const customerSent = (body: unknown) => (body as { customer: Record<string, JsonValue> }).customer;
const addressesSent = (body: unknown) => customerSent(body)['addresses'] as Record<string, JsonValue>[];

describe('a customer', () => {
  it('is read with what is missing left out', async () => {
    const bare = { id: 7, firstname: '-', addresses: null, default_billing: null };
    const { record } = await getCustomer.run(scriptedShop([200, bare]).store, { platformId: '7' });
    expect(record).toMatchObject({ firstName: null, email: null, defaultAddress: null, acceptsMarketing: null });
  });

  it('has the address for bills as its default, by the flag or by the number, or else that for parcels', async () => {
    for (const changes of [
      { addresses: [address(1), address(2, { default_billing: true })] },
      { addresses: [address(1), address(2)], default_billing: '2' },
      { addresses: [address(1), address(2, { default_shipping: true })] },
    ]) {
      const { record } = await getCustomer.run(scriptedShop([200, customer(changes)]).store, { platformId: '7' });
      expect([record.defaultAddress?.address2, record.phone]).toEqual(['Hof', '1']);
    }
  });

  it('is not lost for an address that cannot be read', async () => {
    const broken = customer({ addresses: [address(1), { id: null }, 'x'] });
    const { record } = await getCustomer.run(scriptedShop([200, broken]).store, { platformId: '7' });
    expect(record.platformId).toBe('7');
    const { items, quarantined } = await listAddresses.page(
      scriptedShop([200, broken]).store,
      { filter: { customerId: '7' }, sort: 'createdAt' },
      { size: 9 },
    );
    expect([items.length, quarantined.length]).toEqual([1, 2]);
  });

  it('is found by address and times', async () => {
    const { store, sent, filters } = scriptedShop(found());
    const filter = { email: 'a@example.test', createdSince: new Date('2026-01-01T00:00:00Z') };
    await listCustomers.page(store, { filter, sort: 'updatedAt' }, { size: 9 });
    expect([sent[0]?.path, filters()[0]]).toEqual([
      'V1/customers/search',
      ['email eq a@example.test', 'created_at gteq 2026-01-01 00:00:00'],
    ]);
  });

  it('is made with a dash for each name there is not, as the platform asks for both', async () => {
    const { store, sent } = scriptedShop([200, customer()]);
    await createCustomers.run(store, { email: 'a@example.test', firstName: '' }, ATTEMPT);
    expect(sent[0]?.body).toEqual({ customer: { email: 'a@example.test', firstname: '-', lastname: '-' } });
  });

  it('keeps all that is not changed; addresses and what extensions keep are not sent', async () => {
    const { store, sent } = scriptedShop([200, customer({ default_billing: '1', taxvat: 'x' })], [200, customer()]);
    await updateCustomers.run(store, { customerId: '7', lastName: '' }, ATTEMPT);
    expect(sent[1]).toEqual({
      method: 'PUT',
      path: 'V1/customers/7',
      body: {
        customer: {
          ...{ id: 7, email: 'a@example.test', firstname: 'A', lastname: '-', taxvat: 'x' },
          ...{ group_id: 1, store_id: 1, website_id: 1, default_billing: '1' },
          custom_attributes: [{ attribute_code: 'shoe', value: '43' }],
        },
      },
    });
  });

  it('without an e-mail address is neither made nor left', async () => {
    const { store, sent } = scriptedShop();
    expect(await outcomeOf(createCustomers.run(store, { email: '' }, ATTEMPT))).toMatchObject({
      code: 'request_rejected',
    });
    expect(await outcomeOf(updateCustomers.run(store, { customerId: '7', email: '' }, ATTEMPT))).toMatchObject({
      code: 'request_rejected',
    });
    expect(sent).toEqual([]);
  });
});

describe('addresses', () => {
  const two = customer({ addresses: [address(1, { default_billing: true, extension_attributes: {} }), address(2)] });

  it('are all written again with a new one, which is the one that was not there', async () => {
    const after = customer({ addresses: [address(9, { city: 'Bonn' }), address(1), address(2)] });
    const { store, sent } = scriptedShop([200, two], [200, after]);
    const made = await createAddresses.run(store, { customerId: '7', city: 'Bonn', countryCode: 'DE' }, ATTEMPT);
    expect(made.record).toMatchObject({ platformId: '9', city: 'Bonn', customerId: '7' });
    expect(addressesSent(sent[1]?.body)).toEqual([
      address(1, { default_billing: true }),
      address(2),
      { firstname: 'A', lastname: 'B', city: 'Bonn', country_id: 'DE' },
    ]);
    expect(Object.keys(customerSent(sent[1]?.body))).not.toContain('default_billing');
  });

  it('have one default, which the new one takes from the others', async () => {
    const after = customer({ addresses: [address(1), address(2, { default_billing: true })] });
    const { store, sent } = scriptedShop([200, two], [200, after]);
    await updateAddresses.run(store, { customerId: '7', addressId: '2', isDefault: true }, ATTEMPT);
    expect(
      addressesSent(sent[1]?.body).map(({ default_billing, default_shipping }) => [default_billing, default_shipping]),
    ).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it.each([
    [{ provinceCode: 'ber' }, { region_id: 82, region: { region_id: 82, region_code: 'BER', region: 'Berlin' } }],
    [{ province: 'berlin' }, { region_id: 82, region: { region_id: 82, region_code: 'BER', region: 'Berlin' } }],
    [
      { provinceCode: 'BY', province: 'Bayern' },
      { region_id: 0, region: { region_id: 0, region_code: 'BY', region: 'Bayern' } },
    ],
  ])('in the province %j are written as the list of the country has it', async (input, expected) => {
    const { store, sent } = scriptedShop([200, two], [200, GERMANY], [200, two]);
    await updateAddresses.run(store, { customerId: '7', addressId: '2', ...input }, ATTEMPT);
    expect(sent[1]?.path).toBe('V1/directory/countries/DE');
    expect(addressesSent(sent[2]?.body)[1]).toMatchObject(expected);
  });

  it.each([
    [{ address1: 'Neu 2' }, ['Neu 2', 'Hof']],
    [{ address2: '' }, ['Am Ufer 1']],
    [{ address2: 'Turm' }, ['Am Ufer 1', 'Turm']],
    [{ city: 'Bonn' }, ['Am Ufer 1', 'Hof']],
  ])('changed by %j have the lines %j', async (input, street) => {
    const { store, sent } = scriptedShop([200, two], [200, two]);
    await updateAddresses.run(store, { customerId: '7', addressId: '2', ...input }, ATTEMPT);
    expect(addressesSent(sent[1]?.body)[1]?.['street']).toEqual(street);
  });

  it('of others are not touched', async () => {
    for (const write of [updateAddresses, deleteAddresses]) {
      const { store, sent } = scriptedShop([200, two]);
      const outcome = await outcomeOf(write.run(store, { customerId: '7', addressId: '3' }, ATTEMPT));
      expect([outcome, sent.length]).toMatchObject([{ code: 'not_found' }, 1]);
    }
  });

  it('that do not come back are told of', async () => {
    const { store } = scriptedShop([200, two], [200, two]);
    expect(await outcomeOf(createAddresses.run(store, { customerId: '7', city: 'Bonn' }, ATTEMPT))).toMatchObject({
      code: 'platform_contract_broken',
    });
  });
});
