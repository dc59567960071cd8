import { buildSchema, isEnumType } from 'graphql';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCHEMA_EXTRACT } from '../schema-extract.js';
import { CATALOGUE_SCOPES, startCatalogueApp, type CatalogueApp } from '../testing/catalogue-app.js';
import { USD_SHOP } from '../testing/running-shopify.js';

let app: CatalogueApp;
beforeAll(async () => void (app = await startCatalogueApp(`${CATALOGUE_SCOPES},read_all_orders`)));
afterAll(() => app.running.sandbox.close());

const schema = buildSchema(SCHEMA_EXTRACT);
/** Every list with the enum of what it can be sorted by. */
const LISTS = [
  ['products', 'ProductSortKeys', 4],
  ['productVariants', 'ProductVariantSortKeys', 4],
  ['customers', 'CustomerSortKeys', 3],
  ['collections', 'CollectionSortKeys', 1],
  ['discountNodes', 'DiscountSortKeys', 3],
  ['locations', 'LocationSortKeys', 1],
  ['orders', 'OrderSortKeys', 50],
  ['abandonedCheckouts', 'AbandonedCheckoutSortKeys', 4],
  ['fulfillmentOrders', 'FulfillmentOrderSortKeys', 40],
] as const;

const pageSchema = z.object({
  nodes: z.array(z.object({ id: z.string() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});

async function readAll(list: string, size: number, sorting: string, reverse: boolean): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const query = `query($after: String) { list: ${list}(first: ${size}, after: $after, reverse: ${reverse}${sorting}) {
      nodes { id } pageInfo { hasNextPage endCursor } } }`;
    const { data, errors } = await app.running.ask(USD_SHOP, app.token, query, { after });
    expect(errors).toBeUndefined();
    const page: z.infer<typeof pageSchema> = pageSchema.parse(data?.['list']);
    ids.push(...page.nodes.map(({ id }) => id));
    if (!page.pageInfo.hasNextPage) return ids;
    after = page.pageInfo.endCursor;
  }
}

const keysOf = (name: string): readonly string[] => {
  const type = schema.getType(name);
  return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
};

describe.each(LISTS)('%s', (list, sortKeys, size) => {
  test.each(keysOf(sortKeys))('sorted by %s are paged to the end, each once, and backwards alike', async (key) => {
    const sorting = `, sortKey: ${key}`;
    const forwards = await readAll(list, size, sorting, false);
    const backwards = await readAll(list, size, sorting, true);
    expect(forwards.length).toBeGreaterThan(size);
    expect(new Set(forwards).size).toBe(forwards.length);
    expect([...backwards].reverse()).toEqual(forwards);
  });
});

test('inventory items and the levels of a place are paged without a sort key', async () => {
  const items = await readAll('inventoryItems', 5, '', false);
  expect(new Set(items).size).toBe(items.length);
  const [place] = await app.rows('locations(first: 1)');
  const levels = z
    .object({ location: z.object({ inventoryLevels: pageSchema }) })
    .parse(
      await app.ask(
        `query($id: ID!) { location(id: $id) { inventoryLevels(first: 250) { nodes { id } pageInfo { hasNextPage endCursor } } } }`,
        { id: place?.id },
      ),
    ).location.inventoryLevels.nodes;
  expect(levels.length).toBeGreaterThan(0);
  expect(levels.length).toBeLessThanOrEqual(items.length);
});
