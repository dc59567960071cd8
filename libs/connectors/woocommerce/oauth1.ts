import { type KeyPairCredentials, type OutgoingRequest, Secret, type SigningMoment } from '#contract';
import { hmacSha256, percentEncode, withOAuth1Header } from '#kit';

const METHOD = 'HMAC-SHA256';

/**
 * One-legged OAuth 1.0a in the Authorization header: the only way in where a shop is not reached over https, because
 * WooCommerce ignores Basic there (recorded: captures/woocommerce/err-401-basic-over-plain-http, auth-oauth1-http-sha256).
 * The body is JSON and therefore not signed.
 */
export function withOAuth1(
  request: OutgoingRequest,
  { key, secret }: KeyPairCredentials,
  { timestamp, nonce }: SigningMoment,
): OutgoingRequest {
  const parameters = {
    oauth_consumer_key: key.expose(),
    oauth_timestamp: String(timestamp),
    oauth_nonce: nonce,
    oauth_signature_method: METHOD,
  };
  // Without a token nothing follows the ampersand.
  const signature = hmacSha256(new Secret(`${secret.expose()}&`), signatureBase(request, parameters), 'base64');
  return withOAuth1Header(request, parameters, signature);
}

interface Parameter {
  readonly name: string;
  readonly path: readonly string[];
  readonly value: string;
}

/**
 * The text that is signed. It departs from RFC 5849 as WooCommerce's own check does: sorted by the undecoded name in byte
 * order, by its first part only; array brackets encoded once less than the name; every pair encoded a second time.
 * Source: WooCommerce 10.5, class-wc-rest-authentication.php, with vectors checked against a live shop.
 */
export function signatureBase({ method, url }: OutgoingRequest, oauth: Readonly<Record<string, string>>): string {
  const parameters = [...phpParameters([...url.searchParams, ...Object.entries(oauth)])];
  parameters.sort((left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)));
  const pairs = parameters.map(({ name, path, value }) => {
    const brackets = path.map((part) => `%5B${part}%5D`).join('');
    return percentEncode(`${percentEncode(name)}${brackets}=${percentEncode(value)}`);
  });
  return `${method.toUpperCase()}&${percentEncode(`${url.origin}${url.pathname}`)}&${pairs.join('%26')}`;
}

/** Parameters as PHP reads them: `a[0]=x` is an array, `a[]=x` counts up, and of two with one name the last one counts. */
function phpParameters(pairs: readonly (readonly [string, string])[]): IterableIterator<Parameter> {
  const parameters = new Map<string, Parameter>();
  for (const [fullName, value] of pairs) {
    const [, name = fullName, brackets = ''] = /^([^[]+)((?:\[[^[\]]*\])*)$/.exec(fullName) ?? [];
    const siblings = [...parameters.values()].filter((parameter) => parameter.name === name).length;
    const path = [...brackets.matchAll(/\[([^[\]]*)\]/g)].map(([, part = '']) => (part === '' ? `${siblings}` : part));
    parameters.set(JSON.stringify([name, ...path]), { name, path, value });
  }
  return parameters.values();
}
