import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { idIn, startCatalogueApp, type CatalogueApp } from '../testing/catalogue-app.js';
import { CLIENT, USD_SHOP } from '../testing/running-shopify.js';
import { startReceiver, type WebhookReceiver } from '../../testing/webhook-receiver.js';

let app: CatalogueApp;
let receiver: WebhookReceiver;
beforeEach(async () => void ([app, receiver] = await Promise.all([startCatalogueApp(), startReceiver()])));
afterEach(() => Promise.all([app.running.sandbox.close(), receiver.close()]));

async function subscribe(...topics: readonly string[]): Promise<void> {
  const mutation = `mutation($topic: WebhookSubscriptionTopic!, $sub: WebhookSubscriptionInput!) {
    webhookSubscriptionCreate(topic: $topic, webhookSubscription: $sub) { webhookSubscription { id } userErrors { field message } } }`;
  for (const topic of topics) {
    expect((await app.write(mutation, { topic, sub: { uri: receiver.url } })).errors).toEqual([]);
  }
}

/** What was delivered since the last time: topics with their bodies. Every signature is checked. */
async function delivered(): Promise<readonly (readonly [string, Record<string, unknown>])[]> {
  await fetch(`${app.running.url}/control/deliveries/${USD_SHOP}`, { method: 'POST' });
  return receiver.received.splice(0).map(({ headers, body }) => {
    const signature = createHmac('sha256', CLIENT.secret).update(body).digest('base64');
    expect(headers['x-shopify-hmac-sha256']).toBe(signature);
    return [String(headers['x-shopify-topic']), z.record(z.string(), z.unknown()).parse(JSON.parse(body))] as const;
  });
}

const numberIn = (id: string): number => Number(/\d+/.exec(id)?.[0]);
/** As the shop's own clock shows it. */
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-0[45]:00$/);

test('a product is told when it is made, changed and deleted', async () => {
  await subscribe('PRODUCTS_CREATE', 'PRODUCTS_UPDATE', 'PRODUCTS_DELETE');
  const make = `mutation { productCreate(product: { title: "Kite", tags: ["b", "a"], vendor: "Wind" }) {
    product { id variants(first: 1) { nodes { id } } } userErrors { field message } } }`;
  const { payload } = await app.write(make);
  const [id, variantId] = [idIn(payload, 'Product'), idIn(payload, 'ProductVariant')];
  expect(await delivered()).toEqual([
    [
      'products/create',
      expect.objectContaining({
        ...{
          id: numberIn(id),
          admin_graphql_api_id: id,
          title: 'Kite',
          vendor: 'Wind',
          tags: 'a, b',
          status: 'active',
        },
        ...{ created_at: moment, updated_at: moment, published_at: null, published_scope: 'web' },
        options: [expect.objectContaining({ name: 'Title', position: 1, values: ['Default Title'] })],
        variants: [
          expect.objectContaining({
            ...{
              id: numberIn(variantId),
              product_id: numberIn(id),
              price: '0.00',
              inventory_policy: 'deny',
              position: 1,
            },
            ...{ option1: 'Default Title', option2: null, option3: null },
          }),
        ],
        variant_gids: [expect.objectContaining({ admin_graphql_api_id: variantId })],
      }),
    ],
  ]);
  const price = `mutation($id: ID!, $v: ID!) { productVariantsBulkUpdate(productId: $id, variants: [{ id: $v, price: "9.5" }]) {
    product { id } userErrors { field message } } }`;
  await app.write(price, { id, v: variantId });
  expect(await delivered()).toMatchObject([['products/update', { variants: [{ price: '9.50' }] }]]);
  await app.write('mutation($id: ID!) { productDelete(input: { id: $id }) { userErrors { field message } } }', { id });
  expect(await delivered()).toEqual([['products/delete', { id: numberIn(id) }]]);
});

test('a customer is told when made, changed and deleted, by the app or by an order', async () => {
  await subscribe('CUSTOMERS_CREATE', 'CUSTOMERS_UPDATE', 'CUSTOMERS_DELETE');
  const make = `mutation($i: CustomerInput!) { customerCreate(input: $i) { customer { id } userErrors { field message } } }`;
  const address = { address1: '1 Pier', city: 'New York', provinceCode: 'NY', countryCode: 'US' };
  const id = idIn(
    (await app.write(make, { i: { email: 'ada@example.org', addresses: [address] } })).payload,
    'Customer',
  );
  const [[topic, body] = []] = await delivered();
  expect(topic).toBe('customers/create');
  expect(body).toMatchObject({
    ...{ id: numberIn(id), admin_graphql_api_id: id, email: 'ada@example.org', state: 'disabled', currency: 'USD' },
    ...{ tax_exempt: false, tax_exemptions: [], created_at: moment },
    default_address: { city: 'New York', province_code: 'NY', country_code: 'US', default: true },
  });
  const update =
    'mutation($id: ID!) { customerUpdate(input: { id: $id, note: "n" }) { customer { id } userErrors { field message } } }';
  await app.write(update, { id });
  expect(await delivered()).toMatchObject([['customers/update', { note: 'n' }]]);
  await app.write('mutation($id: ID!) { customerDelete(input: { id: $id }) { userErrors { field message } } }', { id });
  expect(await delivered()).toEqual([
    ['customers/delete', { id: numberIn(id), admin_graphql_api_id: id, tax_exemptions: [] }],
  ]);
  const line = { title: 'Rope', quantity: 1, priceSet: { shopMoney: { amount: '5', currencyCode: 'USD' } } };
  const order =
    'mutation($o: OrderCreateOrderInput!) { orderCreate(order: $o) { order { id } userErrors { field message } } }';
  await app.write(order, { o: { lineItems: [line], email: 'new@example.org' } });
  expect(await delivered()).toMatchObject([['customers/create', { email: 'new@example.org' }]]);
});

test('stock is told of when a level is new and when its quantity moves', async () => {
  const [item] = await app.rows('inventoryItems(first: 1)', 'inventoryLevels(first: 1) { nodes { location { id } } }');
  const places = await app.rows('locations(first: 5)');
  const own = idIn(item, 'Location');
  const other = places.find(({ id }) => id !== own)?.id ?? '';
  await subscribe('INVENTORY_LEVELS_UPDATE', 'INVENTORY_LEVELS_CONNECT');
  const itemId = item?.id ?? '';
  const set = `mutation($i: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $i) @idempotent(key: "k") {
    inventoryAdjustmentGroup { id } userErrors { field message } } }`;
  const quantities = [{ inventoryItemId: itemId, locationId: own, quantity: 321, changeFromQuantity: null }];
  await app.write(set, { i: { name: 'available', reason: 'correction', quantities } });
  const level = { inventory_item_id: numberIn(itemId), available: 321, location_id: numberIn(own) };
  expect(await delivered()).toEqual([
    [
      'inventory_levels/update',
      {
        ...level,
        updated_at: moment,
        admin_graphql_api_id: expect.stringMatching(/InventoryLevel\/\d+\?inventory_item_id=\d+$/),
      },
    ],
  ]);
  const activate = `mutation($item: ID!, $place: ID!) { inventoryActivate(inventoryItemId: $item, locationId: $place) @idempotent(key: "l") {
    inventoryLevel { id } userErrors { field message } } }`;
  const { payload } = await app.write(activate, { item: itemId, place: other });
  expect(payload['inventoryLevel']).not.toBeNull();
  expect(await delivered()).toMatchObject([
    ['inventory_levels/connect', { location_id: numberIn(other), available: 0 }],
  ]);
});

test('collections and discounts are told of too', async () => {
  await subscribe('COLLECTIONS_CREATE', 'COLLECTIONS_UPDATE', 'COLLECTIONS_DELETE');
  await subscribe('DISCOUNTS_CREATE', 'DISCOUNTS_UPDATE', 'DISCOUNTS_DELETE');
  const make =
    'mutation { collectionCreate(collection: { title: "Kites" }) { collection { id } userErrors { field message } } }';
  const id = idIn((await app.write(make)).payload, 'Collection');
  const rename =
    'mutation($id: ID!) { collectionUpdate(collection: { id: $id, title: "All kites" }) { job { id } userErrors { field message } } }';
  await app.write(rename, { id });
  await app.write('mutation($id: ID!) { collectionDelete(input: { id: $id }) { userErrors { field message } } }', {
    id,
  });
  expect(await delivered()).toMatchObject([
    ['collections/create', { id: numberIn(id), title: 'Kites', sort_order: 'best-selling', updated_at: moment }],
    ['collections/update', { title: 'All kites' }],
    ['collections/delete', { id: numberIn(id), admin_graphql_api_id: id }],
  ]);
  const input = {
    ...{ title: 'May', code: 'MAY', startsAt: '2026-01-01T00:00:00Z', context: { all: 'ALL' } },
    customerGets: { value: { percentage: 0.1 }, items: { all: true } },
  };
  const create = `mutation($d: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $d) {
    codeDiscountNode { id } userErrors { field message } } }`;
  const discount = idIn((await app.write(create, { d: input })).payload, 'DiscountCodeNode');
  await app.write('mutation($id: ID!) { discountCodeDeactivate(id: $id) { userErrors { field message } } }', {
    id: discount,
  });
  await app.write('mutation($id: ID!) { discountCodeDelete(id: $id) { userErrors { field message } } }', {
    id: discount,
  });
  expect(await delivered()).toMatchObject([
    ['discounts/create', { admin_graphql_api_id: discount, title: 'May', status: 'ACTIVE', created_at: moment }],
    ['discounts/update', { status: 'EXPIRED' }],
    ['discounts/delete', { admin_graphql_api_id: discount, deleted_at: moment }],
  ]);
});
