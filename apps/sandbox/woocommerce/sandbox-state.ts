import { z } from 'zod';
import type { JsonValue } from '#contract';
import type { SandboxContext } from '../platform.js';
import { ApiKeys, apiKeysStateSchema } from './api-keys.js';
import { MerchantSessions } from './merchant-sessions.js';
import { ShopRegistry } from './shop-registry.js';

export const PLATFORM_ID = 'woocommerce';

const savedSchema = z.object({ version: z.literal(1), base: z.number().int(), keys: apiKeysStateSchema });

/** Everything the routes work on. */
export interface SandboxState {
  readonly context: SandboxContext;
  readonly registry: ShopRegistry;
  readonly keys: ApiKeys;
  readonly sessions: MerchantSessions;
}

export function createState(context: SandboxContext): SandboxState {
  const base = Math.floor(context.now().getTime() / 1000);
  return {
    context,
    registry: new ShopRegistry(base, () => context.changed()),
    keys: new ApiKeys(),
    sessions: new MerchantSessions(),
  };
}

/** Keys and the seeds' point in time; the orders follow from it, and sessions end with the process. */
export function snapshotState({ registry, keys }: SandboxState): JsonValue {
  const { issued, keys: list } = keys.snapshot();
  return { version: 1, base: registry.base, keys: { issued, keys: list } };
}

/** @throws {z.ZodError} when the state is not {@link snapshotState}'s; nothing is taken over then */
export function restoreState({ registry, keys }: SandboxState, state: JsonValue): void {
  const saved = savedSchema.parse(state);
  registry.base = saved.base;
  keys.restore(saved.keys);
}
