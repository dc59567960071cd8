import { type ListOperation, moneyOf, type OfOrderFilter, type Page, type TransactionRecord } from '#contract';
import { readPageState, type RecordReading, readRecords } from '#kit';
import { anyJson } from '#kit';
import { z } from 'zod';
import { amount, exact, id, instantOf, reference, text } from './atoms.js';
import { recordNumber } from './record-calls.js';

const transaction = z.object({
  id,
  event: z.string(),
  method: text,
  amount,
  currency: z.string().length(3),
  gateway: text,
  status: z.string(),
  test: z.boolean().nullish(),
  reference_transaction_id: reference,
  date_created: text,
});
type Transaction = z.infer<typeof transaction>;

const KINDS: ReadonlyMap<string, TransactionRecord['kind']> = new Map([
  ['purchase', 'payment'],
  ['settled', 'payment'],
  // Not decided yet.
  ['pending', 'payment'],
  ['authorization', 'authorization'],
  ['capture', 'capture'],
  ['refund', 'refund'],
  ['void', 'void'],
]);

function statusOf({ event, status }: Transaction): TransactionRecord['status'] {
  if (status === 'error') return 'failed';
  if (status !== 'ok') return 'other';
  return event === 'pending' ? 'pending' : 'success';
}

function readingOf(orderId: string): RecordReading<Transaction, TransactionRecord> {
  return {
    schema: transaction,
    map: (raw) => ({
      platformId: raw.id,
      orderId,
      kind: KINDS.get(raw.event) ?? 'other',
      status: statusOf(raw),
      platformStatus: { event: raw.event, status: raw.status, ...(raw.method !== null && { method: raw.method }) },
      amount: moneyOf(exact(raw.amount), raw.currency),
      gateway: raw.gateway,
      parentId: raw.reference_transaction_id,
      test: raw.test ?? false,
      createdAt: instantOf(raw.date_created),
    }),
    identify: (raw) => transaction.pick({ id: true }).safeParse(raw).data?.id ?? null,
  };
}

const answer = z.object({ data: z.array(anyJson) }).optional();
const place = z.int().min(0).max(1_000_000);

export const listTransactions: ListOperation<OfOrderFilter, TransactionRecord> = {
  filters: { orderId: true },
  sorts: ['createdAt'],
  maxPageSize: 250,
  // No parameter of it is documented (orders.v3.yml), and pages of it were seen to repeat themselves (codat-docs issue
  // 610): all come at once, and are given in parts.
  async page(store, { filter: { orderId } }, { size, state }): Promise<Page<TransactionRecord>> {
    const path = `v3/orders/${recordNumber(orderId, 'order')}/transactions`;
    const { data } = await store.http({ path, effect: 'read', expect: answer });
    const all = data?.data ?? [];
    const end = (readPageState(place, state) ?? 0) + size;
    return { ...readRecords(all.slice(end - size, end), readingOf(orderId)), ...(end < all.length && { next: end }) };
  },
};
