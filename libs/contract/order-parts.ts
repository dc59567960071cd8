import { z } from 'zod';
import { personal, reference } from './fields.js';
import { money } from './money.js';

const text = z.string();
const optionalText = z.string().nullable();
const optionalPersonal = () => personal().nullable();

/** An instant in UTC, RFC 3339 with `Z`. */
export const instant = z.iso.datetime({ precision: null }).meta({ examples: ['2026-11-22T10:00:00Z'] });

/** Who bought, as the purchase itself names them. */
export const buyer = z.object({
  id: reference('customer').nullable(),
  email: optionalPersonal(),
  firstName: optionalPersonal(),
  lastName: optionalPersonal(),
  phone: optionalPersonal(),
});

/** A postal address; country and province codes are ISO 3166 where the platform has them. */
export const address = z
  .object({
    firstName: optionalPersonal(),
    lastName: optionalPersonal(),
    company: optionalPersonal(),
    address1: optionalPersonal(),
    address2: optionalPersonal(),
    city: optionalText,
    province: optionalText,
    provinceCode: optionalText,
    country: optionalText,
    countryCode: optionalText,
    postalCode: optionalText,
    phone: optionalPersonal(),
  })
  .meta({ id: 'Address' });
export type Address = z.infer<typeof address>;

export const lineItem = z
  .object({
    id: text,
    productId: reference('product').nullable(),
    variantId: reference('variant').nullable(),
    sku: optionalText,
    name: text,
    options: z.array(z.object({ name: text, value: text })),
    quantity: z.number(),
    fulfilledQuantity: z.number().nullable().meta({ description: 'null where the platform does not keep it.' }),
    refundedQuantity: z
      .number()
      .nullable()
      .meta({ description: 'null where the order does not say which lines were refunded.' }),
    unitPrice: money.meta({
      description:
        'Before discounts. As many decimals as needed for unitPrice x quantity to round to the amount of the line.',
    }),
    discount: money,
    tax: money,
    total: money.meta({ description: 'unitPrice x quantity - discount, rounded to the minor unit.' }),
  })
  .meta({ id: 'LineItem' });
export type LineItem = z.infer<typeof lineItem>;

export const FEE_KINDS = ['fee', 'tip', 'duty', 'handling', 'giftWrap', 'other'] as const;

export const fee = z
  .object({ kind: z.enum(FEE_KINDS), name: text, amount: money, tax: money.nullable() })
  .meta({ id: 'Fee' });
export type Fee = z.infer<typeof fee>;

export const shippingLine = z
  .object({ id: text, name: text, method: optionalText, price: money, discount: money, tax: money })
  .meta({ id: 'ShippingLine' });
export type ShippingLine = z.infer<typeof shippingLine>;

export const taxLine = z
  .object({
    name: text,
    rate: optionalText.meta({ description: 'Decimal fraction, "0.19" for 19 %.' }),
    amount: money,
  })
  .meta({ id: 'TaxLine' });
export type TaxLine = z.infer<typeof taxLine>;

export const discount = z.object({ code: optionalText, name: text, amount: money.nullable() }).meta({ id: 'Discount' });
export type Discount = z.infer<typeof discount>;

export const FULFILLMENT_STATUSES = [
  'pending',
  'shipped',
  'inTransit',
  'delivered',
  'failed',
  'canceled',
  'other',
] as const;

/** One shipment of an order. */
export const fulfillment = z
  .object({
    id: reference('fulfillment'),
    status: z.enum(FULFILLMENT_STATUSES),
    platformStatus: optionalText,
    tracking: z.array(z.object({ company: optionalText, number: optionalText, url: optionalText })),
    lineItems: z.array(z.object({ lineItemId: text, quantity: z.number() })),
    createdAt: instant.nullable(),
    updatedAt: instant.nullable(),
  })
  .meta({ id: 'Fulfillment' });
export type Fulfillment = z.infer<typeof fulfillment>;

/** Money given back, and for which lines. */
export const refund = z
  .object({
    id: reference('refund'),
    amount: money,
    reason: optionalText,
    lineItems: z.array(z.object({ lineItemId: text, quantity: z.number(), amount: money.nullable() })),
    createdAt: instant.nullable().meta({ description: 'null where the order only names its refunds.' }),
  })
  .meta({ id: 'Refund' });
export type Refund = z.infer<typeof refund>;
