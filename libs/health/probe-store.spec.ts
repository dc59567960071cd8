import { expect, it } from 'vitest';
import { isAnotherShop } from './probe-store.js';

const account = 'shop.example';

it.each([
  ['the same id', '1a', '1a', false],
  ['another id', '1a', '2b', true],
  ['an id that was kept back when it was connected', account, '2b', false],
  ['an id that is kept back now', '1a', account, false],
  ['no id ever', account, account, false],
])('case 139: a shop with %s', (_what, platformId, answered, isAnother) => {
  expect(isAnotherShop({ platformId, account }, { platformId: answered })).toBe(isAnother);
});
