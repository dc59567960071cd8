import { describe, expect, it } from 'vitest';
import { ORDER_BY_ID, ORDER_LINE_ITEMS, ORDERS_PAGE, SHOP } from './documents.js';
import { CARTS_PAGE } from './carts.js';
import { ORDER_FULFILLMENTS, ORDER_REFUNDS, ORDER_RETURNS, ORDER_TRANSACTIONS } from './order-part-documents.js';
import { recognize } from './recognize.js';
import { WEBHOOKS } from './webhook-subscriptions.js';

const url = new URL('https://my-store.myshopify.com/admin/api/2025-04/graphql.json');
const GID = 'gid://shopify/Order/42';
const asked = (query: string, variables: Record<string, string | Record<string, string>> | null = null) =>
  recognize({ method: 'POST', url, body: { query, variables } });

describe('a recorded request', () => {
  it('of our own is recognized', () => {
    expect(asked(SHOP)).toEqual({ operation: 'shop.get' });
    expect(asked(ORDERS_PAGE, { first: '5' })).toEqual({ operation: 'orders.list' });
    expect(asked(ORDER_BY_ID, { id: GID })).toEqual({ operation: 'orders.get', platformId: GID });
    expect(asked(ORDER_LINE_ITEMS, { id: GID })).toEqual({ operation: 'orders.get', platformId: GID });
  });

  it.each([
    '{ orders(first: 5) { edges { node { id } } } }',
    'query { orders(first: 5) { nodes { id } } }',
    'query Q($a: In = { shop: { order: 1 } }) @cached { orders(input: $a) { nodes { id } } }',
    '# shop { }\nquery Q { list: orders(query: "shop { order }") { nodes { id } } }',
    '{ ...Stuff orders { nodes { id } } } fragment Stuff on QueryRoot { shop { id } }',
    'fragment Stuff on Order { shop } query Q { orders { nodes { ...Stuff } } }',
    '{ __typename ... on QueryRoot { shop { id } } orders @include(if: true) { nodes { id } } }',
    '{ orders(query: """shop { "x" }""") { nodes { id } } }',
  ])('of another client is recognized by its first field: %s', (query) => {
    expect(asked(query)).toEqual({ operation: 'orders.list' });
  });

  it.each([
    ['query Q($id: ID!) { order(id: $id) { id } }', { id: GID }],
    [`{ order(id: "${GID}") { id } }`, null],
    ['query Q($o: OrderIdentifierInput!) { orderByIdentifier(identifier: $o) { id } }', { o: { id: GID } }],
    [`{ orderByIdentifier(identifier: { id: "${GID}" }) { id } }`, null],
  ])('names its order: %s', (query, variables) => {
    expect(asked(query, variables)).toEqual({ operation: 'orders.get', platformId: GID });
  });

  it.each([
    ['{ products(first: 5) { nodes { id } } }', { operation: 'products.list' }],
    ['{ locations(first: 5) { nodes { id } } }', { operation: 'locations.list' }],
    ['{ customers(first: 5) { nodes { id } } }', { operation: 'customers.list' }],
    ['{ collections(first: 5) { nodes { id } } }', { operation: 'categories.list' }],
    ['{ discountNodes(first: 5) { nodes { id } } }', { operation: 'coupons.list' }],
    [
      '{ discountNode(id: "gid://shopify/DiscountCodeNode/7") { id } }',
      { operation: 'coupons.get', platformId: 'gid://shopify/DiscountCodeNode/7' },
    ],
    [
      '{ product(id: "gid://shopify/Product/7") { id variants(first: 5) { nodes { id } } } }',
      { operation: 'products.get', platformId: 'gid://shopify/Product/7' },
    ],
    [
      '{ product(id: "gid://shopify/Product/7") { variants(first: 5) { nodes { id product { id } } } } }',
      { operation: 'variants.list', filter: { productId: 'gid://shopify/Product/7' } },
    ],
    [
      '{ customer(id: "gid://shopify/Customer/7") { addressesV2(first: 5) { nodes { id } } } }',
      { operation: 'addresses.list', filter: { customerId: 'gid://shopify/Customer/7' } },
    ],
    [
      '{ location(id: "gid://shopify/Location/7") { inventoryLevels(first: 5) { nodes { id } } } }',
      { operation: 'inventory.list', filter: { locationId: 'gid://shopify/Location/7' } },
    ],
  ])('of the catalogue is recognized: %s', (query, target) => {
    expect(asked(query)).toEqual(target);
  });

  it.each([
    [ORDER_FULFILLMENTS, 'fulfillments.list'],
    [ORDER_REFUNDS, 'refunds.list'],
    [ORDER_RETURNS, 'returns.list'],
    [ORDER_TRANSACTIONS, 'transactions.list'],
  ])('for order parts is a list of that order', (query, operation) => {
    expect(asked(query, { id: GID })).toEqual({ operation, filter: { orderId: GID } });
  });

  it('for a whole order that also asks for its parts is one for the order', () => {
    const query = `{ order(id: "${GID}") { id name refunds { id } transactions { id } } }`;
    expect(asked(query)).toEqual({ operation: 'orders.get', platformId: GID });
  });

  it('for carts and subscriptions is recognized', () => {
    expect(asked(CARTS_PAGE, { query: "created_at:>='2026-11-22T10:00:00Z'" })).toEqual({ operation: 'carts.list' });
    expect(asked(CARTS_PAGE, { query: 'id:12' })).toEqual({
      operation: 'carts.get',
      platformId: 'gid://shopify/AbandonedCheckout/12',
    });
    expect(asked(WEBHOOKS)).toEqual({ operation: 'webhooks.list' });
  });

  it('may be recorded as text, and may name one of several operations', () => {
    const query = 'query A { shop { id } } query B { orders { nodes { id } } } mutation C { orderClose { x } }';
    const body = (operationName: string) => JSON.stringify({ query, operationName });
    expect(recognize({ method: 'post', url, body: body('B') })).toEqual({ operation: 'orders.list' });
    expect(recognize({ method: 'post', url, body: body('C') })).toBeUndefined();
    expect(recognize({ method: 'post', url, body: body('D') })).toBeUndefined();
  });

  it.each([
    ['mutation { orderClose(input: {}) { order { id } } }'],
    ['subscription { orders { id } }'],
    ['{ metaobjects(first: 5) { nodes { id } } }'],
    ['{ product(id: $missing) { variants(first: 5) { nodes { id } } } }'],
    ['{ order(id: $missing) { id } }'],
    [''],
    ['}}}}'],
    ['{'],
    ['('.repeat(100_000)],
    ['{'.repeat(100_001)],
  ])('that is not ours is none: %j', (query) => {
    expect(asked(query.slice(0, 100_001))).toBeUndefined();
  });

  it.each([null, 'text', 7, [], { id: 820982911946154508, admin_graphql_api_id: GID, line_items: [] }, { query: 5 }])(
    'with the body %j is none',
    (body) => {
      expect(recognize({ method: 'POST', url, body })).toBeUndefined();
    },
  );

  it('by another verb or path is none', () => {
    const body = { query: '{ shop { id } }' };
    expect(recognize({ method: 'GET', url, body })).toBeUndefined();
    expect(recognize({ method: 'POST', url: new URL('/admin/api/2025-04/orders.json', url), body })).toBeUndefined();
  });
});
