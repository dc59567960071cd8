import {
  type ConnectedStore,
  emulated,
  type Fulfillment,
  type FulfillmentChange,
  type FulfillmentInput,
  type FulfillmentRecord,
  GatewayError,
  type JsonValue,
  type ListOperation,
  type Losses,
  type Mapped,
  type OfOrderFilter,
  type WriteOperation,
  type Written,
} from '#contract';
import { readPageState } from '#kit';
import { z } from 'zod';
import { list, meta } from './atoms.js';
import { SHOP_SENDS_MAIL } from './order-body.js';
import { type WooOrder, wooOrder } from './order-schema.js';
import { isOpen } from './order-status.js';
import { ORDERS } from './orders.js';
import { bodyOf, checkedId, rejected } from './record-calls.js';
import { isForeignTracking, TRACKING_KEY, type TrackingEntry, trackingOf } from './shipments.js';

// WooCommerce itself has no shipments: "sent" is the status `completed`. The tracking plugins keep theirs in one entry of
// the order, and write it there from their own routes too (fact sheet, 5.4). Writing the entry and the status in one call
// leaves nothing half done, works with and without a plugin, and the mail that goes out with the status already shows
// what was written. The beta feature `fulfillments` of 10.1 and later is off unless a merchant opts in, and not used.
const HOW =
  'WooCommerce keeps no shipments. Tracking is written where its tracking plugins keep theirs, and the order is set to completed; a shipment is always of the whole order.';

/** What is asked for, and by which replay tells this list from reading an order. */
export const SHIPMENT_FIELDS = 'id,meta_data';
const shipmentFields = z.object({ meta_data: list(meta) });
const count = z.int().min(0).max(1_000_000);

export const listFulfillments = emulated<ListOperation<OfOrderFilter, FulfillmentRecord>>(
  {
    filters: { orderId: true },
    sorts: ['createdAt'],
    maxPageSize: 100,
    async page(store, { filter: { orderId } }, { size, state }) {
      const path = `${ORDERS.path}/${checkedId(orderId, 'order')}`;
      const query = { _fields: SHIPMENT_FIELDS };
      const { data } = await store.http({ path, query, effect: 'read', expect: shipmentFields });
      const all = trackingOf(data.meta_data);
      // The entry holds all of an order's shipments, and new ones come behind the others.
      const end = (readPageState(count, state) ?? 0) + size;
      const items = all.slice(end - size, end).map((entry) => mapped(orderId, entry));
      return { items, quarantined: [], ...(end < all.length && { next: end }) };
    },
  },
  HOW,
);

function mapped(orderId: string, { raw, shipment }: TrackingEntry): Mapped<FulfillmentRecord> {
  return { record: recordOf(orderId, shipment), raw };
}

function recordOf(orderId: string, { id, ...rest }: Fulfillment): FulfillmentRecord {
  return { platformId: id, orderId, ...rest };
}

const losses: Losses = {
  lineItems: {
    fate: 'changed',
    why: 'A shipment stands for the whole order: its lines are not kept, and a part of them is refused.',
  },
  locationId: { fate: 'ignored', why: 'WooCommerce has no locations.' },
  notifyCustomer: SHOP_SENDS_MAIL,
};

export const createFulfillment = emulated<WriteOperation<FulfillmentInput, Written<FulfillmentRecord>>>(
  {
    losses,
    repeat: {
      kind: 'clientReference',
      why: 'The entry is written under an id that is the same for every try, in the order itself.',
      async find(store, { orderId }, { key }) {
        const { order } = await readOrder(store, orderId);
        return entryOf(order, orderId, idFor(key));
      },
    },
    async run(store, input, { key }) {
      const { order, shippedAt } = await readOrder(store, input.orderId);
      const present = trackingOf(order.meta_data);
      requireShippable(order, input, present);
      const entry = {
        tracking_id: idFor(key),
        ...trackingBody(input.tracking ?? {}),
        date_shipped: String(shippedAt),
      };
      const items = [...present.map(({ raw }) => raw), entry];
      return await writeEntries(store, input.orderId, items, idFor(key), { status: 'completed' });
    },
  },
  HOW,
);

export const updateFulfillment = emulated<WriteOperation<FulfillmentChange, Written<FulfillmentRecord>>>(
  {
    losses: {
      status: { fate: 'ignored', why: 'A shipment has no status in WooCommerce; the order has one.' },
      notifyCustomer: SHOP_SENDS_MAIL,
    },
    repeat: { kind: 'sameEffect', why: 'It sets the tracking of one entry to what it is to be.' },
    async run(store, { orderId, fulfillmentId, tracking = {} }) {
      const { order } = await readOrder(store, orderId);
      const present = trackingOf(order.meta_data);
      if (present.every(({ shipment }) => shipment.id !== fulfillmentId)) throw noShipment();
      const items = present.map(({ raw, shipment }) =>
        // With an id of its own, an entry whose id was its place in the list keeps it.
        shipment.id === fulfillmentId ? { ...raw, tracking_id: fulfillmentId, ...trackingBody(tracking) } : raw,
      );
      return await writeEntries(store, orderId, items, fulfillmentId, {});
    },
  },
  HOW,
);

/** Plugins make theirs of 32 hexadecimal digits too. */
function idFor(key: string): string {
  return key.replaceAll('-', '');
}

/** A company of the caller's own naming: the plugins' own names are a closed list that differs from plugin to plugin. */
function trackingBody({ company, number, url }: NonNullable<FulfillmentInput['tracking']>): Record<string, JsonValue> {
  return {
    ...bodyOf({ tracking_number: number, custom_tracking_link: url }),
    ...(company !== undefined && { tracking_provider: '', custom_tracking_provider: company }),
  };
}

async function readOrder(
  store: ConnectedStore,
  orderId: string,
): Promise<{ readonly order: WooOrder; readonly shippedAt: number }> {
  const path = `${ORDERS.path}/${checkedId(orderId, 'order')}`;
  const reply = await store.http({ path, effect: 'read', expect: wooOrder });
  // The shop's own clock, by which the plugins date their entries.
  const answeredAt = Date.parse(reply.header('date') ?? '');
  const changedAt = Date.parse(`${reply.data.date_modified_gmt ?? reply.data.date_created_gmt}Z`);
  return { order: reply.data, shippedAt: Math.floor((Number.isNaN(answeredAt) ? changedAt : answeredAt) / 1000) };
}

function requireShippable(order: WooOrder, { lineItems }: FulfillmentInput, present: readonly TrackingEntry[]): void {
  // A completed order may get another tracking number: merchants complete an order before they know it.
  if (!isOpen(order) && order.status !== 'completed') {
    throw rejected(`An order with the status ${order.status} cannot be sent.`, 'orderId');
  }
  if (isForeignTracking(order.meta_data))
    throw rejected('The tracking of this order is kept in an unknown way.', 'orderId');
  if (lineItems === undefined) return;
  if (present.length > 0) throw rejected('Everything ordered was sent already.', 'lineItems');
  requireWhole(order, lineItems);
}

function requireWhole(order: WooOrder, lineItems: NonNullable<FulfillmentInput['lineItems']>): void {
  const wanted = new Map<string, number>();
  for (const { lineItemId, quantity } of lineItems) wanted.set(lineItemId, (wanted.get(lineItemId) ?? 0) + quantity);
  const ordered = new Map(order.line_items.map(({ id, quantity }) => [id, quantity]));
  for (const [id, quantity] of wanted) {
    const most = ordered.get(id);
    if (most === undefined) throw rejected(`The order has no line ${id}.`, 'lineItems');
    if (quantity > most) throw rejected(`Of the line ${id} only ${most} were ordered.`, 'lineItems');
  }
  if ([...ordered].some(([id, quantity]) => wanted.get(id) !== quantity)) {
    throw rejected('WooCommerce keeps no lines of a shipment: only the whole order can be sent.', 'lineItems');
  }
}

async function writeEntries(
  store: ConnectedStore,
  orderId: string,
  items: readonly JsonValue[],
  id: string,
  change: { readonly status?: string },
): Promise<Written<FulfillmentRecord>> {
  const reply = await store.http({
    method: 'PUT',
    path: `${ORDERS.path}/${orderId}`,
    body: { ...change, meta_data: [{ key: TRACKING_KEY, value: items }] },
    effect: 'write',
    expect: wooOrder,
  });
  const written = entryOf(reply.data, orderId, id);
  if (written !== undefined) return written;
  throw new GatewayError('platform_contract_broken', 'The shop took the shipment and does not show it.', {
    platform: { id: 'woocommerce' },
  });
}

function entryOf(order: WooOrder, orderId: string, id: string): Written<FulfillmentRecord> | undefined {
  const found = trackingOf(order.meta_data).find(({ shipment }) => shipment.id === id);
  return found && mapped(orderId, found);
}

function noShipment(): GatewayError<'not_found'> {
  return new GatewayError('not_found', 'The order has no such shipment.', { platform: { id: 'woocommerce' } });
}
