import { expect, test } from 'vitest';
import { parseSearch, printSearch } from './search-syntax.js';

function parsed(query: string): unknown {
  const node = parseSearch(query);
  return node === undefined ? undefined : printSearch(node, ({ value }) => value);
}

test.each([
  ['email:grace@example.com', { field: 'email', match_all: 'grace@example.com' }],
  ["sku:'INV-1 A'", { field: 'sku', match_phrase: 'INV-1 A' }],
  [
    'Bob Norman',
    {
      and: [
        { field: 'default', match_all: 'Bob' },
        { field: 'default', match_all: 'Norman' },
      ],
    },
  ],
  [
    'id:1 AND updated_at:>=2026-07-14',
    {
      and: [
        { field: 'id', match_all: '1' },
        { field: 'updated_at', range_gte: '2026-07-14' },
      ],
    },
  ],
  [
    '(tag:VIP OR tag:x) status:open',
    {
      and: [
        {
          or: [
            { field: 'tag', match_all: 'VIP' },
            { field: 'tag', match_all: 'x' },
          ],
        },
        { field: 'status', match_all: 'open' },
      ],
    },
  ],
  ['-tag:a', { not: { field: 'tag', match_all: 'a' } }],
  [
    'NOT (tag:a tag:b)',
    {
      not: {
        and: [
          { field: 'tag', match_all: 'a' },
          { field: 'tag', match_all: 'b' },
        ],
      },
    },
  ],
  ["updated_at:>='2026-11-22T10:00:00Z'", { field: 'updated_at', range_gte: '2026-11-22T10:00:00Z' }],
  ['updated_at:>"2026-11-22T10:00:00Z"', { field: 'updated_at', range_gt: '2026-11-22T10:00:00Z' }],
  // recorded: the colon ends an unquoted value, and the minutes become a field
  [
    'updated_at:<2000-01-01T00:00:00Z sku:x',
    {
      and: [
        { field: 'updated_at', range_lt: '2000-01-01T00' },
        { field: '00', match_all: '00Z' },
        { field: 'sku', match_all: 'x' },
      ],
    },
  ],
  [String.raw`name:a\:b`, { field: 'name', match_all: 'a:b' }],
  [
    'a OR b c',
    {
      or: [
        { field: 'default', match_all: 'a' },
        {
          and: [
            { field: 'default', match_all: 'b' },
            { field: 'default', match_all: 'c' },
          ],
        },
      ],
    },
  ],
  [
    'ANDROID ORE',
    {
      and: [
        { field: 'default', match_all: 'ANDROID' },
        { field: 'default', match_all: 'ORE' },
      ],
    },
  ],
  [') tag:a', { field: 'tag', match_all: 'a' }],
  ["tag:'open", { field: 'tag', match_phrase: 'open' }],
  ['', undefined],
  ['  AND OR () : ', undefined],
])('%s', (query, expected) => {
  expect(parsed(query)).toEqual(expected);
});

test.each([['('.repeat(5_000)], [')'.repeat(5_000)], ['-'.repeat(5_000)], [':'.repeat(5_000)], ["'".repeat(5_001)]])(
  'comes to an end on a text made to keep it busy',
  (query) => {
    expect(() => parseSearch(query)).not.toThrow();
  },
);
