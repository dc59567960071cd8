import type { RequestContext } from '../graphql/request-context.js';
import { graphqlFailure } from '../graphql/graphql-failure.js';
import type { Order } from '../orders/order.js';
import { saveOrder } from '../orders/orders-slice.js';
import { numberOfGid } from '../views/gid.js';
import { orderView } from '../views/order-view.js';
import { orderEvents } from '../webhooks/order-events.js';

const SECOND = 1_000;

/** What a write needs to know of its request. The app's own requests and the shop's background jobs have it. */
export type WriteContext = Pick<RequestContext, 'data' | 'shop' | 'now' | 'notify'>;

/** This moment, as records keep it: in whole seconds. */
export function momentOf({ now }: Pick<RequestContext, 'now'>): number {
  return Math.floor(now.getTime() / SECOND) * SECOND;
}

/**
 * The order of a global id, if the token may see it.
 * @throws {GraphQLError} RESOURCE_NOT_FOUND when the id is not one of an order
 */
export function visibleOrder(globalId: string, { visible }: RequestContext): Order | undefined {
  const id = idOf(globalId, 'Order');
  return visible.find((order) => order.id === id);
}

/** recorded: an id of another type is no business error but a failure of the whole field. */
export function idOf(globalId: string, type: string): number {
  const id = numberOfGid(globalId, type);
  if (id === undefined) throw graphqlFailure('RESOURCE_NOT_FOUND', 'invalid id');
  return id;
}

/**
 * Saves an order, marks it as changed now and tells the subscribers what happened to it.
 * @param before absent = it is new
 */
export function commitOrder(context: WriteContext, after: Order, before?: Order): Order {
  const order = { ...after, updatedAt: Math.max(momentOf(context), before?.updatedAt ?? 0) };
  saveOrder(context.data, order);
  for (const { topic, payload } of orderEvents(order, before, context.shop)) context.notify(topic, payload);
  return order;
}

/** The order as an answer shows it. */
export function answerOrder(order: Order, context: RequestContext): Record<string, unknown> {
  return orderView(order, context);
}
