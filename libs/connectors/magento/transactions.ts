import {
  type ConnectedStore,
  emulated,
  type ListOperation,
  moneyOf,
  type OfOrderFilter,
  type TransactionRecord,
  Unreadable,
} from '#contract';
import { naiveUtcInstant, readRecords, type RecordReading } from '#kit';
import { z } from 'zod';
import { amount, id, reference, text } from './atoms.js';
import { ofOrder } from './fulfillments.js';
import { sideOf } from './order-amounts.js';
import { orderOf } from './order-lines.js';
import type { MagentoOrder } from './order-schema.js';
import { ENTITY } from './orders.js';
import { API } from './record-calls.js';
import { CREDITMEMOS, refundsOf } from './refunds.js';
import { searchAll, searchPage } from './search-page.js';

const transaction = z.object({
  transaction_id: id,
  parent_id: reference,
  order_id: id,
  txn_id: text,
  txn_type: z.string(),
  created_at: text,
});
type Transaction = z.infer<typeof transaction>;

const KINDS: ReadonlyMap<string, TransactionRecord['kind']> = new Map([
  ['payment', 'payment'],
  ['order', 'other'],
  ['authorization', 'authorization'],
  ['capture', 'capture'],
  ['void', 'void'],
  ['refund', 'refund'],
]);

/** What the money of an order is told by: the order itself, and its invoices and credit memos by their transactions. */
interface Books {
  readonly order: MagentoOrder;
  readonly amounts: ReadonlyMap<string, string>;
}

const booked = z.object({ transaction_id: z.string(), base_grand_total: amount });

async function booksOf(store: ConnectedStore, orderId: string): Promise<Books> {
  const order = await orderOf(store, orderId);
  const invoices = await searchAll(store, { path: `${API}invoices`, id: ENTITY, where: ofOrder(orderId) });
  const memos = await searchAll(store, { ...CREDITMEMOS, where: refundsOf(orderId) });
  const known = [...invoices, ...memos].flatMap((raw) => booked.safeParse(raw).data ?? []);
  return { order, amounts: new Map(known.map((one) => [one.transaction_id, one.base_grand_total])) };
}

const identify: RecordReading<Transaction, never>['identify'] = (raw) =>
  transaction.pick({ transaction_id: true }).safeParse(raw).data?.transaction_id ?? null;

const asPrinted: RecordReading<Transaction, Transaction> = { schema: transaction, map: (record) => record, identify };

function mapTransaction(record: Transaction, { order, amounts }: Books): TransactionRecord {
  const { currency } = sideOf(order);
  return {
    platformId: record.transaction_id,
    orderId: record.order_id,
    kind: KINDS.get(record.txn_type) ?? 'other',
    // Only what came about is kept.
    status: 'success',
    platformStatus: { txn_type: record.txn_type },
    amount: moneyOf(amounts.get(record.txn_id ?? '') ?? fallbackOf(record, order), currency),
    gateway: order.payment?.method ?? null,
    parentId: record.parent_id,
    test: false,
    createdAt: record.created_at === null ? null : naiveUtcInstant(record.created_at),
  };
}

/** @throws Unreadable for a movement of which no document tells how much it was */
function fallbackOf({ txn_type: type }: Transaction, order: MagentoOrder): string {
  const { pick } = sideOf(order);
  const { payment } = order;
  const authorized = pick(payment?.base_amount_authorized, payment?.amount_authorized);
  if (authorized.gt(0) && ['authorization', 'void'].includes(type)) return authorized.toFixed();
  if (['authorization', 'order', 'void'].includes(type))
    return pick(order.base_grand_total, order.grand_total).toFixed();
  throw new Unreadable(`Magento keeps no amount of a ${type}, and no invoice or credit memo names it`);
}

const TRANSACTIONS = {
  path: `${API}transactions`,
  id: { column: 'transaction_id', field: 'transaction_id' },
  reading: asPrinted,
} as const;

export const listTransactions = emulated<ListOperation<OfOrderFilter, TransactionRecord>>(
  {
    filters: { orderId: true },
    sorts: ['-createdAt', 'createdAt'],
    maxPageSize: 100,
    async page(store, { filter: { orderId }, sort }, page) {
      const found = await searchPage(store, { ...TRANSACTIONS, where: ofOrder(orderId) }, { filter: {}, sort }, page);
      // Ways to pay without a gateway leave none, which most orders are: then nothing else is asked.
      if (found.items.length === 0) return { ...found, items: [] };
      const books = await booksOf(store, orderId);
      const raw = found.items.map((item) => item.raw);
      const read = readRecords(raw, { schema: transaction, map: (one) => mapTransaction(one, books), identify });
      return { ...found, items: read.items, quarantined: [...found.quarantined, ...read.quarantined] };
    },
  },
  'Magento keeps no amount of a transaction: it is that of the invoice or credit memo with the same number at the gateway, and of the order where only an authorization was made.',
);
