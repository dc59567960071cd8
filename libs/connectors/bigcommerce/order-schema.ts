import { z } from 'zod';
import { amount, id, list, optionalAmount, reference, text } from './atoms.js';

// What is read of orders.v2.oas2.yml. Amounts are texts with four decimals; in consignments they are numbers.

export const v2Address = z.object({
  first_name: text,
  last_name: text,
  company: text,
  street_1: text,
  street_2: text,
  city: text,
  state: text,
  zip: text,
  country: text,
  country_iso2: text,
  phone: text,
  email: text,
});
export type V2Address = z.infer<typeof v2Address>;

const option = z.object({ display_name: text, display_value: text });

const appliedDiscount = z.object({ id: text, amount, name: text, code: text });

const orderLine = z.object({
  id,
  product_id: reference,
  variant_id: reference,
  order_address_id: reference,
  name: text,
  sku: text,
  type: text,
  quantity: z.number(),
  quantity_shipped: z.number().nullish(),
  quantity_refunded: z.number().nullish(),
  total_ex_tax: amount,
  total_inc_tax: amount,
  total_tax: amount,
  applied_discounts: list(appliedDiscount),
  product_options: list(option),
});
export type OrderLine = z.infer<typeof orderLine>;

const withLines = { line_items: list(orderLine) };

const shippingConsignment = z.object({
  id,
  ...v2Address.shape,
  ...withLines,
  shipping_method: text,
  cost_ex_tax: amount,
  cost_inc_tax: amount,
  cost_tax: amount,
});
export type ShippingConsignment = z.infer<typeof shippingConsignment>;

/**
 * Where the lines of an order are, by the way they go to the buyer. Without `consignment_structure=object` this is a list
 * of one, of an older structure.
 */
const consignments = z.object({
  pickups: list(z.object(withLines)),
  shipping: list(shippingConsignment),
  downloads: list(z.object(withLines)),
  email: z.object({ gift_certificates: list(z.object(withLines)) }).nullish(),
});

const fee = z.object({
  id,
  display_name_customer: text,
  display_name_merchant: text,
  cost_inc_tax: amount,
  cost_tax: optionalAmount,
});

export const rawShipment = z.object({
  id,
  date_created: text,
  tracking_number: text,
  tracking_carrier: text,
  tracking_link: text,
  generated_tracking_link: text,
  shipping_provider: text,
  shipping_provider_display_name: text,
  items: list(z.object({ order_product_id: id, quantity: z.number() })),
});
export type RawShipment = z.infer<typeof rawShipment>;

export const rawRefund = z.object({
  id,
  order_id: id,
  created: text,
  reason: text,
  total_amount: amount,
  items: list(
    z.object({
      item_type: z.string(),
      item_id: id,
      quantity: z.number().nullish(),
      requested_amount: optionalAmount,
      reason: text,
    }),
  ),
});
export type RawRefund = z.infer<typeof rawRefund>;

export const rawOrder = z.object({
  id,
  status_id: z.int(),
  items_shipped: z.number().nullish(),
  payment_status: text,
  default_currency_code: z.string().min(1),
  customer_id: reference,
  date_created: z.string().min(1),
  date_modified: text,
  status: text,
  custom_status: text,
  shipping_cost_ex_tax: amount,
  shipping_cost_inc_tax: amount,
  shipping_cost_tax: optionalAmount,
  handling_cost_ex_tax: amount,
  handling_cost_inc_tax: amount,
  handling_cost_tax: optionalAmount,
  wrapping_cost_ex_tax: amount,
  wrapping_cost_inc_tax: amount,
  wrapping_cost_tax: optionalAmount,
  total_inc_tax: amount,
  total_tax: amount,
  discount_amount: amount,
  coupon_discount: amount,
  is_tax_inclusive_pricing: z.boolean().nullish(),
  payment_method: text,
  currency_code: text,
  currency_exchange_rate: optionalAmount,
  staff_notes: text,
  customer_message: text,
  order_source: text,
  external_source: text,
  is_deleted: z.boolean().nullish(),
  billing_address: v2Address.nullish(),
  consignments,
  fees: list(fee),
  /** Not of the order itself: fetched beside it. */
  shipments: list(rawShipment),
  refunds: list(rawRefund),
});
export type RawOrder = z.infer<typeof rawOrder>;

/** All lines of an order, whichever way they go, in the order of their numbers. */
export function linesOf({ consignments: { pickups, shipping, downloads, email } }: RawOrder): readonly OrderLine[] {
  const all = [...pickups, ...shipping, ...downloads, ...(email?.gift_certificates ?? [])];
  return all.flatMap((part) => part.line_items).sort((left, right) => Number(left.id) - Number(right.id));
}
