import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { idIn, startCatalogueApp, type CatalogueApp } from '../testing/catalogue-app.js';

let app: CatalogueApp;
beforeEach(async () => void (app = await startCatalogueApp()));
afterEach(() => app.running.sandbox.close());

const SET = `mutation($i: ProductSetInput!) { productSet(input: $i, synchronous: true) {
  product { id variants(first: 1) { nodes { id inventoryItem { id } } } } userErrors { field message code } } }`;
const CREATE = `mutation($o: OrderCreateOrderInput!, $how: OrderCreateOptionsInput) { orderCreate(order: $o, options: $how) {
  order { id } userErrors { field message code } } }`;
const ORDER = `query($id: ID!) { order(id: $id) {
  customer { id displayName email numberOfOrders note tags addressesV2(first: 3) { nodes { city } } }
  lineItems(first: 3) { nodes { id
    product { id title handle status vendor options { name } }
    variant { id title sku price inventoryQuantity inventoryItem { id tracked } product { id } } } }
  fulfillments(first: 3) { location { id name isActive address { countryCode } } } } }`;
const LEVEL = `query($id: ID!) { inventoryItem(id: $id) { inventoryLevels(first: 1) { nodes {
  location { id } quantities(names: ["available", "committed", "on_hand"]) { quantity } } } } }`;

interface Ware {
  readonly product: string;
  readonly variant: string;
  readonly item: string;
}

async function newWare(): Promise<Ware> {
  const [place] = await app.rows('locations(first: 1)');
  const input = {
    title: 'Tent 🏕️',
    vendor: 'Camp & Co',
    productOptions: [{ name: 'Colour', values: [{ name: 'Red' }] }],
    variants: [
      {
        ...{ price: '120', sku: 'TENT-R', optionValues: [{ optionName: 'Colour', name: 'Red' }] },
        inventoryItem: { tracked: true },
        inventoryQuantities: [{ locationId: place?.id, name: 'available', quantity: 9 }],
      },
    ],
  };
  const { payload, errors } = await app.write(SET, { i: input });
  expect(errors).toEqual([]);
  const [product, variant, item] = ['Product', 'ProductVariant', 'InventoryItem'].map((type) => idIn(payload, type));
  return { product: product ?? '', variant: variant ?? '', item: item ?? '' };
}

const upsert = { email: 'grace@example.com', firstName: 'Grace', lastName: 'Hopper', note: 'navy', tags: ['vip'] };

async function sell(variant: string, quantity: number, more: object = {}): Promise<string> {
  const order = { lineItems: [{ variantId: variant, quantity }], customer: { toUpsert: upsert }, ...more };
  const how = { inventoryBehaviour: 'DECREMENT_OBEYING_POLICY' };
  const { payload, errors } = await app.write(CREATE, { o: order, how });
  expect(errors).toEqual([]);
  return idIn(payload, 'Order');
}

const quantities = async (item: string): Promise<readonly number[]> => {
  const answer = JSON.stringify(await app.ask(LEVEL, { id: item }));
  return [...answer.matchAll(/"quantity":(-?\d+)/g)].map(([, units]) => Number(units));
};

describe('an order of something new for somebody new', () => {
  test('shows both with all their fields', async () => {
    const { product, variant, item } = await newWare();
    const id = await sell(variant, 2, { fulfillmentStatus: 'FULFILLED' });
    expect(await app.ask(ORDER, { id })).toMatchObject({
      order: {
        customer: {
          ...{
            displayName: 'Grace Hopper',
            email: 'grace@example.com',
            numberOfOrders: '1',
            note: 'navy',
            tags: ['vip'],
          },
          addressesV2: { nodes: [] },
        },
        lineItems: {
          nodes: [
            {
              product: {
                id: product,
                title: 'Tent 🏕️',
                status: 'ACTIVE',
                vendor: 'Camp & Co',
                options: [{ name: 'Colour' }],
              },
              variant: {
                ...{ id: variant, title: 'Red', sku: 'TENT-R', price: '120.00', inventoryQuantity: 7 },
                ...{ inventoryItem: { id: item, tracked: true }, product: { id: product } },
              },
            },
          ],
        },
        fulfillments: [{ location: { isActive: true, address: { countryCode: 'US' } } }],
      },
    });
    expect(await app.rows('customers(first: 5, query: "email:grace@example.com")', 'firstName')).toMatchObject([
      { firstName: 'Grace' },
    ]);
  });

  test('shows the product as it is today, and nothing once it is gone', async () => {
    const { product, variant } = await newWare();
    const id = await sell(variant, 1);
    await app.write(
      `mutation($p: ProductUpdateInput!) { productUpdate(product: $p) { product { id } userErrors { field message } } }`,
      {
        p: { id: product, title: 'Big tent' },
      },
    );
    expect(await app.ask(ORDER, { id })).toMatchObject({
      order: { lineItems: { nodes: [{ product: { title: 'Big tent' } }] } },
    });
    await app.write(
      `mutation($id: ID!) { productDelete(input: { id: $id }) { deletedProductId userErrors { field message } } }`,
      {
        id: product,
      },
    );
    expect(await app.ask(ORDER, { id })).toMatchObject({
      order: { lineItems: { nodes: [{ product: null, variant: null }] } },
    });
  });
});

test('an order tells news of a customer the shop knows', async () => {
  const { variant } = await newWare();
  await sell(variant, 1);
  const addresses = [{ address1: '1 Pier', city: 'Boston', province: 'Massachusetts', country: 'United States' }];
  const id = await sell(variant, 1, {
    customer: { toUpsert: { email: 'GRACE@example.com', lastName: 'H.', addresses } },
  });
  expect(await app.ask(ORDER, { id })).toMatchObject({
    order: {
      customer: {
        ...{ displayName: 'Grace H.', email: 'grace@example.com', numberOfOrders: '2', note: 'navy' },
        addressesV2: { nodes: [{ city: 'Boston' }] },
      },
    },
  });
});

describe('stock', () => {
  test('follows an order from its placing to its cancelling', async () => {
    const { variant, item } = await newWare();
    expect(await quantities(item)).toEqual([9, 0, 9]);
    const id = await sell(variant, 4);
    expect(await quantities(item)).toEqual([5, 4, 9]);
    await app.ask(
      `mutation($id: ID!) { orderCancel(orderId: $id, reason: OTHER, restock: true) { job { id } orderCancelUserErrors { message } } }`,
      { id },
    );
    expect(await quantities(item)).toEqual([9, 0, 9]);
  });

  test('that is sent at once is not set aside', async () => {
    const { variant, item } = await newWare();
    await sell(variant, 4, { fulfillmentStatus: 'FULFILLED' });
    expect(await quantities(item)).toEqual([5, 0, 5]);
  });

  test('is not sold twice', async () => {
    const { variant, item } = await newWare();
    const order = { lineItems: [{ variantId: variant, quantity: 10 }] };
    const how = { inventoryBehaviour: 'DECREMENT_OBEYING_POLICY' };
    expect((await app.write(CREATE, { o: order, how })).errors).toMatchObject([{ code: 'INVENTORY_CLAIM_FAILED' }]);
    expect(await quantities(item)).toEqual([9, 0, 9]);
  });

  test('is adjusted by a difference and stocked at another place', async () => {
    const { item } = await newWare();
    const [first, second] = await app.rows('locations(first: 2, sortKey: ID)');
    const level = await app.ask(LEVEL, { id: item });
    const own = idIn(level, 'Location');
    const other = first?.id === own ? second?.id : first?.id;
    const changes = [{ inventoryItemId: item, locationId: own, delta: -3, changeFromQuantity: 9 }];
    const adjust = `mutation($i: InventoryAdjustQuantitiesInput!) { inventoryAdjustQuantities(input: $i) @idempotent(key: "a") {
      inventoryAdjustmentGroup { changes { name delta } } userErrors { field message code } } }`;
    const done = await app.write(adjust, { i: { name: 'available', reason: 'correction', changes } });
    expect(done.errors).toEqual([]);
    expect(await quantities(item)).toEqual([6, 0, 6]);
    const activate = `mutation($item: ID!, $place: ID!) { inventoryActivate(inventoryItemId: $item, locationId: $place, available: 4)
      @idempotent(key: "b") { inventoryLevel { id location { id } quantities(names: ["available"]) { quantity } } userErrors { field message } } }`;
    const stocked = await app.write(activate, { item, place: other });
    expect(stocked.payload['inventoryLevel']).toMatchObject({ location: { id: other }, quantities: [{ quantity: 4 }] });
    const again = await app.write(activate.replace('"b"', '"c"'), { item, place: other });
    expect(again.errors[0]?.message).toMatch(/already active at the location/);
    const there = `query($id: ID!, $item: ID!) { location(id: $id) { inventoryLevel(inventoryItemId: $item) { quantities(names: ["available"]) { quantity } } } }`;
    expect(await app.ask(there, { id: other, item })).toMatchObject({
      location: { inventoryLevel: { quantities: [{ quantity: 4 }] } },
    });
  });
});

describe('a product is published', () => {
  const PUBLISH = `mutation($id: ID!, $to: [PublicationInput!]!) { publishablePublish(id: $id, input: $to) { userErrors { field message } } }`;

  test('to the online store and taken off again', async () => {
    const { product } = await newWare();
    const [store] = await app.rows('publications(first: 5)');
    const to = [{ publicationId: store?.id }];
    const read = 'query($id: ID!) { product(id: $id) { publishedAt } }';
    expect(await app.ask(read, { id: product })).toEqual({ product: { publishedAt: null } });
    await app.write(PUBLISH, { id: product, to });
    expect(await app.ask(read, { id: product })).toEqual({ product: { publishedAt: expect.stringMatching(/Z$/) } });
    await app.write(PUBLISH.replace('publishablePublish', 'publishableUnpublish'), { id: product, to });
    expect(await app.ask(read, { id: product })).toEqual({ product: { publishedAt: null } });
  });

  test('not to a place nobody has, and not what nobody has', async () => {
    const { product } = await newWare();
    const [store] = await app.rows('publications(first: 5)');
    const nowhere = [{ publicationId: 'gid://shopify/Publication/1' }];
    expect((await app.write(PUBLISH, { id: product, to: nowhere })).errors).toHaveLength(1);
    const id = 'gid://shopify/Product/1';
    expect((await app.write(PUBLISH, { id, to: [{ publicationId: store?.id }] })).errors).toHaveLength(1);
  });
});
