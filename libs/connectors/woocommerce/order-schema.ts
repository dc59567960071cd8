import { z } from 'zod';
import { amount, id, list, meta, optionalAmount, quantity, reference, text } from './atoms.js';

// Lenient: only what the mapper reads, absent where the platform may leave it out.
const address = z
  .object({
    first_name: text,
    last_name: text,
    company: text,
    address_1: text,
    address_2: text,
    city: text,
    state: text,
    postcode: text,
    country: text,
    email: text,
    phone: text,
  })
  .nullish();

/** By tax rate; a rate that does not apply prints an empty amount (recorded: order-create). */
const taxes = list(z.object({ id, total: optionalAmount }));

const lineItem = z.object({
  id,
  name: z.string(),
  product_id: reference,
  variation_id: reference,
  quantity,
  subtotal: amount,
  total: amount,
  total_tax: optionalAmount,
  sku: text,
  taxes,
  meta_data: list(meta),
});

export const wooOrder = z.object({
  id,
  number: reference,
  status: z.string().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/, 'not a currency code'),
  date_created_gmt: z.string(),
  date_modified_gmt: text,
  date_paid_gmt: text,
  date_completed_gmt: text,
  shipping_total: amount,
  total: amount,
  total_tax: amount,
  customer_id: reference,
  customer_note: text,
  billing: address,
  shipping: address,
  payment_method: text,
  payment_method_title: text,
  created_via: text,
  meta_data: list(meta),
  line_items: z.array(lineItem),
  shipping_lines: list(
    z.object({ id, method_title: text, method_id: text, total: amount, total_tax: optionalAmount, taxes }),
  ),
  fee_lines: list(z.object({ name: text, total: amount, total_tax: optionalAmount })),
  tax_lines: list(
    z.object({
      label: text,
      rate_percent: amount.nullish(),
      tax_total: optionalAmount,
      shipping_tax_total: optionalAmount,
    }),
  ),
  coupon_lines: list(z.object({ code: z.string(), discount: optionalAmount })),
  refunds: list(z.object({ id, reason: text, total: optionalAmount })),
});

export type WooOrder = z.infer<typeof wooOrder>;
export type WooLineItem = z.infer<typeof lineItem>;
export type WooAddress = z.infer<typeof address>;
