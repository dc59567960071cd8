import type { SandboxContext } from '../platform.js';
import { ApiKeys } from './api-keys.js';
import { createCatalogueBook } from './catalogue/catalogue-book.js';
import { seedCatalogue } from './catalogue/seeds/seed-catalogue.js';
import { MerchantSessions } from './merchant-sessions.js';
import { WOOCOMMERCE_VERSION } from './order-body.js';
import { createOrderBook } from './order-writes/order-book.js';
import type { SandboxState } from './sandbox-state.js';
import { ShopRegistry } from './shop-registry.js';
import { WORDPRESS_VERSION } from './site-info.js';
import { createDeliveries } from './webhooks/deliveries.js';
import { payloadOf } from './webhooks/payloads.js';
import { postWebhook } from './webhooks/post-webhook.js';
import { createWebhookBook } from './webhooks/webhook-book.js';

/** A minute is what a genuine shop waits for a receiver. */
const DELIVERY_TIMEOUT_MS = 60_000;

/** Apart from the state itself: webhook payloads are answers of the routes, and the routes work on the state. */
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
