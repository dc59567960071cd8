import { z } from 'zod';
import type { JsonValue } from '#contract';
import type { SandboxContext } from '../platform.js';
import { type ApiKeys, apiKeysStateSchema } from './api-keys.js';
import type { CatalogueBook } from './catalogue/catalogue-book.js';
import type { MerchantSessions } from './merchant-sessions.js';
import type { OrderBook } from './order-writes/order-book.js';
import type { ShopRegistry } from './shop-registry.js';
import type { Deliveries } from './webhooks/deliveries.js';
import type { WebhookBook } from './webhooks/webhook-book.js';

export const PLATFORM_ID = 'woocommerce';

const savedSchema = z.object({
  version: z.literal(1),
  base: z.number().int(),
  keys: apiKeysStateSchema,
  orders: z.json().exactOptional(),
  catalogue: z.json().exactOptional(),
  webhooks: z.json().exactOptional(),
});

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
  const { base } = registry;
  try {
    webhooks.restore(saved.webhooks ?? {});
    registry.base = saved.base;
    // Also without a slice: orders and catalogue start from the seeds of the new base.
    orders.restore(saved.orders ?? {});
    catalogue.restore(saved.catalogue ?? {});
  } catch (error) {
    registry.base = base;
    for (const part of [webhooks, orders, catalogue]) part.restore({});
    throw error;
  }
  keys.restore(saved.keys);
}
