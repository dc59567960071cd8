import { Big, sum } from '#contract';
import type { Coupon } from '../shop.js';

/** A line a coupon may take something off. */
export interface DiscountableLine {
  readonly quantity: number;
  /** What the customer pays for the line, with tax where the shop enters prices so. */
  readonly price: Big;
}

/**
 * How much each line gives up for one coupon, in the currency and on the prices given. WooCommerce counts in whole
 * minor units: a percentage is rounded down per line and what is then missing to the rounded percentage of the cart is
 * given out one unit at a time (the discounts of captures/woocommerce/order-get-completed-with-coupon.json come out only
 * so: 3.94 and 5.18, not 3.93 and 5.19); a fixed amount is spread evenly over the pieces.
 */
export function discountsOf(coupon: Coupon, lines: readonly DiscountableLine[], decimals: number): Big[] {
  const unit = new Big(10).pow(decimals);
  const open = lines.map((line) => line.price.times(unit).round(0, Big.roundHalfUp));
  const cents = coupon.type === 'percent' ? percentOff(coupon, open) : fixedOff(coupon, lines, open, unit);
  return spreadRest(cents.taken, cents.wanted, open).map((amount) => amount.div(unit));
}

interface Taken {
  readonly taken: readonly Big[];
  readonly wanted: Big;
}

function percentOff(coupon: Coupon, open: readonly Big[]): Taken {
  const share = new Big(coupon.amount).div(100);
  const capped = share.gt(1) ? new Big(1) : share;
  return {
    taken: open.map((price) => price.times(capped).round(0, Big.roundDown)),
    wanted: sum(open).times(capped).round(0, Big.roundHalfUp),
  };
}

function fixedOff(coupon: Coupon, lines: readonly DiscountableLine[], open: readonly Big[], unit: Big): Taken {
  const amount = new Big(coupon.amount).times(unit).round(0, Big.roundHalfUp);
  if (coupon.type === 'fixed_product') {
    const taken = lines.map((line, index) => least(amount.times(line.quantity), open[index] ?? new Big(0)));
    return { taken, wanted: sum(taken) };
  }
  const wanted = least(amount, sum(open));
  return { taken: spreadEvenly(wanted, lines, open), wanted };
}

/** Round after round the same for every piece, until less than one unit per piece is left. */
function spreadEvenly(amount: Big, lines: readonly DiscountableLine[], open: readonly Big[]): Big[] {
  const taken = open.map(() => new Big(0));
  for (;;) {
    const leftOf = (index: number): Big => (open[index] ?? new Big(0)).minus(taken[index] ?? 0);
    const rest = amount.minus(sum(taken));
    const pieces = lines.reduce((count, line, index) => (leftOf(index).gt(0) ? count + line.quantity : count), 0);
    const each = pieces === 0 ? new Big(0) : rest.div(pieces).round(0, Big.roundDown);
    if (each.lte(0)) return taken;
    lines.forEach((line, index) => {
      taken[index] = (taken[index] ?? new Big(0)).plus(least(each.times(line.quantity), leftOf(index)));
    });
  }
}

/** Gives out what rounding down left over, one unit a line. */
function spreadRest(taken: readonly Big[], wanted: Big, open: readonly Big[]): Big[] {
  const result = [...taken];
  let rest = wanted.minus(sum(result));
  for (let index = 0; rest.gt(0) && index < result.length; index += 1) {
    const left = (open[index] ?? new Big(0)).minus(result[index] ?? 0);
    const step = least(left, new Big(1));
    result[index] = (result[index] ?? new Big(0)).plus(step);
    rest = rest.minus(step);
  }
  return result;
}

function least(one: Big, other: Big): Big {
  return one.lt(other) ? one : other;
}
