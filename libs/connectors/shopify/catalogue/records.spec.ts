import type { JsonValue } from '#contract';
import { categoryRecord, couponRecord, customerRecord, inventoryLevelRecord, productRecord } from '#contract';
import { describe, expect, it } from 'vitest';
import { answering } from '../__fixtures__/answering-store.js';
import { listAddresses } from './addresses.js';
import { listCategories } from './categories.js';
import { listCoupons } from './coupons.js';
import { listCustomers } from './customers.js';
import { listInventory } from './inventory.js';
import { listLocations } from './locations.js';
import { listProducts } from './products.js';

const END = { hasNextPage: false, endCursor: null };
const all = { filter: {}, sort: 'createdAt' as const };
const HOSTILE = '<script>&amp;\u0000 \u{1F9E6} %\n"';

const variant = {
  id: 'gid://shopify/ProductVariant/1',
  title: 'Default Title',
  sku: '',
  price: '19.9',
  compareAtPrice: null,
  inventoryQuantity: -3,
  selectedOptions: [{ name: 'Title', value: 'Default Title' }],
  inventoryItem: { tracked: true, measurement: { weight: { value: 0.1, unit: 'KILOGRAMS' } } },
};
const product = {
  id: 'gid://shopify/Product/1',
  title: HOSTILE,
  status: 'ACTIVE',
  options: [{ name: 'Title', values: ['Default Title'] }],
  variants: { nodes: [variant], pageInfo: END },
};

async function productsOf(...nodes: JsonValue[]) {
  return listProducts.page(answering({ data: { products: { nodes, pageInfo: END } } }), all, { size: 50 });
}
async function productOf(change: object) {
  const page = await productsOf({ ...product, ...change });
  return page.items[0]?.record;
}
const variantOf = async (change: object) =>
  (await productOf({ variants: { nodes: [{ ...variant, ...change }], pageInfo: END } }))?.variants[0];

describe('a product', () => {
  it('without choices has no options, and one variant without a name', async () => {
    const record = await productOf({});
    expect(productRecord.parse(record)).toEqual(record);
    expect(record).toMatchObject({
      name: HOSTILE,
      options: [],
      categoryIds: null,
      variants: [{ name: null, sku: null, options: [], quantity: -3, weight: { value: '0.1', unit: 'kg' } }],
    });
    expect(record?.variants[0]?.price).toEqual({ amount: '19.90', currency: 'USD' });
  });

  it.each([
    ['UNLISTED', 'active'],
    ['SUSPENDED', 'other'],
    [null, 'other'],
  ])('of status %s is %s', async (status, ours) => {
    expect(await productOf({ status })).toMatchObject({ status: ours, platformStatus: status });
  });

  it('shows images only, also those that are not ready', async () => {
    const nodes = [
      { id: 'm1', alt: '', mediaContentType: 'IMAGE', image: null },
      { id: 'm2', alt: 'x', mediaContentType: 'VIDEO' },
      { id: 'm3', alt: 'y', mediaContentType: 'IMAGE', image: { url: 'https://cdn.example.com/y.jpg' } },
    ];
    expect((await productOf({ media: { nodes, pageInfo: END } }))?.images).toEqual([
      { id: 'm1', url: null, alt: null },
      { id: 'm3', url: 'https://cdn.example.com/y.jpg', alt: 'y' },
    ]);
  });

  it('that does not fit into the page is read by itself; one deleted meanwhile is left out', async () => {
    const cut = { ...product, variants: { nodes: [], pageInfo: { hasNextPage: true } } };
    const page = { data: { products: { nodes: [cut, { ...cut, id: 'gid://shopify/Product/2' }], pageInfo: END } } };
    const store = answering(page, { data: { product } }, { data: { product: null } });
    const read = await listProducts.page(store, all, { size: 50 });
    expect(read.items.map(({ record }) => [record.platformId, record.variantsComplete])).toEqual([[product.id, true]]);
    expect(store.asked.map(({ variables }) => variables['id'])).toEqual([
      undefined,
      product.id,
      'gid://shopify/Product/2',
    ]);
  });

  it('with more than can be read at once says so', async () => {
    const cut = { ...product, variants: { nodes: [variant], pageInfo: { hasNextPage: true } } };
    const store = answering({ data: { products: { nodes: [cut], pageInfo: END } } }, { data: { product: cut } });
    const read = await listProducts.page(store, all, { size: 50 });
    expect(read.items[0]?.record.variantsComplete).toBe(false);
  });

  it.each<[string, JsonValue]>([
    ['null', null],
    ['a text', 'x'],
    ['no title', { ...product, title: null }],
    ['no variants', { ...product, variants: null }],
    ['a price that is none', { ...product, variants: { nodes: [{ ...variant, price: 'free' }], pageInfo: END } }],
    ['an instant without a zone', { ...product, createdAt: '2026-11-22 10:00:00' }],
  ])('with %s is set aside, and costs no other', async (_what, raw) => {
    const page = await productsOf(raw, product);
    expect(page.items).toHaveLength(1);
    expect(page.quarantined).toHaveLength(1);
  });
});

describe('a variant', () => {
  it.each([
    [
      { value: 1e-7, unit: 'GRAMS' },
      { value: '0', unit: 'g' },
    ],
    [
      { value: 0.1 + 0.2, unit: 'POUNDS' },
      { value: '0.3', unit: 'lb' },
    ],
    [{ value: 1e21, unit: 'GRAMS' }, null],
    [{ value: -1, unit: 'GRAMS' }, null],
    [{ value: 1, unit: 'STONES' }, null],
    [null, null],
  ])('of the weight %j weighs %j', async (weight, ours) => {
    expect((await variantOf({ inventoryItem: { tracked: true, measurement: { weight } } }))?.weight).toEqual(ours);
  });

  it('whose stock is not counted has no quantity', async () => {
    expect(await variantOf({ inventoryItem: { tracked: false } })).toMatchObject({ tracked: false, quantity: null });
    expect(await variantOf({ inventoryItem: null, price: null })).toMatchObject({ tracked: null, price: null });
  });
});

describe('a customer', () => {
  const customer = { id: 'gid://shopify/Customer/1' };
  const read = async (change: object) => {
    const nodes = [{ ...customer, ...change }] as JsonValue[];
    const page = await listCustomers.page(answering({ data: { customers: { nodes, pageInfo: END } } }), all, {
      size: 5,
    });
    return page.items[0]?.record;
  };

  it('of whom nothing may be told is one all the same', async () => {
    const record = await read({ defaultEmailAddress: null, defaultPhoneNumber: null, defaultAddress: null });
    expect(customerRecord.parse(record)).toEqual(record);
    expect(record).toMatchObject({ email: null, phone: null, acceptsMarketing: null, orderCount: null });
  });

  it.each([
    ['SUBSCRIBED', true],
    ['PENDING', false],
    ['INVALID', null],
    ['TOMORROW', null],
    ['toString', null],
  ])('whose consent is %s has said %s', async (marketingState, ours) => {
    expect(await read({ defaultEmailAddress: { emailAddress: 'a@b.c', marketingState } })).toMatchObject({
      acceptsMarketing: ours,
    });
  });

  it.each([
    ['18446744073709551615', null],
    ['12', 12],
    ['many', null],
  ])('with %s orders has %s', async (numberOfOrders, ours) => {
    expect((await read({ numberOfOrders }))?.orderCount).toBe(ours);
  });
});

describe('an address', () => {
  it('is the default when the customer says so', async () => {
    const nodes = ['1', '2'].map((number) => ({
      id: `gid://shopify/MailingAddress/${number}?model_name=CustomerAddress`,
    }));
    const store = answering(
      { data: { customer: { addressesV2: { nodes, pageInfo: END } } } },
      { data: { customer: { defaultAddress: nodes[1] ?? null } } },
    );
    const page = await listAddresses.page(store, { filter: { customerId: '5' }, sort: 'createdAt' }, { size: 5 });
    expect(page.items.map(({ record }) => [record.customerId, record.isDefault])).toEqual([
      ['gid://shopify/Customer/5', false],
      ['gid://shopify/Customer/5', true],
    ]);
  });

  it('of a customer who is not there is not found', async () => {
    const list = listAddresses.page(
      answering({ data: { customer: null } }),
      { filter: { customerId: '5' }, sort: 'createdAt' },
      { size: 5 },
    );
    await expect(list).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a discount', () => {
  const read = async (discount: object) => {
    const nodes = [{ id: 'gid://shopify/DiscountCodeNode/1', discount }] as JsonValue[];
    const store = answering(
      { data: { discountNodes: { nodes, pageInfo: END } } },
      { data: { discountNode: nodes[0] ?? null } },
    );
    return listCoupons.page(store, all, { size: 5 });
  };
  const gets = (value: object, items: object = { __typename: 'AllDiscountItems' }) => ({
    __typename: 'DiscountCodeBasic',
    status: 'ACTIVE',
    customerGets: { value, items },
  });

  it.each([
    [0.125, '12.5'],
    [0.07, '7'],
    [1, '100'],
    [1e-7, '0.00001'],
    ['0.333', '33.3'],
  ])('of the fraction %s is one of %s per cent', async (percentage, ours) => {
    const { items } = await read(gets({ percentage }));
    expect(couponRecord.parse(items[0]?.record)).toMatchObject({ kind: 'percentage', percentage: ours });
  });

  it.each([
    [{ amount: { amount: '5.0', currencyCode: 'USD' }, appliesOnEachItem: true }, 'fixedItem'],
    [{ amount: { amount: '5.0', currencyCode: 'USD' }, appliesOnEachItem: false }, 'fixedOrder'],
    [{ __typename: 'DiscountOnQuantity' }, 'other'],
  ])('of the worth %j is %s', async (value, kind) => {
    expect((await read(gets(value))).items[0]?.record.kind).toBe(kind);
  });

  it.each([
    ['DiscountCodeBxgy', 'other'],
    ['DiscountAutomaticApp', 'other'],
    ['DiscountAutomaticFreeShipping', 'freeShipping'],
    ['DiscountOfTomorrow', 'other'],
  ])('%s is %s', async (__typename, kind) => {
    expect((await read({ __typename, status: 'PAUSED' })).items[0]?.record).toMatchObject({
      kind,
      code: null,
      status: 'other',
      platformStatus: 'PAUSED',
    });
  });

  it('on variants is one on their products', async () => {
    const owner = { product: { id: 'gid://shopify/Product/7' } };
    const items = { products: { nodes: [] }, productVariants: { nodes: [owner, owner] } };
    expect((await read(gets({ percentage: 0.1 }, items))).items[0]?.record.productIds).toEqual([owner.product.id]);
  });

  it('on more goods than can be read is set aside: a part would look like all', async () => {
    const items = { products: { nodes: [{ id: 'gid://shopify/Product/7' }], pageInfo: { hasNextPage: true } } };
    const page = await read(gets({ percentage: 0.1 }, items));
    expect(page.items).toEqual([]);
    expect(page.quarantined).toMatchObject([{ platformId: 'gid://shopify/DiscountCodeNode/1' }]);
  });
});

describe('a collection', () => {
  it.each([
    [{ count: 12, precision: 'EXACT' }, 12],
    [{ count: 10_000, precision: 'AT_LEAST' }, null],
    [null, null],
  ])('of %j products counts %s', async (productsCount, ours) => {
    const nodes = [{ id: 'gid://shopify/Collection/1', title: HOSTILE, productsCount }] as JsonValue[];
    const page = await listCategories.page(answering({ data: { collections: { nodes, pageInfo: END } } }), all, {
      size: 5,
    });
    expect(categoryRecord.parse(page.items[0]?.record)).toMatchObject({ productCount: ours, parentId: null });
  });
});

describe('a location', () => {
  it('may have no address', async () => {
    const nodes = [{ id: 'gid://shopify/Location/1', name: 'A', isActive: false, address: null }];
    const page = await listLocations.page(answering({ data: { locations: { nodes, pageInfo: END } } }), all, {
      size: 5,
    });
    expect(page.items[0]?.record).toMatchObject({ active: false, city: null, postalCode: null });
  });
});

describe('stock', () => {
  const level = (number: number, place: string, tracked = true) => ({
    id: `gid://shopify/InventoryLevel/${number}?inventory_item_id=9`,
    location: { id: `gid://shopify/Location/${place}` },
    quantities: [
      { name: 'available', quantity: 0 },
      { name: 'on_hand', quantity: 2 },
    ],
    item: { sku: 'A', tracked, variants: { nodes: [] } },
  });
  const places = (...numbers: string[]) => ({
    data: {
      locations: { nodes: numbers.map((number) => ({ id: `gid://shopify/Location/${number}` })), pageInfo: END },
    },
  });
  const at = (nodes: JsonValue[], endCursor: string | null = null): JsonValue => ({
    data: { location: { inventoryLevels: { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } } } },
  });

  it('is read place by place in the order of their ids, whichever comes or goes in between', async () => {
    const store = answering(
      places('10', '9'),
      at([level(1, '9')], 'c1'),
      at([level(2, '9')]),
      places('10', '12'),
      at([]),
      places('10', '12'),
      at([level(3, '12', false)]),
      places('10', '12'),
    );
    const records = [];
    let state: JsonValue | undefined;
    do {
      const page = await listInventory.page(store, all, state === undefined ? { size: 1 } : { size: 1, state });
      records.push(...page.items.map(({ record }) => inventoryLevelRecord.parse(record)));
      state = page.next;
    } while (state !== undefined);
    expect(records.map(({ available, onHand }) => [available, onHand])).toEqual([
      [0, 2],
      [0, 2],
      [null, null],
    ]);
    const asked = store.asked.map(({ variables }) => [variables['id'], variables['after']]);
    expect(asked.filter(([id]) => id !== undefined)).toEqual([
      ['gid://shopify/Location/9', null],
      ['gid://shopify/Location/9', 'c1'],
      ['gid://shopify/Location/10', null],
      ['gid://shopify/Location/12', null],
    ]);
  });

  it('of a shop without places, and of a SKU nobody has, is none', async () => {
    await expect(listInventory.page(answering(places()), all, { size: 5 })).resolves.toEqual({
      items: [],
      quarantined: [],
    });
    const none = answering({ data: { productVariants: { nodes: [], pageInfo: END } } });
    const page = listInventory.page(none, { filter: { sku: 'x' }, sort: 'createdAt' }, { size: 5 });
    await expect(page).resolves.toEqual({ items: [], quarantined: [] });
  });

  it('does not go on with the cursor of another list', async () => {
    const page = listInventory.page(answering(), all, { size: 5, state: { after: 'x' } });
    await expect(page).rejects.toMatchObject({ code: 'cursor_invalid' });
  });
});
