import { type ConnectedStore, type FulfillmentInput, type JsonValue } from '#contract';
import { graphql } from '#kit';
import { z } from 'zod';
import { connection } from './connection.js';
import { GRAPHQL_PATH } from './documents.js';
import { globalId, notFound } from './global-id.js';
import { cursorAfter } from './list.js';
import { reject } from './order-input.js';
import { FULFILLMENT_ORDERS, PART_COST } from './order-part-documents.js';

/** Units of a line of one fulfillment order. */
interface Portion {
  readonly id: string;
  readonly lineItemId: string;
  readonly quantity: number;
}

/** What one location has to send for an order. */
interface Work {
  readonly id: string;
  readonly locationId: string | null;
  readonly lines: readonly Portion[];
  readonly cutShort: boolean;
}

/** One call: everything that leaves one location. */
export interface Shipment {
  readonly locationId: string | null;
  /** `FulfillmentOrderLineItemsInput`. */
  readonly parts: readonly JsonValue[];
}

const SENDABLE: ReadonlySet<string> = new Set(['OPEN', 'IN_PROGRESS', 'SCHEDULED']);

const fulfillmentOrder = z.object({
  id: z.string(),
  status: z.string(),
  supportedActions: z.array(z.object({ action: z.string() })),
  assignedLocation: z.object({ location: z.object({ id: z.string() }).nullable() }),
  lineItems: connection(
    z.object({ id: z.string(), remainingQuantity: z.number(), lineItem: z.object({ id: z.string() }) }),
  ),
});

/**
 * Which units of which fulfillment orders are to be sent, by location, because one call takes one location only.
 * @throws GatewayError `request_rejected` when more is asked for than is left, before anything is sent
 */
export async function planShipments(store: ConnectedStore, input: FulfillmentInput): Promise<readonly Shipment[]> {
  const { orderId, locationId } = input;
  const all = await sendable(store, globalId('Order', orderId), orderId);
  const place = locationId === undefined ? undefined : globalId('Location', locationId);
  const works = all.filter((work) => place === undefined || work.locationId === place);
  const portions = input.lineItems === undefined ? undefined : spread(works, input.lineItems);
  const parts = works.flatMap((work) => {
    const part = partOf(work, portions);
    return part === undefined ? [] : [{ locationId: work.locationId, part }];
  });
  if (parts.length === 0) throw nothingLeft(place !== undefined && all.length > 0);
  const places = [...new Set(parts.map((one) => one.locationId))];
  return places.map((at) => ({
    locationId: at,
    parts: parts.filter((one) => one.locationId === at).map(({ part }) => part),
  }));
}

function nothingLeft(elsewhere: boolean) {
  return reject(
    'fulfillments.create',
    elsewhere ? 'locationId' : 'orderId',
    elsewhere
      ? 'Nothing is to be sent from that location: Shopify assigned this order to another one'
      : 'Nothing of this order is left that may be sent: it was sent, is on hold, or belongs to a service of its own',
  );
}

/** All the rest of a fulfillment order, or the portions that were chosen of it. */
function partOf(work: Work, portions: ReadonlyMap<string, readonly Portion[]> | undefined): JsonValue | undefined {
  if (portions === undefined) return { fulfillmentOrderId: work.id };
  const chosen = portions.get(work.id) ?? [];
  if (chosen.length === 0) return undefined;
  const rows = chosen.map(({ id, quantity }) => ({ id, quantity }));
  return { fulfillmentOrderId: work.id, fulfillmentOrderLineItems: rows };
}

/** Spreads the units asked for over what remains, in the order in which the platform lists it. */
function spread(
  works: readonly Work[],
  asked: NonNullable<FulfillmentInput['lineItems']>,
): ReadonlyMap<string, readonly Portion[]> {
  const left = new Map(works.flatMap(({ lines }) => lines.map((line) => [line.id, line.quantity] as const)));
  const chosen = new Map<string, Portion[]>();
  for (const [at, { lineItemId, quantity }] of asked.entries()) {
    const id = globalId('LineItem', lineItemId);
    let wanted = quantity;
    for (const work of works) {
      for (const line of work.lines.filter((one) => one.lineItemId === id)) {
        const units = Math.min(wanted, left.get(line.id) ?? 0);
        if (units === 0) continue;
        left.set(line.id, (left.get(line.id) ?? 0) - units);
        chosen.set(work.id, joined(chosen.get(work.id) ?? [], { ...line, quantity: units }));
        wanted -= units;
      }
    }
    if (wanted > 0) throw tooMany(at, quantity - wanted, works);
  }
  return chosen;
}

function joined(portions: readonly Portion[], more: Portion): Portion[] {
  const same = portions.find(({ id }) => id === more.id);
  const others = portions.filter((one) => one !== same);
  return [...others, { ...more, quantity: more.quantity + (same?.quantity ?? 0) }];
}

function tooMany(at: number, available: number, works: readonly Work[]) {
  const unread = works.some(({ cutShort }) => cutShort) ? ' (the order has more lines than can be read)' : '';
  return reject(
    'fulfillments.create',
    `lineItems.${at}.quantity`,
    `Only ${available} of this line may be sent now${unread}`,
  );
}

async function sendable(store: ConnectedStore, id: string, asked: string): Promise<readonly Work[]> {
  const works: Work[] = [];
  let after: string | undefined;
  for (;;) {
    const { order } = await graphql(store, {
      path: GRAPHQL_PATH,
      document: FULFILLMENT_ORDERS,
      variables: { id, after: after ?? null },
      effect: 'read',
      expect: z.object({ order: z.object({ fulfillmentOrders: connection(fulfillmentOrder) }).nullable() }),
      cost: PART_COST.fulfillmentOrders,
    });
    if (order === null) throw notFound('Order', asked);
    works.push(...order.fulfillmentOrders.nodes.filter(isSendable).map(workOf));
    if (!order.fulfillmentOrders.hasNextPage) return works;
    after = cursorAfter(order.fulfillmentOrders, after);
  }
}

function isSendable({ status, supportedActions }: z.infer<typeof fulfillmentOrder>): boolean {
  return SENDABLE.has(status) && supportedActions.some(({ action }) => action === 'CREATE_FULFILLMENT');
}

function workOf({ id, assignedLocation, lineItems }: z.infer<typeof fulfillmentOrder>): Work {
  return {
    id,
    locationId: assignedLocation.location?.id ?? null,
    cutShort: lineItems.hasNextPage,
    lines: lineItems.nodes.map((line) => ({
      id: line.id,
      lineItemId: line.lineItem.id,
      quantity: line.remainingQuantity,
    })),
  };
}
