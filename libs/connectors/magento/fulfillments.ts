import {
  type ConnectedStore,
  type FulfillmentChange,
  type FulfillmentInput,
  type FulfillmentRecord,
  GatewayError,
  type JsonValue,
  type ListOperation,
  type Mapped,
  type OfOrderFilter,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson, mapOne, naiveUtcInstant, type RecordReading } from '#kit';
import { z } from 'zod';
import { id, list, quantity, text } from './atoms.js';
import { checkedQuantities, orderOf } from './order-lines.js';
import { ENTITY } from './orders.js';
import { API, bodyOf, checkedId, isMissing, halfDone, readOne, rejected, writeCall } from './record-calls.js';
import { comments, commentWith, saysReference } from './reference-note.js';
import { where } from './search-criteria.js';
import { searchAll, searchPage } from './search-page.js';

const track = z.object({ entity_id: id, track_number: text, title: text, carrier_code: text });

const shipment = z.object({
  entity_id: id,
  order_id: id,
  created_at: text,
  updated_at: text,
  items: list(z.object({ order_item_id: id, qty: quantity })),
  tracks: list(track),
  comments,
});
type Shipment = z.infer<typeof shipment>;

const reading: RecordReading<Shipment, FulfillmentRecord> = {
  schema: shipment,
  map: (record) => ({
    platformId: record.entity_id,
    orderId: record.order_id,
    // A shipment is made when it is sent; what becomes of it is not kept.
    status: 'shipped',
    platformStatus: null,
    tracking: record.tracks.map(({ title, carrier_code: carrier, track_number: number }) => ({
      company: title ?? carrier,
      number,
      url: null,
    })),
    lineItems: record.items.map(({ order_item_id: lineItemId, qty }) => ({ lineItemId, quantity: qty })),
    createdAt: record.created_at === null ? null : naiveUtcInstant(record.created_at),
    updatedAt: record.updated_at === null ? null : naiveUtcInstant(record.updated_at),
  }),
  identify: (raw) => shipment.pick({ entity_id: true }).safeParse(raw).data?.entity_id ?? null,
};

export const SHIPMENTS = { path: `${API}shipments`, id: ENTITY, reading } as const;
const SHIPMENT = { path: `${API}shipment`, what: 'shipment', reading } as const;

/** @throws GatewayError `not_found` for what cannot be the id of an order */
export function ofOrder(orderId: string) {
  return [where('order_id', 'eq', checkedId(orderId, 'order'))];
}

export const listFulfillments: ListOperation<OfOrderFilter, FulfillmentRecord> = {
  filters: { orderId: true },
  sorts: ['-createdAt', 'createdAt'],
  maxPageSize: 100,
  async page(store, { filter: { orderId }, sort }, page) {
    return await searchPage(store, { ...SHIPMENTS, where: ofOrder(orderId) }, { filter: {}, sort }, page);
  },
};

const NO_URL = {
  fate: 'ignored',
  why: 'Magento makes the address of a tracking page itself, from the carrier.',
} as const;

export const createFulfillment: WriteOperation<FulfillmentInput, Written<FulfillmentRecord>> = {
  losses: { 'tracking.url': NO_URL },
  repeat: {
    kind: 'clientReference',
    why: "The reference is kept in a comment of the shipment that buyers do not see, and an order's shipments are searched in the shop's own database.",
    async find(store, { orderId }, { reference }) {
      const made = await searchAll(store, { ...SHIPMENTS, where: ofOrder(orderId) });
      const found = made.find((raw) => saysReference(shipment.safeParse(raw).data?.comments ?? [], reference));
      return found === undefined ? undefined : mapOne('magento', 'fulfillments.create', found, reading);
    },
  },
  async run(store, { orderId, lineItems = [], tracking, locationId, notifyCustomer = false }, { reference }) {
    const order = await orderOf(store, orderId);
    // Too many of a line are passed over, with an error that says that there is nothing to send
    // (recorded: shipment-create-too-many); so it is looked at first.
    const items = checkedQuantities(
      order,
      lineItems,
      'send',
      (line) => line.qty_ordered - Math.max(line.qty_shipped, line.qty_refunded) - line.qty_canceled,
    );
    const body = bodyOf({
      items,
      notify: notifyCustomer,
      comment: commentWith(undefined, reference),
      tracks: tracking === undefined ? undefined : [trackBody(tracking)],
      // Where goods lie in several places, the platform must be told from which they are sent (issue commerce-webapi#22).
      arguments: locationId === undefined ? undefined : { extension_attributes: { source_code: locationId } },
    });
    const call = { path: `${API}order/${order.entity_id}/ship`, body, expect: id };
    const number = await writeCall(store, call).catch((error: unknown) => {
      throw locationId === undefined ? withPlace(error) : error;
    });
    return await readOne(store, SHIPMENT, number);
  },
};

// The platform's only word for goods that lie in several places, none of which was named (issue commerce-webapi#22).
const NOT_SAVED = /^Could not save a shipment/;

function withPlace(error: unknown): unknown {
  if (!GatewayError.is(error, 'request_rejected') || !NOT_SAVED.test(error.context.platform?.message ?? ''))
    return error;
  const message =
    'The shop did not save the shipment. Where its goods lie in several places, name the one they are sent from.';
  const context = { ...error.context, fields: [{ path: 'locationId', message }], cause: error };
  return new GatewayError(error.code, `${message} (${error.message})`, context);
}

const CARRIERS: ReadonlySet<string> = new Set(['ups', 'usps', 'fedex', 'dhl']);

type Tracking = NonNullable<FulfillmentInput['tracking']>;

/** @throws GatewayError `request_rejected`: the platform keeps no tracking without a number */
function trackBody({ company, number }: Tracking): Readonly<Record<string, string>> {
  if (number === undefined || number.trim() === '') {
    throw rejected('Magento keeps no tracking without a number.', 'tracking.number');
  }
  const carrier = company?.toLowerCase() ?? '';
  return { track_number: number, title: company ?? '', carrier_code: CARRIERS.has(carrier) ? carrier : 'custom' };
}

/** The tracking that is sent takes the place of all there was. */
export const updateFulfillment: WriteOperation<FulfillmentChange, Written<FulfillmentRecord>> = {
  losses: {
    'tracking.url': NO_URL,
    status: { fate: 'ignored', why: 'A shipment of Magento has no status, and cannot be taken back.' },
    notifyCustomer: { fate: 'ignored', why: 'Magento sends a mail for a new shipment only.' },
  },
  repeat: {
    kind: 'sameEffect',
    why: 'The shipment is read first: a number that is there already is not written again, and the others are removed.',
  },
  async run(store, { orderId, fulfillmentId, tracking }) {
    const before = await readOne(store, SHIPMENT, fulfillmentId);
    if (before.record.orderId !== orderId) throw rejected('The order has no such shipment.', 'fulfillmentId');
    if (tracking === undefined) return before;
    const tracks = shipment.parse(before.raw).tracks;
    const wanted = trackBody(tracking);
    const isWanted = (one: z.infer<typeof track>) =>
      one.track_number === wanted['track_number'] && (one.title ?? '') === wanted['title'];
    const keeps = tracks.find(isWanted);
    if (keeps === undefined) await addTrack(store, before, wanted);
    await removeTracks(
      store,
      tracks.filter((one) => one !== keeps),
    );
    return await readOne(store, SHIPMENT, fulfillmentId);
  },
};

async function addTrack(
  store: ConnectedStore,
  { record }: Mapped<FulfillmentRecord>,
  wanted: Readonly<Record<string, string>>,
): Promise<void> {
  // All of these must be there (recorded: shipment-track-add).
  const entity = {
    order_id: Number(record.orderId),
    parent_id: Number(record.platformId),
    weight: 0,
    qty: 1,
    description: '',
  };
  await writeCall<JsonValue>(store, {
    path: `${API}shipment/track`,
    body: { entity: { ...entity, ...wanted } },
    expect: anyJson,
  });
}

async function removeTracks(store: ConnectedStore, tracks: readonly z.infer<typeof track>[]): Promise<void> {
  for (const { entity_id: number } of tracks) {
    try {
      await writeCall(store, { method: 'DELETE', path: `${API}shipment/track/${number}`, expect: anyJson });
    } catch (error) {
      if (!isMissing(error)) throw halfDone('The new tracking was added, but not all of the old was removed', error);
    }
  }
}
