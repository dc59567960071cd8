import { GatewayError } from '#contract';
import { describe, expect, it } from 'vitest';
import { backoffSeconds, failureOf, spreadSeconds } from './try-again.js';

describe('what failed', () => {
  it('waits twice as long each time, up to an hour', () => {
    expect([0, 1, 2, 5, 6, 7, 1_000_000].map(backoffSeconds)).toEqual([60, 120, 240, 1920, 3600, 3600, 3600]);
  });

  it('tells its code, and of what is not ours nothing', () => {
    expect(failureOf(new GatewayError('platform_timeout', 'Too slow.'))).toMatchObject({
      code: 'platform_timeout',
      message: 'Too slow.',
    });
    expect(failureOf(new Error('password=x'))).toEqual({ code: 'internal', message: 'Something failed on our side.' });
  });
});

it('is spread by a quarter to both sides', () => {
  expect([0, 0.5, 1].map((random) => spreadSeconds(100, () => random))).toEqual([75, 100, 125]);
});
