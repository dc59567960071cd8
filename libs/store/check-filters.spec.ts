import type { ListOperation, OrderFilter } from '#contract';
import { describe, expect, it } from 'vitest';
import { checkFilters } from './check-filters.js';

const list: ListOperation<OrderFilter, unknown> = {
  filters: { updatedSince: true, number: true, status: ['open', 'completed'] },
  sorts: ['-createdAt', 'createdAt', 'updatedAt'],
  maxPageSize: 10,
  page: () => Promise.resolve({ items: [], quarantined: [] }),
};
const since = new Date('2026-11-22T10:00:00Z');
const check = (filter: OrderFilter, sort?: Parameters<typeof checkFilters>[3], operation = list) =>
  checkFilters('example', operation, filter, sort);

describe('a filter', () => {
  it('that the platform applies itself is handed on as it is', () => {
    const filter: OrderFilter = { updatedSince: since, number: '#7', status: ['open', 'completed'] };
    expect(check(filter, 'createdAt')).toEqual({ filter, sort: 'createdAt' });
  });

  it('that it cannot apply is refused, naming filter and platform: never ignored, never applied inside a page', () => {
    expect(() => check({ customerEmail: 'a@example.com' })).toThrow(
      expect.objectContaining({
        code: 'filter_unsupported',
        message: 'example cannot filter by customerEmail.',
        context: {
          platform: { id: 'example' },
          fields: [{ path: 'customerEmail', message: 'example cannot filter by customerEmail.' }],
        },
      }),
    );
  });

  it('with one value among others that it does not have is refused, naming the value', () => {
    expect(() => check({ status: ['open', 'archived'] })).toThrow('example cannot filter by status=archived.');
  });

  it('that is not given is not refused', () => {
    expect(() => check({})).not.toThrow();
    // A query string may leave it out this way.
    expect(() => check(Object.assign<OrderFilter, object>({}, { customerEmail: undefined }))).not.toThrow();
  });

  it.each(['constructor', '__proto__', 'toString'])('named %s is none', (name) => {
    const filter = JSON.parse(`{"${name}":"x"}`) as OrderFilter;
    expect(() => check(filter)).toThrow(expect.objectContaining({ code: 'filter_unsupported' }));
  });
});

describe('the sort', () => {
  it('is the first one offered, and by change where changes are asked for', () => {
    expect(check({}).sort).toBe('-createdAt');
    expect(check({ updatedSince: since }).sort).toBe('updatedAt');
    expect(check({ updatedSince: since }, 'createdAt').sort).toBe('createdAt');
    expect(check({ updatedSince: since }, undefined, { ...list, sorts: ['createdAt'] }).sort).toBe('createdAt');
  });

  it('that is not offered is refused', () => {
    const message = 'example cannot sort by -updatedAt.';
    const context = { platform: { id: 'example' }, fields: [{ path: 'sort', message }] };
    expect(() => check({}, '-updatedAt')).toThrow(
      expect.objectContaining({ code: 'filter_unsupported', message, context }),
    );
  });
});
