import { expect, test } from 'vitest';
import { allocate, bagOf, portion, printAmount, slice, sum } from './bag.js';

test.each([
  [1_000, 'USD', '10.0'],
  [1_234, 'USD', '12.34'],
  [5, 'EUR', '0.05'],
  [0, 'EUR', '0.0'],
  [-500, 'EUR', '-5.0'],
  [-5, 'EUR', '-0.05'],
  [1_000, 'JPY', '1000.0'],
  [12_345, 'KWD', '12.345'],
  [12_300, 'KWD', '12.3'],
  [7, 'KWD', '0.007'],
])('prints %i minor units of %s as %s', (minor, currency, text) => {
  expect(printAmount(minor, currency)).toBe(text);
});

test('converts between currencies of different minor units', () => {
  expect(bagOf(1_000, { shopCurrency: 'EUR', presentmentCurrency: 'JPY', rate: 163.27 })).toEqual({
    shop: 1_000,
    presentment: 1_633,
  });
  expect(bagOf(1_000, { shopCurrency: 'KWD', presentmentCurrency: 'USD', rate: 3.2561 })).toEqual({
    shop: 1_000,
    presentment: 326,
  });
});

test('parts add up to the whole', () => {
  const whole = { shop: 1_000, presentment: 333 };
  const weights = [1, 2, 3, 7].map((weight) => ({ shop: weight, presentment: weight }));
  expect(sum(allocate(whole, weights))).toEqual(whole);
  expect(sum([0, 1, 2].map((from) => slice(whole, from, from + 1, 3)))).toEqual(whole);
  expect(allocate(whole, [{ shop: 0, presentment: 0 }])).toEqual([{ shop: 0, presentment: 0 }]);
});

test('rounds half up', () => {
  expect(portion({ shop: 5, presentment: 15 }, 1, 10)).toEqual({ shop: 1, presentment: 2 });
});
