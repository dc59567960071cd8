import { lineItemBody, negative, taxLineBody } from './item-body.js';
import { localText, utcText } from './local-time.js';
import type { LineItem, LineTax, Refund, RefundedLine } from './order.js';
import type { BodyOptions } from './order-body.js';
import type { JsonObject } from './response-fields.js';

/** A refund as `GET /orders/{id}/refunds` prints it, without `_links` (recorded: refunds-list.json). */
export function refundBody(refund: Refund, { shop, print }: BodyOptions): JsonObject {
  return {
    id: refund.id,
    date_created: localText(refund.createdAt, shop.timeZone),
    date_created_gmt: utcText(refund.createdAt),
    amount: print(refund.amount),
    reason: refund.reason,
    refunded_by: 1,
    refunded_payment: false,
    meta_data: [{ id: refund.metaId, key: '_refund_type', value: refund.full ? 'full' : 'partial' }],
    line_items: refund.lines.map((line) => lineItemBody(negatedItem(line), shop, print)),
    shipping_lines: [],
    tax_lines: refund.taxLines.map((line) => taxLineBody({ ...line, total: negative(line.total) }, print)),
    fee_lines: [],
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
  const itemId = String(item.id);
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
    meta: [
      { id: metaId, key: '_refunded_item_id', value: itemId, display: { key: '_refunded_item_id', value: itemId } },
    ],
  };
}
