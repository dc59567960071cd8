import {
  type ConnectedStore,
  emulated,
  type ListOperation,
  type OfOrderFilter,
  type Refund,
  type RefundRecord,
} from '#contract';
import { type RecordReading } from '#kit';
import { z } from 'zod';
import { countedPage } from './counted-page.js';
import { mapRefund } from './map-order.js';
import { orderPath } from './order-calls.js';
import { type RawRefund, rawRefund } from './order-schema.js';
import { recordNumber } from './record-calls.js';

export const REFUNDS = 'v3/orders/payment_actions/refunds';

export function refundReading(orderId: string, currency: string): RecordReading<RawRefund, RefundRecord> {
  return {
    schema: rawRefund,
    map: (refund) => recordOf(orderId, mapRefund(refund, currency)),
    identify: (raw) => rawRefund.pick({ id: true }).safeParse(raw).data?.id ?? null,
  };
}

function recordOf(orderId: string, { id, ...rest }: Refund): RefundRecord {
  return { platformId: id, orderId, ...rest };
}

const currencyOf = z.object({ default_currency_code: z.string().min(1) });

/** A refund does not say its currency; it is that of its order. */
export async function orderCurrency(store: ConnectedStore, orderId: string): Promise<string> {
  const path = orderPath(recordNumber(orderId, 'order'));
  return (await store.http({ path, effect: 'read', expect: currencyOf })).data.default_currency_code;
}

export const listRefunds = emulated<ListOperation<OfOrderFilter, RefundRecord>>(
  {
    filters: { orderId: true },
    // By their numbers, which rise (orders.v3.yml).
    sorts: ['createdAt'],
    maxPageSize: 250,
    async page(store, { filter: { orderId } }, page) {
      const currency = await orderCurrency(store, orderId);
      const query = { 'order_id:in': recordNumber(orderId, 'order') };
      return await countedPage(store, { path: REFUNDS, query, reading: refundReading(orderId, currency) }, page);
    },
  },
  'A page costs two calls: a refund does not say its currency, so the order is asked.',
);
