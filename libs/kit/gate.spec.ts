import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createGate } from './gate.js';

const never = new AbortController().signal;

/** Whether a promise is settled by now, without waiting for it. */
async function isIn(entering: Promise<unknown>): Promise<boolean> {
  return await Promise.race([entering.then(() => true), new Promise<false>((resolve) => setImmediate(resolve, false))]);
}

describe('a gate', () => {
  it('lets so many in, and then one for each who leaves, in the order they came', async () => {
    const gate = createGate(2);
    const [first, second] = [await gate.enter(never), await gate.enter(never)];
    const third = gate.enter(never);
    const fourth = gate.enter(never);
    expect([await isIn(third), await isIn(fourth), gate.busy()]).toEqual([false, false, 4]);
    second();
    expect([await isIn(third), await isIn(fourth), gate.busy()]).toEqual([true, false, 3]);
    first();
    expect(await isIn(fourth)).toBe(true);
    for (const leave of [await third, await fourth]) leave();
    expect(gate.busy()).toBe(0);
  });

  it('counts one who leaves twice once', async () => {
    const gate = createGate(1);
    const leave = await gate.enter(never);
    const next = gate.enter(never);
    leave();
    leave();
    expect(await isIn(next)).toBe(true);
    expect(await isIn(gate.enter(never))).toBe(false);
  });

  it('forgets one who gives up, and nobody else', async () => {
    const gate = createGate(1);
    const leave = await gate.enter(never);
    const impatient = new AbortController();
    const entering = [gate.enter(never), gate.enter(impatient.signal), gate.enter(never)] as const;
    impatient.abort(new Error('gone home'));
    await expect(entering[1]).rejects.toThrow('gone home');
    expect(gate.busy()).toBe(3);
    leave();
    (await entering[0])();
    (await entering[2])();
    expect(gate.busy()).toBe(0);
  });

  it('turns away one who came too late without putting out those who wait', async () => {
    const gate = createGate(1);
    const leave = await gate.enter(never);
    const waiting = gate.enter(never);
    await expect(gate.enter(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    leave();
    expect(await isIn(waiting)).toBe(true);
  });

  it('leaves nothing behind on the signal of one who came in', async () => {
    const gate = createGate(1);
    const { signal } = new AbortController();
    const leave = await gate.enter(never);
    const waiting = gate.enter(signal);
    leave();
    (await waiting)();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
