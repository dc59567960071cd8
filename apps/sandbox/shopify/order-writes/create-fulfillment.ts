import type { RequestContext } from '../graphql/request-context.js';
import { userError } from '../graphql/user-errors.js';
import {
  fulfillmentOrdersOf,
  orderIdOfFulfillmentOrder,
  type FulfillmentOrder,
  type FulfillmentOrderLine,
} from '../orders/fulfillment-orders.js';
import type { Fulfillment, Order } from '../orders/order.js';
import { orderParts } from '../views/order-parts-view.js';
import { answerOrder, commitOrder, idOf, momentOf } from './commit-order.js';
import { releaseSent } from './stock.js';
import { trackingOf, type TrackingInput } from './tracking-input.js';

interface PartInput {
  readonly fulfillmentOrderId: string;
  readonly fulfillmentOrderLineItems?: readonly { readonly id: string; readonly quantity: number }[] | null;
}

interface FulfillmentInput {
  readonly lineItemsByFulfillmentOrder: readonly PartInput[];
  readonly trackingInfo?: TrackingInput | null;
}

interface Part {
  readonly order: Order;
  readonly work: FulfillmentOrder;
  readonly input: PartInput;
}

type Sent = Pick<Fulfillment['lines'][number], 'line' | 'quantity'>;

// recorded messages, all on the whole argument and without a code
const FIELD = ['fulfillment'];
const MISSING = 'Fulfillment order does not exist.';
const ONE_PLACE = 'All fulfillment orders must be assigned to a single location and belong to the same order.';
const WRONG_QUANTITY = 'Invalid fulfillment order line item quantity requested.';

function refuse(message: string) {
  return { fulfillment: null, userErrors: [userError(FIELD, message)] };
}

function partOf(input: PartInput, context: RequestContext): Part | undefined {
  const id = idOf(input.fulfillmentOrderId, 'FulfillmentOrder');
  const order = context.visible.find((one) => one.id === orderIdOfFulfillmentOrder(id));
  const work = order && fulfillmentOrdersOf(order).find((one) => one.id === id);
  return order === undefined || work === undefined ? undefined : { order, work, input };
}

function unfulfillable({ work }: Part): string | undefined {
  if (work.actions.includes('CREATE_FULFILLMENT')) return undefined;
  return `Fulfillment order ${work.id} has an unfulfillable status= ${work.status.toLowerCase()}.`;
}

/** The units asked for, or undefined when they are not all there to be sent. */
function unitsOf({ work, input }: Part): readonly Sent[] | undefined {
  const asked = input.fulfillmentOrderLineItems;
  if (!asked || asked.length === 0) {
    return work.lines
      .filter(({ remaining }) => remaining > 0)
      .map(({ line, remaining: quantity }) => ({ line, quantity }));
  }
  const left = new Map<number, FulfillmentOrderLine>(work.lines.map((line) => [line.id, line]));
  const sent: Sent[] = [];
  for (const { id, quantity } of asked) {
    const key = idOf(id, 'FulfillmentOrderLineItem');
    const line = left.get(key);
    if (line === undefined || quantity <= 0 || quantity > line.remaining) return undefined;
    left.set(key, { ...line, remaining: line.remaining - quantity });
    sent.push({ line: line.line, quantity });
  }
  return sent;
}

/** A parcel that has just been handed over. */
export function newFulfillment(
  context: Pick<RequestContext, 'data' | 'now'>,
  lines: readonly Sent[],
  tracking: Fulfillment['tracking'],
): Fulfillment {
  return {
    id: context.data.nextId(),
    lines: lines.map((line) => ({ ...line, id: context.data.nextId() })),
    status: 'SUCCESS',
    displayStatus: 'FULFILLED',
    at: momentOf(context),
    inTransitAt: null,
    deliveredAt: null,
    changedAt: null,
    events: [],
    tracking,
  };
}

/** A parcel as an answer shows it. */
export function answerFulfillment(one: Fulfillment, order: Order, context: RequestContext) {
  return orderParts(order, context, () => answerOrder(order, context)).fulfillment(one);
}

/** `fulfillmentCreate`. */
export function fulfillmentCreate(
  { fulfillment: input }: { readonly fulfillment: FulfillmentInput },
  context: RequestContext,
) {
  const parts: Part[] = [];
  for (const one of input.lineItemsByFulfillmentOrder) {
    const part = partOf(one, context);
    if (part === undefined) return refuse(MISSING);
    parts.push(part);
  }
  const [first] = parts;
  if (first === undefined) return refuse(MISSING);
  if (parts.some(({ order }) => order.id !== first.order.id)) return refuse(ONE_PLACE);
  const blocked = parts.map(unfulfillable).find((message) => message !== undefined);
  if (blocked !== undefined) return refuse(blocked);
  const units = parts.map(unitsOf);
  if (units.includes(undefined)) return refuse(WRONG_QUANTITY);
  const made = newFulfillment(
    context,
    units.flatMap((one) => one ?? []),
    trackingOf(input.trackingInfo),
  );
  const { order } = first;
  releaseSent(context, order, made.lines);
  const saved = commitOrder(
    context,
    { ...order, fulfillments: [...order.fulfillments, made], fulfillmentHold: null },
    order,
  );
  return { fulfillment: answerFulfillment(made, saved, context), userErrors: [] };
}
