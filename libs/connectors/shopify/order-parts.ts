import {
  type FulfillmentRecord,
  type OfOrderFilter,
  RETURN_REASONS,
  type RefundRecord,
  type ReturnRecord,
  type TransactionRecord,
  Unreadable,
  moneyOf,
} from '#contract';
import type { RecordReading } from '#kit';
import { z } from 'zod';
import { text } from './address.js';
import { connection, isCutShort } from './connection.js';
import { globalId, notFound } from './global-id.js';
import { listOf } from './list.js';
import { amountsIn } from './order-amounts.js';
import { orderId } from './order-mapper.js';
import {
  ORDER_FULFILLMENTS,
  ORDER_REFUNDS,
  ORDER_RETURNS,
  ORDER_TRANSACTIONS,
  PART_COST,
} from './order-part-documents.js';
import { fulfillmentOf, instantOf, refundOf } from './order-rows.js';
import {
  type PlatformFulfillment,
  type PlatformRefund,
  moneyBag,
  platformFulfillment,
  platformRefund,
} from './order-schema.js';
import { RETURN, TRANSACTION, TRANSACTION_OUTCOME, statusOf } from './order-status.js';
import { type Owner, plainListOf } from './plain-list.js';

/** Half a record must not look whole: quantities would be missing. */
function requireWhole(raw: unknown): void {
  if (isCutShort(raw)) throw new Unreadable('the record has more rows than can be read');
}

export const fulfillmentReading = ({
  id,
}: Pick<Owner, 'id'>): RecordReading<PlatformFulfillment, FulfillmentRecord> => ({
  schema: platformFulfillment,
  map: (raw) => {
    requireWhole(raw);
    const { id: platformId, ...fulfillment } = fulfillmentOf(raw);
    return { platformId, orderId: id, ...fulfillment };
  },
  identify: orderId,
});

export const refundReading = ({ id, currency }: Owner): RecordReading<PlatformRefund, RefundRecord> => ({
  schema: platformRefund,
  map: (raw) => {
    requireWhole(raw);
    const { id: platformId, ...refund } = refundOf(raw, currency, amountsIn(currency));
    return { platformId, orderId: id, ...refund };
  },
  identify: orderId,
});

const transaction = z.object({
  id: z.string().min(1),
  kind: z.string(),
  status: z.string(),
  gateway: text,
  test: z.boolean(),
  createdAt: text,
  amountSet: moneyBag,
  parentTransaction: z.object({ id: z.string() }).nullable().default(null),
});
type PlatformTransaction = z.infer<typeof transaction>;

const transactionReading = ({ id, currency }: Owner): RecordReading<PlatformTransaction, TransactionRecord> => ({
  schema: transaction,
  map: (raw) => ({
    platformId: raw.id,
    orderId: id,
    kind: statusOf(TRANSACTION, raw.kind),
    status: statusOf(TRANSACTION_OUTCOME, raw.status),
    platformStatus: { kind: raw.kind, status: raw.status },
    amount: moneyOf(amountsIn(currency)(raw.amountSet), currency),
    gateway: raw.gateway,
    parentId: raw.parentTransaction?.id ?? null,
    test: raw.test,
    createdAt: instantOf(raw.createdAt),
  }),
  identify: orderId,
});

const returnLine = z.object({
  quantity: z.int().nonnegative(),
  returnReason: text,
  returnReasonNote: text,
  customerNote: text,
  returnReasonDefinition: z.object({ name: z.string() }).nullish(),
  fulfillmentLineItem: z.object({ lineItem: z.object({ id: z.string() }) }).nullish(),
});
const platformReturn = z.object({
  id: z.string().min(1),
  status: z.string(),
  createdAt: text,
  closedAt: text,
  returnLineItems: connection(returnLine),
});
type PlatformReturn = z.infer<typeof platformReturn>;

export const returnReading = ({ id }: Pick<Owner, 'id'>): RecordReading<PlatformReturn, ReturnRecord> => ({
  schema: platformReturn,
  map: (raw) => {
    requireWhole(raw);
    return {
      platformId: raw.id,
      orderId: id,
      status: statusOf(RETURN, raw.status),
      platformStatus: raw.status,
      lineItems: raw.returnLineItems.nodes.map((line) => ({
        lineItemId: line.fulfillmentLineItem?.lineItem.id ?? null,
        quantity: line.quantity,
        reason: reasonOf(line),
        note: line.returnReasonNote || line.customerNote || null,
      })),
      createdAt: instantOf(raw.createdAt),
      closedAt: instantOf(raw.closedAt),
    };
  },
  identify: orderId,
});

/** The platform's word for each of our reasons (schema: enumeration ReturnReason). */
export function reasonWord(reason: string): string {
  return reason.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** Ours where there is one, else what the platform shows people: reasons are a growing library there. */
function reasonOf({ returnReason, returnReasonDefinition }: z.infer<typeof returnLine>): string | null {
  const ours = RETURN_REASONS.find((reason) => reasonWord(reason) === returnReason);
  if (ours !== undefined) return ours;
  const shown = returnReasonDefinition?.name ?? returnReason;
  return returnReason === 'UNKNOWN' && returnReasonDefinition?.name === undefined ? null : shown;
}

export const listFulfillments = plainListOf({
  operation: 'fulfillments.list',
  document: ORDER_FULFILLMENTS,
  field: 'fulfillments',
  cost: PART_COST.fulfillments,
  reading: fulfillmentReading,
});

export const listRefunds = plainListOf({
  operation: 'refunds.list',
  document: ORDER_REFUNDS,
  field: 'refunds',
  cost: PART_COST.refunds,
  reading: refundReading,
});

export const listTransactions = plainListOf({
  operation: 'transactions.list',
  document: ORDER_TRANSACTIONS,
  field: 'transactions',
  cost: PART_COST.transactions,
  reading: transactionReading,
});

export const listReturns = listOf<OfOrderFilter, PlatformReturn, ReturnRecord>({
  document: ORDER_RETURNS,
  path: ['order', 'returns'],
  filters: { orderId: true },
  sorts: ['createdAt'],
  maxPageSize: 100,
  nodeCost: PART_COST.returnInPage,
  baseCost: 1,
  variables: ({ filter }) => ({ id: globalId('Order', filter.orderId) }),
  missing: ({ orderId: id }) => notFound('Order', id),
  reading: ({ orderId: id }) => returnReading({ id: globalId('Order', id) }),
});
