import type { RequestContext } from '../graphql/request-context.js';
import { userError } from '../graphql/user-errors.js';
import { fulfillmentOrdersOf, orderIdOfFulfillmentOrder } from '../orders/fulfillment-orders.js';
import type { Fulfillment, Order, ParcelEvent } from '../orders/order.js';
import { eventView } from '../views/fulfillment-view.js';
import { orderParts } from '../views/order-parts-view.js';
import { answerOrder, commitOrder, idOf, momentOf } from './commit-order.js';
import { answerFulfillment } from './create-fulfillment.js';
import { setAsideAgain } from './stock.js';
import { trackingOf, type TrackingInput } from './tracking-input.js';

interface Found {
  readonly order: Order;
  readonly one: Fulfillment;
}

/** The parcel of a global id and its order. */
export function findFulfillment(globalId: string, { visible }: RequestContext): Found | undefined {
  const id = idOf(globalId, 'Fulfillment');
  for (const order of visible) {
    const one = order.fulfillments.find((parcel) => parcel.id === id);
    if (one !== undefined) return { order, one };
  }
  return undefined;
}

function replace({ order, one }: Found, change: Partial<Fulfillment>, context: RequestContext) {
  const after = { ...one, ...change, changedAt: momentOf(context) };
  const fulfillments = order.fulfillments.map((parcel) => (parcel.id === one.id ? after : parcel));
  return { after, saved: commitOrder(context, { ...order, fulfillments }, order) };
}

function answer(found: Found | undefined, change: Partial<Fulfillment>, context: RequestContext, field: string) {
  // recorded message
  if (found === undefined) return { fulfillment: null, userErrors: [userError([field], 'Fulfillment not found.')] };
  const { after, saved } = replace(found, change, context);
  return { fulfillment: answerFulfillment(after, saved, context), userErrors: [] };
}

interface TrackingArguments {
  readonly fulfillmentId: string;
  readonly trackingInfoInput: TrackingInput;
}

/** `fulfillmentTrackingInfoUpdate`: replaces the whole tracking. */
export function fulfillmentTrackingInfoUpdate(args: TrackingArguments, context: RequestContext) {
  const found = findFulfillment(args.fulfillmentId, context);
  return answer(found, { tracking: trackingOf(args.trackingInfoInput) }, context, 'fulfillmentId');
}

/** `fulfillmentCancel`: its units are to be sent again. */
export function fulfillmentCancel({ id }: { readonly id: string }, context: RequestContext) {
  const found = findFulfillment(id, context);
  if (found !== undefined && found.one.status === 'SUCCESS') setAsideAgain(context, found.order, found.one.lines);
  return answer(found, { status: 'CANCELLED', displayStatus: 'CANCELED' }, context, 'id');
}

interface EventInput extends Partial<
  Record<'message' | 'address1' | 'city' | 'province' | 'country' | 'zip', string | null>
> {
  readonly fulfillmentId: string;
  readonly status: string;
  readonly happenedAt?: string | null;
  readonly estimatedDeliveryAt?: string | null;
  readonly latitude?: number | null;
  readonly longitude?: number | null;
}

function eventOf(input: EventInput, context: RequestContext): ParcelEvent {
  const now = momentOf(context);
  const moment = (given: string | null | undefined): number | null => {
    const at = given ? Date.parse(given) : Number.NaN;
    return Number.isNaN(at) ? null : at;
  };
  return {
    id: context.data.nextId(),
    status: input.status,
    happenedAt: moment(input.happenedAt) ?? now,
    createdAt: now,
    estimatedDeliveryAt: moment(input.estimatedDeliveryAt),
    message: input.message ?? null,
    address1: input.address1 ?? null,
    city: input.city ?? null,
    province: input.province ?? null,
    country: input.country ?? null,
    zip: input.zip ?? null,
    latitude: input.latitude ?? null,
    longitude: input.longitude ?? null,
  };
}

/** `fulfillmentEventCreate`: the parcel shows the newest event's status. */
export function fulfillmentEventCreate(
  { fulfillmentEvent: input }: { readonly fulfillmentEvent: EventInput },
  context: RequestContext,
) {
  const found = findFulfillment(input.fulfillmentId, context);
  if (found === undefined) {
    return {
      fulfillmentEvent: null,
      userErrors: [userError(['fulfillmentEvent', 'fulfillmentId'], 'Fulfillment not found.')],
    };
  }
  const event = eventOf(input, context);
  const { one } = found;
  const events = [...one.events, event];
  const newest = events.reduce((left, right) => (right.happenedAt >= left.happenedAt ? right : left));
  replace(
    found,
    {
      events,
      displayStatus: newest.status,
      inTransitAt: event.status === 'IN_TRANSIT' ? (one.inTransitAt ?? event.happenedAt) : one.inTransitAt,
      deliveredAt: event.status === 'DELIVERED' ? event.happenedAt : one.deliveredAt,
    },
    context,
  );
  return { fulfillmentEvent: eventView(event), userErrors: [] };
}

function hold(globalId: string, value: Order['fulfillmentHold'], context: RequestContext) {
  const id = idOf(globalId, 'FulfillmentOrder');
  const order = context.visible.find((one) => one.id === orderIdOfFulfillmentOrder(id));
  const nothing = { fulfillmentOrder: null, remainingFulfillmentOrder: null, fulfillmentHold: null };
  const error = (message: string, code: string) => ({ ...nothing, userErrors: [userError(['id'], message, code)] });
  if (order === undefined) return error('Fulfillment order does not exist.', 'FULFILLMENT_ORDER_NOT_FOUND');
  const saved = commitOrder(context, { ...order, fulfillmentHold: value }, order);
  const [work] = fulfillmentOrdersOf(saved);
  const parts = orderParts(saved, context, () => answerOrder(saved, context));
  return { ...nothing, fulfillmentOrder: work === undefined ? null : parts.fulfillmentOrder(work), userErrors: [] };
}

/** `fulfillmentOrderHold`, of the whole fulfillment order. */
export function fulfillmentOrderHold({ id }: { readonly id: string }, context: RequestContext) {
  return hold(id, 'ON_HOLD', context);
}

/** `fulfillmentOrderReleaseHold`. */
export function fulfillmentOrderReleaseHold({ id }: { readonly id: string }, context: RequestContext) {
  return hold(id, null, context);
}
