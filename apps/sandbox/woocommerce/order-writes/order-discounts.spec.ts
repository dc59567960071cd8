import { describe, expect, it } from 'vitest';
import { Big } from '#contract';
import type { Coupon } from '../shop.js';
import { discountsOf } from './order-discounts.js';

type Line = readonly [quantity: number, price: string];

function off(type: Coupon['type'], amount: string, lines: readonly Line[], decimals = 2): string[] {
  const coupon = { id: 1, code: 'x', type, amount };
  const prices = lines.map(([quantity, price]) => ({ quantity, price: new Big(price) }));
  return discountsOf(coupon, prices, decimals).map((discount) => discount.toFixed());
}

describe('what a coupon takes off each line', () => {
  it('is a percentage rounded down, and the missing unit goes to the first line', () => {
    // captures/woocommerce/order-get-completed-with-coupon.json: 39.3277 and 51.8692 with tax, 10 %.
    expect(
      off('percent', '10', [
        [1, '39.327731'],
        [3, '51.869159'],
      ]),
    ).toEqual(['3.94', '5.18']);
    expect(off('percent', '150', [[1, '5']])).toEqual(['5']);
  });

  it('is the same for every piece when the cart gets a fixed amount', () => {
    expect(
      off('fixed_cart', '5', [
        [1, '10'],
        [3, '30'],
      ]),
    ).toEqual(['1.25', '3.75']);
    expect(
      off('fixed_cart', '5', [
        [1, '1'],
        [1, '30'],
      ]),
    ).toEqual(['1', '4']);
    expect(
      off('fixed_cart', '1', [
        [1, '10'],
        [1, '10'],
        [1, '10'],
      ]),
    ).toEqual(['0.34', '0.33', '0.33']);
  });

  it('is never more than the line', () => {
    expect(
      off('fixed_cart', '100', [
        [1, '10'],
        [1, '0'],
      ]),
    ).toEqual(['10', '0']);
    expect(
      off('fixed_product', '4', [
        [2, '6'],
        [1, '10'],
      ]),
    ).toEqual(['6', '4']);
    expect(off('fixed_cart', '5', [])).toEqual([]);
  });

  it('counts in the units of the currency', () => {
    expect(off('percent', '10', [[1, '199']], 0)).toEqual(['20']);
    expect(off('fixed_cart', '1.500', [[2, '4.125']], 3)).toEqual(['1.5']);
  });
});
