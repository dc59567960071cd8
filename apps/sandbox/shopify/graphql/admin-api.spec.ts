import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  CLIENT,
  ORDER_SCOPES,
  startShopify,
  USD_SHOP,
  type Grant,
  type RunningShopify,
} from '../testing/running-shopify.js';

const PAGE = `query Page($first: Int!, $after: String, $query: String, $sortKey: OrderSortKeys, $reverse: Boolean) {
  orders(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) {
    nodes { id updatedAt } pageInfo { hasNextPage endCursor } } }`;
const pageSchema = z.object({
  orders: z.object({
    nodes: z.array(z.object({ id: z.string(), updatedAt: z.string() })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

let running: RunningShopify;
let grant: Grant;
beforeAll(async () => void (running = await startShopify({ tokenSeconds: 1_000_000 })));
// A new consent supersedes the old one, so every test connects for itself.
beforeEach(async () => void (grant = await running.connect(USD_SHOP)));
afterAll(() => running.sandbox.close());

const ask = (query: string, variables?: unknown) => running.ask(USD_SHOP, grant.access_token, query, variables);

async function walk(variables: Record<string, unknown>): Promise<{ id: string; updatedAt: string }[]> {
  const rows: { id: string; updatedAt: string }[] = [];
  let after: string | null = null;
  for (;;) {
    const { orders } = pageSchema.parse((await ask(PAGE, { ...variables, after })).data);
    rows.push(...orders.nodes);
    if (!orders.pageInfo.hasNextPage) return rows;
    after = orders.pageInfo.endCursor;
  }
}

describe('reading orders', () => {
  test('pages to the end over all 130, each once, in order, several of them in one second', async () => {
    const rows = await walk({ first: 25, sortKey: 'UPDATED_AT' });
    expect(rows).toHaveLength(130);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(130);
    const times = rows.map(({ updatedAt }) => updatedAt);
    expect(times).toEqual([...times].sort());
    expect(new Set(times).size).toBeLessThan(126);
    const reversed = await walk({ first: 60, sortKey: 'UPDATED_AT', reverse: true });
    expect(reversed.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).reverse());
  });

  test('pages through a search in the middle of one second', async () => {
    const all = await walk({ first: 250, sortKey: 'UPDATED_AT', query: 'tag:bulk-2026' });
    expect(new Set(all.map(({ updatedAt }) => updatedAt)).size).toBeLessThan(all.length);
    expect(await walk({ first: 2, sortKey: 'UPDATED_AT', query: 'tag:bulk-2026' })).toEqual(all);
  });

  test('hides orders older than 60 days without read_all_orders', async () => {
    const all = await running.connect(USD_SHOP, `${ORDER_SCOPES},read_all_orders`);
    const count = async ({ access_token: token }: Grant): Promise<unknown> =>
      (await running.ask(USD_SHOP, token, '{ ordersCount { count precision } }')).data;
    expect(await count(all)).toEqual({ ordersCount: { count: 138, precision: 'EXACT' } });
    const oldest = await running.ask(
      USD_SHOP,
      all.access_token,
      '{ orders(first: 1) { nodes { id updatedAt } pageInfo { hasNextPage endCursor } } }',
    );
    const { id } = pageSchema.parse(oldest.data).orders.nodes[0] ?? { id: '' };
    grant = await running.connect(USD_SHOP);
    expect(await count(grant)).toEqual({ ordersCount: { count: 130, precision: 'EXACT' } });
    expect((await ask('query Q($id: ID!) { order(id: $id) { id } }', { id })).data).toEqual({ order: null });
  });

  test('an unknown id is null and no error', async () => {
    const answer = await ask('{ order(id: "gid://shopify/Order/1") { id } }');
    expect([answer.data, answer.errors]).toEqual([{ order: null }, undefined]);
  });

  test('a search warning comes with the answer', async () => {
    const answer = await ask('{ found: orders(first: 1, query: "nonsense:1") { nodes { id } } }');
    expect(answer.extensions?.['search']).toEqual([
      {
        path: ['found'],
        query: 'nonsense:1',
        parsed: { field: 'nonsense', match_all: '1' },
        warnings: [{ field: 'nonsense', message: 'Invalid search field for this query.', code: 'invalid_field' }],
      },
    ]);
    expect((await ask('{ orders(first: 1, query: "test:true") { nodes { id } } }')).extensions).not.toHaveProperty(
      'search',
    );
  });

  test('a bad cursor is a bad request', async () => {
    const answer = await ask(PAGE, { first: 1, after: 'x' });
    expect(answer.errors).toMatchObject([
      { message: 'Malformed cursor', extensions: { code: 'BAD_REQUEST' }, path: ['orders'] },
    ]);
  });
});

describe('shop, app and versions', () => {
  test('tells about the shop', async () => {
    const { data } = await ask(
      '{ shop { id name myshopifyDomain currencyCode enabledPresentmentCurrencies ianaTimezone timezoneOffsetMinutes taxesIncluded plan { publicDisplayName } } }',
    );
    expect(data?.['shop']).toMatchObject({
      myshopifyDomain: USD_SHOP,
      currencyCode: 'USD',
      enabledPresentmentCurrencies: ['USD'],
      ianaTimezone: 'America/New_York',
      timezoneOffsetMinutes: -300,
    });
  });

  test('lists the scopes granted and the versions there are', async () => {
    const { data } = await ask(
      '{ currentAppInstallation { accessScopes { handle } app { apiKey title } } publicApiVersions { handle supported } }',
    );
    expect(data?.['currentAppInstallation']).toMatchObject({
      accessScopes: ORDER_SCOPES.split(',').map((handle) => ({ handle })),
      app: { apiKey: CLIENT.clientId, title: CLIENT.name },
    });
    expect(data?.['publicApiVersions']).toContainEqual({ handle: '2026-10', supported: true });
  });
});

describe('access', () => {
  test('a missing scope makes a field null and leaves the rest', async () => {
    const poor = await running.connect(USD_SHOP, 'read_orders');
    const query = '{ shop { name } orders(first: 1, query: "-email:guest*") { nodes { id customer { id } } } }';
    const answer = await running.ask(USD_SHOP, poor.access_token, query);
    expect(answer.data).toMatchObject({
      shop: { name: 'North Harbor Outfitters' },
      orders: { nodes: [{ customer: null }] },
    });
    expect(answer.errors).toEqual([
      {
        message: 'Access denied for customer field. Required access: `read_customers` access scope.',
        locations: [{ line: 1, column: 71 }],
        extensions: {
          code: 'ACCESS_DENIED',
          documentation: 'https://shopify.dev/api/usage/access-scopes',
          requiredAccess: '`read_customers` access scope.',
        },
        path: ['orders', 'nodes', 0, 'customer'],
      },
    ]);
    const nothing = await running.connect(USD_SHOP, '');
    const denied = await running.ask(USD_SHOP, nothing.access_token, '{ orders(first: 1) { nodes { id } } }');
    expect(denied.errors).toMatchObject([{ path: ['orders'], extensions: { code: 'ACCESS_DENIED' } }]);
    grant = await running.connect(USD_SHOP, 'write_orders');
    expect((await ask('{ orders(first: 1) { nodes { id } } }')).errors).toBeUndefined();
  });

  test.each([[undefined], [''], ['shpat_wrong']])('answers the token %s with 401 and a text', async (token) => {
    const response = await running.graphql(USD_SHOP, token ?? '', '{ shop { id } }');
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
    });
  });

  test('a token of one shop is none in another', async () => {
    const response = await running.graphql('kaze-coffee.myshopify.com', grant.access_token, '{ shop { id } }');
    expect(response.status).toBe(401);
  });
});

describe('the request', () => {
  const post = (version: string, body: string, type = 'application/json'): Promise<Response> =>
    fetch(`${running.url}/${USD_SHOP}/admin/api/${version}/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': type, 'x-shopify-access-token': grant.access_token },
      body,
    });

  test.each([
    ['2026-10', '2026-10'],
    ['2026-07', '2026-07'],
    ['2024-01', '2026-01'],
    ['unstable', 'unstable'],
  ])('version %s is answered by %s', async (asked, answering) => {
    const response = await post(asked, '{"query":"{ shop { id } }"}');
    expect([response.status, response.headers.get('x-shopify-api-version')]).toEqual([200, answering]);
  });

  test('there is no version 2026-02', async () => {
    expect((await post('2026-02', '{"query":"{ shop { id } }"}')).status).toBe(404);
  });

  test('a bare query is understood', async () => {
    const response = await post('2026-10', '{ shop { name } }', 'application/graphql');
    expect(await response.json()).toMatchObject({ data: { shop: { name: 'North Harbor Outfitters' } } });
  });

  test.each([['{}'], ['{"query":5}'], ['[]'], ['{"query":"{ shop { id } }","variables":[]}']])(
    '%s is refused',
    async (body) => {
      const response = await post('2026-10', body);
      expect([response.status, await response.json()]).toEqual([
        400,
        { errors: { query: 'Required parameter missing or invalid' } },
      ]);
    },
  );

  test.each([
    ['syntax', '{ shop ', 'PARSE_ERROR'],
    ['an unknown field', '{ shop { nothing } }', 'undefinedField'],
    ['too much nesting', '{ a '.repeat(4_000), 'PARSE_ERROR'],
  ])('%s is an error without data and without cost', async (_what, query, code) => {
    const answer = await ask(query);
    expect(answer).toMatchObject({ errors: [{ extensions: { code } }] });
    expect(Object.keys(answer)).toEqual(['errors']);
  });

  test.each([
    [{}, null, 'Expected value to not be null', []],
    [{ id: 'twelve' }, 'twelve', "Invalid global id 'twelve'", []],
  ])('the variables %o are refused', async (variables, value, explanation, path) => {
    const answer = await ask('query Q($id: ID!) { order(id: $id) { id } }', variables);
    expect(answer.errors).toEqual([
      {
        message: 'Variable $id of type ID! was provided invalid value',
        locations: [{ line: 1, column: 9 }],
        extensions: { code: 'INVALID_VARIABLE', value, problems: [{ path, explanation }] },
      },
    ]);
  });

  test.each([
    ['query A { shop { id } } query B { shop { id } }', undefined, 'An operation name is required'],
    ['query A { shop { id } }', 'C', 'No operation named "C"'],
    ['subscription A { nothing }', undefined, 'Schema is not configured for subscriptions'],
  ])('which operation of %s', async (query, operationName, message) => {
    const response = await post('2026-10', JSON.stringify({ query, operationName }));
    expect(await response.json()).toEqual({ errors: [{ message }] });
  });
});

describe('cost', () => {
  const DEAR =
    '{ orders(first: 250) { nodes { lineItems(first: 250) { nodes { taxLines { title } product { id } variant { id } customAttributes { key } weight { unit } } } } } }';

  test('comes with every answer; what was not used is given back', async () => {
    const { extensions } = await ask('{ orders(first: 50, query: "id:1") { nodes { customer { id } } } }');
    expect(extensions?.['cost']).toEqual({
      requestedQueryCost: 16,
      actualQueryCost: 2,
      throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: 1_998, restoreRate: 100 },
    });
  });

  test('above 1000 a query is refused', async () => {
    const deep = `{ orders(first: 250) { nodes { refunds { refundLineItems(first: 250) { nodes { lineItem { taxLines { title } product { id }
      variant { id } customAttributes { key } weight { unit } duties { id } discountAllocations { discountApplication { index } } } } } } } } }`;
    const answer = await ask(deep);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toMatchObject([{ extensions: { code: 'MAX_COST_EXCEEDED', maxCost: 1_000 } }]);
  });

  test('an empty bucket throttles until enough has come back', async () => {
    const bodySchema = z.object({ errors: z.array(z.unknown()).optional(), extensions: z.unknown() });
    const drain = async (): Promise<unknown> =>
      bodySchema.parse(await (await running.graphql(USD_SHOP, grant.access_token, DEAR)).json());
    let answer = await drain();
    for (let count = 0; count < 12 && !JSON.stringify(answer).includes('THROTTLED'); count += 1) answer = await drain();
    expect(answer).toMatchObject({
      errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
      extensions: { cost: { requestedQueryCost: 761, actualQueryCost: null } },
    });
    expect(answer).not.toHaveProperty('data');
    running.clock.advance(7_610);
    expect(await drain()).not.toHaveProperty('errors');
  });
});
