import { z } from 'zod';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JPY_SHOP, startShopify, type RunningShopify } from '../testing/running-shopify.js';

const MONEY = '{ shopMoney { amount currencyCode } }';
const PAGE = `query P($first: Int!, $after: String, $query: String) {
  abandonedCheckouts(first: $first, after: $after, query: $query, sortKey: CREATED_AT) {
    nodes { id name createdAt updatedAt completedAt abandonedCheckoutUrl discountCodes customer { id }
      totalPriceSet ${MONEY} lineItems(first: 5) { nodes { sku quantity variant { id } originalUnitPriceSet ${MONEY}
      discountedTotalPriceSet ${MONEY} } } } pageInfo { hasNextPage endCursor } } }`;
const pageSchema = z.object({
  nodes: z.array(
    z.looseObject({
      id: z.string(),
      createdAt: z.string(),
      completedAt: z.string().nullable(),
      lineItems: z.object({ nodes: z.array(z.looseObject({ quantity: z.number() })) }),
    }),
  ),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});

let running: RunningShopify;
let token: string;
beforeEach(async () => {
  running = await startShopify();
  ({ access_token: token } = await running.connect(JPY_SHOP));
});
afterEach(() => running.sandbox.close());

async function page(variables: Record<string, unknown>) {
  const { data, errors, extensions } = await running.ask(JPY_SHOP, token, PAGE, variables);
  expect(errors).toBeUndefined();
  return { ...pageSchema.parse(data?.['abandonedCheckouts']), search: extensions?.['search'] };
}

test('abandoned checkouts are paged, oldest first, with their lines', async () => {
  const first = await page({ first: 5 });
  const rest = await page({ first: 5, after: first.pageInfo.endCursor });
  const all = [...first.nodes, ...rest.nodes];
  expect(all).toHaveLength(9);
  expect(rest.pageInfo.hasNextPage).toBe(false);
  const times = all.map(({ createdAt }) => createdAt);
  expect(times).toEqual([...times].sort());
  expect(all.every(({ lineItems }) => lineItems.nodes.length > 0)).toBe(true);
});

test('some are recovered, and both kinds can be searched for', async () => {
  const recovered = await page({ first: 50, query: 'recovery_state:recovered' });
  const open = await page({ first: 50, query: 'status:open' });
  expect(recovered.nodes.map(({ completedAt }) => completedAt === null)).toEqual([false, false, false]);
  expect(open.nodes).toHaveLength(6);
});

test('they are searched by time, and an unknown field only warns', async () => {
  const { nodes } = await page({ first: 50 });
  const since = nodes.at(-3)?.createdAt;
  expect((await page({ first: 50, query: `created_at:>='${since}'` })).nodes).toHaveLength(3);
  const odd = await page({ first: 50, query: 'colour:red' });
  expect(odd.nodes).toHaveLength(9);
  expect(odd.search).toMatchObject([{ warnings: [{ field: 'colour', code: 'invalid_field' }] }]);
});
