/**
 * The GraphQL documents of this connector, for Admin API 2026-10. Plain constants, so that a test can hold every one
 * against the platform's schema.
 *
 * The platform refuses a query of more than 1,000 points, whatever the shop's plan, and reserves the requested cost
 * before it answers (docs: https://shopify.dev/docs/api/usage/limits). How it counts is not published. The model below
 * was fitted to live answers (exact for two thirds, within 10 % for three quarters): a guide, not a promise, and so
 * `orders.list` halves its page when a query is refused all the same.
 *
 *   scalar 0 · object or plain list 1 + its fields · connection 2 + F(first) x (1 + the fields of a node)
 *   F(n) = n up to 2, else max(2, floor(2 ln n)): F(3) = 2, F(12) = 4, F(30) = 6, F(100) = 9, F(250) = 11
 *
 *   a line           1 + price 2 + amount 2 + discounts 4 + taxes 3 + product 1 + variant 2 = 15
 *   a shipping line  1 + price 2 + discounts 4 + taxes 3                                    = 10
 *   an order         1 + total 3 + 4 amounts 8 + customer 1 + 2 addresses 2 + taxes 3 + fees 3 = 21
 *     in a page      + lines 2 + F(12) x 15 + shipping 2 + F(3) x 10 + discounts 2 + F(12)
 *                    + fulfillments 2 + 2 + F(12) x 2 + refunds 3 + 2 + F(12) x 4
 *                    = 21 + 62 + 22 + 6 + 12 + 21 = 144
 *     alone          with F(250), and F(100) for shipping = 21 + 167 + 92 + 13 + 26 + 49 = 368
 *   a page of 30     2 + F(30) x 144 = 866, a seventh below the bound
 *   250 more lines   1 + 2 + F(250) x 15 = 168
 *
 * A plain list costs the same whatever its `first`; a connection only grows with the logarithm. So 12 and 3 rows suffice
 * in a page: an order with more is read again by itself.
 */

export const API_VERSION = '2026-10';

/** Below the shop's own host; everything of the Admin API goes there. */
export const GRAPHQL_PATH = `admin/api/${API_VERSION}/graphql.json`;

/** How many units the platform reserves, by the arithmetic above. */
export const COST = { shop: 3, order: 368, moreLines: 168, orderInPage: 144 } as const;

/** The most orders one page may hold. */
export const MAX_PAGE_SIZE = 30;

/** Units the platform reserves for a page of `size` orders. */
export function pageCost(size: number): number {
  const rows = size <= 2 ? size : Math.max(2, Math.floor(2 * Math.log(size)));
  return 2 + rows * COST.orderInPage;
}

const LINE = `
fragment Amount on MoneyBag { shopMoney { amount currencyCode } }
fragment Allocation on DiscountAllocation { allocatedAmountSet { ...Amount } discountApplication { index } }
fragment Line on LineItem {
  id name sku quantity nonFulfillableQuantity requiresShipping
  originalUnitPriceSet { ...Amount } originalTotalSet { ...Amount }
  discountAllocations { ...Allocation }
  taxLines { priceSet { ...Amount } }
  product { id }
  variant { id selectedOptions { name value } }
}`;

interface Limits {
  readonly rows: number;
  readonly shippingLines: number;
}

/** Money in the shop's currency; the buyer's currency only for the total, because each amount costs a point. */
const order = ({ rows, shippingLines }: Limits) => `${LINE}
fragment Address on MailingAddress {
  firstName lastName company address1 address2 city province provinceCode country countryCodeV2 zip phone
}
fragment OrderFields on Order {
  id name createdAt updatedAt closed cancelledAt cancelReason test note tags sourceName email phone
  currencyCode presentmentCurrencyCode taxesIncluded dutiesIncluded paymentGatewayNames
  displayFinancialStatus displayFulfillmentStatus returnStatus
  totalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
  totalTaxSet { ...Amount } totalRefundedSet { ...Amount }
  totalTipReceivedSet { ...Amount } originalTotalDutiesSet { ...Amount }
  additionalFees { name price { ...Amount } }
  taxLines { title rate priceSet { ...Amount } }
  customer { id firstName lastName }
  billingAddress { ...Address }
  shippingAddress { ...Address }
  discountApplications(first: ${rows}) {
    nodes {
      index
      ... on DiscountCodeApplication { code }
      ... on AutomaticDiscountApplication { title }
      ... on ManualDiscountApplication { title }
      ... on ScriptDiscountApplication { title }
    }
    pageInfo { hasNextPage }
  }
  lineItems(first: ${rows}) { nodes { ...Line } pageInfo { hasNextPage endCursor } }
  shippingLines(first: ${shippingLines}) {
    nodes {
      id title code
      originalPriceSet { ...Amount }
      discountAllocations { ...Allocation }
      taxLines { priceSet { ...Amount } }
    }
    pageInfo { hasNextPage }
  }
  fulfillments(first: 250) {
    id status displayStatus createdAt updatedAt
    trackingInfo(first: 250) { company number url }
    fulfillmentLineItems(first: ${rows}) { nodes { quantity lineItem { id } } pageInfo { hasNextPage } }
  }
  refunds(first: 250) {
    id createdAt note
    totalRefundedSet { ...Amount }
    refundLineItems(first: ${rows}) {
      nodes { quantity lineItem { id } subtotalSet { ...Amount } }
      pageInfo { hasNextPage }
    }
  }
}`;

/** `shop` and the installation need no scope of their own (schema: no required access on either). */
export const SHOP = `query Shop {
  shop { id name myshopifyDomain currencyCode ianaTimezone }
  currentAppInstallation { accessScopes { handle } }
}
`;

export const ORDERS_PAGE = `query OrdersPage(
  $first: Int!, $after: String, $query: String, $sortKey: OrderSortKeys!, $reverse: Boolean!
) {
  orders(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) {
    nodes { ...OrderFields }
    pageInfo { hasNextPage endCursor }
  }
}${order({ rows: 12, shippingLines: 3 })}
`;

export const ORDER_BY_ID = `query OrderById($id: ID!) {
  order(id: $id) { ...OrderFields }
}${order({ rows: 250, shippingLines: 100 })}
`;

/** What lies beyond the first 250 lines of an order. */
export const ORDER_LINE_ITEMS = `query OrderLineItems($id: ID!, $after: String!) {
  order(id: $id) {
    lineItems(first: 250, after: $after) { nodes { ...Line } pageInfo { hasNextPage endCursor } }
  }
}${LINE}
`;
