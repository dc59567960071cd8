import { type OutgoingRequest, Secret, type SigningMoment } from '#contract';
import { hmacSha256, percentEncode, withOAuth1Header } from '#kit';

/** Who signs: a consumer, mostly with a token, and with the verifier while the token is a request token. */
export interface OAuth1Keys {
  readonly consumerKey: Secret;
  readonly consumerSecret: Secret;
  readonly token?: Secret;
  readonly tokenSecret?: Secret;
  readonly verifier?: Secret;
}

/**
 * OAuth 1.0a in the Authorization header, the only place the platform looks at. Its body is JSON and not signed.
 *
 * Always HMAC-SHA256: every version back to 2.1 takes it, and from 2.4.4 on it is the only one (recorded:
 * auth-oauth1-header-sha1; issue #35510).
 */
export function withOAuth1(request: OutgoingRequest, keys: OAuth1Keys, moment: SigningMoment): OutgoingRequest {
  const parameters: Record<string, string> = {
    oauth_consumer_key: keys.consumerKey.expose(),
    oauth_nonce: moment.nonce,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(moment.timestamp),
    ...(keys.token && { oauth_token: keys.token.expose() }),
    ...(keys.verifier && { oauth_verifier: keys.verifier.expose() }),
    oauth_version: '1.0',
  };
  const key = `${percentEncode(keys.consumerSecret.expose())}&${percentEncode(keys.tokenSecret?.expose() ?? '')}`;
  const signature = hmacSha256(new Secret(key), signatureBase(request, parameters), 'base64');
  return withOAuth1Header(request, parameters, signature);
}

/**
 * The text that is signed. It departs from RFC 5849 as the platform's own check does: names are sorted in natural order,
 * so that `[2]` comes before `[10]`; a part of the query that has not exactly one `=` does not count, and a plus is no
 * space. Source: Magento 2.1 to 2.4.4, with vectors made by its own signer (fact sheet, 2.2).
 */
export function signatureBase({ method, url }: OutgoingRequest, oauth: Readonly<Record<string, string>>): string {
  const parameters = new Map([...queryOf(url), ...Object.entries(oauth)]);
  const pairs = [...parameters]
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([left], [right]) => naturalOrder(left, right))
    .map(([name, value]) => `${name}=${value}`);
  const address = `${url.origin}${url.pathname}`;
  return [method.toUpperCase(), address, pairs.join('&')].map(percentEncode).join('&');
}

function queryOf({ search }: URL): (readonly [string, string])[] {
  return search
    .slice(1)
    .split('&')
    .map((part) => part.split('='))
    .filter((parts) => parts.length === 2)
    .map(([name = '', value = '']) => [decodeURIComponent(name), decodeURIComponent(value)] as const)
    .filter(([name]) => !name.includes('oauth_'));
}

const PARTS = /\d+|\D/g;

/**
 * The order of PHP's `strnatcmp`: digits in a row are compared as the number they are. Zeros before a number are passed
 * over, as PHP does since 8.1; no name of a parameter has any.
 */
export function naturalOrder(left: string, right: string): number {
  const [ours, theirs] = [partsOf(left), partsOf(right)];
  for (const [index, part] of ours.entries()) {
    const other = theirs[index];
    if (other === undefined) return 1;
    const difference = isNumber(part) && isNumber(other) ? numeric(part, other) : bytewise(part, other);
    if (difference !== 0) return difference;
  }
  return ours.length - theirs.length;
}

function partsOf(text: string): readonly string[] {
  return (text.match(PARTS) ?? []).map((part) => part.replace(/^0+(?=\d)/, ''));
}

function isNumber(part: string): boolean {
  return /^\d/.test(part);
}

function numeric(left: string, right: string): number {
  return left.length - right.length || bytewise(left, right);
}

function bytewise(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
