import { z } from 'zod';
import { inputText, moment, personalInput, reference } from './fields.js';
import { money } from './money.js';

/** An address as a caller sends it. */
export const addressInput = z
  .strictObject({
    firstName: personalInput(255).optional(),
    lastName: personalInput(255).optional(),
    company: personalInput(255).optional(),
    address1: personalInput(255).optional(),
    address2: personalInput(255).optional(),
    city: inputText(255).optional(),
    province: inputText(255).optional().meta({ description: 'Its name, where there is no code.' }),
    provinceCode: inputText(10).optional(),
    countryCode: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code such as DE')
      .optional(),
    postalCode: inputText(40).optional(),
    phone: personalInput(40).optional(),
  })
  .meta({ id: 'AddressInput' });
export type AddressInput = z.infer<typeof addressInput>;

const positiveMoney = money.refine(({ amount }) => !amount.startsWith('-'), 'must not be negative');
const quantity = z.number().int().min(1).max(1_000_000);

const lineItemInput = z
  .strictObject({
    productId: reference('product').optional(),
    variantId: reference('variant').optional(),
    sku: inputText(255).min(1).optional(),
    name: inputText(255).min(1).optional().meta({ description: 'Of a line that is no product of the shop.' }),
    quantity,
    unitPrice: positiveMoney.optional().meta({ description: "Without it, the product's own price." }),
  })
  .refine(
    ({ productId, variantId, sku, name, unitPrice }) =>
      [productId, variantId, sku].some((given) => given !== undefined) ||
      (name !== undefined && unitPrice !== undefined),
    'name a product, variant or SKU, or a name with its unitPrice',
  )
  .meta({ id: 'LineItemInput' });

/** A new order. */
export const orderInput = z
  .strictObject({
    lineItems: z.array(lineItemInput).min(1).max(1000),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .meta({ description: "Without it, the shop's." }),
    customer: z
      .strictObject({
        id: reference('customer').optional(),
        email: personalInput(320).optional(),
        firstName: personalInput(255).optional(),
        lastName: personalInput(255).optional(),
        phone: personalInput(40).optional(),
      })
      .optional(),
    billingAddress: addressInput.optional(),
    shippingAddress: addressInput.optional(),
    shippingLines: z
      .array(z.strictObject({ name: inputText(255).min(1), method: inputText(255).optional(), price: positiveMoney }))
      .max(20)
      .optional(),
    fees: z
      .array(z.strictObject({ name: inputText(255).min(1), amount: money }))
      .max(20)
      .optional(),
    discountCodes: z.array(inputText(255).min(1)).max(10).optional(),
    paymentStatus: z.enum(['pending', 'paid']).optional().meta({ description: 'pending, unless said otherwise.' }),
    paymentMethod: inputText(255).optional(),
    buyerNote: personalInput(5000).optional(),
    tags: z.array(inputText(40).min(1)).max(250).optional(),
    sourceName: inputText(100).optional(),
    test: z.boolean().optional(),
    placedAt: moment.optional(),
    reduceStock: z
      .boolean()
      .optional()
      .meta({ description: 'Whether the goods are taken from stock; true by default.' }),
    notifyCustomer: z.boolean().optional().meta({ description: 'false by default.' }),
  })
  .meta({ id: 'OrderInput' });
export type OrderInput = z.output<typeof orderInput>;

const orderPlace = { orderId: reference('order') };

/** What may be changed in an order. */
export const orderChange = z
  .strictObject({
    ...orderPlace,
    status: z.enum(['open', 'completed', 'archived']).optional(),
    email: personalInput(320).optional(),
    phone: personalInput(40).optional(),
    billingAddress: addressInput.optional(),
    shippingAddress: addressInput.optional(),
    buyerNote: personalInput(5000).optional(),
    tags: z.array(inputText(40).min(1)).max(250).optional().meta({ description: 'Replaces them all.' }),
  })
  .meta({ id: 'OrderChange' });
export type OrderChange = z.output<typeof orderChange>;

export const orderCancellation = z
  .strictObject({
    ...orderPlace,
    reason: z.enum(['customer', 'inventory', 'fraud', 'declined', 'other']).optional(),
    note: personalInput(255).optional(),
    restock: z.boolean().optional().meta({ description: 'true by default.' }),
    refund: z.boolean().optional().meta({ description: 'Whether what was paid is given back; false by default.' }),
    notifyCustomer: z.boolean().optional().meta({ description: 'false by default.' }),
  })
  .meta({ id: 'OrderCancellation' });
export type OrderCancellation = z.output<typeof orderCancellation>;

const tracking = z.strictObject({
  company: inputText(255).optional(),
  number: inputText(255).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
});

/** A new shipment. */
export const fulfillmentInput = z
  .strictObject({
    ...orderPlace,
    lineItems: z
      .array(z.strictObject({ lineItemId: inputText(255).min(1), quantity }))
      .min(1)
      .max(250)
      .optional()
      .meta({ description: 'Without it, everything that was not sent yet.' }),
    tracking: tracking.optional(),
    locationId: reference('location').optional(),
    notifyCustomer: z.boolean().optional().meta({ description: 'false by default.' }),
  })
  .meta({ id: 'FulfillmentInput' });
export type FulfillmentInput = z.output<typeof fulfillmentInput>;

export const fulfillmentChange = z
  .strictObject({
    ...orderPlace,
    fulfillmentId: reference('fulfillment'),
    tracking: tracking.optional(),
    status: z.enum(['canceled', 'delivered']).optional(),
    notifyCustomer: z.boolean().optional().meta({ description: 'false by default.' }),
  })
  .meta({ id: 'FulfillmentChange' });
export type FulfillmentChange = z.output<typeof fulfillmentChange>;

/** Money to be given back: an amount, or lines with their quantities, or both. */
export const refundInput = z
  .strictObject({
    ...orderPlace,
    amount: positiveMoney.optional().meta({ description: 'Without it, what the lines and the shipping come to.' }),
    lineItems: z
      .array(z.strictObject({ lineItemId: inputText(255).min(1), quantity, restock: z.boolean().optional() }))
      .min(1)
      .max(250)
      .optional(),
    shipping: positiveMoney.optional().meta({ description: 'How much of the shipping is given back.' }),
    reason: inputText(1000).optional(),
    payment: z
      .enum(['original', 'none'])
      .optional()
      .meta({ description: 'original: the money goes back the way it came (default); none: it is only recorded.' }),
    notifyCustomer: z.boolean().optional().meta({ description: 'false by default.' }),
  })
  .refine(({ amount, lineItems, shipping }) => [amount, lineItems, shipping].some((given) => given !== undefined), {
    message: 'name an amount, lines or shipping',
  })
  .meta({ id: 'RefundInput' });
export type RefundInput = z.output<typeof refundInput>;

export const RETURN_REASONS = [
  'sizeTooSmall',
  'sizeTooLarge',
  'unwanted',
  'notAsDescribed',
  'wrongItem',
  'defective',
  'other',
] as const;

export const returnInput = z
  .strictObject({
    ...orderPlace,
    lineItems: z
      .array(
        z.strictObject({
          lineItemId: inputText(255).min(1),
          quantity,
          reason: z.enum(RETURN_REASONS).optional(),
          note: inputText(300).optional(),
        }),
      )
      .min(1)
      .max(250),
    notifyCustomer: z.boolean().optional().meta({ description: 'false by default.' }),
  })
  .meta({ id: 'ReturnInput' });
export type ReturnInput = z.output<typeof returnInput>;
