import {
  type ClientCredentialsStrategy,
  type FormField,
  type OAuth2CodeStrategy,
  type OutgoingRequest,
  type PastedTokenStrategy,
  type Secret,
  type StoreAddress,
} from '#contract';
import { invalidField, pastedSecret, pastedText, withHeader } from '#kit';
import { addressOf, SHOP_DOMAIN, startedAtPlatform, verifyCallback } from './signed-query.js';
import { uninstall } from './uninstall.js';

/** What a merchant types or pastes: the shop's name, its domain, or the address of a page of its admin. */
const TYPED = new RegExp(
  '^(?:https?://)?' + // the scheme does not matter, https is used
    '(?:([a-z0-9][a-z0-9-]{0,62})|' + // my-store
    '([a-z0-9][a-z0-9-]{0,62})\\.myshopify\\.com(?:/[\\w\\-./?=&%]*)?|' + // my-store.myshopify.com/admin
    'admin\\.shopify\\.com/store/([a-z0-9][a-z0-9-]{0,62})(?:[/?][\\w\\-./?=&%]*)?)$', // admin.shopify.com/store/my-store
  'i',
);

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
  revocation: { kind: 'call', withdraw: uninstall },
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
  // The merchant's own app may serve others too: it is not ours to uninstall.
  revocation: {
    kind: 'impossible',
    why: 'The app belongs to the shop and may serve others too. Delete it in the admin under Settings › Apps and sales channels › Develop apps.',
  },
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
    accessToken: pastedSecret(answers, 'accessToken'),
    webhookSecret: answers['apiSecret'] ? pastedSecret(answers, 'apiSecret') : null,
  }),
};

/**
 * The merchant's own app of the Dev Dashboard, in the same organisation as the shop: its tokens live a day, without a
 * refresh token, and are asked for again
 * (docs: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant).
 */
export const ownApp: ClientCredentialsStrategy = {
  kind: 'clientCredentials',
  // As with a custom app; the tokens that were minted end within a day.
  revocation: {
    kind: 'impossible',
    why: 'The app belongs to the merchant and may serve others too. Uninstall it in the admin under Settings › Apps and sales channels, or change its secret.',
  },
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
    clientId: pastedText(answers, 'clientId'),
    clientSecret: pastedSecret(answers, 'clientSecret'),
    accessToken: null,
  }),
};

function tokenEndpoint({ apiRoot }: StoreAddress): URL {
  return new URL('admin/oauth/access_token', apiRoot);
}

function signed(request: OutgoingRequest, accessToken: Secret): OutgoingRequest {
  return withHeader(request, 'X-Shopify-Access-Token', accessToken.expose());
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

/** Leaves out a lifetime that is no sane number: the default applies then, and never a NaN (issue shopify-app-js #3400). */
function repairTokenReply(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { expires_in: lifetime, ...rest } = body;
  const seconds = typeof lifetime === 'string' && /^\d{1,12}$/.test(lifetime) ? Number(lifetime) : lifetime;
  const sane =
    typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 && seconds <= LONGEST_LIFE_SECONDS;
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
