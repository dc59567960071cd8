import { Secret } from '#contract';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../test/setup/random.js';
import { retrySeconds, scheduleOf } from './refresh-schedule.js';
import type { TokenGrant } from './token-grant.js';

const grant = (accessSeconds: number | null, refreshToken: Secret | null = new Secret('rt')): TokenGrant => ({
  credentials: { kind: 'oauth2', accessToken: new Secret('at'), refreshToken },
  accessSeconds,
  refreshSeconds: 7_776_000,
  scopes: null,
});

describe('a new pair', () => {
  it('falls due at about half of its lifetime, so that an outage of the platform harms nobody', () => {
    expect(scheduleOf(grant(3600), () => 0.5)).toEqual({
      accessSeconds: 3600,
      refreshSeconds: 7_776_000,
      dueSeconds: 1800,
    });
    expect(scheduleOf(grant(3600), () => 0).dueSeconds).toBeCloseTo(1620);
    expect(scheduleOf(grant(3600), () => 1).dueSeconds).toBeCloseTo(1980);
  });

  it('does not fall due together with those connected at the same moment', () => {
    const random = randomNumbers(5);
    const due = Array.from({ length: 1_000 }, () => scheduleOf(grant(3600), random).dueSeconds ?? 0);
    expect(Math.min(...due)).toBeGreaterThanOrEqual(1620);
    expect(Math.max(...due)).toBeLessThanOrEqual(1980);
    expect(new Set(due.map(Math.floor)).size).toBeGreaterThan(200);
  });

  it('falls due in a moment when it is over already, and not in a circle', () => {
    expect(scheduleOf(grant(0), () => 0.5)).toEqual({ accessSeconds: 0, refreshSeconds: 7_776_000, dueSeconds: 5 });
  });

  it('never falls due when it does not expire or cannot be renewed', () => {
    expect(scheduleOf(grant(null), () => 0.5).dueSeconds).toBeNull();
    expect(scheduleOf(grant(3600, null), () => 0.5).dueSeconds).toBeNull();
  });
});

describe('the wait before the next try', () => {
  it('doubles its cap from ten seconds to five minutes', () => {
    const most = [1, 2, 3, 4, 5, 6, 7, 50, 1_000_000].map((attempt) => retrySeconds(attempt, () => 1));
    expect(most).toEqual([11, 21, 41, 81, 161, 301, 301, 301, 301]);
  });

  it('is anywhere below its cap, so that many stores that fail do not come back in step', () => {
    const random = randomNumbers(6);
    const waits = Array.from({ length: 1_000 }, () => retrySeconds(20, random));
    expect(Math.min(...waits)).toBeLessThan(10);
    expect(Math.max(...waits)).toBeGreaterThan(290);
    expect(retrySeconds(1, () => 0)).toBe(1);
  });
});
