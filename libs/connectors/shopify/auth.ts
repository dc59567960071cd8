import { type CallbackProof, GatewayError, type OAuth2CodeStrategy, type StoreAddress } from '#contract';
import { equalInConstantTime, hmacSha256, invalidField, withHeader } from '#kit';

/** Docs: https://shopify.dev/docs/apps/build/authentication-authorization. Both ends anchored: it decides where credentials go. */
const SHOP_DOMAIN = /^[a-zA-Z0-9][a-zA-Z0-9-]*\.myshopify\.com$/;

/** What a merchant types or pastes: the shop's name, its domain, or the address of a page of its admin. */
const TYPED = new RegExp(
  '^(?:https?://)?' + // the scheme does not matter, https is used
    '(?:([a-z0-9][a-z0-9-]{0,62})|' + // my-store
    '([a-z0-9][a-z0-9-]{0,62})\\.myshopify\\.com(?:/[\\w\\-./?=&%]*)?|' + // my-store.myshopify.com/admin
    'admin\\.shopify\\.com/store/([a-z0-9][a-z0-9-]{0,62})(?:[/?][\\w\\-./?=&%]*)?)$', // admin.shopify.com/store/my-store
  'i',
);

/**
 * How far the callback's time may lie from ours, in seconds. The official library's rule, and right for us too: the
 * platform stamps the redirect when the merchant agrees and the browser follows it at once, while the code in it is
 * good for about a minute. It also bounds how long a callback seen by others could be replayed.
 */
const CALLBACK_SECONDS = 90;

/** A year: no token of this platform lives longer, so anything beyond is no number of seconds. */
const LONGEST_LIFE_SECONDS = 31_536_000;

/**
 * The least scopes with which each operation works as a whole (requirements of types and fields: the schema's own).
 * An order names its customer, products and variants, which are types of other scopes: without these the platform
 * answers half an order and an error. `read_all_orders` needs the platform's approval and is never asked for.
 */
const SCOPES: OAuth2CodeStrategy['scopes'] = {
  always: [],
  byAccess: {
    'read:orders': ['read_orders', 'read_customers', 'read_products'],
    'write:orders': ['write_orders', 'write_merchant_managed_fulfillment_orders'],
    'read:products': ['read_products'],
    'write:products': ['write_products'],
    'read:inventory': ['read_inventory', 'read_locations'],
    'write:inventory': ['write_inventory', 'read_locations'],
    'read:customers': ['read_customers'],
    'write:customers': ['write_customers'],
    'read:categories': ['read_products'],
    'write:categories': ['write_products'],
    'read:coupons': ['read_discounts'],
    'write:coupons': ['write_discounts'],
    'read:carts': ['read_orders', 'read_customers', 'read_products'],
  },
};

export const oauth: OAuth2CodeStrategy = {
  kind: 'oauth2Code',
  id: 'oauth',
  title: 'Approve in Shopify',
  form: {
    shop: {
      label: 'Shop',
      kind: 'text',
      help: 'The name before .myshopify.com, or the address of your admin.',
      example: 'my-store.myshopify.com',
      pattern: TYPED,
    },
  },
  clientAuthentication: 'client_secret_post',
  pkce: 'unsupported',
  scopes: SCOPES,
  scopeSeparator: ',',
  // Without it the platform hands out tokens that never expire, which public apps may not use from 2027 on
  // (docs: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/offline-access-tokens).
  tokenParameters: { expiring: '1' },
  // The token just used may be sent again until its successor is used
  // (docs: https://shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens).
  refresh: { kind: 'rotating', previousToken: 'untilNewIsUsed' },
  terminalRefusals: [{ status: 401, error: 'invalid_request' }],
  defaultLifetimeSeconds: 3600,
  locate,
  authorizationEndpoint: ({ apiRoot }) => new URL('admin/oauth/authorize', apiRoot),
  tokenEndpoint: ({ apiRoot }) => new URL('admin/oauth/access_token', apiRoot),
  sign: (request, { accessToken }) => withHeader(request, 'X-Shopify-Access-Token', accessToken.expose()),
  verifyCallback,
  repairTokenReply,
};

function locate(answers: Readonly<Record<string, string>>): StoreAddress {
  const typed = TYPED.exec((answers['shop'] ?? '').trim());
  const name = typed?.[1] ?? typed?.[2] ?? typed?.[3];
  const account = `${name ?? ''}.myshopify.com`.toLowerCase();
  if (!SHOP_DOMAIN.test(account)) {
    throw invalidField('shop', 'Enter the name of the shop, such as my-store or my-store.myshopify.com');
  }
  return { account, apiRoot: new URL(`https://${account}/`) };
}

/**
 * The signature covers every parameter received but itself, sorted and decoded
 * (docs: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant). A
 * separator inside one would let two parameters pass for one, so it is refused.
 */
function verifyCallback(callback: URLSearchParams, { address, clientSecrets, now }: CallbackProof): void {
  const parameters = [...callback];
  const names = new Set(parameters.map(([name]) => name));
  if (names.size !== parameters.length) throw forged('a parameter came twice');
  if (parameters.some(([name, value]) => /[&=]/.test(name) || value.includes('&')))
    throw forged('a separator in a value');

  const shop = callback.get('shop') ?? '';
  if (!SHOP_DOMAIN.test(shop) || shop.toLowerCase() !== address.account) throw forged('it names another shop');

  const timestamp = callback.get('timestamp') ?? '';
  const age = now.getTime() / 1000 - Number(timestamp);
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(age) > CALLBACK_SECONDS)
    throw forged('it is too old or from the future');

  const message = parameters
    .filter(([name]) => name !== 'hmac')
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const given = callback.get('hmac') ?? '';
  // Every secret is tried, also after a match, so that the time taken says nothing about which one it was.
  const matches = clientSecrets.map((secret) => equalInConstantTime(given, hmacSha256(secret, message, 'hex')));
  if (!matches.includes(true)) throw forged('its signature is not that of the platform');
}

function forged(reason: string): GatewayError<'connect_callback_invalid'> {
  return new GatewayError('connect_callback_invalid', `The callback was refused: ${reason}`, {
    platform: { id: 'shopify' },
  });
}

/** Leaves out a lifetime that is no sane number: the default applies then, and never a NaN (issue shopify-app-js #3400). */
function repairTokenReply(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { expires_in: lifetime, ...rest } = body;
  const seconds = typeof lifetime === 'string' && /^\d{1,12}$/.test(lifetime) ? Number(lifetime) : lifetime;
  const sane =
    typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 1 && seconds <= LONGEST_LIFE_SECONDS;
  const { scope } = body;
  return {
    token_type: 'bearer',
    ...rest,
    ...(typeof scope === 'string' ? { scope: withImpliedScopes(scope.split(/[\s,]+/)).join(' ') } : {}),
    ...(sane ? { expires_in: Math.floor(seconds) } : {}),
  };
}

/** `write_x` implies `read_x`, which is not listed beside it (docs: https://shopify.dev/docs/api/usage/access-scopes). */
export function withImpliedScopes(scopes: readonly string[]): string[] {
  const all = scopes.filter((scope) => scope !== '').flatMap((scope) => [scope, scope.replace(/^write_/, 'read_')]);
  return [...new Set(all)];
}
