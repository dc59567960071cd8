import { type CallbackProof, GatewayError, type Secret, type StoreAddress } from '#contract';
import { equalInConstantTime, hmacSha256 } from '#kit';

/** Docs: https://shopify.dev/docs/apps/build/authentication-authorization. Both ends anchored: it decides where credentials go. */
export const SHOP_DOMAIN = /^[a-zA-Z0-9][a-zA-Z0-9-]*\.myshopify\.com$/;

const ADMIN_HOST = /^(?:admin\.shopify\.com\/store\/[a-z0-9][a-z0-9-]*|[a-z0-9][a-z0-9-]*\.myshopify\.com\/admin)$/i;

/**
 * How far the callback's time may lie from ours, in seconds. The official library's rule, and right for us too: the
 * platform stamps the redirect when the merchant agrees and the browser follows it at once, while the code in it is
 * good for about a minute. It also bounds how long a callback seen by others could be replayed.
 */
const CALLBACK_SECONDS = 90;

/** A shop's domain in small letters, and where its API is. */
export function addressOf(account: string): StoreAddress {
  return { account, apiRoot: new URL(`https://${account}/`) };
}

/** @throws GatewayError `connect_callback_invalid` unless the platform signed it, lately, for this shop */
export function verifyCallback(callback: URLSearchParams, { address, clientSecrets, now }: CallbackProof): void {
  if (provenShop(callback, clientSecrets, now) !== address.account) throw forged('it names another shop');
}

/**
 * A merchant who installs the app from the platform's own pages comes with the same signature as a callback, and with no
 * state of ours: it proves the shop and nothing about who is looking. `host` is where the admin is, base64 without
 * padding (recorded: admin.shopify.com/store/my-store, or the shop's own domain and /admin).
 * @throws GatewayError `connect_callback_invalid`
 */
export function startedAtPlatform(
  query: URLSearchParams,
  { clientSecrets, now }: Omit<CallbackProof, 'address'>,
): StoreAddress {
  const account = provenShop(query, clientSecrets, now);
  const host = query.get('host');
  if (host !== null && !ADMIN_HOST.test(Buffer.from(host, 'base64').toString('utf8')))
    throw forged('its host is not one of the platform');
  return addressOf(account);
}

/**
 * The shop that a signed query names. The signature covers every parameter received but itself, sorted and decoded
 * (docs: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant). A
 * separator inside one would let two parameters pass for one, so it is refused.
 */
function provenShop(query: URLSearchParams, clientSecrets: readonly Secret[], now: Date): string {
  const parameters = [...query];
  const names = new Set(parameters.map(([name]) => name));
  if (names.size !== parameters.length) throw forged('a parameter came twice');
  if (parameters.some(([name, value]) => /[&=]/.test(name) || value.includes('&')))
    throw forged('a separator in a value');

  const named = query.get('shop') ?? '';
  if (!SHOP_DOMAIN.test(named)) throw forged('it names no shop');

  const timestamp = query.get('timestamp') ?? '';
  const age = now.getTime() / 1000 - Number(timestamp);
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(age) > CALLBACK_SECONDS)
    throw forged('it is too old or from the future');

  const message = parameters
    .filter(([name]) => name !== 'hmac')
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const given = query.get('hmac') ?? '';
  // Every secret is tried, also after a match, so that the time taken says nothing about which one it was.
  const matches = clientSecrets.map((secret) => equalInConstantTime(given, hmacSha256(secret, message, 'hex')));
  if (!matches.includes(true)) throw forged('its signature is not that of the platform');
  return named.toLowerCase();
}

function forged(reason: string): GatewayError<'connect_callback_invalid'> {
  return new GatewayError('connect_callback_invalid', `The callback was refused: ${reason}`, {
    platform: { id: 'shopify' },
  });
}
