import { type Address, address, order, type Order, type OrderRecord, orderRecord, readRecordId } from '#contract';
import type { StoreRow } from '#persistence';
import { describe, expect, it } from 'vitest';
import { randomInteger, randomNumbers } from '../../test/setup/random.js';
import { exampleOrder } from '../testing/example-connector.js';
import { presentRecord } from './present-record.js';

const STORE_ID = '0192f0c4-7a4b-7cc1-8a51-0123456789ab';
const store: StoreRow = {
  id: STORE_ID,
  tenantId: 't',
  appId: 'a',
  platform: 'example',
  clientKey: 'c',
  clientHandle: null,
  account: 'shop',
  apiRoot: 'https://shop.example.com/',
  platformId: '1',
  name: 'Shop',
  domain: 'shop.example.com',
  currency: 'EUR',
  timezone: null,
  externalId: null,
  mode: 'test',
  scopesWanted: [],
  scopesGranted: [],
  access: [],
  status: 'active',
  statusReason: null,
  statusSince: new Date(0),
  lastSuccessAt: null,
  lastErrorCode: null,
  lastErrorMessage: null,
  lastErrorAt: null,
  healthState: 'healthy',
  healthReason: 'ok',
  healthSince: new Date(0),
  refusals: 0,
  scopesLost: [],
  createdAt: new Date(0),
};

const presentOrder = (row: StoreRow, record: OrderRecord, personalData: boolean) =>
  // The schema's own type, checked below by parsing what was shown.
  presentRecord(row, { kind: 'order', schema: orderRecord }, record, personalData) as unknown as Order;

/** Fields that say who somebody is, where they live and how to reach them, or what they wrote. */
const PERSONAL = /^(firstName|lastName|company|email|phone|address1|address2|buyerNote|merchantNote)$/;
/** Fields of a person that may be shown: what a shipment costs depends on them, and nobody is found by them alone. */
const REGIONAL = ['city', 'province', 'provinceCode', 'country', 'countryCode', 'postalCode'];

const addressWith = (plant: (field: string) => string | null): Address => ({
  firstName: plant('firstName'),
  lastName: plant('lastName'),
  company: plant('company'),
  address1: plant('address1'),
  address2: plant('address2'),
  city: plant('city'),
  province: plant('province'),
  provinceCode: plant('provinceCode'),
  country: plant('country'),
  countryCode: plant('countryCode'),
  postalCode: plant('postalCode'),
  phone: plant('phone'),
});

function orderWith(plant: (field: string) => string | null, random: () => number): OrderRecord {
  const maybe = <T>(value: T): T | null => (random() < 0.8 ? value : null);
  const customer = {
    id: '77',
    email: plant('email'),
    firstName: plant('firstName'),
    lastName: plant('lastName'),
    phone: plant('phone'),
  };
  return {
    ...exampleOrder('4711', '10.00'),
    customer: maybe(customer),
    billingAddress: maybe(addressWith(plant)),
    shippingAddress: maybe(addressWith(plant)),
    buyerNote: plant('buyerNote'),
    merchantNote: plant('merchantNote'),
  };
}

describe('an order of the API', () => {
  it('carries ids that lead back to the store and to the records of its platform', () => {
    const line = { ...exampleLine(), productId: 'p1', variantId: null };
    const shown = presentOrder(
      store,
      {
        ...orderWith(
          () => 'x',
          () => 0,
        ),
        lineItems: [line],
      },
      true,
    );
    expect(shown).toMatchObject({
      storeId: `sto_${STORE_ID.replaceAll('-', '')}`,
      platform: 'example',
      platformId: '4711',
    });
    expect(readRecordId('order', shown.id)).toEqual({ storeId: STORE_ID, platformId: '4711' });
    expect(readRecordId('customer', shown.customer?.id ?? '')?.platformId).toBe('77');
    expect(readRecordId('product', shown.lineItems[0]?.productId ?? '')?.platformId).toBe('p1');
    expect(shown.lineItems[0]?.variantId).toBeNull();
    expect(order.parse(shown)).toEqual(shown);
  });

  it('shows everything to whoever may see personal data', () => {
    const record = orderWith(
      (field) => `${field} of Ada`,
      () => 0,
    );
    const { id: _, ...shown } = presentOrder(store, record, true);
    expect(shown).toMatchObject({
      ...record,
      customer: { ...record.customer, id: expect.stringMatching(/^cus_/) as string },
    });
  });
});

describe('without the right to personal data', () => {
  it('no value of a person survives anywhere in the order, for any order', () => {
    const random = randomNumbers(4);
    for (let round = 0; round < 2_000; round += 1) {
      const planted: string[] = [];
      const plant = (field: string): string | null => {
        if (random() < 0.1) return random() < 0.5 ? null : '';
        const canary = `${field}-${randomInteger(random, 0, 1e15)}`;
        if (PERSONAL.test(field)) planted.push(canary);
        return random() < 0.5 ? canary : `Ada ${canary}\u0000 "quoted" ${canary}`;
      };
      const text = JSON.stringify(presentOrder(store, orderWith(plant, random), false));
      expect(planted.filter((canary) => text.includes(canary))).toEqual([]);
    }
  });

  it('says that there was something, keeps what was nothing, and stays an order', () => {
    const shown = presentOrder(
      store,
      orderWith(
        (field) => (field === 'phone' ? null : field === 'company' ? '' : 'Ada'),
        () => 0,
      ),
      false,
    );
    expect(shown.customer).toMatchObject({ email: '***', firstName: '***', lastName: '***', phone: null });
    expect(shown.shippingAddress).toMatchObject({
      firstName: '***',
      company: '',
      address1: '***',
      phone: null,
      city: 'Ada',
      postalCode: 'Ada',
    });
    expect([shown.buyerNote, shown.merchantNote]).toEqual(['***', '***']);
    expect(order.parse(shown)).toEqual(shown);
  });

  it('knows every field of a person that the schema has: a new one must be hidden or shown on purpose', () => {
    const notes = Object.keys(orderRecord.shape).filter((name) => /note/i.test(name));
    const names = [...Object.keys(address.shape), ...Object.keys(orderRecord.shape.customer.unwrap().shape), ...notes];
    expect(names.length).toBe(19);
    expect(names.filter((name) => !PERSONAL.test(name) && !REGIONAL.includes(name) && name !== 'id')).toEqual([]);
  });

  it('leaves the record itself as it was', () => {
    const record = orderWith(
      () => 'Ada',
      () => 0,
    );
    const before = structuredClone(record);
    presentOrder(store, record, false);
    expect(record).toEqual(before);
  });
});

function exampleLine(): OrderRecord['lineItems'][number] {
  const zero = { amount: '0.00', currency: 'EUR' };
  const amounts = { unitPrice: zero, discount: zero, tax: zero, total: zero };
  const counts = { quantity: 1, fulfilledQuantity: 0, refundedQuantity: 0 };
  return { id: '1', productId: null, variantId: null, sku: null, name: 'Cup', options: [], ...counts, ...amounts };
}
