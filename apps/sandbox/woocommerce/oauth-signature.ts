import { createHmac } from 'node:crypto';
import { encodeRfc3986, type PhpArray, type PhpValue } from '../php-query.js';

export type SignatureMethod = 'HMAC-SHA1' | 'HMAC-SHA256';

interface SignedRequest {
  readonly method: string;
  /** Scheme, host, port if not the scheme's own, and path. */
  readonly url: string;
  /** Query, form fields and OAuth parameters; a signature among them is left out. */
  readonly parameters: PhpArray;
}

/**
 * The text that is signed (fact sheet, section 3.1, which has two test vectors). Sorted by the raw name, top level
 * only; name and value are encoded, joined and encoded again.
 */
export function signatureBase({ method, url, parameters }: SignedRequest): string {
  const pairs = [...parameters]
    .filter(([name]) => name !== 'oauth_signature')
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .flatMap(([name, value]) => flatten(encodeRfc3986(name), value));
  return `${method.toUpperCase()}&${encodeRfc3986(url)}&${pairs.map(encodeRfc3986).join('%26')}`;
}

/** The key is the secret and `&`, with nothing behind it. */
export function oauthSignature(request: SignedRequest, method: SignatureMethod, consumerSecret: string): string {
  const algorithm = method === 'HMAC-SHA1' ? 'sha1' : 'sha256';
  return createHmac(algorithm, `${consumerSecret}&`).update(signatureBase(request)).digest('base64');
}

function flatten(name: string, value: PhpValue): string[] {
  if (typeof value === 'string') return [`${name}=${encodeRfc3986(value)}`];
  return [...value].flatMap(([key, inner]) => flatten(`${name}%5B${key}%5D`, inner));
}
