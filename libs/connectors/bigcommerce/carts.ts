import { type CartRecord, type Mapped, moneyOf, type Operation } from '#contract';
import { mapOne, type RecordReading } from '#kit';
import { z } from 'zod';
import { amount, exact, id, instantOf, list, reference, text } from './atoms.js';
import { missing, readRow } from './record-calls.js';

const item = z.object({
  id,
  product_id: reference.optional(),
  variant_id: reference.optional(),
  sku: text,
  name: text,
  quantity: z.number(),
  list_price: amount,
  extended_list_price: amount.nullish(),
});

const cart = z.object({
  id,
  customer_id: reference,
  email: text,
  currency: z.object({
    code: z
      .string()
      .length(3)
      .transform((code) => code.toUpperCase()),
  }),
  cart_amount: amount,
  line_items: z.object({
    physical_items: list(item),
    digital_items: list(item),
    custom_items: list(item),
  }),
  created_time: text,
  updated_time: text,
});
type Cart = z.infer<typeof cart>;

const reading: RecordReading<Cart, CartRecord> = {
  schema: cart,
  map: mapCart,
  identify: (raw) => cart.pick({ id: true }).safeParse(raw).data?.id ?? null,
};

function mapCart(raw: Cart): CartRecord {
  const { code: currency } = raw.currency;
  const { physical_items: physical, digital_items: digital, custom_items: custom } = raw.line_items;
  return {
    platformId: raw.id,
    // A cart that became an order is gone, and one that was left says nothing of it.
    status: 'open',
    platformStatus: null,
    currency,
    total: moneyOf(exact(raw.cart_amount), currency),
    customer: {
      id: raw.customer_id,
      email: raw.email,
      firstName: null,
      lastName: null,
      phone: null,
    },
    // Addresses are the checkout's.
    billingAddress: null,
    shippingAddress: null,
    lineItems: [...physical, ...digital, ...custom].map((line) => {
      const price = exact(line.list_price);
      return {
        id: line.id,
        productId: line.product_id ?? null,
        variantId: line.variant_id ?? null,
        sku: line.sku,
        name: line.name ?? '',
        quantity: line.quantity,
        unitPrice: moneyOf(price, currency),
        total: moneyOf(exact(line.extended_list_price ?? price.times(line.quantity).toFixed()), currency),
      };
    }),
    recoveryUrl: null,
    createdAt: instantOf(raw.created_time),
    updatedAt: instantOf(raw.updated_time),
    completedAt: null,
  };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const getCart: Operation<{ readonly platformId: string }, Mapped<CartRecord>> = {
  async run(store, { platformId }) {
    if (!UUID.test(platformId)) throw missing('cart');
    return mapOne('bigcommerce', 'carts.get', await readRow(store, `v3/carts/${platformId}`), reading);
  },
};
