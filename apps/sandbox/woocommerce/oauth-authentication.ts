import { timingSafeEqual } from 'node:crypto';
import type { ApiKey } from './api-keys.js';
import { oauthSignature, type SignatureMethod } from './oauth-signature.js';
import { decodePhp, type PhpArray, textOf } from '../php-query.js';
import { authenticationError, restError, type RestError } from './rest-error.js';

export interface OAuthRequest {
  /** What was signed: the method the request came with, whatever it was made afterwards. */
  readonly sentMethod: string;
  /** Addresses the caller may have signed, tried in turn. */
  readonly urls: () => Iterable<string>;
  /** Query and form fields. */
  readonly parameters: PhpArray;
  readonly authorization: string | undefined;
  /** Seconds since 1970. */
  readonly now: number;
}

const REQUIRED = [
  'oauth_consumer_key',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
  'oauth_signature_method',
] as const;

const WINDOW_SECONDS = 15 * 60;

/**
 * One-legged OAuth 1.0a as WooCommerce checks it: key, signature, time, nonce, in this order
 * (fact sheet, section 3.1; recorded: captures/woocommerce/auth-oauth1-http-*.json).
 * @returns undefined when the request does not try OAuth at all
 */
export function authenticateOAuth(
  request: OAuthRequest,
  find: (consumerKey: string) => ApiKey | undefined,
): ApiKey | RestError | undefined {
  const parameters = oauthParameters(request);
  const missing = REQUIRED.filter((name) => ['', '0'].includes(textOf(parameters, name) ?? ''));
  if (missing.length === REQUIRED.length) return undefined;
  if (missing.length > 0) {
    const noun = missing.length === 1 ? 'parameter' : 'parameters';
    const message = `Missing OAuth ${noun} ${missing.join(', ')}`;
    return restError(401, 'woocommerce_rest_authentication_missing_parameter', message);
  }
  const key = find(textOf(parameters, 'oauth_consumer_key') ?? '');
  if (!key) return authenticationError('Consumer key is invalid.');
  return checkSignature(request, parameters, key) ?? checkFreshness(request, parameters, key) ?? key;
}

/** Header parameters replace those of the query. */
function oauthParameters({ parameters, authorization }: OAuthRequest): PhpArray {
  const merged: PhpArray = new Map(parameters);
  const header = authorization?.trim() ?? '';
  if (!header.startsWith('OAuth ')) return merged;
  for (const match of header.matchAll(/(oauth_[a-z_-]*)=(?:"([^"]*)"|([^,]*))/g)) {
    merged.set(match[1] ?? '', decodePhp(match[2] ?? match[3] ?? ''));
  }
  return merged;
}

function checkSignature(request: OAuthRequest, parameters: PhpArray, key: ApiKey): RestError | undefined {
  const method = textOf(parameters, 'oauth_signature_method');
  if (!isSignatureMethod(method)) return authenticationError('Invalid signature - signature method is invalid.');
  // A plus sign that was sent unescaped arrives as a space; genuine shops forgive that.
  const given = decodeURIComponentLeniently((textOf(parameters, 'oauth_signature') ?? '').replaceAll(' ', '+'));
  for (const url of request.urls()) {
    if (isSame(oauthSignature({ method: request.sentMethod, url, parameters }, method, key.consumerSecret), given)) {
      return undefined;
    }
  }
  return authenticationError('Invalid signature - provided signature does not match.');
}

function isSignatureMethod(method: string | undefined): method is SignatureMethod {
  return method === 'HMAC-SHA1' || method === 'HMAC-SHA256';
}

function checkFreshness({ now }: OAuthRequest, parameters: PhpArray, key: ApiKey): RestError | undefined {
  const timestamp = Number.parseInt(textOf(parameters, 'oauth_timestamp') ?? '', 10);
  // Written so that a timestamp that is no number is refused too.
  if (!(Math.abs(timestamp - now) <= WINDOW_SECONDS)) return authenticationError('Invalid timestamp.');
  const nonce = textOf(parameters, 'oauth_nonce') ?? '';
  if ([...key.usedNonces.values()].includes(nonce)) {
    return authenticationError('Invalid nonce - nonce has already been used.');
  }
  key.usedNonces.set(timestamp, nonce);
  for (const used of key.usedNonces.keys()) if (used < now - WINDOW_SECONDS) key.usedNonces.delete(used);
  return undefined;
}

/** Compares without telling by its time how much was right. */
export function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function decodeURIComponentLeniently(text: string): string {
  return decodePhp(text.replaceAll('+', '%2B'));
}
