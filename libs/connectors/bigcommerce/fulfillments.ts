import {
  type ConnectedStore,
  type Fulfillment,
  type FulfillmentChange,
  type FulfillmentInput,
  type FulfillmentRecord,
  GatewayError,
  type JsonValue,
  type ListOperation,
  type OfOrderFilter,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson, mapOne, readPageState, type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { mapShipment } from './map-order.js';
import { SHOP_SENDS_MAIL } from './order-body.js';
import { readPrinted, readV2Rows, shipmentsPath } from './order-calls.js';
import { linesOf, type OrderLine, type RawOrder, type RawShipment, rawShipment } from './order-schema.js';
import { type Body, bodyOf, deleteAt, inOurWords, recordNumber, rejected } from './record-calls.js';

function shipmentReading(orderId: string): RecordReading<RawShipment, FulfillmentRecord> {
  return {
    schema: rawShipment,
    map: (shipment) => recordOf(orderId, mapShipment(shipment)),
    identify: (raw) => rawShipment.pick({ id: true }).safeParse(raw).data?.id ?? null,
  };
}

function recordOf(orderId: string, { id, ...rest }: Fulfillment): FulfillmentRecord {
  return { platformId: id, orderId, ...rest };
}

const pageNumber = z.int().min(1).max(1_000_000);

export const listFulfillments: ListOperation<OfOrderFilter, FulfillmentRecord> = {
  filters: { orderId: true },
  sorts: ['createdAt'],
  maxPageSize: 250,
  async page(store, { filter: { orderId } }, { size, state }) {
    const page = readPageState(pageNumber, state) ?? 1;
    const { rows, more } = await readV2Rows(store, shipmentsPath(orderId), { page, limit: size });
    return { ...readRecords(rows, shipmentReading(orderId)), ...(more && { next: page + 1 }) };
  },
};

// Of orders.v2.oas2.yml; everything else is a carrier of AfterShip, which the platform knows by such words.
const PROVIDERS: ReadonlySet<string> = new Set(
  'auspost canadapost endicia usps fedex ups upsready upsonline shipperhq royalmail'.split(' '),
);

const CARRIER_WORDS = {
  fate: 'changed',
  why: "BigCommerce keeps carriers as its own or AfterShip's words, such as usps or dhl-express.",
} as const;

export const createFulfillment: WriteOperation<FulfillmentInput, Written<FulfillmentRecord>> = {
  losses: {
    'tracking.company': CARRIER_WORDS,
    locationId: { fate: 'ignored', why: 'A shipment of BigCommerce does not say where it was sent from.' },
    notifyCustomer: SHOP_SENDS_MAIL,
  },
  repeat: {
    kind: 'undecidable',
    why: 'BigCommerce takes no key with a shipment, and equal parts of an order may rightly be sent twice.',
  },
  async run(store, input) {
    const order = await readPrinted(store, input.orderId);
    const lines = linesFor(input, order);
    const body = { ...itemsOf(lines), ...trackingBody(input.tracking ?? {}) };
    return await writeShipment(store, 'POST', shipmentsPath(input.orderId), body, input.orderId);
  },
};

export const updateFulfillment: WriteOperation<FulfillmentChange, Written<FulfillmentRecord>> = {
  losses: {
    'tracking.company': CARRIER_WORDS,
    status: {
      fate: 'ignored',
      why: 'BigCommerce does not keep what becomes of a shipment.',
      values: ['delivered'],
    },
    notifyCustomer: SHOP_SENDS_MAIL,
  },
  repeat: { kind: 'sameEffect', why: 'It sets the tracking of one shipment to what it is to be, or removes it.' },
  async run(store, { orderId, fulfillmentId, tracking = {}, status }) {
    const number = recordNumber(fulfillmentId, 'shipment');
    const path = `${shipmentsPath(orderId)}/${number}`;
    const body = trackingBody(tracking);
    if (status !== 'canceled' && Object.keys(body).length > 0)
      return await writeShipment(store, 'PUT', path, body, orderId);
    const present = mapOne('bigcommerce', 'fulfillments', await readShipment(store, path), shipmentReading(orderId));
    if (status !== 'canceled') return present;
    // The order keeps the status that the shipment has given it (fact sheet, d.3).
    await deleteAt(store, shipmentsPath(orderId), number);
    return { ...present, record: { ...present.record, status: 'canceled' } };
  },
};

async function readShipment(store: ConnectedStore, path: string): Promise<JsonValue> {
  return (await store.http({ path, effect: 'read', expect: anyJson })).data;
}

/** The platform's names in its refusals. */
const WORDS: Readonly<Record<string, string>> = {
  items: 'lineItems',
  order_product_id: 'lineItems',
  quantity: 'lineItems',
  tracking_number: 'tracking.number',
  tracking_carrier: 'tracking.company',
  shipping_provider: 'tracking.company',
  tracking_link: 'tracking.url',
};

async function writeShipment(
  store: ConnectedStore,
  method: 'POST' | 'PUT',
  path: string,
  body: Body,
  orderId: string,
): Promise<Written<FulfillmentRecord>> {
  const reply = await inOurWords(WORDS, () => store.http({ method, path, body, effect: 'write', expect: anyJson }));
  return mapOne('bigcommerce', 'fulfillments', reply.data, shipmentReading(orderId));
}

function trackingBody({ company, number, url }: NonNullable<FulfillmentInput['tracking']>): Body {
  const word = company
    ?.trim()
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-');
  const isProvider = word !== undefined && (PROVIDERS.has(word) || /^carrier_\w+$/.test(word));
  return bodyOf({
    tracking_number: number,
    tracking_link: url,
    shipping_provider: word === undefined ? undefined : isProvider ? word : '',
    tracking_carrier: isProvider ? undefined : word,
  });
}

interface SentLine {
  readonly line: OrderLine;
  readonly quantity: number;
}

function linesFor({ lineItems }: FulfillmentInput, order: RawOrder): readonly SentLine[] {
  const shippable = linesOf(order).filter(({ order_address_id: address }) => address !== null);
  if (lineItems === undefined) {
    const rest = shippable.map((line) => ({ line, quantity: leftOf(line) })).filter(({ quantity }) => quantity > 0);
    if (rest.length > 0) return rest;
    throw new GatewayError('conflict', 'Everything that this order ships was sent already.', {
      platform: { id: 'bigcommerce' },
    });
  }
  return lineItems.map(({ lineItemId, quantity }, index) => {
    const path = `lineItems[${index}]`;
    const line = shippable.find(({ id }) => id === lineItemId);
    if (line === undefined) throw rejected('The order has no such line that is shipped.', path);
    if (quantity > leftOf(line)) throw rejected(`Of this line only ${leftOf(line)} are left to send.`, path);
    return { line, quantity };
  });
}

function leftOf({ quantity, quantity_shipped: sent, quantity_refunded: refunded }: OrderLine): number {
  return quantity - Math.max(sent ?? 0, 0) - (refunded ?? 0);
}

/** A shipment goes to one address (fact sheet, d.3). */
function itemsOf(lines: readonly SentLine[]): Body {
  const [address, second] = new Set(lines.map(({ line }) => line.order_address_id));
  if (second !== undefined) {
    throw rejected('These lines go to several addresses: make a shipment for each of them.', 'lineItems');
  }
  return {
    order_address_id: Number(address),
    items: lines.map(({ line, quantity }) => ({ order_product_id: Number(line.id), quantity })),
  };
}
