import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { createEnding } from './exchange-limits.js';

const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

describe('createEnding', () => {
  it('stops its clock and forgets the signal when released', () => {
    const { signal } = new AbortController();
    const before = timers();
    const ending = createEnding({ deadlineMs: 60_000, maxBytes: 1, signal });
    expect(timers()).toBe(before + 1);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    ending.release();
    expect(timers()).toBe(before);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(ending.signal.aborted).toBe(false);
  });

  it('keeps the first cause', () => {
    const controller = new AbortController();
    const ending = createEnding({ deadlineMs: Number.NaN, maxBytes: 1, signal: controller.signal });
    controller.abort();
    ending.release();
    expect([ending.cause(), ending.signal.aborted]).toEqual(['timeout', true]);
  });

  it('does not tell why the caller gave up', () => {
    const ending = createEnding({ deadlineMs: 60_000, maxBytes: 1, signal: AbortSignal.abort('secret') });
    ending.release();
    expect(ending.cause()).toBe('aborted');
    expect(String(ending.signal.reason)).not.toContain('secret');
  });

  it('gives a process that stood still a moment to read what has arrived meanwhile', async () => {
    const ending = createEnding({ deadlineMs: 50, maxBytes: 1 });
    const quick = createEnding({ deadlineMs: 1500, maxBytes: 1 });
    const until = performance.now() + 1200;
    while (performance.now() < until);
    // A turn of the loop in which timers run and what arrived is read.
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(ending.cause()).toBeUndefined();
    await vi.waitFor(() => expect(ending.cause()).toBe('timeout'), { timeout: 10_000 });
    await vi.waitFor(() => expect(quick.cause()).toBe('timeout'), { timeout: 10_000 });
  });
});
