import {
  type ConnectedStore,
  type JsonValue,
  type ReturnInput,
  type ReturnRecord,
  type WriteOperation,
  type Written,
} from '#contract';
import { graphql, mapOne } from '#kit';
import { z } from 'zod';
import { connection, json } from './connection.js';
import { GRAPHQL_PATH } from './documents.js';
import { globalId, notFound } from './global-id.js';
import { mutate } from './mutate.js';
import { given, reject } from './order-input.js';
import { PART_COST, RETURNABLE, RETURN_BY_ID, RETURN_CREATE } from './order-part-documents.js';
import { reasonWord, returnReading } from './order-parts.js';

const OPERATION = 'returns.create';

export const createReturn: WriteOperation<ReturnInput, Written<ReturnRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'Shopify takes no idempotency key for returns and keeps no reference with them.',
  },
  losses: {
    notifyCustomer: { fate: 'ignored', why: 'Shopify no longer tells the buyer of a return that an app makes.' },
  },
  async run(store, input) {
    const id = globalId('Order', input.orderId);
    const made = await mutate(store, {
      operation: OPERATION,
      document: RETURN_CREATE,
      root: 'returnCreate',
      variables: { input: { orderId: id, returnLineItems: await returnLines(store, id, input) } },
      answer: z.object({ return: z.object({ id: z.string() }) }),
    });
    return readReturn(store, made.return.id, id);
  },
};

const sentLine = z.object({ id: z.string(), quantity: z.number().nullable(), lineItem: z.object({ id: z.string() }) });
const returnable = z.object({
  fulfillments: z.array(z.object({ status: z.string(), fulfillmentLineItems: connection(sentLine) })),
  returns: connection(
    z.object({
      status: z.string(),
      returnLineItems: connection(
        z.object({ quantity: z.number(), fulfillmentLineItem: z.object({ id: z.string() }).nullish() }),
      ),
    }),
  ),
});

/** A return names what was sent, not what was ordered: the units are spread over the shipments they came in. */
async function returnLines(store: ConnectedStore, id: string, input: ReturnInput): Promise<JsonValue[]> {
  const sent = await sentUnits(store, id, input.orderId);
  return input.lineItems.flatMap(({ lineItemId, quantity, reason, note }, at) => {
    const line = globalId('LineItem', lineItemId);
    let wanted = quantity;
    const rows: JsonValue[] = [];
    for (const unit of sent.filter((one) => one.lineItemId === line)) {
      const units = Math.min(wanted, unit.left);
      if (units <= 0) continue;
      unit.left -= units;
      wanted -= units;
      rows.push(
        given({
          fulfillmentLineItemId: unit.id,
          quantity: units,
          returnReason: reasonWord(reason ?? 'unknown'),
          returnReasonNote: note,
        }),
      );
    }
    if (wanted === 0) return rows;
    const message = `Only ${quantity - wanted} of this line were sent and are not coming back already`;
    throw reject(OPERATION, `lineItems.${at}.quantity`, message);
  });
}

async function sentUnits(store: ConnectedStore, id: string, asked: string) {
  const { order } = await graphql(store, {
    path: GRAPHQL_PATH,
    document: RETURNABLE,
    variables: { id },
    effect: 'read',
    expect: z.object({ order: returnable.nullable() }),
    cost: PART_COST.returnable,
  });
  if (order === null) throw notFound('Order', asked);
  const back = order.returns.nodes
    .filter(({ status }) => status !== 'CANCELED' && status !== 'DECLINED')
    .flatMap(({ returnLineItems }) => returnLineItems.nodes);
  return order.fulfillments
    .filter(({ status }) => status === 'SUCCESS')
    .flatMap(({ fulfillmentLineItems }) => fulfillmentLineItems.nodes)
    .map((unit) => ({
      id: unit.id,
      lineItemId: unit.lineItem.id,
      left: back
        .filter(({ fulfillmentLineItem }) => fulfillmentLineItem?.id === unit.id)
        .reduce((units, { quantity }) => units - quantity, unit.quantity ?? 0),
    }));
}

async function readReturn(store: ConnectedStore, id: string, orderId: string): Promise<Written<ReturnRecord>> {
  const data = await graphql(store, {
    path: GRAPHQL_PATH,
    document: RETURN_BY_ID,
    variables: { id },
    effect: 'read',
    expect: z.object({ return: json.nullable() }),
    cost: PART_COST.ownReturn,
  });
  if (data.return === null) throw notFound('Return', id);
  return mapOne('shopify', OPERATION, data.return, returnReading({ id: orderId }));
}
