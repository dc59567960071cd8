import {
  type CartFilter,
  type CartRecord,
  decimal,
  emulated,
  type ListOperation,
  type Mapped,
  moneyOf,
  type Operation,
  sum,
} from '#contract';
import { naiveUtcInstant, type RecordReading, orNull } from '#kit';
import { z } from 'zod';
import { amount, flag, id, list, quantity, reference, text } from './atoms.js';
import { addressOf } from './map-order.js';
import { magentoAddress } from './order-schema.js';
import { API, readOne } from './record-calls.js';
import { where } from './search-criteria.js';
import { searchPage } from './search-page.js';
import { pageOfView } from './store-view.js';

const code = z.string().regex(/^[A-Z]{3}$/);

const cart = z.object({
  id,
  is_active: flag,
  created_at: text,
  updated_at: text,
  converted_at: text,
  reserved_order_id: reference,
  currency: z.object({ base_currency_code: code, quote_currency_code: code.nullish() }),
  customer: z.object({ id: reference, email: text, firstname: text, lastname: text }).nullish().catch(null),
  billing_address: magentoAddress,
  items: list(z.object({ item_id: id, sku: text, name: text, qty: quantity, price: amount.nullish() })),
  extension_attributes: z
    .object({ shipping_assignments: list(z.object({ shipping: z.object({ address: magentoAddress }).nullish() })) })
    .nullish()
    .catch(null),
});
type Cart = z.infer<typeof cart>;

function mapCart(record: Cart): CartRecord {
  const currency = record.currency.quote_currency_code ?? record.currency.base_currency_code;
  const lines = record.items.map(({ qty, price }) => (price ? decimal(price).times(qty) : decimal('0')));
  const isOver = !record.is_active && record.reserved_order_id !== null;
  return {
    platformId: record.id,
    status: record.is_active ? 'open' : isOver ? 'recovered' : 'other',
    platformStatus: record.is_active ? 'active' : 'inactive',
    currency,
    total: moneyOf(sum(lines), currency),
    customer: buyerOf(record),
    billingAddress: addressOf(record.billing_address),
    shippingAddress: addressOf(record.extension_attributes?.shipping_assignments[0]?.shipping?.address),
    lineItems: record.items.map((item, index) => ({
      id: item.item_id,
      // A line of a cart names its product by the SKU only.
      productId: null,
      variantId: null,
      sku: item.sku,
      name: item.name ?? item.sku ?? '',
      quantity: item.qty,
      unitPrice: item.price ? moneyOf(item.price, currency) : null,
      total: item.price ? moneyOf(lines[index] ?? decimal('0'), currency) : null,
    })),
    // The API knows no address that would open a cart.
    recoveryUrl: null,
    createdAt: instantOf(record.created_at),
    updatedAt: instantOf(record.updated_at) ?? instantOf(record.created_at),
    completedAt: instantOf(record.converted_at),
  };
}

function buyerOf({ customer, billing_address: billing }: Cart): CartRecord['customer'] {
  const first = (own: string | null | undefined, paying: string | null | undefined) => own ?? paying ?? null;
  const buyer = {
    id: first(customer?.id, null),
    email: first(customer?.email, billing?.email),
    firstName: first(customer?.firstname, billing?.firstname),
    lastName: first(customer?.lastname, billing?.lastname),
    phone: first(null, billing?.telephone),
  };
  return orNull(buyer);
}

/** A cart that was never changed has zeros for the time of its last change: the column's default. */
function instantOf(printed: string | null): string | null {
  return printed === null || printed.startsWith('0000') ? null : naiveUtcInstant(printed);
}

const reading: RecordReading<Cart, CartRecord> = {
  schema: cart,
  map: mapCart,
  identify: (raw) => cart.pick({ id: true }).safeParse(raw).data?.id ?? null,
};

const TOTAL =
  'Magento tells no total of a cart beside what it holds: the total is the sum of the prices of its lines, before discounts, shipping and tax.';

export const listCarts = emulated<ListOperation<CartFilter, CartRecord>>(
  {
    filters: { updatedSince: true, createdSince: true, createdUntil: true },
    sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
    // Everything is answered of each of them, down to the customer's addresses (fact sheet, 5.12).
    maxPageSize: 50,
    async page(store, query, page) {
      // Of those that were ordered, the order tells more; and visitors leave empty ones in thousands.
      const groups = [where('is_active', 'eq', '1'), where('items_count', 'gt', '0')];
      const selection = {
        path: `${API}carts/search`,
        id: { column: 'entity_id', field: 'id' },
        reading,
      };
      return await pageOfView(store, 'store_id', page, (within, inner) =>
        searchPage(store, { ...selection, where: [...groups, ...within] }, query, inner),
      );
    },
  },
  TOTAL,
);

export const getCart = emulated<Operation<{ readonly platformId: string }, Mapped<CartRecord>>>(
  { run: (store, { platformId }) => readOne(store, { path: `${API}carts`, what: 'cart', reading }, platformId) },
  TOTAL,
);
