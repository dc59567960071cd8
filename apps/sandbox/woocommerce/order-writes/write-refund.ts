import { Big, type JsonValue, sum } from '#contract';
import { keepMoney, roundMoney } from '../money-rounding.js';
import type { LineTax, Refund, RefundedCost, RefundedLine, TaxLine, WooOrder } from '../order.js';
import type { RestError } from '../rest-error.js';
import { amountArgument, type Arguments, objectList, textOr, truthArgument, wholeArgument } from './arguments.js';
import type { Written } from './order-line.js';
import { writeMeta } from './order-meta.js';
import type { OrderShop } from './order-shop.js';
import { enterStatus } from './order-status.js';
import { restockRefunded } from './order-stock.js';

/**
 * The controller gives its status as a bare number, so whatever it means, it comes out as a 500
 * (recorded: refund-create-too-large.json).
 */
function refundError(data: number, code: string, message: string): { readonly error: RestError } {
  return { error: { status: 500, code: `woocommerce_rest_${code}`, message, data } };
}

const NEGATIVE = refundError(400, 'invalid_order_refund', 'Refund amount must be greater than zero.');
const cannot = (message: string): { readonly error: RestError } =>
  refundError(500, 'cannot_create_order_refund', message);
const TOO_LARGE = cannot('Invalid refund amount.');
const NO_GATEWAY = cannot('The payment gateway for this order does not exist.');
const NOT_SUPPORTED = cannot('The payment gateway for this order does not support automatic refunds.');

/** `POST /orders/{id}/refunds`; the id of a refund that the gateway refused is lost. */
export function createRefund(order: WooOrder, body: Arguments, shop: OrderShop): Written<Refund> {
  const asked = objectList(body['line_items']);
  const named = amountArgument(body['amount']);
  const amount = named ?? amountOf(asked, shop);
  if (amount.lt(0)) return NEGATIVE;
  const left = remainingOf(order);
  if (amount.gt(left)) return TOO_LARGE;
  const id = shop.book.next(shop.shop, 'post');
  const paysBack = isWanted(body['api_refund']);
  const refusal = paysBack ? gatewayRefusal(order, shop) : undefined;
  if (refusal) return refusal;
  const parts = refundedParts(order, asked, shop);
  const refund: Refund = {
    ...parts,
    id,
    orderId: order.id,
    createdAt: shop.now,
    amount,
    ...(named === undefined && asked.length === 0 ? { blank: true } : {}),
    reason: textOr(body['reason'], ''),
    metaId: shop.totalling.metaId(),
    full: amount.eq(order.totals.total),
    ...(paysBack ? { paidBack: true } : {}),
    meta: writeMeta([], body['meta_data'], shop.totalling.metaId, false),
  };
  const restocked = isWanted(body['api_restock']) ? withRestock(order, parts.lines, shop) : order;
  const refunded = { ...restocked, refunds: insert(restocked.refunds, refund) };
  const isDone = amount.gte(left);
  shop.save(isDone ? enterStatus(refunded, 'refunded', shop) : refunded);
  shop.report('order.updated', order.id);
  return { value: refund };
}

/** Both switches are on unless turned off. */
function isWanted(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || truthArgument(value);
}

/** What entering the status "refunded" by hand does: it records the rest as given back (recorded: refunds-list-all.json). */
export function refundRest(order: WooOrder, shop: OrderShop): WooOrder {
  const amount = remainingOf(order);
  if (amount.lte(0)) return order;
  const id = shop.book.next(shop.shop, 'post');
  const metaId = shop.totalling.metaId();
  const base = { id, orderId: order.id, createdAt: shop.now, amount, metaId, lines: [], taxLines: [] };
  const refund: Refund = { ...base, reason: 'Order fully refunded.', full: true };
  const hint =
    'Order status set to refunded. To return funds to the customer you will need to issue a refund through your payment gateway.';
  shop.note(order.id, hint);
  return { ...order, refunds: insert(order.refunds, refund) };
}

/** What of the order was not given back yet. */
function remainingOf({ totals, refunds }: WooOrder): Big {
  return totals.total.minus(sum(refunds.map((refund) => refund.amount)));
}

/** Newest first; within a second the oldest first (recorded: order-get-after-refunds.json, 114, 112, 113). */
function insert(refunds: readonly Refund[], refund: Refund): readonly Refund[] {
  return [...refunds, refund].sort((a, b) => b.createdAt - a.createdAt || a.id - b.id);
}

function gatewayRefusal({ gateway }: WooOrder, { shop }: OrderShop): { readonly error: RestError } | undefined {
  const known = shop.plan.gateways.find((one) => one.id === gateway.id);
  if (!known) return NO_GATEWAY;
  return known.online ? undefined : NOT_SUPPORTED;
}

/** Without an amount, what the lines add up to (recorded: refund-create-partial-line.json). */
function amountOf(asked: readonly Arguments[], { shop }: OrderShop): Big {
  const parts = asked.flatMap((line) => [
    amountArgument(line['refund_total']) ?? new Big(0),
    ...objectList(line['refund_tax']).map((tax) => amountArgument(tax['refund_total']) ?? new Big(0)),
  ]);
  return roundMoney(sum(parts), shop);
}

type RefundedParts = Required<Pick<Refund, 'lines' | 'taxLines' | 'shippingLines' | 'feeLines'>>;

/** Lines that are none of the order's are passed over in silence. */
function refundedParts(order: WooOrder, asked: readonly Arguments[], shop: OrderShop): RefundedParts {
  const lines = asked.flatMap((line): RefundedLine[] => {
    const item = order.lines.find((one) => one.id === wholeArgument(line['id']));
    if (!item) return [];
    const quantity = wholeArgument(line['quantity']) ?? wholeArgument(line['qty']) ?? 0;
    return [{ ...costOf(line, item, shop), quantity }];
  });
  const costs = <Line extends { readonly id: number }>(items: readonly Line[]): RefundedCost<Line>[] =>
    asked.flatMap((line) => {
      const item = items.find((one) => one.id === wholeArgument(line['id']));
      return item ? [costOf(line, item, shop)] : [];
    });
  const shippingLines = costs(order.shippingLines);
  const feeLines = costs(order.feeLines);
  const taxLines = order.taxLines.flatMap((line): TaxLine[] => {
    const total = taxOf([...lines, ...feeLines], line.rateId);
    const shippingTotal = taxOf(shippingLines, line.rateId);
    if (total.eq(0) && shippingTotal.eq(0)) return [];
    return [{ ...line, id: shop.totalling.itemId(), total, shippingTotal }];
  });
  return { lines, shippingLines, feeLines, taxLines };
}

function costOf<Line extends { readonly id: number }>(
  asked: Arguments,
  item: Line,
  shop: OrderShop,
): RefundedCost<Line> {
  const taxes = objectList(asked['refund_tax']).map((tax): LineTax => {
    const total = keepMoney(amountArgument(tax['refund_total']) ?? new Big(0), shop.shop);
    return { rateId: wholeArgument(tax['id']) ?? 0, total, subtotal: total };
  });
  return {
    id: shop.totalling.itemId(),
    metaId: shop.totalling.metaId(),
    item,
    total: keepMoney(amountArgument(asked['refund_total']) ?? new Big(0), shop.shop),
    taxes,
  };
}

function taxOf(costs: readonly { readonly taxes: readonly LineTax[] }[], rateId: number): Big {
  return sum(costs.flatMap((cost) => cost.taxes.filter((tax) => tax.rateId === rateId).map((tax) => tax.total)));
}

function withRestock(order: WooOrder, refunded: readonly RefundedLine[], shop: OrderShop): WooOrder {
  const lines = order.lines.map((line) => {
    const pieces = refunded.filter((one) => one.item.id === line.id).reduce((count, one) => count + one.quantity, 0);
    return restockRefunded(order, line, pieces, shop);
  });
  return { ...order, lines };
}
