import { Secret } from '#contract';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../../test/setup/random.js';
import { retrySeconds, scheduleOf } from './refresh-schedule.js';
import type { TokenGrant } from '../token-grant.js';

const grant = (
  accessSeconds: number | null,
  refreshToken: Secret | null = new Secret('rt'),
  refreshSeconds: number | null = 7_776_000,
): TokenGrant => ({
  credentials: { kind: 'oauth2', accessToken: new Secret('at'), refreshToken },
  accessSeconds,
  refreshSeconds,
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
    expect(scheduleOf(grant(null, new Secret('rt'), null), () => 0.5).dueSeconds).toBeNull();
    expect(scheduleOf(grant(3600, null), () => 0.5).dueSeconds).toBeNull();
  });
});

describe('case 21: a refresh token that dies unused', () => {
  it('is used at half of its life, however long the access token lives', () => {
    const forever = scheduleOf(grant(null, new Secret('rt'), 7_776_000), () => 0.5);
    expect(forever.dueSeconds).toBe(3_888_000);
    expect(scheduleOf(grant(31_536_000, new Secret('rt'), 7_776_000), () => 0.5).dueSeconds).toBe(3_888_000);
  });
});

describe('the wait before the next try', () => {
  it('doubles its cap from ten seconds to five minutes', () => {
    const most = [1, 2, 3, 4, 5, 6, 7, 50, 1_000_000].map((attempt) => retrySeconds(attempt, null, () => 1));
    expect(most).toEqual([11, 21, 41, 81, 161, 301, 301, 301, 301]);
  });

  it('is anywhere below its cap, so that many stores that fail do not come back in step', () => {
    const random = randomNumbers(6);
    const waits = Array.from({ length: 1_000 }, () => retrySeconds(20, null, random));
    expect(Math.min(...waits)).toBeLessThan(10);
    expect(Math.max(...waits)).toBeGreaterThan(290);
    expect(retrySeconds(1, null, () => 0)).toBe(1);
  });

  it('case 11: grows shorter as the token nears its end, and is never none', () => {
    const longest = (left: number) => retrySeconds(50, left, () => 1);
    expect([3600, 1600, 800, 80, 10, 1].map(longest)).toEqual([301, 201, 101, 11, 6, 6]);
    expect([0, -100].map(longest)).toEqual([301, 301]);
  });
});
