import { expect, test } from 'vitest';
import { createTestClock } from '../testing/running-shopify.js';
import { createCostBuckets } from './cost-bucket.js';

test('a bucket holds 2000 points and refills 100 a second', () => {
  const clock = createTestClock();
  const buckets = createCostBuckets(() => clock.now());
  expect(buckets.take('a', 1_900)).toBe(true);
  expect(buckets.take('a', 101)).toBe(false);
  expect(buckets.status('a')).toEqual({ maximumAvailable: 2_000, currentlyAvailable: 100, restoreRate: 100 });
  clock.advance(10);
  expect(buckets.take('a', 101)).toBe(true);
  clock.advance(3_600_000);
  expect(buckets.status('a').currentlyAvailable).toBe(2_000);
});

test('every app and shop has its own, and what was not used comes back', () => {
  const clock = createTestClock();
  const buckets = createCostBuckets(() => clock.now());
  buckets.take('a', 2_000);
  expect(buckets.take('b', 2_000)).toBe(true);
  buckets.giveBack('a', 50);
  expect(buckets.status('a').currentlyAvailable).toBe(50);
  buckets.giveBack('a', 5_000);
  expect(buckets.status('a').currentlyAvailable).toBe(2_000);
});

test('a clock that goes back takes nothing away', () => {
  const clock = createTestClock();
  const buckets = createCostBuckets(() => clock.now());
  buckets.take('a', 500);
  clock.advance(-60_000);
  expect(buckets.status('a').currentlyAvailable).toBe(1_500);
});
