import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { idIn, startCatalogueApp, type CatalogueApp } from '../testing/catalogue-app.js';

let app: CatalogueApp;
beforeEach(async () => void (app = await startCatalogueApp()));
afterEach(() => app.running.sandbox.close());

test('records of every type are found by their ids; unknown ones are null', async () => {
  const LISTS = {
    ...{ Product: 'products', ProductVariant: 'productVariants', Collection: 'collections', Customer: 'customers' },
    ...{ Location: 'locations', InventoryItem: 'inventoryItems', Order: 'orders' },
  };
  const ids: string[] = [];
  for (const list of Object.values(LISTS)) ids.push((await app.rows(`${list}(first: 1)`))[0]?.id ?? '');
  const query =
    'query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Product { title } ... on Order { name } } }';
  expect(await app.ask(query, { ids: [...ids, 'gid://shopify/Product/1', 'gid://shopify/Unheard/1'] })).toMatchObject({
    nodes: [...Object.keys(LISTS).map((type, index) => ({ __typename: type, id: ids[index] })), null, null],
  });
  expect(await app.ask('query($id: ID!) { node(id: $id) { id } }', { id: ids[0] })).toEqual({ node: { id: ids[0] } });
});

test('the names of quantities are told with what they are made of', async () => {
  expect(
    await app.ask('{ inventoryProperties { quantityNames { name displayName isInUse belongsTo comprises } } }'),
  ).toMatchObject({
    inventoryProperties: {
      quantityNames: expect.arrayContaining([
        expect.objectContaining({ name: 'available', displayName: 'Available', belongsTo: ['on_hand'], comprises: [] }),
        expect.objectContaining({ name: 'on_hand', comprises: expect.arrayContaining(['available', 'committed']) }),
      ]),
    },
  });
});

test('a product set in the background is found by its operation', async () => {
  const set = `mutation { productSet(input: { title: "Later" }, synchronous: false) { product { id }
    productSetOperation { id status product { id } } userErrors { field message } } }`;
  const { payload } = await app.write(set);
  expect(payload).toMatchObject({ product: null, productSetOperation: { status: 'COMPLETE' } });
  const query = `query($id: ID!) { productOperation(id: $id) { status product { title } ... on ProductSetOperation { id userErrors { message } } } }`;
  const id = idIn(payload, 'ProductSetOperation');
  expect(await app.ask(query, { id })).toEqual({
    productOperation: { id, status: 'COMPLETE', product: { title: 'Later' }, userErrors: [] },
  });
  expect(await app.ask(query, { id: 'gid://shopify/ProductSetOperation/1' })).toEqual({ productOperation: null });
});

test('a changed collection has a job that is done soon', async () => {
  const [first] = await app.rows('collections(first: 1)');
  const update = `mutation($id: ID!) { collectionUpdate(collection: { id: $id, title: "Renamed" }) {
    collection { title } job { id done } userErrors { field message } } }`;
  const { payload } = await app.write(update, { id: first?.id });
  expect(payload).toMatchObject({ collection: { title: 'Renamed' }, job: { done: false } });
  const job = idIn(payload, 'Job');
  expect(await app.ask('query($id: ID!) { job(id: $id) { id done } }', { id: job })).toEqual({
    job: { id: job, done: true },
  });
});

describe('discounts', () => {
  test('of single variants tell them apart from products', async () => {
    const [variant] = await app.rows('productVariants(first: 1)');
    const [product] = await app.rows('products(first: 1)');
    const d = {
      ...{ title: 'Some', code: 'SOME', startsAt: '2026-01-01T00:00:00Z', context: { all: 'ALL' } },
      customerGets: {
        value: { percentage: 0.5 },
        items: { products: { productsToAdd: [product?.id], productVariantsToAdd: [variant?.id] } },
      },
    };
    const create = `mutation($d: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $d) {
      codeDiscountNode { id } userErrors { field message } } }`;
    const id = idIn((await app.write(create, { d })).payload, 'DiscountCodeNode');
    const query = `query($id: ID!) { discountNode(id: $id) { discount { ... on DiscountCodeBasic { customerGets { items { ... on DiscountProducts {
      products(first: 5) { nodes { id } } productVariants(first: 5) { nodes { id } } } } } } } } }`;
    expect(await app.ask(query, { id })).toMatchObject({
      discountNode: {
        discount: {
          customerGets: {
            items: { products: { nodes: [{ id: product?.id }] }, productVariants: { nodes: [{ id: variant?.id }] } },
          },
        },
      },
    });
  });

  test('without a code are deleted by a mutation of their own', async () => {
    const [automatic] = await app.rows('discountNodes(first: 1, query: "method:automatic")');
    const remove =
      'mutation($id: ID!) { discountAutomaticDelete(id: $id) { deletedAutomaticDiscountId userErrors { field message code } } }';
    expect((await app.write(remove, { id: automatic?.id })).payload['deletedAutomaticDiscountId']).toBe(automatic?.id);
    expect((await app.write(remove, { id: automatic?.id })).errors).toMatchObject([{ field: ['id'], code: 'INVALID' }]);
  });
});

describe('searches', () => {
  test.each([
    ['products', 'tracks_inventory:true'],
    ['products', 'price:>1'],
    ['productVariants', 'inventory_quantity:>0'],
    ['customers', 'state:disabled'],
    ['locations', 'active:true'],
    ['fulfillmentOrders', 'status:open,in_progress'],
  ])('%s are found by %s without a warning', async (list, query) => {
    const { data, extensions } = await app.running.ask(
      'north-harbor-outfitters.myshopify.com',
      app.token,
      `{ ${list}(first: 1, query: "${query}") { nodes { id } } }`,
    );
    expect(data).toMatchObject({ [list]: { nodes: [{}] } });
    expect(extensions).not.toHaveProperty('search');
  });

  test.each([
    ['products', 'category_id:1', 'The sandbox does not search products by category_id.'],
    ['discountNodes', 'market_ids:1', 'The sandbox does not search discounts by market_ids.'],
  ])('%s by %s fail instead of warning', async (list, query, message) => {
    expect(await app.ask(`{ ${list}(first: 1, query: "${query}") { nodes { id } } }`)).toMatchObject({
      errors: [{ message }],
    });
  });
});
