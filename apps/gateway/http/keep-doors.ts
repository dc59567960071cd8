import { audienceOf, type Callers, createCallers, createLimits, issuerOf, type Limits, type SigningKeys } from '#auth';
import type { Runtime } from '#runtime';

/** What says who calls, and how much they may ask for. */
export function keepDoors(
  runtime: Runtime,
  { verifying }: SigningKeys,
): { readonly callers: Callers; readonly limits: Limits } {
  const { settings, publicUrl, openAccessChannel, oauth } = runtime;
  const callers = createCallers({
    openChannel: openAccessChannel,
    rules: { issuer: issuerOf(publicUrl), audience: audienceOf(publicUrl) },
    keys: verifying,
    nonces: oauth.dpopNonces,
  });
  const limits = createLimits({
    appPerMinute: settings.SHOPSPAN_APP_REQUESTS_PER_MINUTE,
    keyPerMinute: settings.SHOPSPAN_KEY_REQUESTS_PER_MINUTE,
    tenantAtOnce: settings.SHOPSPAN_TENANT_REQUESTS_AT_ONCE,
  });
  return { callers, limits };
}
