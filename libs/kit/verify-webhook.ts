import {
  GatewayError,
  type HmacBodySignature,
  type RawWebhook,
  type Secret,
  type StandardWebhooksSignature,
  type VerifiedWebhook,
  type WebhookEnvelope,
  type Webhooks,
} from '#contract';
import { equalBytesInConstantTime, equalInConstantTime, hmacSha256 } from './signing.js';

const LONGEST_SIGNATURE = 200;
const MOST_SIGNATURES = 8;

/** What else a delivery is held against where a body's hash is not all: the subscription's own secret, and the time. */
export interface DeliveryContext {
  readonly own: Secret;
  readonly now: Date;
}

/**
 * Proves a delivery over its raw bytes, with any of the secrets that are valid now, then opens it. There is no way past
 * it: without a secret nothing verifies.
 * @throws GatewayError `webhook_unverified`, the same whatever is wrong
 */
export function verifyWebhook(
  webhooks: Webhooks,
  raw: RawWebhook,
  secrets: readonly Secret[],
  context?: DeliveryContext,
): VerifiedWebhook {
  const { signature } = webhooks;
  const proven =
    signature.kind === 'hmacBody'
      ? isSigned(signature, raw, secrets)
      : context !== undefined && isStandardSigned(signature, raw, secrets, context);
  if (!proven) throw unverified();
  // The brand exists in types only: this function alone gives it.
  return webhooks.open(raw) as VerifiedWebhook;
}

function isSigned({ header, encoding }: HmacBodySignature, raw: RawWebhook, secrets: readonly Secret[]): boolean {
  const given = decoded(raw.header(header) ?? '', encoding);
  return anyMatches(secrets, raw.body, encoding, given === undefined ? [] : [given]);
}

/** The signed text is `id.time.body`; the header lists `v1,<base64>` with blanks between, any of which may match. */
function isStandardSigned(
  { toleranceSeconds, ownHeader }: StandardWebhooksSignature,
  raw: RawWebhook,
  secrets: readonly Secret[],
  { own, now }: DeliveryContext,
): boolean {
  if (!equalInConstantTime(raw.header(ownHeader) ?? '', own.expose())) return false;
  if (secrets.length === 0) return true;
  const [id, time] = [raw.header('webhook-id') ?? '', raw.header('webhook-timestamp') ?? ''];
  if (!/^\d{1,12}$/.test(time) || Math.abs(now.getTime() / 1000 - Number(time)) > toleranceSeconds) return false;
  const given = (raw.header('webhook-signature') ?? '')
    .split(' ', MOST_SIGNATURES)
    .flatMap((one) => (one.startsWith('v1,') ? [decoded(one.slice(3), 'base64')] : []));
  const signed = Buffer.concat([Buffer.from(`${id}.${time}.`, 'utf8'), raw.body]);
  return anyMatches(
    secrets,
    signed,
    'base64',
    given.filter((one) => one !== undefined),
  );
}

// Every secret is tried, also after a match, so that the time taken says nothing about which one it was.
function anyMatches(
  secrets: readonly Secret[],
  signed: Uint8Array,
  encoding: 'base64' | 'hex',
  given: readonly Buffer[],
): boolean {
  const matches = secrets.flatMap((secret) => {
    const expected = Buffer.from(hmacSha256(secret, signed, encoding), encoding);
    return given.map((one) => equalBytesInConstantTime(one, expected));
  });
  return matches.includes(true);
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
