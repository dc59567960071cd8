import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, test } from 'vitest';
import { queryCost } from './query-cost.js';
import { adminSchema } from './schema.js';

function cost(query: string, variables: Record<string, unknown> = {}, data?: unknown): number {
  const document = parse(query);
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation === undefined) throw new Error('No operation.');
  return queryCost({ schema: adminSchema(), document, operation, variables }, data);
}

const AMOUNT = '{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }';

describe('the cost of asking', () => {
  test.each([
    // recorded from the Admin API
    [
      23,
      `{ order(id: "gid://shopify/Order/1") { id totalPriceSet ${AMOUNT} shippingLines(first: 10) { nodes { originalPriceSet ${AMOUNT} } }
        lineItems(first: 50) { nodes { id originalUnitPriceSet ${AMOUNT} } } transactions { id amountSet ${AMOUNT} }
        refunds { id totalRefundedSet ${AMOUNT} } discountApplications(first: 5) { nodes { index } pageInfo { hasNextPage } } } }`,
    ],
    [
      16,
      `{ existing: order(id: "gid://shopify/Order/1") { email note tags } visible: orders(first: 5) { nodes { email tags }
        pageInfo { hasNextPage } } total: ordersCount { count precision } }`,
    ],
  ])('is %i as recorded', (expected, query) => {
    expect(cost(query)).toBe(expected);
  });

  test.each([
    [1, 3],
    [2, 4],
    [3, 4],
    [10, 6],
    [50, 9],
    [250, 13],
  ])('of a page of %i plain rows is %i', (first, expected) => {
    expect(cost('query Q($first: Int) { orders(first: $first) { nodes { id } } }', { first })).toBe(expected);
  });

  test('counts a field once, however often fragments repeat it', () => {
    const query = `query { order(id: "gid://shopify/Order/1") { ...A ...A customer { id } } }
      fragment A on Order { customer { id defaultAddress { id } } }`;
    expect(cost(query)).toBe(3);
  });

  test('counts a row asked for as edge like a row asked for as node', () => {
    const rows = 'id customer { id }';
    expect(cost(`{ orders(first: 10) { edges { cursor node { ${rows} } } } }`)).toBe(
      cost(`{ orders(first: 10) { nodes { ${rows} } } }`),
    );
  });

  test('takes the dearest type of an interface', () => {
    const schema =
      buildSchema(`type Query { one: Thing } interface Thing { id: ID } type Cheap implements Thing { id: ID }
      type Dear implements Thing { id: ID part: Part } type Part { id: ID }`);
    const document = parse('{ one { id ... on Dear { part { id } } } }');
    const operation = document.definitions[0];
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('No operation.');
    expect(queryCost({ schema, document, operation, variables: {} })).toBe(2);
  });
});

describe('the cost of what was answered', () => {
  const query = '{ orders(first: 50) { nodes { id customer { id } } } }';
  test('is that of the rows there were', () => {
    const nodes = [{ id: 'a', customer: { id: 'c' } }];
    expect(cost(query, {}, { orders: { nodes } })).toBe(4);
    expect(cost(query, {}, { orders: { nodes: [{ id: 'a', customer: null }] } })).toBe(3);
    expect(cost(query, {}, { orders: { nodes: [] } })).toBe(2);
  });
  test('is nothing where nothing was answered', () => {
    expect(cost(query, {}, null)).toBe(0);
  });
});
