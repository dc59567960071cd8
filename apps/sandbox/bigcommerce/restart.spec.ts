import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createStoreBook, savedStoresSchema } from './state/store-data.js';
import { storeOfHash } from './stores.js';
import { createTestClock, startBigCommerce, USD } from './testing/running-bigcommerce.js';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'sandbox-'))));
afterEach(() => rm(folder, { recursive: true }));

const CATEGORY = [{ name: 'Kept', tree_id: 1 }];

test('what was written is there after a restart, and only what was written is saved', async () => {
  const stateFile = join(folder, 'state.json');
  const clock = createTestClock();
  const first = await startBigCommerce({ stateFile }, clock);
  const token = await first.connect(USD);
  await first.call('POST', '/v3/catalog/trees/categories', CATEGORY);
  await first.call('POST', '/v3/hooks', { scope: 'store/order/*', destination: 'https://app.example/' }, { token });
  await first.call('PUT', '/v2/orders/101', { staff_notes: 'kept' });
  const before = await first.call('GET', '/v2/orders?limit=250');
  await first.sandbox.close();
  const saved = z
    .object({ platforms: z.object({ bigcommerce: z.object({ stores: savedStoresSchema }) }) })
    .parse(JSON.parse(await readFile(stateFile, 'utf8')));
  const tables = saved.platforms.bigcommerce.stores.stores[USD]?.tables ?? {};
  expect(Object.keys(tables).toSorted()).toEqual(['categories', 'hooks', 'orders']);

  clock.advance(86_400_000);
  const second = await startBigCommerce({ stateFile }, clock);
  const after = await second.call('GET', '/v2/orders?limit=250');
  const hooks = await second.call('GET', '/v3/hooks', undefined, { token });
  const kept = await second.call('GET', '/v3/catalog/trees/categories?name=Kept');
  await second.sandbox.close();
  expect(after.body).toEqual(before.body);
  expect([hooks.body, kept.body]).toMatchObject([{ data: [{ scope: 'store/order/*' }] }, { data: [{ name: 'Kept' }] }]);
}, 20_000);

test('a state of another making is refused and nothing of it is taken over', () => {
  const store = storeOfHash(USD);
  if (store === undefined) throw new Error('No store.');
  const book = createStoreBook(createTestClock().now, () => undefined);
  const orders = book.of(store).tables.orders.size;
  const category = { lastId: 900, rows: [{ id: 900, parent_id: 0, name: 'Other', is_visible: true }] };
  const knobs = { quota: 1, hookDelaySeconds: 0, lagSeconds: 0, copies: 1 };
  const tables = { categories: category, orders: { lastId: 1, rows: [{ id: 'one' }] } };
  const saved = { base: 0, stores: { [USD]: { knobs, wipes: {}, tables } } };
  expect(() => book.readSaved(saved)()).toThrow(z.ZodError);
  const { tables: kept, knobs: turned } = book.of(store);
  expect([kept.orders.size, kept.categories.find(900), turned.quota]).toEqual([orders, undefined, 7_000_000]);
});
