import type { RateLimit } from '#contract';
import { describe, expect, it } from 'vitest';
import { createPacer, type Pacer } from './pacer.js';

const never = new AbortController().signal;
const one: RateLimit = { kind: 'concurrency', max: 1, why: 'test' };
const bucket: RateLimit = { kind: 'cost', capacity: 100, perSecond: 10, why: 'test' };

/** A pacer in a time of its own: when nobody has anything else to do, the one who has to wake first does. */
function pacerInVirtualTime(): { pacer: Pacer; elapsed: () => number; sleeps: number[] } {
  const start = 1_000;
  let at = start;
  const sleeps: number[] = [];
  const sleeping: { readonly until: number; readonly wake: () => void }[] = [];
  const wakeFirst = (): void => {
    const [first] = sleeping.sort((left, right) => left.until - right.until);
    if (first === undefined) return;
    sleeping.shift();
    at = Math.max(at, first.until);
    first.wake();
  };
  const sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    sleeps.push(milliseconds);
    await new Promise<void>((wake) => {
      sleeping.push({ until: at + milliseconds, wake });
      setImmediate(wakeFirst);
    });
    signal.throwIfAborted();
  };
  return { pacer: createPacer({ now: () => at, sleep }), elapsed: () => at - start, sleeps };
}

async function isIn(entering: Promise<unknown>): Promise<boolean> {
  return await Promise.race([entering.then(() => true), new Promise<false>((resolve) => setImmediate(resolve, false))]);
}

describe('places', () => {
  it('are so many per store, and one store does not wait for another', async () => {
    const { pacer } = pacerInVirtualTime();
    const leave = await pacer.enter('a', [one], 1, never);
    const second = pacer.enter('a', [one], 1, never);
    expect(await isIn(second)).toBe(false);
    expect(await isIn(pacer.enter('b', [one], 1, never))).toBe(true);
    await leave();
    expect(await isIn(second)).toBe(true);
  });

  it('without a limit are for everybody', async () => {
    const { pacer, sleeps } = pacerInVirtualTime();
    const calls = Array.from({ length: 500 }, () => pacer.enter('a', [], 1_000_000, never));
    expect(await Promise.all(calls)).toHaveLength(500);
    expect(sleeps).toEqual([]);
  });

  it('are given back when a call is aborted while it waits for the budget', async () => {
    const { pacer } = pacerInVirtualTime();
    await (
      await pacer.enter('a', [one, bucket], 100, never)
    )();
    const impatient = new AbortController();
    const call = pacer.enter('a', [one, bucket], 100, impatient.signal);
    impatient.abort(new Error('gone home'));
    await expect(call).rejects.toThrow('gone home');
    expect(await pacer.enter('a', [one, bucket], 1, never)).toBeTypeOf('function');
  });
});

describe('a budget', () => {
  it('is spent first and then waited for, no longer than it takes to refill', async () => {
    const { pacer, elapsed } = pacerInVirtualTime();
    await pacer.enter('a', [bucket], 60, never);
    await pacer.enter('a', [bucket], 40, never);
    expect(elapsed()).toBe(0);
    await pacer.enter('a', [bucket], 25, never);
    expect(elapsed()).toBe(2_500);
    await pacer.enter('b', [bucket], 100, never);
    expect(elapsed()).toBe(2_500);
  });

  it('never holds more than its capacity, however long nobody calls', async () => {
    const { pacer, elapsed } = pacerInVirtualTime();
    await pacer.enter('slow', [{ ...bucket, perSecond: 0.1 }], 100, never);
    await pacer.enter('a', [bucket], 100, never);
    // Ten minutes pass, in which the other store's bucket could have filled sixty times.
    await pacer.enter('slow', [{ ...bucket, perSecond: 0.1 }], 60, never);
    const before = elapsed();
    await pacer.enter('a', [bucket], 100, never);
    await pacer.enter('a', [bucket], 10, never);
    expect(elapsed() - before).toBe(1_000);
  });

  it('lets a call through that costs more than all of it, once it is full', async () => {
    const { pacer, elapsed } = pacerInVirtualTime();
    await pacer.enter('a', [bucket], 10, never);
    await pacer.enter('a', [bucket], 5_000, never);
    expect(elapsed()).toBe(1_000);
  });

  it('serves a dear call before cheap ones that came later', async () => {
    const { pacer } = pacerInVirtualTime();
    await pacer.enter('a', [bucket], 100, never);
    const order: string[] = [];
    const enter = async (name: string, cost: number): Promise<void> => {
      await (
        await pacer.enter('a', [bucket], cost, never)
      )();
      order.push(name);
    };
    await Promise.all([enter('dear', 90), enter('cheap', 1), enter('cheaper', 1)]);
    expect(order).toEqual(['dear', 'cheap', 'cheaper']);
  });

  it('is left by one who gives up, and the next is served', async () => {
    const { pacer } = pacerInVirtualTime();
    await pacer.enter('a', [bucket], 100, never);
    const impatient = new AbortController();
    const first = pacer.enter('a', [bucket], 100, impatient.signal);
    const second = pacer.enter('a', [bucket], 1, never);
    impatient.abort(new Error('gone home'));
    await expect(first).rejects.toThrow('gone home');
    expect(await second).toBeTypeOf('function');
  });
});

describe("a platform's own word", () => {
  it('replaces what was counted', async () => {
    const { pacer, elapsed } = pacerInVirtualTime();
    await pacer.enter('a', [bucket], 1, never);
    pacer.learn('a', { remaining: 0, capacity: 200, perSecond: 100 });
    await pacer.enter('a', [bucket], 150, never);
    expect(elapsed()).toBe(1_500);
    pacer.learn('a', { remaining: 200, capacity: 200, perSecond: 100 });
    await pacer.enter('a', [bucket], 200, never);
    expect(elapsed()).toBe(1_500);
  });

  it('about a smaller bucket ends a wait that could never end otherwise', async () => {
    const { pacer } = pacerInVirtualTime();
    await pacer.enter('a', [bucket], 100, never);
    const waiting = pacer.enter('a', [bucket], 80, never);
    pacer.learn('a', { remaining: 0, capacity: 20, perSecond: 10 });
    expect(await waiting).toBeTypeOf('function');
  });

  it.each([
    { remaining: 0, capacity: 100, perSecond: 0 },
    { remaining: 0, capacity: 0, perSecond: 10 },
    { remaining: -5, capacity: 100, perSecond: 10 },
    { remaining: Number.NaN, capacity: 100, perSecond: 10 },
    { remaining: 0, capacity: 100, perSecond: Number.NaN },
  ])('that makes no sense changes nothing: %j', async (budget) => {
    const { pacer, elapsed, sleeps } = pacerInVirtualTime();
    await pacer.enter('a', [bucket], 100, never);
    pacer.learn('a', budget);
    await pacer.enter('a', [bucket], 10, never);
    expect([elapsed(), sleeps]).toEqual([1_000, [1_000]]);
  });

  it('is looked at again within a minute, however slow it says the budget comes back', async () => {
    const { pacer, sleeps } = pacerInVirtualTime();
    await pacer.enter('a', [bucket], 1, never);
    pacer.learn('a', { remaining: 0, capacity: 100, perSecond: 1e-3 });
    await pacer.enter('a', [bucket], 1, never);
    expect(Math.max(...sleeps)).toBe(60_000);
    expect(sleeps.reduce((sum, each) => sum + each)).toBeGreaterThanOrEqual(1_000_000);
  });

  it('about a store nobody called is not kept', async () => {
    const { pacer, elapsed } = pacerInVirtualTime();
    pacer.learn('a', { remaining: 0, capacity: 1, perSecond: 1 });
    await pacer.enter('a', [bucket], 100, never);
    expect(elapsed()).toBe(0);
  });
});

describe('memory', () => {
  it('is kept for so many stores; one that is in use is not forgotten', async () => {
    const { pacer } = pacerInVirtualTime();
    const leave = await pacer.enter('busy', [one], 1, never);
    await (
      await pacer.enter('idle', [bucket], 100, never)
    )();
    for (let store = 0; store < 10_000; store += 1) await (await pacer.enter(`s${store}`, [one], 1, never))();
    expect(await isIn(pacer.enter('busy', [one], 1, never))).toBe(false);
    // Forgotten: it starts with a full bucket again.
    expect(await isIn(pacer.enter('idle', [bucket], 100, never))).toBe(true);
    await leave();
  });
});
