import { Big, decimal, minorUnitDecimals, moneyOf, sum } from './money.js';
import type { OrderTotals } from './order.js';

/** A record that cannot be trusted. The page it came from goes on; the reason is kept for whoever asks. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** The amounts of one order as the platform gives them, all in the shop's currency. */
export interface OrderAmounts {
  readonly currency: string;
  readonly taxesIncluded: boolean;
  /** Each line before discounts. */
  readonly lines: readonly Big[];
  /** All discounts, on shipping too, as a positive amount. */
  readonly discount: Big;
  /** Before discounts. */
  readonly shipping: Big;
  readonly fees: readonly Big[];
  readonly tax: Big;
  readonly total: Big;
  readonly refunded: Big;
}

/**
 * Adds up an order and names what is left over as `rounding`: at most one minor unit for each line, fee and the shipping.
 * @throws Unreadable naming the difference, when more is left over: a total we cannot explain must not look exact.
 */
export function addUpOrder(amounts: OrderAmounts): OrderTotals {
  const { currency } = amounts;
  const subtotal = sum(amounts.lines);
  const fees = sum(amounts.fees);
  const explained = subtotal
    .minus(amounts.discount)
    .plus(amounts.shipping)
    .plus(fees)
    .plus(amounts.taxesIncluded ? 0 : amounts.tax);
  const rounding = amounts.total.minus(explained);
  const allowed = minorUnit(currency).times(amounts.lines.length + amounts.fees.length + 1);
  if (rounding.abs().gt(allowed)) {
    throw new Unreadable(
      `the total ${amounts.total.toFixed()} ${currency} differs from its parts (${explained.toFixed()}) by ${rounding.toFixed()}`,
    );
  }
  const print = (value: Big) => moneyOf(value, currency);
  return {
    subtotal: print(subtotal),
    discount: print(amounts.discount),
    shipping: print(amounts.shipping),
    fees: print(fees),
    tax: print(amounts.tax),
    rounding: print(rounding),
    total: print(amounts.total),
    refunded: print(amounts.refunded),
  };
}

function minorUnit(currency: string): Big {
  return decimal('1').div(new Big(10).pow(minorUnitDecimals(currency)));
}
