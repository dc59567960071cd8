import {
  type ConnectedStore,
  type FulfillmentChange,
  type FulfillmentInput,
  type FulfillmentRecord,
  type JsonValue,
  type WriteOperation,
  type Written,
} from '#contract';
import { graphql, mapOne } from '#kit';
import { z } from 'zod';
import { afterFirst } from './change-order.js';
import { json } from './connection.js';
import { GRAPHQL_PATH } from './documents.js';
import { type Shipment, planShipments } from './fulfillment-plan.js';
import { globalId, notFound } from './global-id.js';
import { mutate } from './mutate.js';
import { given } from './order-input.js';
import {
  FULFILLMENT_BY_ID,
  FULFILLMENT_CANCEL,
  FULFILLMENT_CREATE,
  FULFILLMENT_EVENT,
  PART_COST,
  TRACKING_UPDATE,
} from './order-part-documents.js';
import { fulfillmentReading } from './order-parts.js';

const made = z.object({ fulfillment: z.object({ id: z.string() }) });

export const createFulfillment: WriteOperation<FulfillmentInput, Written<FulfillmentRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'Shopify takes no idempotency key for shipments and keeps no reference with them.',
  },
  losses: {},
  /** Where the goods lie in several places there, each sends a shipment of its own, and the first one is answered. */
  async run(store, input) {
    const shipments = await planShipments(store, input);
    const sent: string[] = [];
    for (const shipment of shipments) {
      const { fulfillment } = await send(store, input, shipment).catch((error: unknown) => {
        throw sent.length === 0 ? error : afterFirst(`sent already: ${sent.join(', ')}`, error);
      });
      sent.push(fulfillment.id);
    }
    const [first = ''] = sent;
    const written = await readFulfillment(store, 'fulfillments.create', first, globalId('Order', input.orderId));
    return sent.length === 1 ? written : { ...written, raw: { first: written.raw, fulfillments: sent } };
  },
};

async function send(store: ConnectedStore, input: FulfillmentInput, { parts }: Shipment) {
  return mutate(store, {
    operation: 'fulfillments.create',
    document: FULFILLMENT_CREATE,
    root: 'fulfillmentCreate',
    variables: {
      fulfillment: given({
        lineItemsByFulfillmentOrder: [...parts],
        trackingInfo: input.tracking && given(input.tracking),
        notifyCustomer: input.notifyCustomer ?? false,
      }),
    },
    answer: made,
  });
}

export const updateFulfillment: WriteOperation<FulfillmentChange, Written<FulfillmentRecord>> = {
  repeat: {
    kind: 'sameEffect',
    why: 'Tracking is replaced, and what is canceled or delivered already is left as it is.',
  },
  losses: {},
  async run(store, input) {
    const id = globalId('Fulfillment', input.fulfillmentId);
    const order = globalId('Order', input.orderId);
    const before = await readFulfillment(store, 'fulfillments.update', id, order);
    if (input.tracking !== undefined) await setTracking(store, id, input);
    if (input.status !== undefined && input.status !== before.record.status) {
      await MOVES[input.status](store, id).catch((error: unknown) => {
        throw input.tracking === undefined ? error : afterFirst('its tracking was changed, its status was not', error);
      });
    }
    return readFulfillment(store, 'fulfillments.update', id, order);
  },
};

async function setTracking(store: ConnectedStore, id: string, input: FulfillmentChange): Promise<void> {
  await mutate(store, {
    operation: 'fulfillments.update',
    document: TRACKING_UPDATE,
    root: 'fulfillmentTrackingInfoUpdate',
    variables: { id, tracking: given(input.tracking ?? {}), notify: input.notifyCustomer ?? false },
    answer: made,
  });
}

type Move = (store: ConnectedStore, id: string) => Promise<unknown>;

const MOVES: Readonly<Record<NonNullable<FulfillmentChange['status']>, Move>> = {
  canceled: (store, id) =>
    mutate(store, {
      operation: 'fulfillments.update',
      document: FULFILLMENT_CANCEL,
      root: 'fulfillmentCancel',
      variables: { id },
      answer: made,
    }),
  delivered: (store, id) =>
    mutate(store, {
      operation: 'fulfillments.update',
      document: FULFILLMENT_EVENT,
      root: 'fulfillmentEventCreate',
      variables: { event: { fulfillmentId: id, status: 'DELIVERED' } },
      answer: z.object({ fulfillmentEvent: z.object({ id: z.string() }) }),
    }),
};

/** @throws GatewayError `not_found` also for a shipment of another order */
async function readFulfillment(
  store: ConnectedStore,
  operation: string,
  id: string,
  order: string,
): Promise<Written<FulfillmentRecord>> {
  const { fulfillment } = await graphql(store, {
    path: GRAPHQL_PATH,
    document: FULFILLMENT_BY_ID,
    variables: { id },
    effect: 'read',
    expect: z.object({ fulfillment: json.nullable() }),
    cost: PART_COST.fulfillment,
  });
  if (ownerOf(fulfillment) !== order) throw notFound('Fulfillment', id);
  return mapOne('shopify', operation, fulfillment, fulfillmentReading({ id: order }));
}

/** The order a record of it names as its own. */
export function ownerOf(raw: JsonValue): string | undefined {
  const read = z.object({ order: z.object({ id: z.string() }) }).safeParse(raw);
  return read.success ? read.data.order.id : undefined;
}
