import { z } from 'zod';
import { startShopify, USD_SHOP, type RunningShopify } from './running-shopify.js';

export const WRITE_SCOPES =
  'write_orders,read_customers,read_products,read_locations,write_returns,write_fulfillments,' +
  'write_merchant_managed_fulfillment_orders,read_all_orders';

const MONEY = '{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }';

export const ORDER_FIELDS = `
  id name number sourceIdentifier sourceName note tags email test closed closedAt cancelledAt cancelReason processedAt
  displayFinancialStatus displayFulfillmentStatus returnStatus fullyPaid discountCodes
  cancellation { staffNote }
  totalPriceSet ${MONEY} subtotalPriceSet ${MONEY} totalTaxSet ${MONEY} totalDiscountsSet ${MONEY} currentTotalPriceSet ${MONEY}
  totalOutstandingSet ${MONEY} totalRefundedSet ${MONEY} totalCapturableSet ${MONEY} totalShippingPriceSet ${MONEY}
  customer { id firstName defaultEmailAddress { emailAddress } }
  shippingAddress { firstName city country countryCodeV2 }
  lineItems(first: 20) { nodes { id title sku quantity currentQuantity unfulfilledQuantity refundableQuantity requiresShipping
    variant { id } taxLines { title rate priceSet ${MONEY} } } }
  transactions(first: 20) { id kind status gateway amountSet ${MONEY} parentTransaction { id } order { id } }
  fulfillments(first: 10) { id status displayStatus trackingInfo(first: 5) { company number url } order { id }
    fulfillmentLineItems(first: 10) { nodes { id quantity } } events(first: 5) { nodes { status } } }
  fulfillmentOrders(first: 5) { nodes { id status supportedActions { action } assignedLocation { location { id } }
    lineItems(first: 20) { nodes { id totalQuantity remainingQuantity lineItem { id } } } } }
  refunds(first: 10) { id note totalRefundedSet ${MONEY} refundLineItems(first: 10) { nodes { quantity restockType } }
    transactions(first: 5) { nodes { id kind } } orderAdjustments(first: 5) { nodes { amountSet ${MONEY} } } }
  returns(first: 5) { nodes { id name status totalQuantity returnLineItems(first: 5) { nodes { id quantity returnReason returnReasonNote
    ... on ReturnLineItem { fulfillmentLineItem { id lineItem { id } } } } } } }`;

const money = z.object({
  shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }),
  presentmentMoney: z.object({ amount: z.string(), currencyCode: z.string() }),
});
const nodes = <Node extends z.ZodType>(node: Node) => z.object({ nodes: z.array(node) });

export const orderSchema = z.object({
  id: z.string(),
  name: z.string(),
  number: z.number(),
  sourceIdentifier: z.string().nullable(),
  note: z.string().nullable(),
  tags: z.array(z.string()),
  email: z.string().nullable(),
  closed: z.boolean(),
  cancelledAt: z.string().nullable(),
  cancelReason: z.string().nullable(),
  cancellation: z.object({ staffNote: z.string().nullable() }).nullable(),
  processedAt: z.string(),
  displayFinancialStatus: z.string().nullable(),
  displayFulfillmentStatus: z.string(),
  returnStatus: z.string(),
  discountCodes: z.array(z.string()),
  totalPriceSet: money,
  totalTaxSet: money,
  totalDiscountsSet: money,
  currentTotalPriceSet: money,
  totalOutstandingSet: money,
  totalRefundedSet: money,
  totalCapturableSet: money,
  customer: z.looseObject({ id: z.string(), firstName: z.string().nullable() }).nullable(),
  shippingAddress: z.looseObject({ country: z.string() }).nullable(),
  lineItems: nodes(
    z.looseObject({
      id: z.string(),
      title: z.string(),
      sku: z.string().nullable(),
      quantity: z.number(),
      currentQuantity: z.number(),
      unfulfilledQuantity: z.number(),
    }),
  ),
  transactions: z.array(
    z.looseObject({
      id: z.string(),
      kind: z.string(),
      status: z.string(),
      amountSet: money,
      parentTransaction: z.object({ id: z.string() }).nullable(),
      order: z.object({ id: z.string() }),
    }),
  ),
  fulfillments: z.array(
    z.looseObject({
      id: z.string(),
      status: z.string(),
      displayStatus: z.string(),
      trackingInfo: z.array(z.looseObject({ number: z.string().nullable(), url: z.string().nullable() })),
      fulfillmentLineItems: nodes(z.object({ id: z.string(), quantity: z.number() })),
      events: nodes(z.object({ status: z.string() })),
    }),
  ),
  fulfillmentOrders: nodes(
    z.looseObject({
      id: z.string(),
      status: z.string(),
      supportedActions: z.array(z.object({ action: z.string() })),
      lineItems: nodes(
        z.object({
          id: z.string(),
          totalQuantity: z.number(),
          remainingQuantity: z.number(),
          lineItem: z.object({ id: z.string() }),
        }),
      ),
    }),
  ),
  refunds: z.array(
    z.looseObject({
      id: z.string(),
      totalRefundedSet: money,
      refundLineItems: nodes(z.object({ quantity: z.number(), restockType: z.string() })),
    }),
  ),
  returns: nodes(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      status: z.string(),
      returnLineItems: nodes(z.looseObject({ id: z.string(), quantity: z.number(), returnReason: z.string() })),
    }),
  ),
});

export type AnsweredOrder = z.infer<typeof orderSchema>;

const errorSchema = z.object({
  field: z.array(z.string()).nullable(),
  message: z.string(),
  code: z.string().nullish(),
});

/** What a mutation answered: its payload and its refusals. */
export interface Answered {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly errors: readonly z.infer<typeof errorSchema>[];
}

/** An app with write access, on one shop. */
export interface OrdersApp {
  readonly running: RunningShopify;
  readonly token: string;
  /** Runs a mutation; `document` begins after the word `mutation`. */
  write(document: string, variables: unknown): Promise<Answered>;
  create(order: unknown, options?: unknown): Promise<AnsweredOrder>;
  order(id: string): Promise<AnsweredOrder>;
}

const LINE = { title: 'Brass Compass', priceSet: { shopMoney: { amount: '20.00', currencyCode: 'USD' } }, quantity: 2 };

/** Two compasses, $40.00, paid. */
export const PAID_ORDER = {
  lineItems: [{ ...LINE, requiresShipping: true }],
  financialStatus: 'PAID',
  email: 'ada@example.com',
};

export async function startOrdersApp(host = USD_SHOP): Promise<OrdersApp> {
  const running = await startShopify();
  const { access_token: token } = await running.connect(host, WRITE_SCOPES);
  const write = async (document: string, variables: unknown): Promise<Answered> => {
    const { data, errors } = await running.ask(host, token, `mutation ${document}`, variables);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    const [payload] = Object.values(z.record(z.string(), z.looseObject({})).parse(data));
    if (payload === undefined) throw new Error('No payload.');
    const list = payload['orderCancelUserErrors'] ?? payload['userErrors'];
    return { payload, errors: z.array(errorSchema).parse(list) };
  };
  const order = async (id: string): Promise<AnsweredOrder> => {
    const query = `query One($id: ID!) { order(id: $id) { ${ORDER_FIELDS} } }`;
    const { data, errors } = await running.ask(host, token, query, { id });
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return orderSchema.parse(data?.['order']);
  };
  return {
    ...{ running, token, write, order },
    async create(input, options) {
      const document = `Create($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) {
        orderCreate(order: $order, options: $options) { order { id } userErrors { field message code } } }`;
      const { payload, errors } = await write(document, { order: input, options });
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
      return order(z.object({ id: z.string() }).parse(payload['order']).id);
    },
  };
}
