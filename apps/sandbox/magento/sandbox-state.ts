import { z } from 'zod';
import type { JsonValue } from '#contract';
import type { SandboxContext } from '../platform.js';
import { Integrations, integrationsStateSchema } from './integrations.js';
import { seedShop } from './seeds/seed-shop.js';
import { ShopBook, shopDataStateSchema } from './shop-data.js';

export const PLATFORM_ID = 'magento';

const savedSchema = z.object({
  version: z.literal(1),
  base: z.number().int(),
  integrations: integrationsStateSchema,
  shops: shopDataStateSchema,
});

/** Everything the routes work on. */
export interface SandboxState {
  readonly context: SandboxContext;
  readonly book: ShopBook;
  readonly integrations: Integrations;
  /** The moment the seeds look back from, in seconds since 1970. */
  base: number;
  /** Tokens of logged-in administrators and when they end. In memory only: they live for an hour. */
  readonly adminTokens: Map<string, number>;
}

export function createState(context: SandboxContext): SandboxState {
  const state: SandboxState = {
    context,
    integrations: new Integrations(),
    base: Math.floor(context.now().getTime() / 1000),
    adminTokens: new Map(),
    book: new ShopBook({
      seed: (shop, data) => seedShop(shop, data, state.base),
      changed: () => context.changed(),
    }),
  };
  return state;
}

export function snapshotState({ base, integrations, book }: SandboxState): JsonValue {
  return { version: 1, base, integrations: integrations.snapshot(), shops: book.snapshot() };
}

/** @throws {z.ZodError} when the state is not {@link snapshotState}'s; nothing is taken over then */
export function restoreState(state: SandboxState, saved: JsonValue): void {
  const { base, integrations, shops } = savedSchema.parse(saved);
  state.base = base;
  state.integrations.restore(integrations);
  state.book.restore(shops);
}

/** Seconds since 1970, by the sandbox's clock. */
export function nowOf({ context }: SandboxState): number {
  return Math.floor(context.now().getTime() / 1000);
}
