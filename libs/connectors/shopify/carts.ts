import {
  type CartFilter,
  type CartRecord,
  type ConnectedStore,
  type JsonValue,
  type Mapped,
  type Operation,
  Unreadable,
  moneyOf,
} from '#contract';
import { graphql, mapOne, type RecordReading, utcInstant } from '#kit';
import { z } from 'zod';
import { addressOf, platformAddress, text } from './address.js';
import { connection, isCutShort, json } from './connection.js';
import { GRAPHQL_PATH, connectionCost } from './documents.js';
import { globalId, notFound } from './global-id.js';
import { listOf } from './list.js';
import { amountsIn } from './order-amounts.js';
import { orderId } from './order-mapper.js';
import { instantOf } from './order-rows.js';
import { moneyBag } from './order-schema.js';
import { allOf, times } from './search.js';

/** Only what a buyer left at the checkout can be read; what lies in a cart before that is not shown to apps. */
export const CARTS_PAGE = `query CartsPage(
  $first: Int!, $after: String, $query: String, $sortKey: AbandonedCheckoutSortKeys!, $reverse: Boolean!
) {
  abandonedCheckouts(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) {
    nodes {
      id createdAt updatedAt completedAt abandonedCheckoutUrl
      totalPriceSet { ...Amount }
      customer {
        id firstName lastName
        defaultEmailAddress { emailAddress }
        defaultPhoneNumber { phoneNumber }
      }
      billingAddress { ...Address }
      shippingAddress { ...Address }
      lineItems(first: 250) {
        nodes {
          id title variantTitle sku quantity
          product { id }
          variant { id }
          originalUnitPriceSet { ...Amount }
          discountedTotalPriceSet { ...Amount }
        }
        pageInfo { hasNextPage }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
fragment Amount on MoneyBag { shopMoney { amount currencyCode } }
fragment Address on MailingAddress {
  firstName lastName company address1 address2 city province provinceCode country countryCodeV2 zip phone
}
`;

/** 1 + customer 3 + addresses 2 + lines 2 + F(250) x 3, as `documents.ts` counts. */
export const CART_COST = 41;

const owned = z.object({ id: z.string() }).nullish();
const line = z.object({
  id: z.string(),
  title: text,
  variantTitle: text,
  sku: text,
  quantity: z.number(),
  product: owned,
  variant: owned,
  originalUnitPriceSet: moneyBag,
  discountedTotalPriceSet: moneyBag,
});
const checkout = z.object({
  id: z.string().min(1),
  createdAt: z.string(),
  updatedAt: z.string(),
  completedAt: text,
  abandonedCheckoutUrl: text,
  totalPriceSet: moneyBag,
  customer: z
    .object({
      id: z.string(),
      firstName: text,
      lastName: text,
      defaultEmailAddress: z.object({ emailAddress: text }).nullish(),
      defaultPhoneNumber: z.object({ phoneNumber: text }).nullish(),
    })
    .nullish(),
  billingAddress: platformAddress.nullable().default(null),
  shippingAddress: platformAddress.nullable().default(null),
  lineItems: connection(line),
});
type PlatformCart = z.infer<typeof checkout>;

export const cartReading: RecordReading<PlatformCart, CartRecord> = {
  schema: checkout,
  map: mapCart,
  identify: orderId,
};

function mapCart(cart: PlatformCart): CartRecord {
  if (isCutShort(cart)) throw new Unreadable('the cart has more lines than can be read');
  const currency = cart.totalPriceSet.shopMoney.currencyCode ?? '';
  const read = amountsIn(currency);
  return {
    platformId: cart.id,
    // A checkout that was completed after all is listed on.
    status: cart.completedAt === null ? 'abandoned' : 'recovered',
    platformStatus: null,
    currency,
    total: moneyOf(read(cart.totalPriceSet), currency),
    customer: customerOf(cart),
    billingAddress: cart.billingAddress && addressOf(cart.billingAddress),
    shippingAddress: cart.shippingAddress && addressOf(cart.shippingAddress),
    lineItems: cart.lineItems.nodes.map((item) => ({
      id: item.id,
      productId: item.product?.id ?? null,
      variantId: item.variant?.id ?? null,
      sku: item.sku,
      name: [item.title, item.variantTitle].filter(Boolean).join(' - '),
      quantity: item.quantity,
      unitPrice: moneyOf(read(item.originalUnitPriceSet), currency),
      total: moneyOf(read(item.discountedTotalPriceSet), currency),
    })),
    recoveryUrl: cart.abandonedCheckoutUrl,
    createdAt: utcInstant(cart.createdAt),
    updatedAt: utcInstant(cart.updatedAt),
    completedAt: instantOf(cart.completedAt),
  };
}

function customerOf({ customer }: PlatformCart): CartRecord['customer'] {
  if (customer === null || customer === undefined) return null;
  const { id, firstName, lastName, defaultEmailAddress, defaultPhoneNumber } = customer;
  return {
    id,
    firstName,
    lastName,
    email: defaultEmailAddress?.emailAddress ?? null,
    phone: defaultPhoneNumber?.phoneNumber ?? null,
  };
}

export const listCarts = listOf<CartFilter, PlatformCart, CartRecord>({
  document: CARTS_PAGE,
  path: ['abandonedCheckouts'],
  // It can look for changes but not sort by them.
  filters: { updatedSince: true, createdSince: true, createdUntil: true },
  sorts: ['-createdAt', 'createdAt'],
  maxPageSize: 100,
  nodeCost: CART_COST,
  variables: ({ filter, sort }) => ({
    query: allOf([...times(filter)]),
    sortKey: 'CREATED_AT',
    reverse: sort.startsWith('-'),
  }),
  reading: cartReading,
});

/** There is no look-up by id but a search for it, which lags some seconds behind. */
export const getCart: Operation<{ readonly platformId: string }, Mapped<CartRecord>> = {
  async run(store, { platformId }) {
    const id = globalId('AbandonedCheckout', platformId);
    const raw = (await search(store, id.slice(id.lastIndexOf('/') + 1))).find((one) => orderId(one) === id);
    if (raw === undefined) throw notFound('AbandonedCheckout', platformId);
    return mapOne('shopify', 'carts.get', raw, cartReading);
  },
};

async function search(store: ConnectedStore, number: string): Promise<readonly JsonValue[]> {
  const { abandonedCheckouts } = await graphql(store, {
    path: GRAPHQL_PATH,
    document: CARTS_PAGE,
    variables: { first: 1, after: null, query: `id:${number}`, sortKey: 'ID', reverse: false },
    effect: 'read',
    expect: z.object({ abandonedCheckouts: connection(json) }),
    cost: connectionCost(1, CART_COST),
  });
  return abandonedCheckouts.nodes;
}
