import { type ConnectedStore, type JsonValue, type RefundInput } from '#contract';
import { graphql } from '#kit';
import { z } from 'zod';
import { connection } from './connection.js';
import { GRAPHQL_PATH } from './documents.js';
import { globalId } from './global-id.js';
import { reject } from './order-input.js';
import { GOODS_PLACES, PART_COST } from './order-part-documents.js';

type Lines = NonNullable<RefundInput['lineItems']>;

/** Units of a line that lie in one place: not sent yet, or sent from there. */
interface Goods {
  readonly lineItemId: string;
  readonly locationId: string | null;
  readonly restockType: 'CANCEL' | 'RETURN';
  quantity: number;
}

/**
 * `RefundLineItemInput`s. What goes back into stock is told apart by whether it was sent, and must say where it goes.
 * @throws GatewayError `request_rejected` for units the platform does not say the place of
 */
export async function refundLines(store: ConnectedStore, orderId: string, lines: Lines): Promise<JsonValue[]> {
  const goods = lines.some(({ restock }) => restock === true) ? await goodsOf(store, orderId) : [];
  return lines.flatMap((line, at) => {
    const lineItemId = globalId('LineItem', line.lineItemId);
    if (line.restock !== true) return [{ lineItemId, quantity: line.quantity, restockType: 'NO_RESTOCK' }];
    return restocked(goods, lineItemId, line.quantity, at);
  });
}

/** Unsent units first: they never left. */
function restocked(goods: readonly Goods[], lineItemId: string, quantity: number, at: number): JsonValue[] {
  let left = quantity;
  const rows: JsonValue[] = [];
  for (const place of goods.filter((one) => one.lineItemId === lineItemId && one.quantity > 0)) {
    const units = Math.min(left, place.quantity);
    if (units === 0 || place.locationId === null) continue;
    place.quantity -= units;
    left -= units;
    rows.push({ lineItemId, quantity: units, restockType: place.restockType, locationId: place.locationId });
  }
  if (left === 0) return rows;
  throw reject(
    'refunds.create',
    `lineItems.${at}.restock`,
    `Shopify does not say where ${left} of these units would go back into stock: refund them without`,
  );
}

const place = z.object({ id: z.string() }).nullable();
const own = z.object({ id: z.string() });
const places = z.object({
  fulfillmentOrders: connection(
    z.object({
      status: z.string(),
      assignedLocation: z.object({ location: place }),
      lineItems: connection(z.object({ remainingQuantity: z.number(), lineItem: own })),
    }),
  ),
  fulfillments: z.array(
    z.object({
      status: z.string(),
      location: place,
      fulfillmentLineItems: connection(z.object({ quantity: z.number().nullable(), lineItem: own })),
    }),
  ),
});

async function goodsOf(store: ConnectedStore, id: string): Promise<readonly Goods[]> {
  const { order } = await graphql(store, {
    path: GRAPHQL_PATH,
    document: GOODS_PLACES,
    variables: { id },
    effect: 'read',
    expect: z.object({ order: places.nullable() }),
    cost: PART_COST.goodsPlaces,
  });
  const unsent = (order?.fulfillmentOrders.nodes ?? [])
    .filter(({ status }) => status !== 'CLOSED' && status !== 'CANCELLED')
    .flatMap(({ assignedLocation, lineItems }) =>
      lineItems.nodes.map(({ remainingQuantity: quantity, lineItem }) => ({
        lineItemId: lineItem.id,
        locationId: assignedLocation.location?.id ?? null,
        restockType: 'CANCEL' as const,
        quantity,
      })),
    );
  const sent = (order?.fulfillments ?? [])
    .filter(({ status }) => status === 'SUCCESS')
    .flatMap(({ location, fulfillmentLineItems }) =>
      fulfillmentLineItems.nodes.map(({ quantity, lineItem }) => ({
        lineItemId: lineItem.id,
        locationId: location?.id ?? null,
        restockType: 'RETURN' as const,
        quantity: quantity ?? 0,
      })),
    );
  return [...unsent, ...sent];
}
