import { describe, expect, it } from 'vitest';
import { ORDER_BY_ID, ORDER_LINE_ITEMS, ORDERS_PAGE, SHOP } from './documents.js';
import { recognize } from './recognize.js';

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
    ['{ products(first: 5) { nodes { id } } }'],
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
