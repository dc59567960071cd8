import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startShopify, USD_SHOP, type RunningShopify } from '../testing/running-shopify.js';

const SCOPES =
  'write_products,write_inventory,read_locations,write_customers,write_discounts,write_publications,read_publications,read_orders';

let running: RunningShopify;
let token: string;
beforeEach(async () => {
  running = await startShopify();
  token = (await running.connect(USD_SHOP, SCOPES)).access_token;
});
afterEach(() => running.sandbox.close());

const ask = async (query: string, variables: unknown = {}): Promise<unknown> => {
  const { data, errors } = await running.ask(USD_SHOP, token, query, variables);
  return errors === undefined ? data : { errors };
};

const LEVEL =
  'inventoryLevels(first: 5) { nodes { id location { id } quantities(names: ["available"]) { quantity } } }';
const CREATE = `mutation($p: ProductCreateInput!) { productCreate(product: $p) {
  product { id handle status variants(first: 5) { nodes { id title price } } options { name } } userErrors { field message } } }`;

describe('products', () => {
  test('are searched and paged', async () => {
    const query =
      'query($after: String) { products(first: 5, after: $after, sortKey: TITLE) { nodes { id title } pageInfo { hasNextPage endCursor } } }';
    expect(await ask(query)).toMatchObject({ products: { pageInfo: { hasNextPage: true } } });
    expect(
      await ask('{ productVariants(first: 5, query: "sku:NH-MUG") { nodes { sku price product { id } } } }'),
    ).toMatchObject({
      productVariants: { nodes: [{ sku: 'NH-MUG-01', price: '18.95' }] },
    });
  });

  test('are created with a default variant, refused without a title, and deleted', async () => {
    const made = await ask(CREATE, { p: { title: 'New Thing', tags: ['b', 'a'] } });
    expect(made).toMatchObject({
      productCreate: {
        product: { handle: 'new-thing', variants: { nodes: [{ title: 'Default Title', price: '0.00' }] } },
        userErrors: [],
      },
    });
    expect(await ask(CREATE, { p: { title: '' } })).toEqual({
      productCreate: { product: null, userErrors: [{ field: ['title'], message: "Title can't be blank" }] },
    });
    expect(await ask(CREATE, { p: { title: 'Other', handle: 'new-thing' } })).toMatchObject({
      productCreate: { userErrors: [{ message: "Handle 'new-thing' already in use. Please provide a new handle." }] },
    });
  });

  test('are set with variants, and a variant left out is gone', async () => {
    const query = `mutation($i: ProductSetInput!, $h: ProductSetIdentifiers) { productSet(input: $i, identifier: $h, synchronous: true) {
      product { id variants(first: 9) { nodes { id sku price title } } } userErrors { field message code } } }`;
    const size = (name: string, price: string) => ({
      optionValues: [{ optionName: 'Size', name }],
      price,
      sku: `S-${name}`,
    });
    const input = (variants: unknown[]) => ({
      title: 'Set',
      productOptions: [{ name: 'Size', values: [{ name: 'M' }] }],
      variants,
    });
    const h = { handle: 'set-me' };
    await ask(query, { h, i: input([size('M', '5.00'), size('L', '6.5')]) });
    expect(await ask(query, { h, i: input([size('L', '7')]) })).toMatchObject({
      productSet: { product: { variants: { nodes: [{ sku: 'S-L', price: '7.00', title: 'L' }] } }, userErrors: [] },
    });
  });
});

describe('stock', () => {
  const SET = `mutation($i: InventorySetQuantitiesInput!, $k: String!) { inventorySetQuantities(input: $i) @idempotent(key: $k) {
    inventoryAdjustmentGroup { id changes { name delta quantityAfterChange } } userErrors { field message code } } }`;
  const item = async (): Promise<{ itemId: string; locationId: string }> => {
    const { data } = await running.ask(
      USD_SHOP,
      token,
      '{ inventoryItems(first: 1) { nodes { id } } locations(first: 1) { nodes { id } } }',
    );
    const [itemId = '', locationId = ''] = JSON.stringify(data).match(/gid:[^"]+/g) ?? [];
    return { itemId, locationId };
  };

  test('is set once per key, and not from a stale quantity', async () => {
    const { itemId, locationId } = await item();
    const row = { inventoryItemId: itemId, locationId, quantity: 77, changeFromQuantity: null };
    const input = (more: object = {}) => ({
      name: 'available',
      reason: 'correction',
      quantities: [{ ...row, ...more }],
    });
    const first = await ask(SET, { k: 'one', i: input() });
    expect(first).toMatchObject({ inventorySetQuantities: { userErrors: [] } });
    expect(await ask(SET, { k: 'one', i: input() })).toEqual(first);
    expect(await ask(SET, { k: 'one', i: input({ quantity: 3 }) })).toMatchObject({
      inventorySetQuantities: { userErrors: [{ code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' }] },
    });
    expect(await ask(SET, { k: 'two', i: input({ changeFromQuantity: 1 }) })).toMatchObject({
      inventorySetQuantities: { userErrors: [{ code: 'CHANGE_FROM_QUANTITY_STALE' }] },
    });
    expect(await ask(`query($id: ID!) { inventoryItem(id: $id) { ${LEVEL} } }`, { id: itemId })).toMatchObject({
      inventoryItem: { inventoryLevels: { nodes: [{ quantities: [{ quantity: 77 }] }] } },
    });
  });

  test('needs a key and a stated comparison', async () => {
    const { itemId, locationId } = await item();
    const input = {
      name: 'available',
      reason: 'correction',
      quantities: [{ inventoryItemId: itemId, locationId, quantity: 1 }],
    };
    expect(await ask(SET, { k: 'three', i: input })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
    const bare = SET.replace('@idempotent(key: $k)', '').replace(', $k: String!', '');
    expect(await ask(bare, { i: input })).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });
});

describe('customers', () => {
  const MAKE = `mutation($i: CustomerInput!) { customerCreate(input: $i) { customer { id email defaultAddress { id } } userErrors { field message } } }`;

  test('are created once per e-mail address', async () => {
    expect(await ask(MAKE, { i: { email: 'New@Example.com', firstName: 'New' } })).toMatchObject({
      customerCreate: { customer: { email: 'new@example.com' }, userErrors: [] },
    });
    expect(await ask(MAKE, { i: { email: 'new@example.com' } })).toEqual({
      customerCreate: { customer: null, userErrors: [{ field: ['email'], message: 'Email has already been taken' }] },
    });
    expect(await ask(MAKE, { i: {} })).toMatchObject({
      customerCreate: { userErrors: [{ message: 'A name, phone number, or email address must be present' }] },
    });
  });

  test('with orders stay', async () => {
    const { data } = await running.ask(
      USD_SHOP,
      token,
      '{ orders(first: 1, query: "email:maya.okafor@example.com") { nodes { customer { id } } } }',
    );
    const [id = ''] = /gid:[^"]+/.exec(JSON.stringify(data)) ?? [];
    const query =
      'mutation($id: ID!) { customerDelete(input: { id: $id }) { deletedCustomerId userErrors { field message } } }';
    expect(await ask(query, { id })).toMatchObject({
      customerDelete: { userErrors: [{ message: 'Customer can’t be deleted because they have associated orders' }] },
    });
  });
});

describe('collections', () => {
  test('are created, renamed and deleted', async () => {
    const made = await ask(
      'mutation { collectionCreate(collection: { title: "Gifts" }) { collection { id handle } userErrors { field message } } }',
    );
    expect(made).toMatchObject({ collectionCreate: { collection: { handle: 'gifts' }, userErrors: [] } });
    const [id = ''] = /gid:[^"]+/.exec(JSON.stringify(made)) ?? [];
    const query =
      'mutation($id: ID!) { collectionDelete(input: { id: $id }) { deletedCollectionId userErrors { message } } }';
    expect(await ask(query, { id })).toEqual({ collectionDelete: { deletedCollectionId: id, userErrors: [] } });
    expect(await ask(query, { id })).toMatchObject({
      collectionDelete: { userErrors: [{ message: 'Collection does not exist' }] },
    });
  });
});
