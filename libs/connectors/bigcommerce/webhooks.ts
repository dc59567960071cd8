import {
  GatewayError,
  type JsonValue,
  type RawWebhook,
  type StoreEvent,
  type VerifiedWebhook,
  type WebhookEnvelope,
  type Webhooks,
} from '#contract';
import { z } from 'zod';
import { id } from './atoms.js';
import { CANCELED } from './order-status.js';

/** Where a hook brings back what it was given; the client's secret signs beside it. */
export const OWN_HEADER = 'x-shopspan-hook-secret';

// A delivery only says that something happened, never what (webhooks.v3.yml).
const envelope = z.object({
  scope: z.string().regex(/^store\/[\w/*]{1,100}$/),
  hash: z.string().regex(/^[\w-]{1,200}$/),
  created_at: z.int().nonnegative().max(99_999_999_999),
  producer: z.string().regex(/^stores\/[a-z0-9]{1,40}$/),
  data: z.record(z.string(), z.unknown()),
});

const topics = (kind: string, ...events: readonly string[]) => events.map((event) => `store/${kind}/${event}`);
const CHANGES = ['created', 'updated', 'deleted'] as const;

export const webhooks: Webhooks = {
  // With the secret of the API account that made the hook (docs: https://developer.bigcommerce.com/docs/integrations/webhooks).
  signature: { kind: 'standardWebhooks', key: 'client', toleranceSeconds: 300, ownHeader: OWN_HEADER },
  open,
  normalize,
  topics: {
    always: ['store/app/uninstalled'],
    byAccess: {
      'read:orders': [
        ...topics('order', 'created', 'updated', 'archived', 'statusUpdated', 'refund/created'),
        ...topics('shipment', ...CHANGES),
      ],
      'read:products': topics('product', ...CHANGES),
      'read:inventory': ['store/product/inventory/updated', 'store/sku/inventory/updated'],
      'read:customers': [...topics('customer', ...CHANGES), ...topics('customer/address', ...CHANGES)],
      'read:categories': topics('category', ...CHANGES),
      'read:carts': topics('cart', 'created', 'updated', 'abandoned'),
    },
  },
  // And at port 443 (webhooks.v3.yml).
  callbackMustBeHttps: true,
};

/** The hash is the same for a delivery that is sent again (bigcommerce/docs issue 240). */
function open(raw: RawWebhook): WebhookEnvelope {
  const payload = parsed(raw.body);
  const read = envelope.safeParse(payload).data;
  if (read === undefined) throw unreadable();
  return {
    topic: read.scope,
    dedupeKey: `${read.scope}:${read.hash}`,
    account: read.producer.slice('stores/'.length),
    occurredAt: new Date(read.created_at * 1000).toISOString().replace('.000Z', 'Z'),
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

function unreadable(): GatewayError<'webhook_unverified'> {
  return new GatewayError('webhook_unverified', 'The delivery is not of the form BigCommerce sends.');
}

type RecordEvent = Extract<StoreEvent, { kind: unknown }>;
type Meaning = (data: JsonValue) => readonly StoreEvent[];

/** An event of the record whose number stands in one field of the data. */
function about(type: RecordEvent['type'], field = 'id'): Meaning {
  // `order.created` is of an order: the kind is its first word.
  const kind = KINDS[type.split('.')[0] as keyof typeof KINDS];
  const shape = z.object({ [field]: id });
  return (data) => {
    const platformId = shape.safeParse(data).data?.[field];
    return platformId === undefined ? [] : [{ type, kind, platformId }];
  };
}

const KINDS = {
  order: 'order',
  product: 'product',
  inventory: 'inventoryLevel',
  customer: 'customer',
  category: 'category',
  coupon: 'coupon',
  cart: 'cart',
} as const;

const statusChange = z.object({ status: z.object({ new_status_id: z.int() }) });
const stock = z.object({ inventory: z.object({ variant_id: id.nullish(), product_id: id }) });
const addressee = z.object({ address: z.object({ customer_id: id }) });

const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['store/app/uninstalled', () => [{ type: 'store.revoked' }]],
  // Also of a purchase that is never finished: whoever reads it sees its status.
  ['store/order/created', about('order.created')],
  ['store/order/updated', about('order.updated')],
  ['store/order/archived', about('order.deleted')],
  ['store/order/statusUpdated', statusEvents],
  ['store/order/refund/created', about('order.updated')],
  ...CHANGES.map((change): [string, Meaning] => [`store/shipment/${change}`, about('order.updated', 'orderId')]),
  ...CHANGES.map((change): [string, Meaning] => [`store/product/${change}`, about(`product.${change}`)]),
  ['store/product/inventory/updated', stockEvents],
  ['store/sku/inventory/updated', stockEvents],
  ...CHANGES.map((change): [string, Meaning] => [`store/customer/${change}`, about(`customer.${change}`)]),
  ...CHANGES.map((change): [string, Meaning] => [`store/customer/address/${change}`, addressEvents]),
  ...CHANGES.map((change): [string, Meaning] => [`store/category/${change}`, about(`category.${change}`)]),
  ['store/cart/created', about('cart.created')],
  ['store/cart/updated', about('cart.updated')],
  ['store/cart/abandoned', about('cart.updated')],
]);

function statusEvents(data: JsonValue): readonly StoreEvent[] {
  const isCanceled = statusChange.safeParse(data).data?.status.new_status_id === CANCELED;
  const updated = about('order.updated')(data);
  return isCanceled ? [...updated, ...about('order.canceled')(data)] : updated;
}

/** Which location it is about is not said: the level is named by what lies there. */
function stockEvents(data: JsonValue): readonly StoreEvent[] {
  const inventory = stock.safeParse(data).data?.inventory;
  if (inventory === undefined) return [];
  const { variant_id: variant, product_id: product } = inventory;
  return [{ type: 'inventory.updated', kind: 'inventoryLevel', platformId: variant ?? `product-${product}` }];
}

function addressEvents(data: JsonValue): readonly StoreEvent[] {
  const platformId = addressee.safeParse(data).data?.address.customer_id;
  return platformId === undefined ? [] : [{ type: 'customer.updated', kind: 'customer', platformId }];
}

const payloadData = z.object({ data: z.record(z.string(), z.json()) });

function normalize({ topic, payload }: VerifiedWebhook): readonly StoreEvent[] {
  const data = payloadData.safeParse(payload).data?.data;
  return data === undefined ? [] : (MEANINGS.get(topic)?.(data) ?? []);
}
