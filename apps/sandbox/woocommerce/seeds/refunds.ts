import { Big, sum } from '#contract';
import type { LineItem, Refund, RefundedLine, TaxLine } from '../order.js';
import { lineTax, roundMoney } from '../money-rounding.js';
import type { WooShop } from '../shop.js';
import type { ItemNumbers } from './item-numbers.js';
import type { DraftRefund } from './order-draft.js';

interface RefundedOrder {
  readonly id: number;
  readonly total: Big;
  readonly lines: readonly LineItem[];
  readonly taxLines: readonly TaxLine[];
}

/** A refund that was asked for, with the id its post got. */
export interface NumberedRefund {
  readonly id: number;
  readonly draft: DraftRefund;
}

/** The refunds of an order, oldest first; together never more than its total. */
export function refundsOf(
  shop: WooShop,
  order: RefundedOrder,
  asked: readonly NumberedRefund[],
  reason: () => string,
  numbers: ItemNumbers,
): Refund[] {
  const made: Refund[] = [];
  for (const { id, draft } of asked) {
    const left = order.total.minus(sum(made.map((refund) => refund.amount)));
    const base = { id, orderId: order.id, createdAt: draft.at, metaId: numbers.meta(), full: false };
    if (draft.kind === 'line') made.push({ ...base, ...lineRefund(shop, order, numbers), reason: reason() });
    else if (draft.kind === 'amount')
      made.push({ ...base, amount: goodwill(shop, left), reason: reason(), ...NO_LINES });
    // Recorded: captures/woocommerce/refunds-list-all.json, what setting the status "refunded" writes.
    else made.push({ ...base, amount: left, reason: 'Order fully refunded.', full: true, ...NO_LINES });
  }
  return made.filter((refund) => refund.amount.gt(0));
}

const NO_LINES = { lines: [], taxLines: [] };

function goodwill(shop: WooShop, left: Big): Big {
  return roundMoney(left.div(10), shop);
}

/** One piece of the order's first line goes back, with its share of every tax. */
function lineRefund(
  shop: WooShop,
  order: RefundedOrder,
  numbers: ItemNumbers,
): Pick<Refund, 'amount' | 'lines' | 'taxLines'> {
  const item = order.lines[0];
  if (!item) return { amount: new Big(0), ...NO_LINES };
  const shareOf = (amount: Big): Big => roundMoney(amount.div(item.quantity), shop);
  const line: RefundedLine = {
    id: numbers.item(),
    metaId: numbers.meta(),
    item,
    quantity: 1,
    total: shareOf(item.total),
    taxes: item.taxes.map((tax) => ({ rateId: tax.rateId, total: shareOf(tax.total), subtotal: shareOf(tax.total) })),
  };
  const taxLines = line.taxes.flatMap((tax) => {
    const original = order.taxLines.find((candidate) => candidate.rateId === tax.rateId);
    return original ? [{ ...original, id: numbers.item(), total: tax.total, shippingTotal: new Big(0) }] : [];
  });
  return { amount: line.total.plus(lineTax(line.taxes, shop)), lines: [line], taxLines };
}
