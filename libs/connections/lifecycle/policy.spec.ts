import { describe, expect, it } from 'vitest';
import { keepsLateAnswer } from './policy.js';

describe('an answer that comes after its claim', () => {
  it('is kept where it may be the only one, and not where the last one given counts', () => {
    const rotating = (previousToken: 'untilNewIsUsed' | 'diesAtOnce' | { readonly graceSeconds: number }) =>
      keepsLateAnswer({ kind: 'rotating', previousToken });
    expect([rotating('diesAtOnce'), rotating('untilNewIsUsed'), rotating({ graceSeconds: 60 })]).toEqual([
      true,
      true,
      false,
    ]);
    expect(keepsLateAnswer({ kind: 'reusable' })).toBe(true);
  });
});
