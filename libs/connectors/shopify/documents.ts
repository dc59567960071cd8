/**
 * The GraphQL documents of this connector, for Admin API 2026-10. Plain constants, so that a test can hold every one
 * against the platform's schema.
 *
 * The platform refuses a query of more than 1,000 points, whatever the shop's plan, and reserves the requested cost
 * before it answers (docs: https://shopify.dev/docs/api/usage/limits). How it counts is not published. The model below
 * was fitted to live answers; it is exact for 45 of 58 recorded queries with the amounts of orders, and so a guide and
 * not a promise: `orders.list` halves its page when a query is refused all the same.
 *
 *   scalar, amount of money, page information 0 · object or plain list 1 + its fields
 *   connection 2 + F(first) x (1 + the fields of a node)
 *   F(n) = n up to 2, else max(2, floor(2 ln n)): F(5) = 3, F(50) = 7, F(100) = 9, F(250) = 11
 *
 *   a line           1 + discounts 2 + taxes 1 + product 1 + variant 2 = 7
 *   a shipping line  1 + discounts 2 + taxes 1                         = 4
 *   an order         1 + customer 1 + addresses 2 + taxes 1 + fees 1   = 6
 *     in a page      + lines 2 + F(50) x 7 + shipping 2 + F(5) x 4 + discounts 2 + F(50)
 *                    + fulfillments 2 + 2 + F(50) x 2 + refunds 1 + 2 + F(50) x 2
 *                    = 6 + 51 + 14 + 9 + 18 + 17   = 115
 *     alone          with F(250), and F(100) for shipping
 *                    = 6 + 79 + 38 + 13 + 26 + 25  = 187
 *   a page of 50     2 + F(50) x 115 = 807, a fifth below the bound
 *   250 more lines   1 + 2 + F(250) x 7 = 80
 *
 * A plain list costs the same whatever its `first`; a connection grows with the logarithm only. An order with more rows
 * than a page holds is read again by itself.
 */

export const API_VERSION = '2026-10';
export const API_VERSION_UNTIL = '2027-10-16T15:00:00Z';

/** Below the shop's own host; everything of the Admin API goes there. */
export const GRAPHQL_PATH = `admin/api/${API_VERSION}/graphql.json`;

/** How many units the platform reserves, by the arithmetic above. */
export const COST = { shop: 3, order: 187, moreLines: 80, orderInPage: 115 } as const;

/** The most orders one page may hold. */
export const MAX_PAGE_SIZE = 50;

/** Units the platform reserves for a connection of which `size` nodes are asked, each with all its fields. */
export function connectionCost(size: number, nodeCost: number): number {
  const rows = size <= 2 ? size : Math.max(2, Math.floor(2 * Math.log(size)));
  return 2 + rows * nodeCost;
}

/** Units the platform reserves for a page of `size` orders. */
export function pageCost(size: number): number {
  return connectionCost(size, COST.orderInPage);
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

const ADDRESS = `
fragment Address on MailingAddress {
  firstName lastName company address1 address2 city province provinceCode country countryCodeV2 zip phone
}`;

const DISCOUNT = `
fragment Discount on DiscountApplication {
  index
  ... on DiscountCodeApplication { code }
  ... on AutomaticDiscountApplication { title }
  ... on ManualDiscountApplication { title }
  ... on ScriptDiscountApplication { title }
}`;

interface Limits {
  readonly rows: number;
  readonly shippingLines: number;
}

/** Money in the shop's currency, which the sum is in; in the buyer's only the total. */
const order = ({ rows, shippingLines }: Limits) => `${LINE}${ADDRESS}${DISCOUNT}
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
    nodes { ...Discount }
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
}${order({ rows: 50, shippingLines: 5 })}
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
