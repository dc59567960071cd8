import {
  GatewayError,
  type JsonValue,
  type RawWebhook,
  type StoreEvent,
  type VerifiedWebhook,
  type WebhookEnvelope,
  type Webhooks,
} from '#contract';
import { sha256 } from '#kit';
import { z } from 'zod';
import { id } from './atoms.js';

type RecordEvent = Extract<StoreEvent, { kind: unknown }>;
type Kind = RecordEvent['kind'];

const FORM = 'application/x-www-form-urlencoded';

const EVENTS: ReadonlyMap<string, RecordEvent['type']> = new Map([
  ['order.created', 'order.created'],
  ['order.updated', 'order.updated'],
  ['order.deleted', 'order.deleted'],
  // Out of the trash.
  ['order.restored', 'order.updated'],
  ['product.created', 'product.created'],
  ['product.updated', 'product.updated'],
  ['product.deleted', 'product.deleted'],
  ['product.restored', 'product.updated'],
  ['customer.created', 'customer.created'],
  ['customer.updated', 'customer.updated'],
  ['customer.deleted', 'customer.deleted'],
  ['coupon.created', 'coupon.created'],
  ['coupon.updated', 'coupon.updated'],
  ['coupon.deleted', 'coupon.deleted'],
  ['coupon.restored', 'coupon.updated'],
]);

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['order', 'order'],
  ['product', 'product'],
  ['customer', 'customer'],
  ['coupon', 'coupon'],
]);

// The body is the record as the API prints it, a deleted one `{"id": n}` alone. What is built after its record is gone
// is the error a request for it would get, with a right signature (fact sheet, section 6): it has no id.
const body = z.object({
  id,
  status: z.string().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
  parent_id: id.optional().catch(undefined),
  date_modified_gmt: z.string().optional().catch(undefined),
});
type Body = z.infer<typeof body>;

// Not `restored`: recorded shops never send it.
const topics = (kind: string) => ['created', 'updated', 'deleted'].map((event) => `${kind}.${event}`);

export const webhooks: Webhooks = {
  signature: {
    kind: 'hmacBody',
    algorithm: 'sha256',
    header: 'x-wc-webhook-signature',
    encoding: 'base64',
    key: 'subscription',
  },
  handshake: isGreeting,
  open,
  normalize,
  topics: {
    always: [],
    byAccess: {
      'read:orders': topics('order'),
      'read:products': topics('product'),
      'read:inventory': topics('product'),
      'read:customers': topics('customer'),
      'read:coupons': topics('coupon'),
    },
  },
  // Recorded: deliveries to http addresses (webhook-create-order-created).
  callbackMustBeHttps: false,
};

/** A new subscription is greeted by a form that only names it, without topic or signature (recorded: webhook-delivery-ping). */
function isGreeting(raw: RawWebhook): boolean {
  if (raw.header('x-wc-webhook-topic') !== undefined) return false;
  const type = raw.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  return type === FORM && /^webhook_id=\d{1,20}$/.test(Buffer.from(raw.body).toString('latin1'));
}

function open(raw: RawWebhook): WebhookEnvelope {
  const topic = raw.header('x-wc-webhook-topic') ?? '';
  if (!/^[\w.]{1,100}$/.test(topic)) throw unreadable();
  const payload = parsed(raw.body);
  const read = body.safeParse(payload).data;
  return {
    topic,
    // Two deliveries of one second share the id the platform gives them, so it cannot tell them apart (fact sheet, 6).
    dedupeKey: [topic, read?.id ?? '', sha256(raw.body)].join(':'),
    account: accountOf(raw.header('x-wc-webhook-source')),
    occurredAt: instantOf(read),
    payload,
  };
}

function parsed(bytes: Uint8Array): JsonValue {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as JsonValue;
  } catch {
    throw unreadable();
  }
}

/** The shop's address as it calls itself, in the form in which a connection is identified. */
function accountOf(source: string | undefined): string | null {
  if (source === undefined || !URL.canParse(source)) return null;
  const url = new URL(source);
  return `${url.host}${url.pathname.replace(/(?<!\/)\/+$/, '')}`;
}

function instantOf(read: Body | undefined): string | null {
  const date = new Date(`${read?.date_modified_gmt ?? ''}Z`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('.000Z', 'Z');
}

function unreadable(): GatewayError<'webhook_unverified'> {
  return new GatewayError('webhook_unverified', 'The delivery is not of the form WooCommerce sends.');
}

function normalize({ topic, payload }: VerifiedWebhook): readonly StoreEvent[] {
  const type = EVENTS.get(topic);
  const kind = KINDS.get(topic.split('.')[0] ?? '');
  const read = body.safeParse(payload).data;
  if (type === undefined || kind === undefined || read === undefined) return [];
  const event = { type, kind, platformId: read.id };
  if (kind === 'order') return orderEvents(event, read);
  return kind === 'product' && type !== 'product.deleted' ? productEvents(event, read) : [event];
}

/** There is no topic of its own for a cancellation; a canceled order that changes again says so again. */
function orderEvents(event: RecordEvent, { status, id: platformId }: Body): readonly StoreEvent[] {
  if (event.type !== 'order.updated' || status !== 'cancelled') return [event];
  return [event, { type: 'order.canceled', kind: 'order', platformId }];
}

/**
 * Stock is part of a product and has no topic of its own. A variation comes as `product.updated` with itself as the body
 * (recorded: webhook-delivery-variation-stock): the product that changed is its parent.
 */
function productEvents(event: RecordEvent, { id: own, type, parent_id: parent }: Body): readonly StoreEvent[] {
  const isVariation = type === 'variation' && parent !== undefined && parent !== '0';
  const stock: StoreEvent = { type: 'inventory.updated', kind: 'inventoryLevel', platformId: own };
  if (!isVariation) return [event, stock];
  return [{ type: 'product.updated', kind: 'product', platformId: parent }, stock];
}
