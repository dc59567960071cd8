import type { JsonValue, PageState } from '#contract';
import { answeringStore, jsonAnswer, type SeenCall } from '#testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bigcommerce } from './bigcommerce.js';
import { type Column, type TimeFilter, timedRows } from './timed-page.js';

interface Kept {
  readonly id: number;
  date_modified: string;
}

const second = (n: number): string =>
  new Date(Date.UTC(2026, 10, 20) + n * 1000).toISOString().replace('.000Z', '+00:00');
const UPDATED: Column = { ascending: true, query: { sort: 'date_modified', direction: 'asc' }, field: 'date_modified' };
const LATEST: Column = {
  ascending: false,
  query: { sort: 'date_modified', direction: 'desc' },
  field: 'date_modified',
};
const NUMBERED: Column = { ascending: true, query: { sort: 'id', direction: 'asc' } };

/** The collection as the platform answers it: whole seconds, both bounds inclusive, pages counted. */
function answer(shop: readonly Kept[], { query }: SeenCall) {
  const time = (row: Kept) => Date.parse(row.date_modified);
  const min = Date.parse(query['date_modified:min'] ?? '1970-01-01T00:00:00Z');
  const max = Date.parse(query['date_modified:max'] ?? '2100-01-01T00:00:00Z');
  const found = shop
    .filter((row) => time(row) >= min && time(row) <= max && row.id > Number(query['id:greater'] ?? 0))
    .sort((left, right) => (query['sort'] === 'id' ? 0 : time(left) - time(right)) || left.id - right.id);
  if (query['direction'] === 'desc') found.reverse();
  const [page, limit] = [Number(query['page'] ?? 1), Number(query['limit'])];
  const pagination = {
    total: found.length,
    current_page: page,
    total_pages: Math.max(1, Math.ceil(found.length / limit)),
  };
  return jsonAnswer({ data: found.slice((page - 1) * limit, page * limit), meta: { pagination } });
}

interface Walk {
  readonly shop: Kept[];
  readonly column?: Column;
  readonly size?: number;
  readonly filter?: TimeFilter;
  readonly between?: (page: number) => unknown;
}

async function readAll({
  shop,
  column = UPDATED,
  size = 3,
  filter = {},
  between = () => undefined,
}: Walk): Promise<number[]> {
  const store = answeringStore(bigcommerce, (call) => answer(shop, call));
  const given: number[] = [];
  let state: PageState | undefined;
  for (let page = 1; page < 500; page += 1) {
    const asked = { size, ...(state !== undefined && { state }) };
    const { rows, next } = await timedRows(store, { path: 'v3/catalog/products' }, { filter, column }, asked);
    expect(rows.length).toBeLessThanOrEqual(size);
    given.push(...rows.map((raw) => z.object({ id: z.number() }).parse(raw).id));
    if (next === undefined) return given;
    state = JSON.parse(JSON.stringify(next)) as JsonValue;
    between(page);
  }
  throw new Error('the list never ends');
}

const shopOf = (count: number, at: (id: number) => number): Kept[] =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, date_modified: second(at(index + 1)) }));
const ids = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('a list that is bounded by what it is sorted by', () => {
  it.each([
    ['one after another', (id: number) => id],
    ['some at a time', (id: number) => Math.floor(id / 4)],
    ['all at once', () => 0],
  ])('gives each record once: %s', async (_, at) => {
    expect(await readAll({ shop: shopOf(20, at) })).toEqual(ids(20));
  });

  it('goes backwards too', async () => {
    const all = await readAll({ shop: shopOf(20, (id) => Math.floor(id / 4)), column: LATEST });
    expect(all).toEqual(ids(20).reverse());
  });

  it('goes by numbers where there is no time', async () => {
    expect(await readAll({ shop: shopOf(10, () => 0), column: NUMBERED })).toEqual(ids(10));
  });

  it('loses none where one that was given changes: it comes again at the end', async () => {
    const shop = shopOf(12, (id) => id);
    const change = (page: number) => {
      const first = shop[page - 1];
      if (first !== undefined && page < 4) first.date_modified = second(100 + page);
    };
    const given = await readAll({ shop, between: change });
    expect([...new Set(given)].sort((left, right) => left - right)).toEqual(ids(12));
    expect(given.slice(-3)).toEqual([1, 2, 3]);
  });

  it('loses none where one that was given is deleted', async () => {
    const shop = shopOf(12, (id) => id);
    const given = await readAll({ shop, between: () => shop.shift() });
    expect([...new Set(given)]).toEqual(ids(12));
  });

  it('reads a second alone that holds more than can be remembered, and goes on behind it', async () => {
    const shop = shopOf(140, (id) => (id <= 130 ? 5 : id));
    const given = await readAll({ shop, size: 30 });
    expect([...new Set(given)]).toEqual(ids(140));
    // What was given before it was found to be crowded comes once more, and nothing else.
    expect(given.length).toBeLessThanOrEqual(140 + 60);
  });

  it('begins with the second that is asked for, whatever lies behind its dot', async () => {
    const filter = { updatedSince: new Date(Date.parse(second(5)) + 400) };
    expect(await readAll({ shop: shopOf(8, (id) => id), filter })).toEqual([5, 6, 7, 8]);
  });

  it.each(['nonsense', 7, { page: 3 }, { at: 'yesterday', seen: [] }, { at: '2026-11-20T00:00:00Z', page: 0 }])(
    'does not go on from %j',
    async (state) => {
      const store = answeringStore(bigcommerce, (call) => answer([], call));
      const work = timedRows(store, { path: 'v3/customers' }, { filter: {}, column: UPDATED }, { size: 3, state });
      await expect(work).rejects.toMatchObject({ code: 'cursor_invalid' });
    },
  );

  it('is found out where it answers what was not asked for', async () => {
    const store = answeringStore(bigcommerce, () => jsonAnswer({ data: [{ id: 1, date_modified: second(0) }] }));
    const state = { at: '2026-11-20T00:00:09Z', seen: [] };
    const work = timedRows(store, { path: 'v3/customers' }, { filter: {}, column: UPDATED }, { size: 3, state });
    await expect(work).rejects.toMatchObject({ code: 'platform_contract_broken' });
  });
});
