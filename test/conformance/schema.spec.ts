import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connectors } from '#connectors';
import { readFixtures } from '#testing';
import { describe, expect, it } from 'vitest';
import { judgeRequests } from './schema.js';
import { loadShopifySchema, shopifyProblems } from './schema.shopify.js';
import {
  loadWooCommerceRoutes,
  type SentRequest,
  WHOLE_ROUTES,
  wooCommerceProblems,
  type WooCommerceRoutes,
} from './schema.woocommerce.js';

const NOWHERE = '/nowhere/at/all';

/** Every request in a connector's fixtures of writes, as it is sent. */
function recordedWrites(platform: string): readonly SentRequest[] {
  const folder = new URL(`../../libs/connectors/${platform}/__fixtures__/`, import.meta.url);
  return readFixtures(folder).writes.flatMap(({ calls }) =>
    calls.map(({ request: { method, url, body } }) => {
      const { pathname, search } = new URL(url);
      return { method, path: pathname.slice(1) + search, body: body === null ? '' : JSON.stringify(body) };
    }),
  );
}

describe.each(connectors.map(({ id }) => id))('what was recorded of writing to %s', (platform) => {
  const judgement = judgeRequests(platform, recordedWrites(platform));

  it(`is as the platform describes its API (${judgement.source})`, () => {
    expect(judgement.problems).toEqual([]);
    expect(judgement.judged).toBeGreaterThan(20);
    console.info(`${platform}: ${judgement.judged} recorded requests held against the ${judgement.source}`);
  });
});

it('is held against the committed extracts too, so that nobody needs the descriptions', () => {
  const routes = loadWooCommerceRoutes(NOWHERE);
  const schema = loadShopifySchema(NOWHERE);
  expect([routes.source, schema.source]).toEqual(['committed extract', 'committed extract']);
  expect(recordedWrites('woocommerce').flatMap((request) => wooCommerceProblems(routes, request) ?? [])).toEqual([]);
  expect(recordedWrites('shopify').flatMap((request) => shopifyProblems(schema, request) ?? [])).toEqual([]);
});

describe('a request to WooCommerce', () => {
  const routes = loadWooCommerceRoutes(NOWHERE);
  const judged = (method: string, path: string, body?: unknown) =>
    wooCommerceProblems(routes, {
      method,
      path: `wp-json/wc/v3/${path}`,
      body: body === undefined ? '' : JSON.stringify(body),
    });

  it.each([
    ['GET', 'nothing', undefined, 'there is no such route'],
    ['DELETE', 'orders', undefined, 'the route does not take DELETE'],
    ['GET', 'orders?per_page=101', undefined, 'per_page is not within 1..100'],
    ['GET', 'orders?per_page=many', undefined, 'per_page is no integer'],
    ['GET', 'orders?sort=id', undefined, 'sort is unknown'],
    ['GET', 'orders?orderby=total', undefined, 'orderby is none of date, id, include, title, slug, modified'],
    ['GET', 'orders?status[0]=nonsense', undefined, /^status\[0\] is none of /],
    ['GET', 'orders?after=yesterday', undefined, 'after is no time'],
    ['POST', 'orders', { line_items: {} }, 'line_items is no array'],
    ['POST', 'orders', { line_items: [{ quantity: '1' }] }, 'line_items[0].quantity is no integer'],
    ['POST', 'orders', { line_items: [{ total_tax: '1' }] }, 'line_items[0].total_tax is read-only'],
    ['POST', 'orders', { billing: { fax: '1' } }, 'billing.fax is unknown'],
    ['POST', 'coupons', {}, 'code is missing'],
    ['POST', 'products/tags/batch', { create: [{ named: 'x' }] }, 'named is unknown'],
  ] as const)('%s %s with %j is found out', (method, path, body, problem) => {
    expect(judged(method, path, body)?.map((one) => one.replace(/^\S+ \S+: /, ''))).toEqual([
      typeof problem === 'string' ? problem : expect.stringMatching(problem),
    ]);
  });

  it('is let pass as it is right', () => {
    expect(judged('GET', 'orders?status[0]=pending&include=1,2&_fields=id&after=2026-11-22T10:00:00')).toEqual([]);
    expect(judged('POST', 'products/tags/batch', { create: [{ name: 'x' }] })).toEqual([]);
    expect(wooCommerceProblems(routes, { method: 'GET', path: 'wp-json/', body: '' })).toBeUndefined();
  });
});

describe('a request to Shopify', () => {
  const schema = loadShopifySchema(NOWHERE);
  const judged = (query: string, variables?: object) =>
    shopifyProblems(schema, {
      method: 'POST',
      path: 'admin/api/2026-10/graphql.json',
      body: JSON.stringify({ query, ...(variables === undefined ? {} : { variables }) }),
    });
  const page = 'query Page($first: Int!) { orders(first: $first) { nodes { id } } }';

  it('is let pass as it is right', () => {
    expect(judged(page, { first: 5 })).toEqual([]);
    expect(shopifyProblems(schema, { method: 'POST', path: 'admin/oauth/access_token', body: '{}' })).toBeUndefined();
  });

  it.each([
    ['{ orders(first: 1) { nodes { nonsense } } }', {}, /Cannot query field "nonsense"/],
    ['{ orders(first: ', {}, /Syntax Error/],
    [page, {}, /\$first/],
    [page, { first: 'five' }, /\$first/],
    [page, { first: 5, last: 5 }, /no variable last/],
  ])('%s with %j is found out', (query, variables, problem) => {
    expect(judged(query, variables)).toEqual([expect.stringMatching(problem)]);
  });
});

const isThere = existsSync(WHOLE_ROUTES);
describe.skipIf(!isThere)(
  `the committed routes of WooCommerce${isThere ? '' : ' (the whole description is not here)'}`,
  () => {
    it('are what the script takes out of the whole description', () => {
      const script = fileURLToPath(new URL('../../scripts/extract-woocommerce-routes.mjs', import.meta.url));
      expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
    });

    it('are rules of the whole description, none of them changed', () => {
      const [whole, extract] = [loadWooCommerceRoutes(), loadWooCommerceRoutes(NOWHERE)];
      expect(Object.keys(extract.routes).length).toBeGreaterThan(15);
      const namesOf = ({ routes }: WooCommerceRoutes, route: string) =>
        routes[route]?.endpoints.map(({ methods, args }) => [methods, Object.keys(args).sort()]);
      for (const route of Object.keys(extract.routes)) expect(namesOf(extract, route)).toEqual(namesOf(whole, route));
    });

    it('name no words of people', () => {
      expect(readFileSync(new URL('woocommerce-routes.json', import.meta.url), 'utf8')).not.toMatch(/"description": "/);
    });
  },
);
