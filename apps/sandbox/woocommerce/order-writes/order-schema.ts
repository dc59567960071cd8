import { z } from 'zod';
import { Big } from '#contract';
import type { WooOrder } from '../order.js';

// The JSON form of an order: amounts as decimal strings. Used only for the sandbox's own state file.
const amount = z.string().transform((text) => new Big(text));
const instant = z.number().int();

const meta = z.object({
  id: z.number().int(),
  key: z.string(),
  value: z.json(),
  display: z.object({ key: z.string(), value: z.string() }).exactOptional(),
});
const tax = z.object({ rateId: z.number().int(), total: amount, subtotal: amount.exactOptional() });
const line = z.object({
  id: z.number().int(),
  name: z.string(),
  productId: z.number().int(),
  variationId: z.number().int(),
  quantity: z.number(),
  taxClass: z.string(),
  subtotal: amount,
  total: amount,
  taxes: z.array(tax),
  meta: z.array(meta),
  sku: z.string().nullable(),
  globalUniqueId: z.string().nullable(),
  imageId: z.union([z.literal(''), z.literal(0)]),
  parentName: z.string().nullable(),
  isFile: z.literal(true).exactOptional(),
});
const taxLine = z.object({
  id: z.number().int(),
  rateId: z.number().int(),
  rateCode: z.string(),
  label: z.string(),
  percent: z.string(),
  total: amount,
  shippingTotal: amount,
});
const shippingLine = z.object({
  id: z.number().int(),
  title: z.string(),
  methodId: z.string(),
  instanceId: z.string().exactOptional(),
  total: amount,
  taxes: z.array(tax),
  meta: z.array(meta).exactOptional(),
});
const feeLine = z.object({
  id: z.number().int(),
  name: z.string(),
  taxClass: z.string().exactOptional(),
  untaxed: z.literal(true).exactOptional(),
  total: amount,
  taxes: z.array(tax),
  meta: z.array(meta).exactOptional(),
});
const coupon = z.object({
  id: z.number().int(),
  code: z.string(),
  type: z.enum(['percent', 'fixed_cart', 'fixed_product']),
  amount: z.string(),
});
const couponLine = z.object({
  id: z.number().int(),
  metaId: z.number().int(),
  coupon,
  discount: amount,
  discountTax: amount,
});
const refundedLine = z.object({
  id: z.number().int(),
  metaId: z.number().int(),
  item: line,
  quantity: z.number(),
  total: amount,
  taxes: z.array(tax),
});
const refundedCost = <Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{
  id: z.ZodNumber;
  metaId: z.ZodNumber;
  item: Item;
  total: typeof amount;
  taxes: z.ZodArray<typeof tax>;
}> => z.object({ id: z.number().int(), metaId: z.number().int(), item, total: amount, taxes: z.array(tax) });
const refund = z.object({
  id: z.number().int(),
  orderId: z.number().int(),
  createdAt: instant,
  amount,
  blank: z.literal(true).exactOptional(),
  reason: z.string(),
  metaId: z.number().int(),
  full: z.boolean(),
  paidBack: z.boolean().exactOptional(),
  lines: z.array(refundedLine),
  taxLines: z.array(taxLine),
  meta: z.array(meta).exactOptional(),
  shippingLines: z.array(refundedCost(shippingLine)).exactOptional(),
  feeLines: z.array(refundedCost(feeLine)).exactOptional(),
});
const address = {
  firstName: z.string(),
  lastName: z.string(),
  company: z.string(),
  address1: z.string(),
  address2: z.string(),
  city: z.string(),
  state: z.string(),
  postcode: z.string(),
  country: z.string(),
};

/** An order as the state file holds it. */
export const orderSchema: z.ZodType<WooOrder> = z.object({
  id: z.number().int(),
  number: z.string(),
  status: z.string(),
  orderKey: z.string(),
  createdVia: z.string(),
  createdAt: instant,
  modifiedAt: instant,
  paidAt: instant.nullable(),
  completedAt: instant.nullable(),
  buyer: z.object({ ...address, customerId: z.number().int(), email: z.string(), phone: z.string() }),
  shipTo: z.object({ ...address, phone: z.string().exactOptional() }),
  gateway: z.object({ id: z.string(), title: z.string() }),
  transactionId: z.string(),
  note: z.string(),
  meta: z.array(meta),
  lines: z.array(line),
  taxLines: z.array(taxLine),
  shippingLines: z.array(shippingLine),
  feeLines: z.array(feeLine),
  couponLines: z.array(couponLine),
  refunds: z.array(refund),
  totals: z.object({
    discount: amount,
    discountTax: amount,
    shipping: amount,
    shippingTax: amount,
    cartTax: amount,
    total: amount,
    totalTax: amount,
  }),
  parentId: z.number().int().exactOptional(),
  currency: z.string().exactOptional(),
  stockReduced: z.boolean().exactOptional(),
  fulfillments: z
    .array(z.object({ id: z.number().int(), isFulfilled: z.boolean(), updatedAt: instant, meta: z.array(meta) }))
    .exactOptional(),
});
