import type { PageState } from '#contract';
import { answeringStore, jsonAnswer } from '#testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bigcommerce } from './bigcommerce.js';
import { countedRows } from './counted-page.js';

async function readAll(shop: number[], between: (page: number) => unknown = () => undefined): Promise<number[]> {
  const store = answeringStore(bigcommerce, ({ query }) => {
    const [page, limit] = [Number(query['page']), Number(query['limit'])];
    const pagination = { total: shop.length, current_page: page, total_pages: Math.ceil(shop.length / limit) };
    return jsonAnswer({
      data: shop.slice((page - 1) * limit, page * limit).map((id) => ({ id })),
      meta: { pagination },
    });
  });
  const given: number[] = [];
  let state: PageState | undefined;
  for (let page = 1; page < 100; page += 1) {
    const asked = { size: 3, ...(state !== undefined && { state }) };
    const { rows, next } = await countedRows(store, { path: 'v3/catalog/trees/categories' }, asked);
    given.push(...rows.map((raw) => z.object({ id: z.number() }).parse(raw).id));
    if (next === undefined) return given;
    state = { ...next };
    between(page);
  }
  throw new Error('the list never ends');
}

const ids = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('a list that is only numbered', () => {
  it.each([0, 1, 3, 7])('gives each of %i records once', async (count) => {
    expect(await readAll(ids(count))).toEqual(ids(count));
  });

  it('loses none where records that were given are deleted', async () => {
    const shop = ids(12);
    const given = await readAll(shop, (page) => page < 3 && shop.shift());
    expect([...new Set(given)]).toEqual(ids(12));
  });

  it('meets what is made meanwhile at its end', async () => {
    const shop = ids(5);
    expect(await readAll(shop, (page) => page === 1 && shop.push(6, 7))).toEqual(ids(7));
  });
});
