import type { JsonValue, PageState } from '#contract';
import { answeringStore, jsonAnswer, type SeenCall } from '#testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { idPage } from './id-list.js';
import { woocommerce } from './woocommerce.js';

const reading = {
  schema: z.object({ id: z.number() }),
  map: ({ id }: { id: number }) => ({ platformId: String(id) }),
  identify: () => null,
};
const selection = { path: 'wp-json/wc/v3/customers', query: { role: 'all' }, reading };

/** The collection as the platform has it, without those the key's owner may not see, who are counted all the same. */
function answer(ids: readonly number[], { query }: SeenCall, hidden: (id: number) => boolean) {
  expect(query).toMatchObject({ orderby: 'id', order: 'asc', role: 'all' });
  const from = Number(query['offset'] ?? 0);
  const page = [...ids].sort((left, right) => left - right).slice(from, from + Number(query['per_page']));
  return jsonAnswer(
    page.filter((id) => !hidden(id)).map((id) => ({ id })),
    { 'x-wp-total': String(ids.length) },
  );
}

async function readAll(
  ids: readonly number[],
  size: number,
  between: (page: number) => unknown = () => undefined,
  hidden: (id: number) => boolean = () => false,
): Promise<number[]> {
  const store = answeringStore(woocommerce, (call) => answer(ids, call, hidden));
  const given: number[] = [];
  let state: PageState | undefined;
  for (let page = 1; page < 500; page += 1) {
    const { items, next } = await idPage(store, selection, { size, ...(state !== undefined && { state }) });
    expect(items.length).toBeLessThanOrEqual(size);
    given.push(...items.map(({ record }) => Number(record.platformId)));
    if (next === undefined) return given;
    state = JSON.parse(JSON.stringify(next)) as PageState;
    between(page);
  }
  throw new Error('the list did not end');
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => 3 * index + 1);

describe('a list by id', () => {
  it.each([1, 2, 7, 99, 100])('gives every record once, %i at a time', async (size) => {
    for (const count of [0, 1, 2, 7, 100, 101, 230])
      expect(await readAll(numbered(count), size)).toEqual(numbered(count));
  });

  it.each([1, 5, 50])(
    'loses none and gives none twice when others are deleted meanwhile, %i at a time',
    async (size) => {
      const ids = numbered(200);
      const given = await readAll(ids, size, (page) => (page % 3 === 0 ? ids.splice(page % 5, 3) : []));
      expect(new Set(given).size).toBe(given.length);
      expect(given).toEqual(expect.arrayContaining([...ids]));
    },
  );

  it('loses none when everything given before is deleted', async () => {
    const ids = numbered(60);
    const given = await readAll(ids, 10, (page) => (page === 3 ? ids.splice(0, 30) : []));
    expect(given).toEqual(numbered(60));
  });

  it('meets records that come to it meanwhile at the end, and does not give again what was given', async () => {
    const ids = numbered(20);
    const given = await readAll(ids, 6, (page) => {
      if (page === 1) ids.push(2, 1000);
    });
    expect(given).toEqual([...numbered(20), 1000]);
  });

  it('goes on after a page that is short because not all may be seen', async () => {
    const hidden = (id: number) => id % 4 === 0;
    expect(await readAll(numbered(50), 10, undefined, hidden)).toEqual(numbered(50).filter((id) => !hidden(id)));
  });

  it.each([
    ['ignores the offset', () => numbered(4), 'x-wp-total'],
    ['is not sorted', () => [9, 3, 5], 'x-wp-total'],
  ])('ends when the shop %s', async (_, ids) => {
    const store = answeringStore(woocommerce, () =>
      jsonAnswer(
        ids().map((id) => ({ id })),
        { 'x-wp-total': '1000' },
      ),
    );
    const read = async () => {
      let state: PageState | undefined;
      for (let page = 0; page < 200; page += 1) {
        const { next } = await idPage(store, selection, { size: 2, ...(state !== undefined && { state }) });
        if (next === undefined) return;
        state = next;
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 'platform_contract_broken' });
  });

  it.each<[JsonValue]>([[7], [{ last: -1, before: 0, idle: 0 }], [{ last: 1, before: 1, idle: 99 }], [{ last: 1 }]])(
    'takes no cursor that is not its own: %j',
    async (state) => {
      const store = answeringStore(woocommerce, () => jsonAnswer([]));
      await expect(idPage(store, selection, { size: 2, state })).rejects.toMatchObject({ code: 'cursor_invalid' });
    },
  );
});
