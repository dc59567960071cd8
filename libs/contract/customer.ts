import { z } from 'zod';
import { type FilterOf, inputText, personal, reference, timeFilter } from './fields.js';
import { money } from './money.js';
import { address, buyer, instant, lineItem } from './order-parts.js';

const optionalText = z.string().nullable();

/** Somebody with an account at the shop; guests who only bought are in their orders. */
export const customerRecord = z.object({
  platformId: z.string().min(1),
  email: personal().nullable(),
  firstName: personal().nullable(),
  lastName: personal().nullable(),
  phone: personal().nullable(),
  note: personal().nullable(),
  tags: z.array(z.string()),
  platformStatus: optionalText,
  acceptsMarketing: z.boolean().nullable().meta({ description: 'null where the platform does not say.' }),
  defaultAddress: address.nullable(),
  orderCount: z.number().nullable(),
  totalSpent: money.nullable(),
  createdAt: instant.nullable(),
  updatedAt: instant.nullable(),
});
export type CustomerRecord = z.infer<typeof customerRecord>;

export const customerFilter = z.strictObject({
  ...timeFilter,
  email: inputText(320).min(1).optional().meta({ description: 'Exact.' }),
});
export type CustomerFilter = FilterOf<typeof customerFilter>;

/** One address of a customer. */
export const customerAddressRecord = z.object({
  platformId: z.string().min(1),
  customerId: reference('customer'),
  kind: z.enum(['billing', 'shipping']).nullable().meta({ description: 'Where the platform tells them apart.' }),
  isDefault: z.boolean(),
  ...address.shape,
});
export type CustomerAddressRecord = z.infer<typeof customerAddressRecord>;

export const ofCustomerFilter = z.strictObject({ customerId: reference('customer') });
export type OfCustomerFilter = FilterOf<typeof ofCustomerFilter>;

export const COUPON_KINDS = ['percentage', 'fixedOrder', 'fixedItem', 'freeShipping', 'other'] as const;
export const COUPON_STATUSES = ['active', 'scheduled', 'expired', 'disabled', 'other'] as const;

/** What a buyer may enter, or gets by itself, to pay less. */
export const couponRecord = z.object({
  platformId: z.string().min(1),
  code: optionalText.meta({ description: 'null for a discount that applies by itself.' }),
  name: optionalText,
  kind: z.enum(COUPON_KINDS),
  percentage: optionalText.meta({ description: 'Exact decimal of a hundred, "12.5" for 12.5 %.' }),
  amount: money.nullable(),
  status: z.enum(COUPON_STATUSES),
  platformStatus: optionalText,
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  usageLimit: z.number().nullable(),
  usageLimitPerCustomer: z.number().nullable(),
  usageCount: z.number().nullable(),
  minimumAmount: money.nullable(),
  productIds: z.array(reference('product')),
  categoryIds: z.array(reference('category')),
  createdAt: instant.nullable(),
  updatedAt: instant.nullable(),
});
export type CouponRecord = z.infer<typeof couponRecord>;

export const couponFilter = z.strictObject({
  ...timeFilter,
  code: inputText(255).min(1).optional().meta({ description: 'Exact, without regard to case.' }),
});
export type CouponFilter = FilterOf<typeof couponFilter>;

export const CART_STATUSES = ['open', 'abandoned', 'recovered', 'other'] as const;

/** A purchase that was begun. */
export const cartRecord = z.object({
  platformId: z.string().min(1),
  status: z.enum(CART_STATUSES),
  platformStatus: optionalText,
  currency: z.string(),
  total: money,
  customer: buyer.nullable(),
  billingAddress: address.nullable(),
  shippingAddress: address.nullable(),
  lineItems: z.array(
    lineItem.pick({ id: true, productId: true, variantId: true, sku: true, name: true, quantity: true }).extend({
      unitPrice: money.nullable(),
      total: money.nullable(),
    }),
  ),
  recoveryUrl: personal().nullable().meta({ description: 'Opens the cart for whoever holds it.' }),
  createdAt: instant.nullable(),
  updatedAt: instant.nullable(),
  completedAt: instant.nullable(),
});
export type CartRecord = z.infer<typeof cartRecord>;

export const cartFilter = z.strictObject({ ...timeFilter });
export type CartFilter = FilterOf<typeof cartFilter>;
