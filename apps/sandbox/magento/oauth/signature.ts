import { createHmac } from 'node:crypto';
import { encodeRfc3986 } from '../../php-query.js';
import { compareNaturally } from './natural-order.js';

interface SignedRequest {
  readonly method: string;
  /** Scheme, host, port if not the scheme's own, and path as it was sent. */
  readonly url: string;
  /** Query, form fields and OAuth parameters, decoded; a signature among them does not count. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** The text that is signed (fact sheet, section 2.2, with three vectors of Magento's own signer). */
export function signatureBase({ method, url, parameters }: SignedRequest): string {
  const pairs = [...parameters]
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]): [string, string] => [encodeRfc3986(name), encodeRfc3986(value)])
    .sort(([a], [b]) => compareNaturally(a, b))
    .map(([name, value]) => `${name}=${value}`);
  return [method.toUpperCase(), normalized(url), pairs.join('&')].map(encodeRfc3986).join('&');
}

/** @param tokenSecret empty while there is no token yet */
export function signature(request: SignedRequest, consumerSecret: string, tokenSecret: string): string {
  const key = `${encodeRfc3986(consumerSecret)}&${encodeRfc3986(tokenSecret)}`;
  return createHmac('sha256', key).update(signatureBase(request)).digest('base64');
}

/** Host in lower case, no default port. The path stays as it was sent, escapes and all. */
function normalized(url: string): string {
  const match = /^(https?):\/\/([^/]*)(.*)$/i.exec(url);
  const [, scheme = '', authority = '', path = ''] = match ?? [];
  const host = authority.toLowerCase().replace(scheme.toLowerCase() === 'https' ? /:443$/ : /:80$/, '');
  return `${scheme.toLowerCase()}://${host}${path}`;
}
