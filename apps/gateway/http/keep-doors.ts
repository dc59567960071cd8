import { audienceOf, type Callers, createCallers, createLimits, issuerOf, type Limits } from '#auth';
import { listVerificationKeys } from '#persistence';
import type { Runtime } from '#runtime';

/** What says who calls, and how much they may ask for. */
export function keepDoors(runtime: Runtime): { readonly callers: Callers; readonly limits: Limits } {
  const { settings, publicUrl, openAccessChannel, database, oauth, telemetry } = runtime;
  const callers = createCallers({
    openChannel: openAccessChannel,
    rules: { issuer: issuerOf(publicUrl), audience: audienceOf(publicUrl) },
    readSigningKeys: () => listVerificationKeys(database),
    nonces: oauth.dpopNonces,
  });
  const limits = createLimits({
    appPerMinute: settings.SHOPSPAN_APP_REQUESTS_PER_MINUTE,
    keyPerMinute: settings.SHOPSPAN_KEY_REQUESTS_PER_MINUTE,
    tenantAtOnce: settings.SHOPSPAN_TENANT_REQUESTS_AT_ONCE,
  });
  const counted: Limits = {
    async take(caller) {
      const taken = await limits.take(caller);
      if (taken.refusedBy !== undefined)
        telemetry.metrics.count('shopspan_limits_refused_total', { limit: taken.refusedBy });
      return taken;
    },
  };
  return { callers, limits: counted };
}
