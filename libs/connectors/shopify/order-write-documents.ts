/**
 * The documents that change orders, for Admin API 2026-10; how their cost is counted: `documents.ts`. A mutation answers
 * only what it made: whole records are read afterwards, by the documents that read them anyway.
 */

export const ORDER_CREATE = `mutation OrderCreate($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput!) {
  orderCreate(order: $order, options: $options) { order { id } userErrors { field message code } }
}
`;

export const ORDER_UPDATE = `mutation OrderUpdate($input: OrderInput!) {
  orderUpdate(input: $input) { order { id } userErrors { field message } }
}
`;

export const ORDER_CLOSE = `mutation OrderClose($input: OrderCloseInput!) {
  orderClose(input: $input) { order { id } userErrors { field message } }
}
`;

export const ORDER_OPEN = `mutation OrderOpen($input: OrderOpenInput!) {
  orderOpen(input: $input) { order { id } userErrors { field message } }
}
`;

export const ORDER_CANCEL = `mutation OrderCancel(
  $orderId: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $notify: Boolean!,
  $refundMethod: OrderCancelRefundMethodInput!, $note: String
) {
  orderCancel(
    orderId: $orderId, reason: $reason, restock: $restock, notifyCustomer: $notify,
    refundMethod: $refundMethod, staffNote: $note
  ) {
    job { id done }
    orderCancelUserErrors { field message code }
  }
}
`;

export const JOB = `query Job($id: ID!) {
  job(id: $id) { id done }
}
`;

/** A variant by its id, or that of a product which has only one. */
export const VARIANTS_NAMED = `query VariantsNamed($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on ProductVariant { id price }
    ... on Product { id variants(first: 2) { nodes { id price } } }
  }
}
`;

/** The search finds by beginnings and without regard to case: what it finds is compared. */
export const VARIANTS_BY_SKU = `query VariantsBySku($query: String!, $first: Int!, $after: String) {
  productVariants(first: $first, after: $after, query: $query) {
    nodes { id sku price }
    pageInfo { hasNextPage endCursor }
  }
}
`;

/** Units reserved for each, at most 250 ids or variants a call. */
export const WRITE_COST = { job: 1, variantInList: 1, namedVariant: 5 } as const;
