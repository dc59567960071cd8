import { describe, expect, it } from 'vitest';
import { SORT_COLUMNS, windowParameters } from './window.js';

const at = (text: string): Date => new Date(text);

describe('the window of a list', () => {
  it('includes the second asked since (recorded: orders-modified-after-boundary-*)', () => {
    // An order modified at 17:05:06 is found with modified_after=17:05:05, and not with 17:05:06.
    const asked = windowParameters({ updatedSince: at('2026-09-21T17:05:06Z') }, SORT_COLUMNS.updatedAt);
    expect(asked).toEqual({ dates_are_gmt: true, modified_after: '2026-09-21T17:05:05' });
  });

  it('rounds the beginning down and the end up, so that nothing falls between two windows', () => {
    const filter = { createdSince: at('2026-09-21T17:05:06.999Z'), createdUntil: at('2026-09-21T17:05:07.001Z') };
    expect(windowParameters(filter, SORT_COLUMNS.createdAt)).toMatchObject({
      after: '2026-09-21T17:05:05',
      before: '2026-09-21T17:05:08',
    });
  });

  it('leaves the end out when it is a whole second', () => {
    const asked = windowParameters({ createdUntil: at('2026-09-21T17:05:07Z') }, SORT_COLUMNS.createdAt);
    expect(asked).toEqual({ dates_are_gmt: true, before: '2026-09-21T17:05:07' });
  });

  it('reads other zones as the instants they are', () => {
    const asked = windowParameters(
      { updatedSince: at('2026-03-29T03:30:00+02:00') },
      SORT_COLUMNS.updatedAt,
      undefined,
    );
    expect(asked).toMatchObject({ modified_after: '2026-03-29T01:29:59' });
  });

  const filter = {
    createdSince: at('2026-01-01T00:00:00Z'),
    createdUntil: at('2026-02-01T00:00:00Z'),
    updatedSince: at('2026-03-01T00:00:00Z'),
  };
  const asked = { after: '2025-12-31T23:59:59', before: '2026-02-01T00:00:00', modified_after: '2026-02-28T23:59:59' };

  it.each([
    ['createdAt', '2026-01-15T12:00:00', { ...asked, after: '2026-01-15T11:59:59' }],
    ['-createdAt', '2026-01-15T12:00:00', { ...asked, before: '2026-01-15T12:00:01' }],
    ['updatedAt', '2026-03-15T12:00:00', { ...asked, modified_after: '2026-03-15T11:59:59' }],
    ['-updatedAt', '2026-03-15T12:00:00', { ...asked, modified_before: '2026-03-15T12:00:01' }],
    // What was asked for is tighter than the place in the list.
    ['createdAt', '2025-06-01T00:00:00', asked],
    ['-createdAt', '2026-06-01T00:00:00', asked],
    ['updatedAt', '2026-01-01T00:00:00', asked],
  ] as const)('narrows the column of %s from %s', (sort, second, expected) => {
    expect(windowParameters(filter, SORT_COLUMNS[sort], { second, alone: false })).toEqual({
      dates_are_gmt: true,
      ...expected,
    });
  });

  it('can hold one second alone', () => {
    const from = { second: '2026-01-15T12:00:00', alone: true };
    const alone = { after: '2026-01-15T11:59:59', before: '2026-01-15T12:00:01' };
    expect(windowParameters(filter, SORT_COLUMNS.createdAt, from)).toMatchObject(alone);
    expect(windowParameters(filter, SORT_COLUMNS['-createdAt'], from)).toMatchObject(alone);
  });
});
