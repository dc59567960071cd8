import { atMost, isNothing, minus, NOTHING, portion, slice, sum, type Bag } from './bag.js';
import type { Order, Refund, RefundLine, TaxAmount } from './order.js';
import type { History, Step } from './order-history.js';
import { refundTransactions } from './order-payment.js';
import { fulfilledUnits } from './order-status.js';
import { calculatedRefund, netOfLine, netOfShipping, orderTotals, refundedUnits, sumOfTaxes } from './order-totals.js';
import type { RefundName } from './scenario.js';

/** What one refund gives back. */
interface Give {
  /** Units of each line, by its position. */
  units(order: Order, line: number): number;
  readonly shipping: boolean;
  /** Beyond what the lines and shipping come to, in percent of the payment. */
  readonly goodwillPercent?: number;
  /** All that is left of the payment, whatever the calculation says. */
  readonly everything?: boolean;
  /** Without money the lines are only put back. */
  readonly money?: boolean;
  readonly restockType?: RefundLine['restockType'];
  readonly note?: string;
  readonly hours: number;
}

const one = (_order: Order, line: number): number => (line === 0 ? 1 : 0);
const all = ({ lines }: Order, line: number): number => lines[line]?.quantity ?? 0;
const noLine = (): number => 0;

const GIVE: Readonly<Record<RefundName, readonly Give[]>> = {
  oneUnit: [{ units: one, shipping: false, hours: 80, note: 'Wrong size' }],
  everything: [{ units: all, shipping: true, everything: true, hours: 90 }],
  goodwill: [{ units: noLine, shipping: false, goodwillPercent: 10, hours: 100, note: 'Late delivery – sorry!' }],
  shippingOnly: [{ units: noLine, shipping: true, hours: 70 }],
  lineAndShipping: [{ units: one, shipping: true, hours: 75 }],
  twice: [
    { units: one, shipping: false, hours: 60, note: 'First of two' },
    { units: one, shipping: false, goodwillPercent: 3, hours: 120, note: 'Second of two' },
  ],
  restockOnly: [{ units: all, shipping: false, money: false, restockType: 'CANCEL', hours: 12 }],
  damaged: [{ units: one, shipping: false, restockType: 'NO_RESTOCK', hours: 95, note: 'Arrived broken 💔' }],
};

function taxesOf(taxes: readonly TaxAmount[], from: number, to: number, units: number): readonly TaxAmount[] {
  return taxes.map((tax) => ({ ...tax, amount: slice(tax.amount, from, to, units) }));
}

/** The refund of some units of a line: its share of the line's net price and taxes. */
export function refundLine(
  order: Order,
  { ids }: { readonly ids: { next(): number } },
  position: number,
  units: number,
  restockType: RefundLine['restockType'],
): readonly RefundLine[] {
  const line = order.lines[position];
  const from = refundedUnits(order, position);
  if (line === undefined || units <= 0 || from + units > line.quantity) return [];
  const to = from + units;
  return [
    {
      id: ids.next(),
      line: position,
      quantity: units,
      restockType,
      subtotal: slice(netOfLine(line), from, to, line.quantity),
      taxes: taxesOf(line.taxes, from, to, line.quantity),
    },
  ];
}

function refundedShipping(order: Order, history: History, wanted: boolean): Refund['shipping'] {
  const already = order.refunds.some(({ shipping }) => shipping.length > 0);
  if (!wanted || already) return [];
  return order.shipping.flatMap((line, position) => {
    const subtotal = netOfShipping(line);
    if (line.removed || isNothing(subtotal)) return [];
    return [{ id: history.ids.next(), line: position, subtotal, tax: sumOfTaxes(line.taxes) }];
  });
}

function amountOf(give: Give, order: Order, calculated: Bag): Bag {
  const { received, refunded } = orderTotals(order);
  const left = minus(received, refunded);
  if (give.money === false) return NOTHING;
  if (give.everything === true) return left;
  return atMost(sum([calculated, portion(received, give.goodwillPercent ?? 0, 100)]), left);
}

function apply(give: Give, order: Order, history: History): Order {
  const lines = order.lines.flatMap((_line, position) => {
    const type = give.restockType ?? (fulfilledUnits(order, position) > 0 ? 'RETURN' : 'CANCEL');
    return refundLine(order, history, position, give.units(order, position), type);
  });
  const shipping = refundedShipping(order, history, give.shipping);
  const calculated = calculatedRefund({ lines, shipping }, order.taxesIncluded);
  const amount = amountOf(give, order, calculated);
  const transactions = refundTransactions(order, history, give.hours, amount);
  const difference = minus(calculated, amount);
  const refund: Refund = {
    id: history.ids.next(),
    at: history.at(give.hours),
    note: give.note ?? null,
    lines,
    shipping,
    // Units put back before anything was paid are no money held back.
    discrepancy: isNothing(difference) || give.money === false ? null : { id: history.ids.next(), amount: difference },
    transactionIds: transactions.map(({ id }) => id),
  };
  return { ...order, transactions: [...order.transactions, ...transactions], refunds: [...order.refunds, refund] };
}

/** Gives back what the scenario says. */
export const refund: Step = (order, history) => {
  const { refund: name } = history.scenario;
  if (name === undefined) return order;
  return GIVE[name].reduce((given, give) => apply(give, given, history), order);
};

/** Takes one unit off the first line by an order edit, before anything was paid: Shopify keeps that as a refund without money. */
export const removeUnit: Step = (order, history) => {
  if (history.scenario.edit !== 'removed') return order;
  const lines = refundLine(order, history, 0, 1, 'CANCEL');
  const refundOfEdit = { id: history.ids.next(), at: history.at(0.5), note: null, lines, shipping: [] };
  return {
    ...order,
    edited: true,
    refunds: [...order.refunds, { ...refundOfEdit, discrepancy: null, transactionIds: [] }],
  };
};
