import { expect, it } from 'vitest';
import { doubled } from './doubled.js';

it('a wait doubles with each try up to the longest, however many there are', () => {
  expect([0, 1, 2, 5, 6, 7, 1_000_000].map((tries) => doubled(5, tries, 300))).toEqual([5, 10, 20, 160, 300, 300, 300]);
});
