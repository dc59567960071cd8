import { z } from 'zod';
import { type FilterOf, reference } from './fields.js';
import { money } from './money.js';
import { fulfillment, instant, refund } from './order-parts.js';

const optionalText = z.string().nullable();
const place = { platformId: z.string().min(1), orderId: reference('order') };

/** A shipment by itself. */
export const fulfillmentRecord = z.object({ ...place, ...fulfillment.omit({ id: true }).shape });
export type FulfillmentRecord = z.infer<typeof fulfillmentRecord>;

/** A refund by itself. */
export const refundRecord = z.object({ ...place, ...refund.omit({ id: true }).shape });
export type RefundRecord = z.infer<typeof refundRecord>;

export const RETURN_STATUSES = ['requested', 'open', 'closed', 'declined', 'canceled', 'other'] as const;

/** Goods that a buyer sends back. */
export const returnRecord = z.object({
  ...place,
  status: z.enum(RETURN_STATUSES),
  platformStatus: optionalText,
  lineItems: z.array(
    z.object({
      lineItemId: z.string().nullable(),
      quantity: z.number(),
      reason: optionalText,
      note: optionalText,
    }),
  ),
  createdAt: instant.nullable(),
  closedAt: instant.nullable(),
});
export type ReturnRecord = z.infer<typeof returnRecord>;

export const TRANSACTION_KINDS = ['payment', 'authorization', 'capture', 'refund', 'void', 'other'] as const;
export const TRANSACTION_STATUSES = ['success', 'pending', 'failed', 'other'] as const;

/** One movement of money, or the attempt at one. */
export const transactionRecord = z.object({
  ...place,
  kind: z.enum(TRANSACTION_KINDS),
  status: z.enum(TRANSACTION_STATUSES),
  platformStatus: z.record(z.string(), z.string()).meta({ description: "The platform's own words, unchanged." }),
  amount: money,
  gateway: optionalText,
  parentId: reference('transaction').nullable(),
  test: z.boolean(),
  createdAt: instant.nullable(),
});
export type TransactionRecord = z.infer<typeof transactionRecord>;

/** What belongs to one order is listed by that order. */
export const ofOrderFilter = z.strictObject({ orderId: reference('order') });
export type OfOrderFilter = FilterOf<typeof ofOrderFilter>;
