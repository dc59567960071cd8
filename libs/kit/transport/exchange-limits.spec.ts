import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
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
});
