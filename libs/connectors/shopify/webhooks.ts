import {
  type JsonValue,
  type RawWebhook,
  type StoreEvent,
  type VerifiedWebhook,
  type WebhookEnvelope,
  type Webhooks,
} from '#contract';
import { unverified, utcInstant } from '#kit';
import { z } from 'zod';
import { withImpliedScopes } from './auth.js';
import { readExactJson } from './exact-json.js';
import { TOPICS } from './webhook-topics.js';

const id = z.union([z.string().regex(/^\d{1,20}$/), z.int().nonnegative().transform(String)]);
const gid = z.string().regex(/^gid:\/\/shopify\/\w+\/[\w-]{1,60}(?:\?[\w=&-]{1,200})?$/);

/** What is read of a payload, whatever it is about. */
const payload = z.looseObject({
  admin_graphql_api_id: gid.optional().catch(undefined),
  id: z
    .union([id, z.string().max(200)])
    .optional()
    .catch(undefined),
  order_id: id.optional().catch(undefined),
  order_edit: z.object({ order_id: id }).optional().catch(undefined),
  order: z.object({ id }).optional().catch(undefined),
  shop_domain: z.string().optional().catch(undefined),
  shop_id: z.union([id, gid]).optional().catch(undefined),
  myshopify_domain: z.string().nullish().catch(undefined),
  updated_at: z.string().optional().catch(undefined),
  current: z.array(z.string()).optional().catch(undefined),
  customer: z.object({ id }).nullish().catch(undefined),
  orders_requested: z.array(id).optional().catch(undefined),
  orders_to_redact: z.array(id).optional().catch(undefined),
  data_request: z.object({ id }).optional().catch(undefined),
});
type Payload = z.infer<typeof payload>;

/**
 * Topics that end or erase something. The topic itself is a header, which the signature does not cover, so that a payload
 * signed for something else could be sent under their name: each must have the form that only its own payload has.
 */
const GRAVE: Readonly<Record<string, (given: Payload) => boolean>> = {
  'app/uninstalled': ({ myshopify_domain }) => myshopify_domain !== undefined,
  'app/scopes_update': ({ shop_id, current }) => shop_id !== undefined && current !== undefined,
  'customers/data_request': ({ shop_domain, orders_requested }) =>
    shop_domain !== undefined && orders_requested !== undefined,
  'customers/redact': ({ shop_domain, orders_to_redact }) =>
    shop_domain !== undefined && orders_to_redact !== undefined,
  'shop/redact': ({ shop_domain, shop_id, customer }) =>
    shop_domain !== undefined && shop_id !== undefined && customer === undefined,
};

/** Docs: https://shopify.dev/docs/apps/build/webhooks/subscribe/https. Signed with the app's own secret. */
export const webhooks: Webhooks = {
  signature: {
    kind: 'hmacBody',
    algorithm: 'sha256',
    header: 'X-Shopify-Hmac-Sha256',
    encoding: 'base64',
    key: 'client',
  },
  open,
  normalize,
  topics: {
    always: ['app/uninstalled', 'app/scopes_update'],
    // That it was deleted or sent is told by topics of their own; a shipment, a refund or a return changes its order.
    byAccess: {
      'read:orders': topicsOf('orders/', 'refunds/', 'fulfillments/', 'returns/'),
      'read:products': topicsOf('products/'),
      'read:inventory': topicsOf('inventory_levels/'),
      'read:customers': topicsOf('customers/').filter((topic) => GRAVE[topic] === undefined),
      'read:categories': topicsOf('collections/'),
      'read:coupons': topicsOf('discounts/'),
      'read:carts': topicsOf('checkouts/'),
    },
  },
  callbackMustBeHttps: true,
};

function topicsOf(...prefixes: readonly string[]): readonly string[] {
  return Object.entries(TOPICS)
    .filter(([topic, { subscribed = true }]) => subscribed && prefixes.some((prefix) => topic.startsWith(prefix)))
    .map(([topic]) => topic);
}

function open(raw: RawWebhook): WebhookEnvelope {
  const topic = raw.header('X-Shopify-Topic') ?? '';
  const body = readExactJson(raw.body);
  const read = payload.safeParse(body);
  if (!read.success || !/^[a-z_]{1,60}[/.][a-z_]{1,60}$/.test(topic)) throw unverified();
  if (Object.hasOwn(GRAVE, topic) && GRAVE[topic]?.(read.data) !== true) throw unverified();
  return {
    topic,
    dedupeKey: dedupeKey(raw, topic, read.data),
    account: accountOf(raw, read.data),
    occurredAt: instantOrNull(raw.header('X-Shopify-Triggered-At')),
    // Checked above to be an object out of a JSON document.
    payload: body as JsonValue,
  };
}

/**
 * The same for a delivery that is sent again, and for the same event by another subscription, whose delivery has an id of
 * its own. One action makes events of several topics and records under one event id, and may change a record twice.
 */
function dedupeKey(raw: RawWebhook, topic: string, given: Payload): string {
  const event = raw.header('X-Shopify-Event-Id');
  const delivery = raw.header('X-Shopify-Webhook-Id');
  if (event === undefined && delivery === undefined) throw unverified();
  const { admin_graphql_api_id, id: record, order_id, data_request, shop_id, updated_at } = given;
  const about = admin_graphql_api_id ?? record ?? order_id ?? data_request?.id ?? shop_id ?? '';
  const parts = event === undefined ? [delivery] : [event, topic, about, updated_at ?? ''];
  return parts.join(' ').slice(0, 500);
}

/** What is signed decides: the header is not. */
function accountOf(raw: RawWebhook, { shop_domain, myshopify_domain }: Payload): string | null {
  return (shop_domain ?? myshopify_domain ?? raw.header('X-Shopify-Shop-Domain'))?.toLowerCase() ?? null;
}

/** Nanoseconds there; whatever it is, a time that cannot be read is none. */
function instantOrNull(text: string | undefined): string | null {
  try {
    return text === undefined ? null : utcInstant(text);
  } catch {
    return null;
  }
}

function normalize({ topic, payload: given }: VerifiedWebhook): readonly StoreEvent[] {
  const read = payload.safeParse(given);
  if (!read.success) return [];
  const grave = graveEvent(topic, read.data);
  if (grave !== undefined) return [grave];
  const meaning = Object.hasOwn(TOPICS, topic) ? TOPICS[topic] : undefined;
  if (meaning === undefined) return [];
  const platformId = meaning.of === 'order' ? orderOf(read.data) : ownId(meaning.gid, read.data);
  return platformId === undefined ? [] : [{ type: meaning.type, kind: meaning.kind, platformId }];
}

function graveEvent(topic: string, given: Payload): StoreEvent | undefined {
  switch (topic) {
    case 'app/uninstalled':
      return { type: 'store.revoked' };
    case 'app/scopes_update':
      return { type: 'store.scopesChanged', scopes: withImpliedScopes(given.current ?? []) };
    case 'customers/data_request':
      return person('privacy.customerDataRequested', given, given.orders_requested);
    case 'customers/redact':
      return person('privacy.customerErased', given, given.orders_to_redact);
    case 'shop/redact':
      return { type: 'privacy.shopErased' };
    default:
      return undefined;
  }
}

function person(
  type: 'privacy.customerDataRequested' | 'privacy.customerErased',
  { customer }: Payload,
  orders: readonly string[] = [],
): StoreEvent {
  const customerId = customer === null || customer === undefined ? null : `gid://shopify/Customer/${customer.id}`;
  return { type, customerId, orderIds: orders.map((order) => `gid://shopify/Order/${order}`) };
}

function ownId(type: string, { admin_graphql_api_id: global, id: number }: Payload): string | undefined {
  if (global !== undefined) return global;
  return number !== undefined && /^\d{1,20}$/.test(number) ? `gid://shopify/${type}/${number}` : undefined;
}

function orderOf({ order_id, order_edit, order }: Payload): string | undefined {
  const number = order_id ?? order_edit?.order_id ?? order?.id;
  return number === undefined ? undefined : `gid://shopify/Order/${number}`;
}
