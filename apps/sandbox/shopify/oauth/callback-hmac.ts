import { createHmac } from 'node:crypto';

/**
 * The signature of a consent callback: HMAC-SHA256, hex, over all other parameters as `k=v`, sorted by key and joined by `&`.
 * docs: https://shopify.dev/docs/apps/build/authentication-authorization/get-access-tokens/authorization-code-grant
 */
export function callbackHmac(parameters: Readonly<Record<string, string>>, secret: string): string {
  const message = Object.entries(parameters)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
  return createHmac('sha256', secret).update(message).digest('hex');
}
