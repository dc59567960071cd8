import { decimal, type ListOperation, moneyOf, type OfOrderFilter, type RefundRecord } from '#contract';
import { naiveUtcInstant, type RecordReading } from '#kit';
import { z } from 'zod';
import { amount, id, list, meta, optionalAmount, quantity, text } from './atoms.js';
import { ORDERS } from './orders.js';
import { checkedId } from './record-calls.js';
import { windowedPage } from './windowed-list.js';

// A refund prints its lines like an order's, with everything negative, and names the line of the order in an entry of
// its own (recorded: refunds-list).
const taxes = list(z.object({ id, total: optionalAmount }));
const line = z.object({ quantity, total: amount, total_tax: optionalAmount, taxes, meta_data: list(meta) });

export const wooRefund = z.object({
  id,
  amount: optionalAmount,
  reason: text,
  date_created_gmt: text,
  meta_data: list(meta),
  line_items: list(line),
  shipping_lines: list(line.omit({ quantity: true })),
});
export type WooRefund = z.infer<typeof wooRefund>;
type RefundLine = Pick<WooRefund['line_items'][number], 'meta_data'>;

/** How refunds of one order are read: they name neither it nor its currency. */
export function refundReading(orderId: string, currency: string): RecordReading<WooRefund, RefundRecord> {
  return {
    schema: wooRefund,
    map: (refund) => mapRefund(refund, orderId, currency),
    identify: (raw) => wooRefund.pick({ id: true }).safeParse(raw).data?.id ?? null,
  };
}

function mapRefund(refund: WooRefund, orderId: string, currency: string): RefundRecord {
  return {
    platformId: refund.id,
    orderId,
    amount: moneyOf(decimal(refund.amount), currency),
    reason: refund.reason,
    lineItems: refund.line_items.flatMap((item) => {
      const lineItemId = refundedLineId(item);
      if (lineItemId === undefined) return [];
      const value = decimal(item.total).plus(decimal(item.total_tax)).abs();
      return [{ lineItemId, quantity: Math.abs(item.quantity), amount: moneyOf(value, currency) }];
    }),
    createdAt: refund.date_created_gmt === null ? null : naiveUtcInstant(refund.date_created_gmt),
  };
}

/** The line of the order that a line of a refund belongs to. */
export function refundedLineId({ meta_data: entries }: RefundLine): string | undefined {
  const value = entries.find(({ key }) => key === '_refunded_item_id')?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

const currencyOf = z.object({ currency: z.string().regex(/^[A-Z]{3}$/) });

export const listRefunds: ListOperation<OfOrderFilter, RefundRecord> = {
  filters: { orderId: true },
  sorts: ['-createdAt', 'createdAt'],
  maxPageSize: 100,
  async page(store, { filter: { orderId }, sort }, page) {
    const path = `${ORDERS.path}/${checkedId(orderId, 'order')}`;
    const query = { _fields: 'id,currency' };
    const { data } = await store.http({ path, query, effect: 'read', expect: currencyOf });
    const reading = refundReading(orderId, data.currency);
    return await windowedPage(store, { path: `${path}/refunds`, reading }, { filter: {}, sort }, page);
  },
};
