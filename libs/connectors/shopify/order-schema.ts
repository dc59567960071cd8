import { z } from 'zod';
import { platformAddress, text } from './address.js';
import { connection } from './connection.js';

const amount = z.union([z.string(), z.number()]);

const shopMoney = z.object({ amount, currencyCode: z.string().optional() });
export const moneyBag = z.object({ shopMoney });
export type MoneyBag = z.infer<typeof moneyBag>;
const maybeMoney = moneyBag.nullable().default(null);

const allocation = z.object({
  allocatedAmountSet: moneyBag,
  discountApplication: z.object({ index: z.number().optional() }).nullish(),
});
export type Allocation = z.infer<typeof allocation>;

const lineItem = z.object({
  id: z.string(),
  name: z.string(),
  sku: text,
  quantity: z.int().nonnegative(),
  nonFulfillableQuantity: z.number().optional(),
  requiresShipping: z.boolean().optional(),
  originalUnitPriceSet: moneyBag,
  originalTotalSet: maybeMoney,
  discountAllocations: z.array(allocation),
  taxLines: z.array(z.object({ priceSet: moneyBag })),
  product: z.object({ id: z.string() }).nullable().default(null),
  variant: z
    .object({
      id: z.string(),
      selectedOptions: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
    })
    .nullable()
    .default(null),
});
export type PlatformLine = z.infer<typeof lineItem>;

const shippingLine = z.object({
  id: text,
  title: z.string(),
  code: text,
  originalPriceSet: moneyBag,
  discountAllocations: z.array(allocation),
  taxLines: z.array(z.object({ priceSet: moneyBag })),
});

export const platformFulfillment = z.object({
  id: z.string(),
  status: z.string(),
  displayStatus: text,
  createdAt: text,
  updatedAt: text,
  trackingInfo: z.array(z.object({ company: text, number: text, url: text })).default([]),
  fulfillmentLineItems: connection(
    z.object({ quantity: z.number().nullable().default(0), lineItem: z.object({ id: z.string() }) }),
  ).optional(),
});
export type PlatformFulfillment = z.infer<typeof platformFulfillment>;

export const platformRefund = z.object({
  id: z.string(),
  createdAt: text,
  note: text,
  totalRefundedSet: moneyBag,
  refundLineItems: connection(
    z.object({
      quantity: z.number(),
      lineItem: z.object({ id: z.string() }),
      subtotalSet: maybeMoney,
    }),
  ).optional(),
});
export type PlatformRefund = z.infer<typeof platformRefund>;

/**
 * An order as the mapper needs it. Required is what an exact record cannot do without; what only adds to it may be
 * absent, as in recordings made with another selection. An optional amount that was left out but matters makes the sum
 * fail, so that it cannot go unnoticed.
 */
export const platformOrder = z.object({
  id: z.string().min(1),
  name: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  closed: z.boolean(),
  cancelledAt: text,
  cancelReason: text,
  test: z.boolean().default(false),
  note: text,
  tags: z.array(z.string()).default([]),
  sourceName: text,
  email: text,
  phone: text,
  currencyCode: z.string(),
  presentmentCurrencyCode: z.string().optional(),
  taxesIncluded: z.boolean(),
  dutiesIncluded: z.boolean().default(false),
  paymentGatewayNames: z.array(z.string()).default([]),
  displayFinancialStatus: z.string().nullable(),
  displayFulfillmentStatus: z.string(),
  returnStatus: text,
  totalPriceSet: z.object({ shopMoney, presentmentMoney: shopMoney.optional() }),
  totalTaxSet: moneyBag.nullable(),
  totalRefundedSet: moneyBag,
  totalTipReceivedSet: maybeMoney,
  originalTotalDutiesSet: maybeMoney,
  additionalFees: z.array(z.object({ name: z.string(), price: moneyBag })).default([]),
  taxLines: z
    .array(z.object({ title: z.string(), rate: z.number().nullable().default(null), priceSet: moneyBag }))
    .default([]),
  customer: z.object({ id: z.string(), firstName: text, lastName: text }).nullable().default(null),
  billingAddress: platformAddress.nullable().default(null),
  shippingAddress: platformAddress.nullable().default(null),
  discountApplications: connection(z.object({ index: z.number(), code: text, title: text })).optional(),
  discountCodes: z.array(z.string()).default([]),
  lineItems: connection(lineItem),
  shippingLines: connection(shippingLine),
  fulfillments: z.array(platformFulfillment).optional(),
  refunds: z.array(platformRefund).default([]),
});
export type PlatformOrder = z.infer<typeof platformOrder>;
