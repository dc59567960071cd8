import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { OutgoingRequest, Secret } from '#contract';

/** Adds a header that carries a credential. */
export function withHeader(request: OutgoingRequest, name: string, value: string): OutgoingRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

/** HTTP Basic, RFC 7617. */
export function withBasic(request: OutgoingRequest, user: Secret, password: Secret): OutgoingRequest {
  const pair = Buffer.from(`${user.expose()}:${password.expose()}`, 'utf8').toString('base64');
  return withHeader(request, 'authorization', `Basic ${pair}`);
}

/** Compares without telling by its duration where two texts differ. */
export function equalInConstantTime(given: string, expected: string): boolean {
  return equalBytesInConstantTime(Buffer.from(given, 'utf8'), Buffer.from(expected, 'utf8'));
}

/** As {@link equalInConstantTime}; only how long they are may show. */
export function equalBytesInConstantTime(given: Uint8Array, expected: Uint8Array): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export function hmacSha256(key: Secret, message: string | Uint8Array, encoding: 'hex' | 'base64'): string {
  return createHmac('sha256', key.expose()).update(message).digest(encoding);
}

/** The SHA-256 of bytes, in hex: tells two bodies apart, proves nothing. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** OAuth 1.0a in the header, RFC 5849 section 3.5.1: the parameters with their signature, whichever text that covers. */
export function withOAuth1Header(
  request: OutgoingRequest,
  parameters: Readonly<Record<string, string>>,
  signature: string,
): OutgoingRequest {
  const pairs = Object.entries({ ...parameters, oauth_signature: signature });
  const header = pairs.map(([name, value]) => `${name}="${percentEncode(value)}"`).join(', ');
  return withHeader(request, 'authorization', `OAuth ${header}`);
}

/** RFC 3986 percent-encoding, as OAuth 1.0a wants it: everything but letters, digits, `-`, `.`, `_`, `~`. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
