/**
 * The documents for what belongs to an order: shipments, refunds, returns, payments. How their cost is counted:
 * `documents.ts`. Shipments, refunds and payments are plain lists there, which know no cursor and cost the same whatever
 * their `first`.
 */

const SHIPMENT = `
fragment Shipment on Fulfillment {
  id status displayStatus createdAt updatedAt
  trackingInfo(first: 250) { company number url }
  fulfillmentLineItems(first: 250) { nodes { quantity lineItem { id } } pageInfo { hasNextPage } }
}`;

export const ORDER_FULFILLMENTS = `query OrderFulfillments($id: ID!) {
  order(id: $id) { id currencyCode fulfillments(first: 250) { ...Shipment } }
}${SHIPMENT}
`;

export const FULFILLMENT_BY_ID = `query FulfillmentById($id: ID!) {
  fulfillment(id: $id) { order { id } ...Shipment }
}${SHIPMENT}
`;

const REFUND = `
fragment Amount on MoneyBag { shopMoney { amount currencyCode } }
fragment RefundFields on Refund {
  id createdAt note
  totalRefundedSet { ...Amount }
  refundLineItems(first: 250) {
    nodes { quantity lineItem { id } subtotalSet { ...Amount } }
    pageInfo { hasNextPage }
  }
}`;

export const ORDER_REFUNDS = `query OrderRefunds($id: ID!) {
  order(id: $id) { id currencyCode refunds(first: 250) { ...RefundFields } }
}${REFUND}
`;

export const REFUND_BY_ID = `query RefundById($id: ID!) {
  refund(id: $id) { order { id currencyCode } ...RefundFields }
}${REFUND}
`;

export const ORDER_TRANSACTIONS = `query OrderTransactions($id: ID!) {
  order(id: $id) {
    id currencyCode
    transactions(first: 250) {
      id kind status gateway test createdAt
      amountSet { shopMoney { amount currencyCode } }
      parentTransaction { id }
    }
  }
}
`;

/** `returnReason` is deprecated for definitions, whose handles are not published; its words are the schema's own. */
const RETURN = `
fragment ReturnFields on Return {
  id status createdAt closedAt
  returnLineItems(first: 100) {
    nodes {
      quantity returnReason returnReasonNote customerNote
      returnReasonDefinition { name }
      ... on ReturnLineItem { fulfillmentLineItem { lineItem { id } } }
    }
    pageInfo { hasNextPage }
  }
}`;

export const ORDER_RETURNS = `query OrderReturns($id: ID!, $first: Int!, $after: String) {
  order(id: $id) {
    returns(first: $first, after: $after) { nodes { ...ReturnFields } pageInfo { hasNextPage endCursor } }
  }
}${RETURN}
`;

export const RETURN_BY_ID = `query ReturnById($id: ID!) {
  return(id: $id) { ...ReturnFields }
}${RETURN}
`;

/** What is left to be sent, and from where. */
export const FULFILLMENT_ORDERS = `query FulfillmentOrders($id: ID!, $after: String) {
  order(id: $id) {
    fulfillmentOrders(first: 50, after: $after) {
      nodes {
        id status
        supportedActions { action }
        assignedLocation { location { id } }
        lineItems(first: 250) { nodes { id remainingQuantity lineItem { id } } pageInfo { hasNextPage } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`;

export const FULFILLMENT_CREATE = `mutation FulfillmentCreate($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }
}
`;

export const TRACKING_UPDATE = `mutation TrackingUpdate($id: ID!, $tracking: FulfillmentTrackingInput!, $notify: Boolean!) {
  fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: $notify) {
    fulfillment { id }
    userErrors { field message }
  }
}
`;

export const FULFILLMENT_CANCEL = `mutation FulfillmentCancel($id: ID!) {
  fulfillmentCancel(id: $id) { fulfillment { id } userErrors { field message } }
}
`;

export const FULFILLMENT_EVENT = `mutation FulfillmentEvent($event: FulfillmentEventInput!) {
  fulfillmentEventCreate(fulfillmentEvent: $event) { fulfillmentEvent { id } userErrors { field message } }
}
`;

/** What a refund would come to, what could be given back at all and through which payments, in the buyer's currency. */
export const REFUND_QUOTE = `query RefundQuote($id: ID!, $lines: [RefundLineItemInput!], $shipping: Money) {
  order(id: $id) {
    id presentmentCurrencyCode
    refunds(first: 250) { id note }
    quote: suggestedRefund(refundLineItems: $lines, shippingAmount: $shipping) {
      amountSet { presentmentMoney { amount } }
    }
    whole: suggestedRefund(suggestFullRefund: true) {
      maximumRefundableSet { presentmentMoney { amount } }
      suggestedTransactions {
        gateway
        maximumRefundableSet { presentmentMoney { amount } }
        parentTransaction { id }
      }
    }
  }
}
`;

/** Where goods of an order are, sent or not. */
export const GOODS_PLACES = `query GoodsPlaces($id: ID!) {
  order(id: $id) {
    fulfillmentOrders(first: 50) {
      nodes {
        status
        assignedLocation { location { id } }
        lineItems(first: 250) { nodes { remainingQuantity lineItem { id } } }
      }
    }
    fulfillments(first: 250) {
      status
      location { id }
      fulfillmentLineItems(first: 250) { nodes { id quantity lineItem { id } } }
    }
  }
}
`;

export const REFUND_CREATE = `mutation RefundCreate($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { field message } }
}
`;

/** What was sent and is not coming back already. */
export const RETURNABLE = `query Returnable($id: ID!) {
  order(id: $id) {
    fulfillments(first: 250) {
      status
      fulfillmentLineItems(first: 250) { nodes { id quantity lineItem { id } } }
    }
    returns(first: 50) {
      nodes {
        status
        returnLineItems(first: 100) { nodes { quantity ... on ReturnLineItem { fulfillmentLineItem { id } } } }
      }
    }
  }
}
`;

export const RETURN_CREATE = `mutation ReturnCreate($input: ReturnInput!) {
  returnCreate(returnInput: $input) { return { id } userErrors { field message code } }
}
`;

/** Units reserved for each, by the arithmetic of `documents.ts`; held against it by a test. */
export const PART_COST = {
  fulfillments: 27,
  fulfillment: 27,
  refunds: 26,
  refund: 26,
  transactions: 3,
  returnInPage: 39,
  ownReturn: 39,
  fulfillmentOrders: 199,
  refundQuote: 6,
  goodsPlaces: 218,
  returnable: 175,
} as const;
