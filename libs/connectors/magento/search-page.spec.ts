import type { JsonValue, ListQuery, PageState, Sort } from '#contract';
import { answeringStore, jsonAnswer, type SeenCall } from '#testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { magento } from './magento.js';
import { searchParameters, where } from './search-criteria.js';
import { numberedPage, searchPage, type TimeFilter } from './search-page.js';

interface Row {
  readonly entity_id: number;
  readonly created_at: string;
  readonly updated_at: string;
}

const row = z.object({ entity_id: z.number(), created_at: z.string(), updated_at: z.string() });
const selection = {
  path: 'rest/V1/things',
  id: { column: 'entity_id', field: 'entity_id' },
  reading: { schema: row, map: (one: Row) => one.entity_id, identify: () => null },
};

const at = (second: number) => `2026-11-22 10:00:${String(second).padStart(2, '0')}`;

/** A shop that searches as the platform does: groups all hold, of a group one condition must. */
function shopOf(rows: () => readonly Row[], spoil: (body: object) => object = (body) => body) {
  const calls: SeenCall[] = [];
  const store = answeringStore(magento, (call) => {
    calls.push(call);
    const matching = rows().filter((one) =>
      groupsIn(call).every((group) => group.some((condition) => holds(one, condition))),
    );
    const size = Number(call.query['searchCriteria[pageSize]']);
    const page = Number(call.query['searchCriteria[currentPage]']);
    const items = sortedBy(call, matching).slice((page - 1) * size, page * size);
    return jsonAnswer(
      spoil({ items, search_criteria: { page_size: size, current_page: page }, total_count: matching.length }),
    );
  });
  return { store, calls };
}

interface Asked {
  readonly field: keyof Row;
  readonly value: string;
  readonly condition: string;
}

function groupsIn({ query }: SeenCall): readonly (readonly Asked[])[] {
  const groups: Asked[][] = [];
  for (const [name, field] of Object.entries(query)) {
    const found = /^(searchCriteria\[filter_groups\]\[(\d)\]\[filters\]\[\d\])\[field\]$/.exec(name);
    if (found === null) continue;
    const [, prefix = '', group = ''] = found;
    const asked = {
      field: field as keyof Row,
      value: query[`${prefix}[value]`] ?? '',
      condition: query[`${prefix}[condition_type]`] ?? '',
    };
    (groups[Number(group)] ??= []).push(asked);
  }
  return groups;
}

function holds(one: Row, { field, value, condition }: Asked): boolean {
  const [left, right] = field === 'entity_id' ? [one.entity_id, Number(value)] : [one[field], value];
  const order = left < right ? -1 : left > right ? 1 : 0;
  return { gt: order > 0, gteq: order >= 0, lt: order < 0, lteq: order <= 0, eq: order === 0 }[condition] ?? false;
}

function sortedBy({ query }: SeenCall, rows: readonly Row[]): readonly Row[] {
  const sorts = [0, 1].flatMap((index) => {
    const field = query[`searchCriteria[sortOrders][${index}][field]`];
    return field === undefined
      ? []
      : [
          {
            field: field as keyof Row,
            sign: query[`searchCriteria[sortOrders][${index}][direction]`] === 'ASC' ? 1 : -1,
          },
        ];
  });
  return [...rows].sort((left, right) => {
    for (const { field, sign } of sorts)
      if (left[field] !== right[field]) return left[field] < right[field] ? -sign : sign;
    return 0;
  });
}

async function walk(
  shop: ReturnType<typeof shopOf>,
  query: ListQuery<TimeFilter>,
  size: number,
  between: (page: number) => void = () => undefined,
): Promise<number[]> {
  const given: number[] = [];
  let state: PageState | undefined;
  for (let page = 1; page <= 50; page += 1) {
    const read = await searchPage(shop.store, selection, query, state === undefined ? { size } : { size, state });
    given.push(...read.items.map(({ record }) => record));
    between(page);
    if (read.next === undefined) return given;
    state = JSON.parse(JSON.stringify(read.next)) as JsonValue;
  }
  throw new Error('it does not end');
}

const many = Array.from({ length: 23 }, (_, index) => ({
  entity_id: index + 1,
  // Many share a second, as after a bulk edit.
  created_at: at(Math.floor(index / 5)),
  updated_at: at(10 - Math.floor(index / 7)),
}));

describe('a search', () => {
  it.each<Sort>(['createdAt', '-createdAt', 'updatedAt', '-updatedAt'])(
    'by %s gives each record once and ends',
    async (sort) => {
      for (const size of [1, 4, 5, 23, 24]) {
        const given = await walk(
          shopOf(() => many),
          { filter: {}, sort },
          size,
        );
        expect(given).toHaveLength(23);
        expect(new Set(given).size).toBe(23);
      }
    },
  );

  it('meets what changes meanwhile at its end, and loses nothing that moves up', async () => {
    let rows: readonly Row[] = many.map((one) => ({ ...one, updated_at: at(one.entity_id) }));
    const given = await walk(
      shopOf(() => rows),
      { filter: {}, sort: 'updatedAt' },
      5,
      (page) => {
        // Each time, a record of the first page is changed: those behind it move up by one.
        rows = rows.map((one) => (one.entity_id === page ? { ...one, updated_at: at(40 + page) } : one));
      },
    );
    expect(new Set(given).size).toBe(23);
    expect(given.filter((id) => id === 1)).toHaveLength(2);
  });

  it('begins with the second asked for, and ends before the one it is asked until', async () => {
    const filter = {
      createdSince: new Date('2026-11-22T10:00:01.500Z'),
      createdUntil: new Date('2026-11-22T10:00:03Z'),
    };
    const shop = shopOf(() => many);
    expect(await walk(shop, { filter, sort: 'createdAt' }, 50)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(Object.values(shop.calls[0]?.query ?? {})).toEqual(expect.arrayContaining([at(1), at(3), 'gteq', 'lt']));
  });

  it('goes by number where records have no times', async () => {
    const { store } = shopOf(() => many);
    const first = await numberedPage(store, selection, { size: 20 });
    if (first.next === undefined) throw new Error('there is more');
    const second = await numberedPage(store, selection, { size: 20, state: first.next });
    expect([...first.items, ...second.items].map(({ record }) => record)).toEqual(many.map(({ entity_id: id }) => id));
    expect(second.next).toBeUndefined();
  });

  it('is over when a page holds nothing, whatever is counted', async () => {
    // Recorded: orders-list-page-beyond-last.
    for (const items of [null, []]) {
      const shop = shopOf(
        () => many,
        (body) => ({ ...body, items }),
      );
      expect(await walk(shop, { filter: {}, sort: 'createdAt' }, 5)).toEqual([]);
    }
  });

  it('is found out where the shop does not look at what it is asked', async () => {
    const deaf = answeringStore(magento, () => jsonAnswer({ items: many.slice(0, 5), total_count: 23 }));
    const { next } = await searchPage(deaf, selection, { filter: {}, sort: 'createdAt' }, { size: 5 });
    if (next === undefined) throw new Error('there is more');
    await expect(
      searchPage(deaf, selection, { filter: {}, sort: 'createdAt' }, { size: 5, state: next }),
    ).rejects.toMatchObject({ code: 'platform_contract_broken' });
  });

  it('counts pages where not one record says where it lies', async () => {
    const bare = (body: object) => ({ ...body, items: [{ entity_id: 1 }, { entity_id: 2 }] });
    const { store } = shopOf(() => many, bare);
    const read = await searchPage(store, selection, { filter: {}, sort: 'createdAt' }, { size: 2 });
    expect([read.quarantined.length, read.next]).toEqual([2, { page: 2 }]);
  });

  it('takes no position of another list', async () => {
    const { store } = shopOf(() => many);
    for (const state of [{ at: 'now', id: 1 }, { page: 1 }, 7, { at: at(1) }])
      await expect(
        searchPage(store, selection, { filter: {}, sort: 'createdAt' }, { size: 2, state }),
      ).rejects.toMatchObject({ code: 'cursor_invalid' });
  });
});

describe('the parameters of a search', () => {
  it('are always there, and each value by itself', () => {
    expect(searchParameters({ where: [], sort: [], size: 20 })).toEqual({
      'searchCriteria[pageSize]': '20',
      'searchCriteria[currentPage]': '1',
    });
    expect(searchParameters({ where: [where('sku', 'eq', 'a=b&c')], sort: [], size: 1 })).toMatchObject({
      'searchCriteria[filter_groups][0][filters][0][field]': 'sku',
      'searchCriteria[filter_groups][0][filters][0][value]': 'a=b&c',
      'searchCriteria[filter_groups][0][filters][0][condition_type]': 'eq',
    });
  });

  it('never have an index of two digits', () => {
    const groups = Array.from({ length: 11 }, () => where('a', 'eq', 'b'));
    expect(() => searchParameters({ where: groups, sort: [], size: 1 })).toThrow(RangeError);
    expect(() => searchParameters({ where: [groups.flat()], sort: [], size: 1 })).toThrow(RangeError);
    expect(() => searchParameters({ where: groups.slice(1), sort: [], size: 1 })).not.toThrow();
  });
});
