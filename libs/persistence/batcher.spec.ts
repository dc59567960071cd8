import { GatewayError } from '#contract';
import { describe, expect, it } from 'vitest';
import { createBatcher } from './batcher.js';

/** Doubles; remembers what it was given together. */
function doubling(fails: (items: readonly number[]) => Error | undefined = () => undefined) {
  const batches: (readonly number[])[] = [];
  const add = createBatcher(async (items: readonly number[]) => {
    batches.push(items);
    await Promise.resolve();
    const failure = fails(items);
    if (failure !== undefined) throw failure;
    return items.map((item) => item * 2);
  }, 3);
  return { add, batches };
}

describe('a batcher', () => {
  it('does together what comes while others are under way, at most so many', async () => {
    const { add, batches } = doubling();
    expect(await Promise.all([1, 2, 3, 4, 5].map(add))).toEqual([2, 4, 6, 8, 10]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
    expect(await add(6)).toBe(12);
  });

  it('case 57: lets one that cannot be done fail alone', async () => {
    const { add } = doubling((items) => (items.includes(3) ? new Error('poison') : undefined));
    const settled = await Promise.allSettled([1, 2, 3, 4].map(add));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await add(5)).toBe(10);
  });

  it('does not try each alone while the database is away', async () => {
    const { add, batches } = doubling(() => new GatewayError('database_unavailable', 'It is away.'));
    const settled = await Promise.allSettled([1, 2, 3, 4].map(add));
    expect(new Set(settled.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(batches).toEqual([[1], [2, 3, 4]]);
  });

  it('says when a batch was not answered whole', async () => {
    const add = createBatcher(() => Promise.resolve([] as number[]), 3);
    await expect(add(1)).rejects.toThrow('fewer results');
  });
});
