import { timingSafeEqual } from 'node:crypto';
import {
  GatewayError,
  type RawWebhook,
  type Secret,
  type VerifiedWebhook,
  type WebhookEnvelope,
  type Webhooks,
} from '#contract';
import { hmacSha256 } from './signing.js';

const LONGEST_SIGNATURE = 200;

/**
 * Proves a delivery over its raw bytes, with any of the secrets that are valid now, then opens it. There is no way past
 * it: without a secret nothing verifies.
 * @throws GatewayError `webhook_unverified`, the same whatever is wrong
 */
export function verifyWebhook(webhooks: Webhooks, raw: RawWebhook, secrets: readonly Secret[]): VerifiedWebhook {
  const { header, encoding } = webhooks.signature;
  const given = decoded(raw.header(header) ?? '', encoding);
  // Every secret is tried, also after a match, so that the time taken says nothing about which one it was.
  const matches = secrets.map((secret) => {
    const expected = Buffer.from(hmacSha256(secret, raw.body, encoding), encoding);
    return given?.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!matches.includes(true)) throw unverified();
  // The brand exists in types only: this function alone gives it.
  return webhooks.open(raw) as VerifiedWebhook;
}

function decoded(text: string, encoding: 'base64' | 'hex'): Buffer | undefined {
  const form = encoding === 'hex' ? /^[0-9a-f]+$/i : /^[A-Za-z0-9+/]+={0,2}$/;
  return text.length <= LONGEST_SIGNATURE && form.test(text) ? Buffer.from(text, encoding) : undefined;
}

/** The one refusal of a delivery; it does not say which check failed. */
export function unverified(): GatewayError<'webhook_unverified'> {
  return new GatewayError('webhook_unverified', 'The delivery is not signed as the platform signs.');
}

/** A delivery that was verified when it came in, and kept sealed since: nothing else may be passed here. */
export function verifiedEarlier(envelope: WebhookEnvelope): VerifiedWebhook {
  return envelope as VerifiedWebhook;
}
