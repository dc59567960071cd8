import {
  audienceOf,
  type Callers,
  createCallers,
  createLimits,
  createRefusalCounts,
  issuerOf,
  type Limits,
  type RefusalCounts,
  type SigningKeys,
} from '#auth';
import { noteAppRefusals } from '#persistence';
import type { Runtime } from '#runtime';

const NOTE_REFUSALS_EVERY_MS = 5000;

/** Who calls, how much they may ask for, and how often they asked for more. */
export interface KeptDoors {
  readonly callers: Callers;
  readonly limits: Limits;
  readonly refusals: RefusalCounts;
}

/** What says who calls, and how much they may ask for. */
export function keepDoors(runtime: Runtime, { verifying }: SigningKeys): KeptDoors {
  const { settings, publicUrl, openAccessChannel, database, oauth, telemetry } = runtime;
  const callers = createCallers({
    openChannel: openAccessChannel,
    rules: { issuer: issuerOf(publicUrl), audience: audienceOf(publicUrl) },
    keys: verifying,
    nonces: oauth.dpopNonces,
  });
  const refusals = createRefusalCounts({
    write: (counted) => noteAppRefusals(database, counted),
    everyMs: NOTE_REFUSALS_EVERY_MS,
  });
  const limits = createLimits({
    ownPerMinute: (appId) => callers.limitOf(appId),
    appPerMinute: settings.SHOPSPAN_APP_REQUESTS_PER_MINUTE,
    keyPerMinute: settings.SHOPSPAN_KEY_REQUESTS_PER_MINUTE,
    tenantAtOnce: settings.SHOPSPAN_TENANT_REQUESTS_AT_ONCE,
  });
  const counted: Limits = {
    async take(caller) {
      const taken = await limits.take(caller);
      const { refusedBy } = taken;
      if (refusedBy !== undefined) telemetry.metrics.count('shopspan_limits_refused_total', { limit: refusedBy });
      if (refusedBy === 'app') refusals.note(caller.appId);
      return taken;
    },
  };
  return { callers, limits: counted, refusals };
}
