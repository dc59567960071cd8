import {
  type Big,
  type ConnectedStore,
  decimal,
  type JsonValue,
  type RefundInput,
  type RefundRecord,
  sum,
  type WriteOperation,
  type Written,
} from '#contract';
import { mapOne } from '#kit';
import { z } from 'zod';
import { id, text } from './atoms.js';
import { ofOrder } from './fulfillments.js';
import { lineAmounts, type Side, sideOf, topLines } from './order-amounts.js';
import { checkedQuantities, orderOf } from './order-lines.js';
import type { MagentoItem, MagentoOrder } from './order-schema.js';
import { ENTITY } from './orders.js';
import { amountIn, API, bodyOf, readOne, rejected, writeCall } from './record-calls.js';
import { commentWith, saysReference } from './reference-note.js';
import { creditmemo, CREDITMEMOS, refundReading, refundsOf } from './refunds.js';
import { searchAll } from './search-page.js';

const CREDITMEMO = { path: `${API}creditmemo`, what: 'credit memo', reading: refundReading } as const;

// No gateway is behind these: nothing can be sent back the way it came, and what is given back is only written down.
const OFFLINE: ReadonlySet<string> = new Set(['checkmo', 'banktransfer', 'cashondelivery', 'purchaseorder', 'free']);

/**
 * The platform gives back quantities of lines, and an amount of shipping without tax; every other amount is an adjustment.
 * All in the currency of the shop's books (fact sheet, 5.5).
 */
export const createRefund: WriteOperation<RefundInput, Written<RefundRecord>> = {
  losses: {
    payment: {
      fate: 'changed',
      why: 'Where no payment gateway took the money, Magento can only write down that it was given back.',
      values: ['original'],
    },
    amount: {
      fate: 'changed',
      why: 'Magento works out what the lines and the shipping come to, with their tax; what an amount beside them makes more or less is written as an adjustment, and may differ by a cent.',
    },
  },
  repeat: {
    kind: 'clientReference',
    why: "The reference is kept in a comment of the credit memo that buyers do not see, and an order's credit memos are searched in the shop's own database.",
    async find(store, { orderId }, { reference }) {
      const made = await searchAll(store, { ...CREDITMEMOS, where: refundsOf(orderId) });
      const found = made.find((raw) => saysReference(creditmemo.safeParse(raw).data?.comments ?? [], reference));
      return found === undefined ? undefined : mapOne('magento', 'refunds.create', found, refundReading);
    },
  },
  async run(store, input, { reference }) {
    const order = await orderOf(store, input.orderId);
    const body = refundBody(order, input, reference);
    const isOnline = input.payment !== 'none' && !OFFLINE.has(order.payment?.method ?? '');
    const path = isOnline ? await invoicePath(store, order) : `order/${order.entity_id}`;
    const sent = isOnline ? { ...body, isOnline: true } : body;
    const number = await writeCall(store, { path: `${API}${path}/refund`, body: sent, expect: id });
    return await readOne(store, CREDITMEMO, number);
  },
};

function refundBody(order: MagentoOrder, input: RefundInput, reference: string): Readonly<Record<string, JsonValue>> {
  const side = sideOf(order);
  const shipping = input.shipping === undefined ? decimal('0') : amountIn(side.currency, input.shipping, 'shipping');
  const wanted = checkedQuantities(order, input.lineItems ?? [], 'be refunded', leftToRefund);
  const adjustment = adjustmentOf(order, side, {
    wanted,
    shipping,
    amount: input.amount && amountIn(side.currency, input.amount, 'amount'),
  });
  const restocked = (input.lineItems ?? []).filter(({ restock = false }) => restock);
  const back = restocked.map(({ lineItemId }) => Number(lineItemId));
  return bodyOf({
    // Without lines everything that is left is given back; so each is named, if only with none of it
    // (recorded: refund-create-adjustment-only).
    items:
      wanted.length > 0 ? wanted : topLines(order).map((line) => ({ order_item_id: Number(line.item_id), qty: 0 })),
    notify: input.notifyCustomer ?? false,
    comment: commentWith(input.reason, reference),
    arguments: {
      shipping_amount: shipping.toNumber(),
      adjustment_positive: adjustment.gt(0) ? adjustment.toNumber() : 0,
      adjustment_negative: adjustment.lt(0) ? adjustment.abs().toNumber() : 0,
      ...(back.length > 0 && { extension_attributes: { return_to_stock_items: [...new Set(back)] } }),
    },
  });
}

/** Only what was invoiced can be given back. */
function leftToRefund({ qty_invoiced: invoiced, qty_refunded: refunded }: MagentoItem): number {
  return invoiced - refunded;
}

interface Wanted {
  readonly wanted: readonly { readonly order_item_id: number; readonly qty: number }[];
  readonly shipping: Big;
  readonly amount: Big | undefined;
}

/** How much the wanted amount is above what the lines and the shipping come to by themselves. */
function adjustmentOf(order: MagentoOrder, side: Side, { wanted, shipping, amount }: Wanted): Big {
  if (amount === undefined) return decimal('0');
  const lines = wanted.map(({ order_item_id: number, qty }) => {
    const line = topLines(order).find(({ item_id: itemId }) => itemId === `${number}`);
    if (line === undefined) return decimal('0');
    const { before, discount, tax } = lineAmounts(line, side);
    return before.minus(discount).plus(tax).times(qty).div(line.qty_ordered).round(2);
  });
  return amount
    .minus(sum(lines))
    .minus(shipping)
    .minus(shippingTax(order, side, shipping));
}

/** The tax on a part of the shipping is given back with it. */
function shippingTax(order: MagentoOrder, { pick }: Side, shipping: Big): Big {
  const price = pick(order.base_shipping_amount, order.shipping_amount);
  const tax = pick(order.base_shipping_tax_amount, order.shipping_tax_amount);
  return price.eq(0) ? decimal('0') : tax.times(shipping).div(price).round(2);
}

const invoice = z.object({ entity_id: id, transaction_id: text });

/** Money goes back the way it came from the invoice that it came with. */
async function invoicePath(store: ConnectedStore, { entity_id: orderId }: MagentoOrder): Promise<string> {
  const raw = await searchAll(store, { path: `${API}invoices`, id: ENTITY, where: ofOrder(orderId) });
  const paid = raw
    .flatMap((one) => invoice.safeParse(one).data ?? [])
    .filter(({ transaction_id: txn }) => txn !== null);
  const [only, second] = paid;
  if (only !== undefined && second === undefined) return `invoice/${only.entity_id}`;
  const why = only === undefined ? 'no invoice that a payment gateway took the money for' : 'several such invoices';
  throw rejected(
    `The order has ${why}, so the money cannot be sent back from here. Give it back in the shop, or write it down with payment "none".`,
    'payment',
  );
}
