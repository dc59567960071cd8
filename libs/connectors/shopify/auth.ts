import {
  type Answers,
  type CallbackProof,
  type ClientCredentialsStrategy,
  type FormField,
  GatewayError,
  type OAuth2CodeStrategy,
  type OutgoingRequest,
  type PastedTokenStrategy,
  Secret,
  type StoreAddress,
} from '#contract';
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

/** What an order names: its customer, products and variants are types of other scopes. */
const ORDER_PARTS = ['read_customers', 'read_products'];

/**
 * The least scopes with which each operation works as a whole (requirements of types and fields: the schema's own).
 * What a scope lacks is answered as half an order and an error. A write is answered with the record, and so needs to read
 * it too. `read_all_orders` needs the platform's approval and is never asked for. Subscribing to a topic needs the scope
 * to read what it tells of, and no other.
 */
const SCOPES: OAuth2CodeStrategy['scopes'] = {
  always: [],
  byAccess: {
    'read:orders': ['read_orders', 'read_returns', ...ORDER_PARTS],
    'write:orders': [
      'write_orders',
      'write_returns',
      'write_merchant_managed_fulfillment_orders',
      // That a parcel arrived is an event of its shipment.
      'write_fulfillments',
      // Where goods go back into stock.
      'read_locations',
      ...ORDER_PARTS,
    ],
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
    'read:carts': ['read_orders', ...ORDER_PARTS],
  },
};

const shop: FormField = {
  label: 'Shop',
  kind: 'storeUrl',
  help: 'The name before .myshopify.com, or the address of your admin.',
  example: 'my-store.myshopify.com',
  pattern: TYPED,
};

export const oauth: OAuth2CodeStrategy = {
  kind: 'oauth2Code',
  id: 'oauth',
  title: 'Approve in Shopify',
  form: { shop },
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
  tokenEndpoint,
  sign: (request, { accessToken }) => signed(request, accessToken),
  verifyCallback,
  repairTokenReply,
  startedAtPlatform,
};

/** The token of a custom app that was made in the shop's admin: it is shown once and does not expire. */
export const token: PastedTokenStrategy = {
  kind: 'pastedToken',
  id: 'token',
  title: 'Paste the token of a custom app',
  form: {
    shop,
    accessToken: {
      label: 'Admin API access token',
      kind: 'secret',
      help: 'In your admin: Settings, Apps, Develop apps, the app, API credentials. It is shown only once.',
      example: 'shpat_example',
      pattern: /^\S{4,250}$/,
    },
    // The platform signs a custom app's webhooks with it (docs: https://shopify.dev/docs/apps/build/webhooks/subscribe/https).
    apiSecret: {
      label: 'API secret key',
      kind: 'secret',
      help: 'Beside the token. Without it the shop cannot tell what happens in it, and changes are only seen when asked for.',
      example: 'shpss_example',
      pattern: /^\S{4,250}$/,
      optional: true,
    },
  },
  locate,
  sign: (request, { accessToken }) => signed(request, accessToken),
  credentials: (answers) => ({
    kind: 'token',
    accessToken: secretIn(answers, 'accessToken'),
    webhookSecret: answers['apiSecret'] ? secretIn(answers, 'apiSecret') : null,
  }),
};

/**
 * The merchant's own app of the Dev Dashboard, in the same organisation as the shop: its tokens live a day, without a
 * refresh token, and are asked for again
 * (docs: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant).
 */
export const ownApp: ClientCredentialsStrategy = {
  kind: 'clientCredentials',
  id: 'ownApp',
  title: 'Use your own app',
  form: {
    shop,
    clientId: {
      label: 'Client ID',
      kind: 'text',
      help: 'In the Dev Dashboard: your app, Settings. The app must be installed on this shop.',
      example: '0123456789abcdef0123456789abcdef',
      pattern: /^\S{4,250}$/,
    },
    clientSecret: {
      label: 'Client secret',
      kind: 'secret',
      help: 'Beside the client ID.',
      example: 'shpss_example',
      pattern: /^\S{4,250}$/,
    },
  },
  clientAuthentication: 'client_secret_post',
  tokenParameters: {},
  refresh: { kind: 'mint' },
  // Words of issue threads (community.shopify.dev/t/33287): the app was removed, or shop and app have no common owner.
  terminalRefusals: [
    { status: 400, error: 'app_not_installed' },
    { status: 400, error: 'shop_not_permitted' },
  ],
  defaultLifetimeSeconds: 86_399,
  locate,
  tokenEndpoint,
  sign(request, { accessToken }) {
    if (accessToken === null) throw new TypeError('a token must be minted before anything is signed');
    return signed(request, accessToken);
  },
  repairTokenReply,
  credentials: (answers) => ({
    kind: 'client',
    clientId: textIn(answers, 'clientId'),
    clientSecret: secretIn(answers, 'clientSecret'),
    accessToken: null,
  }),
};

function tokenEndpoint({ apiRoot }: StoreAddress): URL {
  return new URL('admin/oauth/access_token', apiRoot);
}

function signed(request: OutgoingRequest, accessToken: Secret): OutgoingRequest {
  return withHeader(request, 'X-Shopify-Access-Token', accessToken.expose());
}

function secretIn(answers: Answers, field: string): Secret {
  return new Secret(textIn(answers, field));
}

/** @throws GatewayError `request_invalid` for nothing, and for what cannot stand in a header */
function textIn(answers: Answers, field: string): string {
  const text = (answers[field] ?? '').trim();
  if (/^[\x21-\x7e]{4,255}$/.test(text)) return text;
  throw invalidField(field, 'Paste it as it is shown, without spaces.');
}

function locate(answers: Readonly<Record<string, string>>): StoreAddress {
  const typed = TYPED.exec((answers['shop'] ?? '').trim());
  const name = typed?.[1] ?? typed?.[2] ?? typed?.[3];
  const account = `${name ?? ''}.myshopify.com`.toLowerCase();
  if (!SHOP_DOMAIN.test(account)) {
    throw invalidField('shop', 'Enter the name of the shop, such as my-store or my-store.myshopify.com');
  }
  return addressOf(account);
}

function addressOf(account: string): StoreAddress {
  return { account, apiRoot: new URL(`https://${account}/`) };
}

function verifyCallback(callback: URLSearchParams, { address, clientSecrets, now }: CallbackProof): void {
  if (provenShop(callback, clientSecrets, now) !== address.account) throw forged('it names another shop');
}

/**
 * A merchant who installs the app from the platform's own pages comes with the same signature as a callback, and with no
 * state of ours: it proves the shop and nothing about who is looking. `host` is where the admin is, base64 without
 * padding (recorded: admin.shopify.com/store/my-store, or the shop's own domain and /admin).
 */
function startedAtPlatform(
  query: URLSearchParams,
  { clientSecrets, now }: Omit<CallbackProof, 'address'>,
): StoreAddress {
  const account = provenShop(query, clientSecrets, now);
  const host = query.get('host');
  if (host !== null && !ADMIN_HOST.test(Buffer.from(host, 'base64').toString('utf8')))
    throw forged('its host is not one of the platform');
  return addressOf(account);
}

const ADMIN_HOST = /^(?:admin\.shopify\.com\/store\/[a-z0-9][a-z0-9-]*|[a-z0-9][a-z0-9-]*\.myshopify\.com\/admin)$/i;

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
