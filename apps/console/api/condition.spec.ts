import { describe, expect, it } from 'vitest';
import { conditionOf, downSentence } from './condition.js';
import { troubleFrom, unreachable } from './problem.js';

const FINE = { dataUpdatedAt: 2_000, error: null, every: 5_000 };

describe('conditionOf', () => {
  it('takes nothing for well by default', () => {
    expect(conditionOf([])).toEqual({ kind: 'unknown' });
    expect(conditionOf([{ ...FINE, dataUpdatedAt: 0 }])).toEqual({ kind: 'unknown' });
  });

  it('is as old as the oldest of what is shown', () => {
    expect(conditionOf([FINE, { ...FINE, dataUpdatedAt: 1_000 }])).toEqual({
      kind: 'current',
      since: 1_000,
      overdueAt: 18_000,
    });
  });

  it('misses no answer of a question before three of its own rounds are over', () => {
    const seldom = { ...FINE, dataUpdatedAt: 1_000, every: 30_000 };
    expect(conditionOf([seldom])).toEqual({ kind: 'current', since: 1_000, overdueAt: 93_000 });
    expect(conditionOf([FINE, seldom])).toEqual({ kind: 'current', since: 1_000, overdueAt: 19_000 });
  });

  it('is in doubt once one answer fails to come, and says since when', () => {
    const error = unreachable(new Error('refused'));
    expect(conditionOf([FINE, { ...FINE, dataUpdatedAt: 1_000, error }])).toEqual({
      kind: 'doubtful',
      since: 1_000,
      trouble: error,
    });
    expect(conditionOf([{ ...FINE, dataUpdatedAt: 0, error }])).toMatchObject({ kind: 'doubtful', since: null });
  });

  it('takes a refusal for an answer', () => {
    const error = troubleFrom(403, { code: 'role_missing', status: 403 });
    expect(conditionOf([FINE, { ...FINE, dataUpdatedAt: 0, error }])).toEqual({
      kind: 'current',
      since: 2_000,
      overdueAt: 19_000,
    });
  });
});

describe('downSentence', () => {
  const ready = { status: 'ready', database: 'answers', queue: 'on Postgres', recurringWork: 'runs' };

  it('names the part that is down', () => {
    expect(downSentence({ ...ready, database: 'does not answer', recurringWork: 'not known' })).toBe(
      'The database does not answer.',
    );
    expect(downSentence({ ...ready, queue: 'Redis does not answer; workers work without it' })).toBe(
      'The queue: Redis does not answer; workers work without it.',
    );
    expect(downSentence({ ...ready, queue: 'answers', recurringWork: 'refresh.tick has never run' })).toBe(
      'Recurring work: refresh.tick has never run.',
    );
  });

  it('names none where all answer', () => {
    expect(downSentence(ready)).toBeUndefined();
    expect(downSentence({ ...ready, queue: 'answers' })).toBeUndefined();
  });
});
