import { z } from 'zod';
import { type FilterOf, inputText, personal, repeatable, timeFilter } from './fields.js';
import { money } from './money.js';
import {
  address,
  buyer,
  discount,
  fee,
  fulfillment,
  instant,
  lineItem,
  refund,
  shippingLine,
  taxLine,
} from './order-parts.js';

export const ORDER_STATUSES = ['open', 'completed', 'canceled', 'archived', 'other'] as const;
export const PAYMENT_STATUSES = [
  'pending',
  'authorized',
  'partiallyPaid',
  'paid',
  'partiallyRefunded',
  'refunded',
  'voided',
  'failed',
  'other',
] as const;
export const ORDER_FULFILLMENT_STATUSES = [
  'unfulfilled',
  'partiallyFulfilled',
  'fulfilled',
  'delivered',
  'returned',
  'notRequired',
  'other',
] as const;

export type OrderStatus = (typeof ORDER_STATUSES)[number];
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];
export type OrderFulfillmentStatus = (typeof ORDER_FULFILLMENT_STATUSES)[number];

export const orderTotals = z
  .object({
    subtotal: money,
    discount: money,
    shipping: money,
    fees: money,
    tax: money,
    rounding: money,
    total: money,
    refunded: money,
  })
  .meta({
    id: 'OrderTotals',
    description:
      'total = subtotal - discount + shipping + fees + (taxesIncluded ? 0 : tax) + rounding, before refunds.',
  });
export type OrderTotals = z.infer<typeof orderTotals>;

/** An order as a connector maps it: everything but the ids that only the gateway can give. */
export const orderRecord = z.object({
  platformId: z.string().min(1),
  number: z.string(),
  status: z.enum(ORDER_STATUSES),
  paymentStatus: z.enum(PAYMENT_STATUSES),
  fulfillmentStatus: z.enum(ORDER_FULFILLMENT_STATUSES),
  platformStatus: z.record(z.string(), z.string()).meta({ description: "The platform's own words, unchanged." }),
  currency: z.string(),
  totals: orderTotals,
  presentment: z
    .object({ currency: z.string(), total: money })
    .nullable()
    .meta({ description: 'What the buyer saw, where that was another currency.' }),
  taxesIncluded: z.boolean().meta({ description: 'Whether the amounts in this record contain tax.' }),
  customer: buyer.nullable(),
  billingAddress: address.nullable(),
  shippingAddress: address.nullable(),
  lineItems: z.array(lineItem),
  shippingLines: z.array(shippingLine),
  fees: z.array(fee),
  taxLines: z.array(taxLine),
  discounts: z.array(discount),
  fulfillments: z.array(fulfillment),
  refunds: z.array(refund),
  paymentMethods: z.array(z.string()),
  // What people write into a note is theirs as much as their name.
  buyerNote: personal().nullable(),
  merchantNote: personal().nullable(),
  tags: z.array(z.string()),
  sourceName: z.string().nullable(),
  test: z.boolean(),
  placedAt: instant,
  updatedAt: instant,
  canceledAt: instant.nullable(),
});
export type OrderRecord = z.infer<typeof orderRecord>;

/** An order as the API answers it. */
export const order = z
  .object({ id: z.string(), storeId: z.string(), platform: z.string(), ...orderRecord.shape })
  .meta({ id: 'Order' });
export type Order = z.infer<typeof order>;

/** The filters a list of orders may take; every connector declares which of them its platform has. */
export const orderFilter = z.strictObject({
  ...timeFilter,
  status: repeatable(z.enum(ORDER_STATUSES), ORDER_STATUSES.length),
  paymentStatus: repeatable(z.enum(PAYMENT_STATUSES), PAYMENT_STATUSES.length),
  fulfillmentStatus: repeatable(z.enum(ORDER_FULFILLMENT_STATUSES), ORDER_FULFILLMENT_STATUSES.length),
  platformStatus: repeatable(inputText(100), 20).meta({
    description: "The platform's own words, as in platformStatus.",
  }),
  customerEmail: inputText(320).min(1).optional(),
  number: inputText(100).min(1).optional(),
});
export type OrderFilter = FilterOf<typeof orderFilter>;
