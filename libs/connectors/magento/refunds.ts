import { decimal, type ListOperation, moneyOf, type OfOrderFilter, type RefundRecord } from '#contract';
import { naiveUtcInstant, type RecordReading } from '#kit';
import { z } from 'zod';
import { amount, id, list, optionalAmount, quantity, text } from './atoms.js';
import { ofOrder } from './fulfillments.js';
import { ENTITY } from './orders.js';
import { API } from './record-calls.js';
import { comments, wordsIn } from './reference-note.js';
import { where } from './search-criteria.js';
import { searchPage } from './search-page.js';

const item = z.object({
  order_item_id: id,
  qty: quantity,
  sku: text,
  base_row_total: optionalAmount,
  base_tax_amount: optionalAmount,
  base_discount_amount: optionalAmount,
  base_discount_tax_compensation_amount: optionalAmount,
});
type Item = z.infer<typeof item>;

export const creditmemo = z.object({
  entity_id: id,
  order_id: id,
  base_currency_code: z.string().regex(/^[A-Z]{3}$/),
  base_grand_total: amount,
  transaction_id: text,
  created_at: text,
  items: list(item),
  comments,
});
type Creditmemo = z.infer<typeof creditmemo>;

/** A credit memo, in the currency of the shop's books like its order. */
export const refundReading: RecordReading<Creditmemo, RefundRecord> = {
  schema: creditmemo,
  map: (memo) => ({
    platformId: memo.entity_id,
    orderId: memo.order_id,
    amount: moneyOf(memo.base_grand_total, memo.base_currency_code),
    reason: wordsIn(memo.comments),
    lineItems: memo.items
      .filter((one) => one.qty > 0 && !isPart(one, memo.items))
      .map((one) => ({
        lineItemId: one.order_item_id,
        quantity: one.qty,
        amount: moneyOf(amountOf(one), memo.base_currency_code),
      })),
    createdAt: memo.created_at === null ? null : naiveUtcInstant(memo.created_at),
  }),
  identify: (raw) => creditmemo.pick({ entity_id: true }).safeParse(raw).data?.entity_id ?? null,
};

function amountOf(line: Item) {
  return decimal(line.base_row_total)
    .plus(decimal(line.base_tax_amount))
    .minus(decimal(line.base_discount_amount))
    .plus(decimal(line.base_discount_tax_compensation_amount));
}

/** What was chosen of a line is listed after it, with the same SKU and for nothing (as in recorded: invoices-list). */
function isPart(line: Item, items: readonly Item[]): boolean {
  const isOf = (one: Item) => one.sku === line.sku && Number(one.order_item_id) < Number(line.order_item_id);
  return line.sku !== null && amountOf(line).eq(0) && items.some(isOf);
}

/** Those that were not canceled. */
export const CREDITMEMOS = { path: `${API}creditmemos`, id: ENTITY, reading: refundReading } as const;

export function refundsOf(orderId: string) {
  return [...ofOrder(orderId), [...where('state', 'neq', '3')]];
}

export const listRefunds: ListOperation<OfOrderFilter, RefundRecord> = {
  filters: { orderId: true },
  sorts: ['-createdAt', 'createdAt'],
  maxPageSize: 100,
  async page(store, { filter: { orderId }, sort }, page) {
    return await searchPage(store, { ...CREDITMEMOS, where: refundsOf(orderId) }, { filter: {}, sort }, page);
  },
};
