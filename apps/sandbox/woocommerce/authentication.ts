import type { ApiKey } from './api-keys.js';
import { authenticateOAuth, isSame, type OAuthRequest } from './oauth-authentication.js';
import { type PhpArray, textOf } from '../php-query.js';
import { authenticationError, type RestError } from './rest-error.js';

interface AuthenticationRequest extends OAuthRequest {
  /** The one that counts for the key's scope. */
  readonly method: string;
  /** What the shop believes, PHP's `is_ssl()`. */
  readonly secure: boolean;
  /** Path and query as they arrived. */
  readonly requestUri: string;
  readonly query: PhpArray;
}

/** A key, nobody in particular, or a refusal that no route gets to see. */
export type Authentication =
  | { readonly key?: ApiKey }
  /** `known`: the key and secret were right, only its scope was not. */
  | { readonly refusal: RestError; readonly known: boolean };

/**
 * Finds out who calls, in WooCommerce's order: keys of the query, then Basic, both over https only, then OAuth. An
 * unknown key is nobody and not an error (recorded: captures/woocommerce/err-401-unknown-key.json); a wrong secret is
 * one (err-401-bad-secret.json). Keys only count where the address contains `wp-json/wc`
 * (rest-route-without-permalinks.json).
 */
export function authenticate(
  request: AuthenticationRequest,
  find: (consumerKey: string) => ApiKey | undefined,
): Authentication {
  if (!/wp-json\/wc[/-]/.test(request.requestUri)) return {};
  const basic = request.secure ? authenticateBasic(request, find) : undefined;
  const outcome = basic ?? authenticateOAuth(request, find);
  if (outcome === undefined) return {};
  if ('code' in outcome) return { refusal: outcome, known: false };
  const refusal = scopeRefusal(request.method, outcome);
  return refusal ? { refusal, known: true } : { key: outcome };
}

function authenticateBasic(
  { query, authorization }: AuthenticationRequest,
  find: (consumerKey: string) => ApiKey | undefined,
): ApiKey | RestError | undefined {
  const fromQuery = { key: textOf(query, 'consumer_key') ?? '', secret: textOf(query, 'consumer_secret') ?? '' };
  const given = fromQuery.key !== '' && fromQuery.secret !== '' ? fromQuery : basicCredentials(authorization);
  if (given === undefined || given.key === '' || given.secret === '') return undefined;
  const key = find(given.key);
  if (!key) return undefined;
  return isSame(key.consumerSecret, given.secret) ? key : authenticationError('Consumer secret is invalid.');
}

function basicCredentials(authorization: string | undefined): { key: string; secret: string } | undefined {
  const match = /^basic\s+(\S+)\s*$/i.exec(authorization ?? '');
  if (!match) return undefined;
  const text = Buffer.from(match[1] ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : { key: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/** Checked before any route is looked up, and 401 rather than 403 (recorded: err-401-read-key-writes.json). */
function scopeRefusal(method: string, key: ApiKey): RestError | undefined {
  if (method === 'OPTIONS') return undefined;
  const needed = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  if (key.permissions === needed || key.permissions === 'read_write') return undefined;
  return authenticationError(`The API key provided does not have ${needed} permissions.`);
}
