import { describe, expect, test } from 'vitest';
import { connection, type Connection, type PageArguments } from './connection.js';

const items = [5, 3, 12, 1, 7].map((id) => ({ id, at: id > 4 ? 'late' : 'early' }));
const listing = { items, idOf: ({ id }: { id: number }) => id, view: ({ id }: { id: number }) => id };
const sorted = { ...listing, sortBy: ({ at }: { at: string }) => at };

function walk(list: typeof listing, page: PageArguments): unknown[] {
  const nodes: unknown[] = [];
  let after: string | null = null;
  for (;;) {
    const { nodes: rows, pageInfo }: Connection = connection(list, { ...page, after });
    nodes.push(...rows);
    if (!pageInfo.hasNextPage) return nodes;
    after = pageInfo.endCursor;
  }
}

describe('a connection', () => {
  test('pages to the end, rows of the same sort value by id', () => {
    expect(walk(listing, { first: 2 })).toEqual([1, 3, 5, 7, 12]);
    expect(walk(sorted, { first: 1 })).toEqual([1, 3, 5, 7, 12]);
    expect(walk(sorted, { first: 2, reverse: true })).toEqual([12, 7, 5, 3, 1]);
  });

  test('pages backwards', () => {
    const { nodes, pageInfo } = connection(listing, { last: 2 });
    expect(nodes).toEqual([7, 12]);
    expect(pageInfo.hasPreviousPage).toBe(true);
    expect(connection(listing, { last: 2, before: pageInfo.startCursor }).nodes).toEqual([3, 5]);
  });

  test('goes on behind a row that is gone', () => {
    const { pageInfo } = connection(listing, { first: 2 });
    const rest = { ...listing, items: items.filter(({ id }) => id !== 3) };
    expect(connection(rest, { first: 2, after: pageInfo.endCursor }).nodes).toEqual([5, 7]);
  });

  test('has cursors of the recorded form', () => {
    const { endCursor } = connection(sorted, { first: 1 }).pageInfo;
    expect(JSON.parse(Buffer.from(endCursor ?? '', 'base64').toString())).toEqual({ last_id: 1, last_value: 'early' });
    const byId = connection(listing, { first: 1 }).pageInfo.endCursor;
    expect(JSON.parse(Buffer.from(byId ?? '', 'base64').toString())).toEqual({ last_id: 1, last_value: '1' });
  });

  test('is empty without rows', () => {
    const empty = connection({ ...listing, items: [] }, { first: 5 });
    expect(empty).toEqual({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test.each([[{}], [{ first: 1, last: 1 }], [{ first: 251 }], [{ first: -1 }]])('refuses %o', (page) => {
    expect(() => connection(listing, page)).toThrow();
  });

  test('refuses a malformed cursor and one of another sort order', () => {
    expect(() => connection(listing, { first: 1, after: 'nonsense' })).toThrow('Malformed cursor');
    const number = { ...listing, sortBy: ({ id }: { id: number }) => id };
    const { endCursor } = connection(number, { first: 1 }).pageInfo;
    expect(() => connection(listing, { first: 1, after: endCursor })).toThrow('Invalid cursor');
  });
});
