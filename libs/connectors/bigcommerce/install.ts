import { type CallbackProof, GatewayError, type InstalledAppStrategy, type Secret, type StoreAddress } from '#contract';
import { equalInConstantTime, hmacSha256 } from '#kit';
import { z } from 'zod';
import { addressOf, signed, STORE_HASH } from './auth.js';

const LOGIN = 'https://login.bigcommerce.com';

/** How far the platform's clock may be from ours, in seconds (fact sheet, a.5). */
const LEEWAY_SECONDS = 60;

/**
 * A single-click app. The platform asks the merchant for the shop and what the app may do, and comes back without a state
 * and without a signature: only the answer to the code says anything (docs: apps/guide/auth).
 */
export const app: InstalledAppStrategy = {
  kind: 'installedApp',
  // Only the merchant uninstalls; a token is not revoked by API (docs: https://developer.bigcommerce.com/docs/start/authentication).
  revocation: {
    kind: 'impossible',
    why: 'BigCommerce has no way for an app to uninstall itself. Uninstall it in the control panel under Apps › My Apps.',
  },
  id: 'app',
  title: 'Install the app',
  form: {},
  clientAuthentication: 'client_secret_post',
  refresh: { kind: 'none' },
  terminalRefusals: [],
  // What an app may do is set where it is registered, and asked of the merchant as a whole (docs: api-accounts, OAuth scopes).
  scopes: {
    always: ['store_v2_information_read_only'],
    byAccess: {
      'read:orders': ['store_v2_orders_read_only', 'store_v2_transactions_read_only'],
      // A line that is named by its SKU or variant is looked up.
      'write:orders': ['store_v2_orders', 'store_v2_transactions', 'store_v2_products_read_only'],
      'read:products': ['store_v2_products_read_only'],
      'write:products': ['store_v2_products'],
      'read:categories': ['store_v2_products_read_only'],
      'write:categories': ['store_v2_products'],
      'read:inventory': ['store_inventory_read_only', 'store_locations_read_only'],
      'write:inventory': ['store_inventory', 'store_locations_read_only'],
      'read:customers': ['store_v2_customers_read_only'],
      'write:customers': ['store_v2_customers'],
      'read:coupons': ['store_v2_marketing_read_only'],
      'write:coupons': ['store_v2_marketing'],
      'read:carts': ['store_cart_read_only'],
    },
  },
  // The control panel shows an app within its own page (docs: apps/guide/callbacks).
  framedBy: ['https://*.mybigcommerce.com', LOGIN],
  installUrl: (clientId) => new URL(`${LOGIN}/app/${encodeURIComponent(clientId)}/install`),
  tokenEndpoint: () => new URL(`${LOGIN}/oauth2/token`),
  tokenParameters(callback) {
    const context = callback.get('context') ?? '';
    const scope = callback.get('scope') ?? '';
    if (hashOf(context) === undefined) throw invalid('it names no shop');
    return { context, scope };
  },
  // A token answer has no type (docs: apps/guide/auth); it is sent in a header of its own.
  repairTokenReply: (body) => ({ token_type: 'bearer', ...body }),
  locateGranted(answer, callback) {
    const hash = hashOf(answer['context']);
    if (hash === undefined) throw invalid('the token names no shop');
    if (answer['context'] !== callback.get('context')) throw invalid('the token is for another shop');
    return addressOf(hash);
  },
  provenCall,
  sign: (request, { accessToken }) => signed(request, accessToken),
};

function hashOf(context: unknown): string | undefined {
  const hash = typeof context === 'string' && context.startsWith('stores/') ? context.slice('stores/'.length) : '';
  return STORE_HASH.test(hash) ? hash : undefined;
}

const header = z.object({ alg: z.literal('HS256') });
const claims = z.object({
  aud: z.string(),
  iss: z.literal('bc'),
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
  sub: z.string(),
});

/**
 * `signed_payload_jwt`, with which the platform opens the app and says that it was removed: HS256 by the client's secret,
 * good for a day (docs: apps/guide/callbacks). No other algorithm is taken, whatever its header says.
 */
function provenCall(
  query: URLSearchParams,
  { clientId, clientSecrets, now }: Omit<CallbackProof, 'address'>,
): { readonly address: StoreAddress; readonly at: Date } {
  const [token = '', ...others] = query.getAll('signed_payload_jwt');
  const parts = token.split('.');
  if (others.length > 0 || parts.length !== 3 || token.length > 8000) throw invalid('it is not signed');
  const [head = '', body = '', signature = ''] = parts;
  if (!isSigned(`${head}.${body}`, signature, clientSecrets) || !header.safeParse(jsonIn(head)).success) {
    throw invalid('its signature is wrong');
  }
  const said = claims.safeParse(jsonIn(body));
  if (!said.success) throw invalid('it says too little');
  return callOf(said.data, clientId, now.getTime() / 1000);
}

function callOf({ aud, iat, nbf, exp, sub }: z.infer<typeof claims>, clientId: string, seconds: number) {
  if (seconds > exp + LEEWAY_SECONDS || seconds < nbf - LEEWAY_SECONDS) throw invalid('it is too old');
  const hash = hashOf(sub);
  if (aud !== clientId || hash === undefined) throw invalid('it is for another app');
  return { address: addressOf(hash), at: new Date(iat * 1000) };
}

// Every secret is tried, also after a match, so that the time taken says nothing about which one it was.
function isSigned(text: string, signature: string, secrets: readonly Secret[]): boolean {
  const expected = secrets.map((secret) =>
    Buffer.from(hmacSha256(secret, text, 'base64'), 'base64').toString('base64url'),
  );
  return expected.map((one) => equalInConstantTime(signature, one)).includes(true);
}

function jsonIn(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function invalid(why: string): GatewayError<'connect_callback_invalid'> {
  return new GatewayError(
    'connect_callback_invalid',
    `The request did not prove that it comes from BigCommerce: ${why}.`,
  );
}
