import type { InventoryFilter, JsonValue, PageState } from '#contract';
import { answeringStore, jsonAnswer, type SeenCall } from '#testing';
import { describe, expect, it } from 'vitest';
import { woocommerce } from '../woocommerce.js';
import { adjustInventory, setInventory } from './inventory-writes.js';
import { listInventory } from './inventory.js';
import { ATTEMPT, outcomeOf, scriptedShop } from '../__fixtures__/scripted-shop.js';

const MUG = { id: 11, type: 'simple', status: 'publish', sku: 'MUG', manage_stock: true, stock_quantity: 4 };
const RED = { ...MUG, id: 28, type: 'variation', parent_id: 27, sku: 'RED' };
const SHARED = { ...RED, manage_stock: 'parent', stock_quantity: 9 };
const POOL = { ...MUG, id: 27, type: 'variable', sku: 'SHIRT', stock_quantity: 9 };

interface Row {
  readonly id: number;
  readonly type: string;
  readonly manage_stock: boolean | string;
  readonly date_modified_gmt: string;
}

function rowsOf(type: string, ids: readonly number[]): Row[] {
  return ids.map((id) => ({
    id,
    type,
    status: 'publish',
    manage_stock: true,
    date_modified_gmt: `2026-01-01T00:00:${String(id % 60).padStart(2, '0')}`,
  }));
}

function answer(rows: readonly Row[], { query }: SeenCall) {
  const after = query['modified_after'];
  const found = rows.filter((row) => after === undefined || row.date_modified_gmt > after);
  return jsonAnswer(found.slice(0, Number(query['per_page'])));
}

async function readAll(variations: readonly Row[], products: readonly Row[], size: number): Promise<string[]> {
  const store = answeringStore(woocommerce, (call) =>
    answer(call.path.endsWith('/variations') ? variations : products, call),
  );
  const given: string[] = [];
  let state: PageState | undefined;
  for (let page = 0; page < 100; page += 1) {
    const request = { size, ...(state !== undefined && { state }) };
    const { items, next } = await listInventory.page(store, { filter: {}, sort: 'updatedAt' }, request);
    expect(items.length).toBeLessThanOrEqual(size);
    given.push(...items.map(({ record }) => record.platformId));
    if (next === undefined) return given;
    state = JSON.parse(JSON.stringify(next)) as PageState;
  }
  throw new Error('the list did not end');
}

describe('the list of stock', () => {
  it.each([1, 2, 3, 5, 8, 100])('gives variations and then products, each once, %i at a time', async (size) => {
    for (const [first, second] of [
      [
        [1, 2, 3],
        [4, 5],
      ],
      [[], [4]],
      [[1, 2], []],
      [[], []],
    ] as const) {
      const given = await readAll(rowsOf('variation', first), rowsOf('simple', second), size);
      expect(given).toEqual([...first, ...second].map(String));
    }
  });

  it('leaves out products that only hold variations, and names a stock that those share', async () => {
    const products = rowsOf('variable', [4, 5]).map((row) => ({ ...row, manage_stock: row.id === 5 }));
    expect(await readAll([], products, 100)).toEqual(['5']);
  });

  const ask = async (filter: InventoryFilter, body: JsonValue, status = 200) => {
    const seen: string[] = [];
    const store = answeringStore(woocommerce, ({ path }) => {
      seen.push(path.replace('wp-json/wc/v3/', ''));
      return jsonAnswer(body, {}, status);
    });
    const page = await listInventory.page(store, { filter, sort: 'updatedAt' }, { size: 100 });
    return { ids: page.items.map(({ record }) => record.platformId), seen };
  };

  it('finds a SKU among both in one call, exactly', async () => {
    const rows = [RED, { ...MUG, sku: 'red' }].map((row) => ({ ...row, date_modified_gmt: '2026-01-01T00:00:00' }));
    expect(await ask({ sku: 'RED' }, rows)).toEqual({ ids: ['28'], seen: ['products'] });
  });

  it('finds one variant, where it is one and fits', async () => {
    expect(await ask({ variantId: '28' }, RED)).toEqual({ ids: ['28'], seen: ['products/28'] });
    expect((await ask({ variantId: '28', sku: 'BLUE' }, RED)).ids).toEqual([]);
    const dated = { ...RED, date_modified_gmt: '2026-01-01T00:00:00' };
    expect((await ask({ variantId: '28', updatedSince: new Date('2026-01-01T00:00:00Z') }, dated)).ids).toEqual(['28']);
    expect((await ask({ variantId: '28', updatedSince: new Date('2026-01-01T00:00:01Z') }, dated)).ids).toEqual([]);
    expect((await ask({ variantId: '27' }, POOL)).ids).toEqual([]);
    expect((await ask({ variantId: '28' }, { ...RED, status: 'trash' })).ids).toEqual([]);
    const missing = { code: 'woocommerce_rest_product_invalid_id', message: 'Invalid ID.', data: { status: 404 } };
    expect((await ask({ variantId: '99' }, missing, 404)).ids).toEqual([]);
    expect(await ask({ variantId: '../x' }, {})).toEqual({ ids: [], seen: [] });
  });
});

describe('setting stock', () => {
  it('of a variation that shares the stock of its product sets that', async () => {
    const { store, sent } = scriptedShop([200, SHARED], [200, POOL], [200, { ...SHARED, stock_quantity: 5 }]);
    const { record } = await setInventory.run(store, { variantId: '28', available: 5 }, ATTEMPT);
    expect(sent[1]).toEqual({ method: 'PUT', path: 'products/27', body: { manage_stock: true, stock_quantity: 5 } });
    expect(record).toMatchObject({ platformId: '28', available: 5 });
  });

  it('writes nothing where it is right already, also when it is tried again', async () => {
    const { store, sent } = scriptedShop([200, RED]);
    await setInventory.run(store, { variantId: '28', available: 4, ifAvailable: 9 }, ATTEMPT);
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['is another', RED],
    ['is not counted', { ...RED, manage_stock: false }],
  ])('is a conflict where the number expected %s', async (_, item) => {
    const { store, sent } = scriptedShop([200, item]);
    const work = setInventory.run(store, { variantId: '28', available: 1, ifAvailable: 3 }, ATTEMPT);
    expect(await outcomeOf(work)).toMatchObject({ code: 'conflict' });
    expect(sent).toHaveLength(1);
  });

  it('begins to count, and says where the shop does not', async () => {
    const uncounted = { ...MUG, manage_stock: false, stock_quantity: null };
    const counting = scriptedShop([200, uncounted], [200, { ...MUG, stock_quantity: 0 }]);
    expect((await setInventory.run(counting.store, { variantId: '11', available: 0 }, ATTEMPT)).record.available).toBe(
      0,
    );
    const not = scriptedShop([200, uncounted], [200, uncounted]);
    expect(await outcomeOf(setInventory.run(not.store, { variantId: '11', available: 3 }, ATTEMPT))).toMatchObject({
      code: 'request_rejected',
    });
  });

  it.each([
    ['a product with variants', POOL, 'request_rejected'],
    ['what lies in the trash', { ...MUG, status: 'trash' }, 'not_found'],
  ])('is not done to %s', async (_, item, code) => {
    const { store, sent } = scriptedShop([200, item]);
    const work = setInventory.run(store, { variantId: String(item.id), available: 3 }, ATTEMPT);
    expect(await outcomeOf(work)).toMatchObject({ code });
    expect(sent).toHaveLength(1);
  });
});

describe('adding to stock', () => {
  it('writes the sum, also below zero', async () => {
    const { store, sent } = scriptedShop([200, MUG], [200, { ...MUG, stock_quantity: -2 }]);
    const { record } = await adjustInventory.run(store, { variantId: '11', delta: -6 }, ATTEMPT);
    expect(sent[1]?.body).toEqual({ manage_stock: true, stock_quantity: -2 });
    expect(record.available).toBe(-2);
  });

  it('needs a number to begin with', async () => {
    const { store, sent } = scriptedShop([200, { ...MUG, manage_stock: false }]);
    expect(await outcomeOf(adjustInventory.run(store, { variantId: '11', delta: 1 }, ATTEMPT))).toMatchObject({
      code: 'request_rejected',
    });
    expect(sent).toHaveLength(1);
  });
});
