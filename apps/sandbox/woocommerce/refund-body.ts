import { lineItemBody, metaBody, negative, taxLineBody } from './item-body.js';
import { localText, utcText } from './local-time.js';
import type { LineItem, LineTax, MetaDatum, Refund, RefundedCost, RefundedLine } from './order.js';
import { type BodyOptions, feeLineBody, shippingLineBody } from './order-body.js';
import type { JsonObject } from './response-fields.js';

/** A refund as `GET /orders/{id}/refunds` prints it, without `_links` (recorded: refunds-list.json). */
export function refundBody(refund: Refund, { shop, print }: BodyOptions): JsonObject {
  return {
    id: refund.id,
    date_created: localText(refund.createdAt, shop.timeZone),
    date_created_gmt: utcText(refund.createdAt),
    amount: refund.blank ? '' : print(refund.amount),
    reason: refund.reason,
    refunded_by: 1,
    refunded_payment: refund.paidBack ?? false,
    meta_data: [
      { id: refund.metaId, key: '_refund_type', value: refund.full ? 'full' : 'partial' },
      ...(refund.meta ?? []).map(metaBody),
    ],
    line_items: refund.lines.map((line) => lineItemBody(negatedItem(line), shop, print)),
    shipping_lines: (refund.shippingLines ?? []).map((cost) => shippingLineBody(negatedCost(cost), shop, print)),
    tax_lines: refund.taxLines.map((line) =>
      taxLineBody({ ...line, total: negative(line.total), shippingTotal: negative(line.shippingTotal) }, print),
    ),
    fee_lines: (refund.feeLines ?? []).map((cost) => feeLineBody(negatedCost(cost), shop, print)),
  };
}

export function refundLinks(refund: Refund, siteUrl: string): JsonObject {
  const order = `${siteUrl}/wp-json/wc/v3/orders/${refund.orderId}`;
  return {
    self: [{ href: `${order}/refunds/${refund.id}`, targetHints: { allow: ['GET', 'DELETE'] } }],
    collection: [{ href: `${order}/refunds` }],
    up: [{ href: order }],
  };
}

/** Quantity and amounts turn negative, so the price comes out positive; the line points back at the one it is of. */
function negatedItem({ id, metaId, item, quantity, total, taxes }: RefundedLine): LineItem {
  return {
    ...item,
    id,
    quantity: -quantity,
    subtotal: negative(total),
    total: negative(total),
    taxes: taxes.map((tax): LineTax => ({
      rateId: tax.rateId,
      total: negative(tax.total),
      subtotal: negative(tax.subtotal ?? tax.total),
    })),
    meta: [pointerTo(item.id, metaId)],
  };
}

function negatedCost<Line extends { readonly id: number }>({
  id,
  metaId,
  item,
  total,
  taxes,
}: RefundedCost<Line>): Line & { total: RefundedCost<Line>['total']; taxes: LineTax[]; meta: MetaDatum[] } {
  return {
    ...item,
    id,
    total: negative(total),
    taxes: taxes.map((tax): LineTax => ({ rateId: tax.rateId, total: negative(tax.total) })),
    meta: [pointerTo(item.id, metaId)],
  };
}

function pointerTo(itemId: number, id: number): MetaDatum {
  const value = String(itemId);
  return { id, key: '_refunded_item_id', value, display: { key: '_refunded_item_id', value } };
}
