import { createHmac } from 'node:crypto';
import type { JsonValue } from '#contract';
import type { Store } from '../stores.js';

const DAY_SECONDS = 86_400;
/** docs' example: valid a little before it was issued. */
const LEEWAY_SECONDS = 5;

const encode = (value: JsonValue): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** docs: `signed_payload_jwt` is a compact JWT, HS256 with the app's client secret. */
export function signJwt(claims: JsonValue, secret: string): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** What the load, uninstall and remove-user callbacks say about who does it and where. */
export function payloadClaims(
  { owner, hash }: Store,
  { clientId, now, id }: { clientId: string; now: Date; id: string },
): JsonValue {
  const iat = Math.floor(now.getTime() / 1_000);
  return {
    aud: clientId,
    iss: 'bc',
    iat,
    nbf: iat - LEEWAY_SECONDS,
    exp: iat + DAY_SECONDS,
    jti: id,
    sub: `stores/${hash}`,
    user: { id: owner.id, email: owner.email, locale: 'en-US' },
    owner: { id: owner.id, email: owner.email },
    url: '/',
    channel_id: null,
  };
}
