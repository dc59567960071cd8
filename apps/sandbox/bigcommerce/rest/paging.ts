import { noContent, ok, RestFailure, type Answer } from './answer.js';

const DEFAULT_LIMIT = 50;

interface Paging {
  readonly page: number;
  readonly limit: number;
}

function whole(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name);
  if (text === null || text === '') return usual;
  if (!/^\d+$/.test(text) || Number(text) < 1) {
    throw new RestFailure(422, `The ${name} parameter must be a positive whole number.`, { [name]: 'invalid' });
  }
  return Number(text);
}

export function pagingOf(query: URLSearchParams, most = 250, usual = DEFAULT_LIMIT): Paging {
  // Above the maximum the platform gives its maximum.
  return { page: whole(query, 'page', 1), limit: Math.min(whole(query, 'limit', Math.min(usual, most)), most) };
}

/** docs: a V2 list without rows, or past its end, is 204 without a body; nothing says how many there are. */
export function v2List(rows: readonly unknown[], query: URLSearchParams): Answer {
  const { page, limit } = pagingOf(query);
  const shown = rows.slice((page - 1) * limit, page * limit);
  return shown.length === 0 ? noContent : ok(shown);
}

/** docs: V3's `meta.pagination`; links are bare query strings. */
export function v3List<Row>(
  rows: readonly Row[],
  query: URLSearchParams,
  { most = 250, print = (row: Row): unknown => row, usual = DEFAULT_LIMIT } = {},
): Answer {
  const { page, limit } = pagingOf(query, most, usual);
  const shown = rows.slice((page - 1) * limit, page * limit);
  const pages = Math.ceil(rows.length / limit);
  const link = (to: number): string => {
    const linked = new URLSearchParams(query);
    linked.set('page', String(to));
    linked.set('limit', String(limit));
    return `?${linked.toString()}`;
  };
  return ok({
    data: shown.map((row) => print(row)),
    meta: {
      pagination: {
        total: rows.length,
        count: shown.length,
        per_page: limit,
        current_page: page,
        total_pages: pages,
        links: {
          ...(page > 1 && { previous: link(page - 1) }),
          current: link(page),
          ...(page < pages && { next: link(page + 1) }),
        },
      },
    },
  });
}

/** One record in V3's envelope. */
export const v3One = (data: unknown, status = 200): Answer => ({ status, body: { data, meta: {} } });
