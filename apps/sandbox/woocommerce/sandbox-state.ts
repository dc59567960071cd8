import { z } from 'zod';
import type { JsonValue } from '#contract';
import type { SandboxContext } from '../platform.js';
import { ApiKeys, apiKeysStateSchema } from './api-keys.js';
import { type CatalogueBook, createCatalogueBook } from './catalogue/catalogue-book.js';
import { seedCatalogue } from './catalogue/seeds/seed-catalogue.js';
import { MerchantSessions } from './merchant-sessions.js';
import { createOrderBook, type OrderBook } from './order-writes/order-book.js';
import { WOOCOMMERCE_VERSION } from './order-body.js';
import { ShopRegistry } from './shop-registry.js';
import { WORDPRESS_VERSION } from './site-info.js';
import { createDeliveries, type Deliveries } from './webhooks/deliveries.js';
import { payloadOf } from './webhooks/payloads.js';
import { postWebhook } from './webhooks/post-webhook.js';
import { createWebhookBook, type WebhookBook } from './webhooks/webhook-book.js';

export const PLATFORM_ID = 'woocommerce';

const savedSchema = z.object({
  version: z.literal(1),
  base: z.number().int(),
  keys: apiKeysStateSchema,
  orders: z.json().exactOptional(),
  catalogue: z.json().exactOptional(),
  webhooks: z.json().exactOptional(),
});

/** A minute is what a genuine shop waits for a receiver. */
const DELIVERY_TIMEOUT_MS = 60_000;

/** Everything the routes work on. */
export interface SandboxState {
  readonly context: SandboxContext;
  readonly registry: ShopRegistry;
  readonly keys: ApiKeys;
  readonly sessions: MerchantSessions;
  readonly orders: OrderBook;
  readonly catalogue: CatalogueBook;
  readonly webhooks: WebhookBook;
  /** Call `deliveries.changed(host, topic, id)` after every change that a genuine shop reports. */
  readonly deliveries: Deliveries;
}

export function createState(context: SandboxContext): SandboxState {
  const base = Math.floor(context.now().getTime() / 1000);
  const webhooks = createWebhookBook(() => context.changed());
  const registry = new ShopRegistry(base, () => context.changed());
  const state: SandboxState = {
    context,
    registry,
    orders: createOrderBook({
      shops: registry.shops,
      seedsOf: (shop) => registry.ordersOf(shop),
      changed: () => context.changed(),
    }),
    catalogue: createCatalogueBook({
      shops: registry.shops,
      seedsOf: (shop) => seedCatalogue(shop, registry.ordersOf(shop), registry.base),
      changed: () => context.changed(),
    }),
    keys: new ApiKeys(),
    sessions: new MerchantSessions(),
    webhooks,
    deliveries: createDeliveries({
      book: webhooks,
      userAgent: `WooCommerce/${WOOCOMMERCE_VERSION} Hookshot (WordPress/${WORDPRESS_VERSION})`,
      now: () => Math.floor(context.now().getTime() / 1000),
      sourceOf: (host) => ({
        homeUrl: `${context.origin(host)}${state.registry.find(host)?.path ?? ''}/`,
        salt: state.registry.find(host)?.storeId ?? host,
        payload: (resource, id) => payloadOf(state, host, resource, id),
      }),
      post: (post) => postWebhook(post, DELIVERY_TIMEOUT_MS),
    }),
  };
  return state;
}

/** Keys, the seeds' point in time and what was written since; sessions end with the process. */
export function snapshotState({ registry, keys, orders, catalogue, webhooks }: SandboxState): JsonValue {
  const { issued, keys: list, demoted } = keys.snapshot();
  return {
    version: 1,
    base: registry.base,
    keys: { issued, keys: list, demoted },
    orders: orders.snapshot(),
    catalogue: catalogue.snapshot(),
    webhooks: webhooks.snapshot(),
  };
}

/** @throws {z.ZodError} when the state is not {@link snapshotState}'s; nothing is taken over then */
export function restoreState({ registry, keys, orders, catalogue, webhooks }: SandboxState, state: JsonValue): void {
  const saved = savedSchema.parse(state);
  if (saved.webhooks !== undefined) webhooks.restore(saved.webhooks);
  registry.base = saved.base;
  // Also without a slice: orders and catalogue start from the seeds of the new base.
  orders.restore(saved.orders ?? {});
  catalogue.restore(saved.catalogue ?? {});
  keys.restore(saved.keys);
}
