import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadMagento, MAGENTO_DESCRIPTION, MAGENTO_EXCEPTIONS, magentoProblems } from './schema.magento.js';

const CAPTURES = fileURLToPath(new URL('../../../shared/captures/magento/', import.meta.url));
const exchange = z.object({
  _meta: z.object({ direction: z.string().optional() }),
  request: z.object({ method: z.string(), url: z.string(), body: z.unknown() }),
  response: z.object({ status: z.number() }),
});

/** Every request of ours that a genuine shop was sent, and whether it took it. */
function recorded() {
  return readdirSync(CAPTURES).flatMap((file) => {
    const { _meta, request, response } = exchange.parse(JSON.parse(readFileSync(`${CAPTURES}/${file}`, 'utf8')));
    if (_meta.direction !== undefined) return [];
    const { pathname, search } = new URL(request.url);
    const { method, body } = request;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const sent = { method, path: pathname.slice(1) + search, body: body === null ? '' : text };
    return [{ name: file.replace('.json', ''), sent, isTaken: response.status < 300 }];
  });
}

/** Taken by the shop that was recorded, and yet not to be sent: a shop that limits its pages refuses more than 300. */
const REFUSED_ON_PURPOSE = ['orders-list-page-size-1000'];

const isThere = existsSync(MAGENTO_DESCRIPTION) && existsSync(CAPTURES);
describe.skipIf(!isThere)(
  `the description of Magento${isThere ? '' : ' (not here: nothing is held against it)'}`,
  { timeout: 60_000 },
  () => {
    const description = loadMagento();
    const judged = (method: string, path: string, body?: unknown) =>
      magentoProblems(description, {
        method,
        path: `rest/all/V1/${path}`,
        body: body === undefined ? '' : JSON.stringify(body),
      });

    it('fits every recorded request that a genuine shop took', () => {
      const taken = recorded().filter(({ isTaken }) => isTaken);
      const told = taken.map(({ name, sent }) => ({ name, problems: magentoProblems(description, sent) }));
      const refused = told.filter(({ problems }) => problems !== undefined && problems.length > 0);
      expect(refused.map(({ name }) => name)).toEqual(REFUSED_ON_PURPOSE);
      expect(told.filter(({ problems }) => problems !== undefined).length).toBeGreaterThan(80);
      const elsewhere = told.filter(({ problems }) => problems === undefined).map(({ name }) => name);
      expect(elsewhere).toEqual(['consent-2-request-token', 'consent-3-access-token', 'graphql-store', 'schema-info']);
    });

    it.each([
      ['err-400-malformed-json', 'POST /V1/customers: the body is no JSON'],
      ['err-400-missing-required', 'POST /V1/customers: body.customer is missing'],
      ['err-400-unknown-property', 'POST /V1/customers: body.customer.bogus is unknown or read-only'],
      ['err-400-wrong-type', 'GET /V1/orders/{id}: id in the path is no integer'],
      ['err-404-route', 'GET /V1/nope: there is no such path'],
      ['err-405-method', 'PATCH /V1/orders/1: the path does not take PATCH'],
      ['orders-list-no-criteria', 'GET /V1/orders: searchCriteria is missing'],
    ])('refuses what a genuine shop refused: %s', (file, problem) => {
      const found = recorded().find(({ name }) => name === file);
      expect(found && magentoProblems(description, found.sent)).toEqual([problem]);
    });

    it.each([
      ['GET', 'orders?searchCriteria=&sort=id', undefined, 'GET /V1/orders: query parameter sort is unknown'],
      ['GET', 'orders/5?expand=1', undefined, 'GET /V1/orders/{id}: query parameter expand is unknown'],
      ['GET', 'products/50%', undefined, 'GET /V1/products/50%: the path is not escaped as it must be'],
      ['GET', 'categories?depth=all', undefined, 'GET /V1/categories: query parameter depth is no integer'],
      ['POST', 'products', { product: { name: 'Cup' } }, 'POST /V1/products: body.product.sku is missing'],
      [
        'POST',
        'inventory/source-items',
        { sourceItems: [{ sku: 1 }] },
        'POST /V1/inventory/source-items: body.sourceItems[0].sku is no string, but number',
      ],
      [
        'POST',
        'order/5/ship',
        { items: [{ order_item_id: 1, qty: 1, sku: 'CUP' }] },
        'POST /V1/order/{orderId}/ship: body.items[0].sku is unknown or read-only',
      ],
      ['POST', 'order/5/ship', undefined, 'POST /V1/order/{orderId}/ship: the body is missing'],
      ['POST', 'orders/5/cancel', {}, 'POST /V1/orders/{id}/cancel: takes no JSON body'],
      ['POST', 'orders/5/comments', {}, 'POST /V1/orders/{id}/comments: body.statusHistory is missing'],
    ])('refuses %s %s with %j', (method, path, body, problem) => {
      expect(judged(method, path, body)).toEqual([problem]);
    });

    it('knows a store by its code or none, an address with a folder, and a path of words before one with a value', () => {
      const { source } = description;
      expect(source).toBe('whole description');
      const sent = (path: string) => magentoProblems(description, { method: 'GET', path, body: '' });
      for (const path of ['rest/V1/modules', 'rest/de/V1/modules', 'shop/index.php/rest/all/V1/modules'])
        expect(sent(path)).toEqual([]);
      expect(judged('GET', 'orders/items?searchCriteria=')).toEqual([]);
      expect(judged('GET', 'products/CUP%201%2F2')).toEqual([]);
      expect(judged('POST', 'carts/')).toEqual([]);
      expect(sent('oauth/token/request')).toBeUndefined();
    });

    it.each(MAGENTO_EXCEPTIONS)('is excused where it is wrong, and only there: $reason', ({ problem, example }) => {
      const without = magentoProblems(description, example, []) ?? [];
      expect(without.length).toBeGreaterThan(0);
      expect(without.filter((one) => !problem.test(one))).toEqual([]);
      expect(magentoProblems(description, example)).toEqual([]);
    });
  },
);

describe('a request to Magento, where its description is not at hand', () => {
  const nowhere = loadMagento('/nowhere/at/all');
  const judged = (search: string) =>
    magentoProblems(nowhere, { method: 'GET', path: `rest/all/V1/orders?${search}`, body: '' });
  const criteria = 'searchCriteria[filter_groups][0][filters][0]';

  it('is said to be judged by general rules only', () => {
    expect(nowhere.source).toMatch(/general rules only/);
    expect(magentoProblems(nowhere, { method: 'POST', path: 'rest/V1/orders', body: '{' })).toEqual([
      'POST /V1/orders: the body is no JSON',
    ]);
  });

  it.each([
    [`${criteria}[condition]=eq`, `query parameter ${criteria}[condition] is unknown`],
    [`${criteria}[condition_type]=equals`, `query parameter ${criteria}[condition_type] may not be "equals"`],
    [`${criteria}[field]=`, `query parameter ${criteria}[field] may not be ""`],
    ['searchCriteria[pageSize]=301', 'query parameter searchCriteria[pageSize] may not be "301"'],
    ['searchCriteria[currentPage]=0', 'query parameter searchCriteria[currentPage] may not be "0"'],
    ['searchCriteria[sortOrders][0][direction]=up', /may not be "up"$/],
    ['searchCriteria[sortOrders][10][field]=id', 'query parameter searchCriteria[sortOrders][10][field] is unknown'],
    [`${criteria}[value]=a+b`, 'a space in the query is %20, never a plus'],
    [`${criteria}[value]=a=b`, `${criteria}[value]=a=b is not signed by the server`],
    ['searchCriteria', 'searchCriteria is not signed by the server'],
  ])('is found out with %s', (search, problem) => {
    const found = judged(search)?.map((one) => one.replace('GET /V1/orders: ', ''));
    expect(found).toEqual([typeof problem === 'string' ? problem : expect.stringMatching(problem)]);
  });

  it('is let pass with every criterion that the platform knows', () => {
    const right = ['[field]=updated_at', '[value]=2026-01-01%2000:00:00', '[conditionType]=gteq']
      .map((one) => `searchCriteria[filterGroups][1][filters][2]${one}`)
      .concat('searchCriteria[sortOrders][1][field]=entity_id', 'searchCriteria[sortOrders][1][direction]=ASC')
      .concat('searchCriteria[pageSize]=300', 'searchCriteria[currentPage]=12', 'fields=items[entity_id],total_count');
    expect(judged(right.join('&'))).toEqual([]);
    expect(judged('searchCriteria=all')).toEqual([]);
  });
});
