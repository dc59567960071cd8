import Provider, {
  type Client,
  type ClientCredentials,
  type Configuration,
  errors,
  interactionPolicy,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { SCOPES } from '#contract';
import { audienceOf, issuerOf } from '../issuer.js';
import { ALGORITHMS } from '../refusal.js';
import { type ArtifactStore, artifactAdapter } from './artifacts.js';
import { claimsOf, storeOf } from './claims.js';
import { isOneOf } from './client-secret.js';
import { findClient, OWN_METADATA, ownMetadataOf } from './clients.js';
import { SIGNING_ALGORITHM, type SigningKey } from './signing-keys.js';

export const ACCESS_TOKEN_SECONDS = 600;
const REFRESH_TOKEN_SECONDS = 14 * 24 * 3600;
const INTERACTION_SECONDS = 600;
const CODE_SECONDS = 60;

export interface ProviderParts {
  /** The gateway's own address, without a slash at the end. */
  readonly publicUrl: string;
  readonly store: ArtifactStore;
  readonly cookieKeys: readonly string[];
  /** What somebody sees whose browser came with a request that can be sent back to nobody. */
  readonly errorPage: (error: { readonly error: string; readonly error_description?: string | undefined }) => string;
}

/** An authorization server that signs with this key. What it keeps is in Postgres, so that there may be any number at once. */
export function createProvider(parts: ProviderParts, key: SigningKey): Provider {
  const { database } = parts.store;
  const provider = new Provider(issuerOf(parts.publicUrl), {
    adapter: (kind: string) =>
      kind === 'Client'
        ? { ...artifactAdapter(parts.store, kind), find: (id: string) => findClient(database, id) }
        : artifactAdapter(parts.store, kind),
    jwks: { keys: [{ ...key.privateKey.export({ format: 'jwk' }), kid: key.kid, alg: SIGNING_ALGORITHM, use: 'sig' }] },
    ...clientRules(),
    ...grantRules(parts),
    features: features(parts, key),
    cookies: cookies(parts),
    routes: ROUTES,
    // No client names an address to be fetched, and nothing else is.
    fetch: () => Promise.reject(new Error('the authorization server fetches nothing')),
    renderError: (context, out) => {
      context.type = 'html';
      context.body = parts.errorPage(out);
    },
  });
  // Callers come through a proxy or not: the public address alone says how the gateway is reached.
  provider.proxy = true;
  keepHashesOnly(provider);
  return provider;
}

/** The routes under `/oauth`, in oidc-provider's names. */
export const ROUTES = {
  authorization: '/authorize',
  token: '/token',
  pushed_authorization_request: '/par',
  revocation: '/revoke',
  introspection: '/introspect',
  jwks: '/jwks',
} as const;

function clientRules(): Partial<Configuration> {
  return {
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    clientDefaults: { id_token_signed_response_alg: SIGNING_ALGORITHM },
    extraClientMetadata: { properties: [OWN_METADATA] },
    enabledJWA: {
      clientAuthSigningAlgValues: [...ALGORITHMS],
      idTokenSigningAlgValues: [SIGNING_ALGORITHM],
    },
    clientBasedCORS: (_context, origin, client) =>
      client.clientAuthMethod === 'none' && (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
  };
}

function grantRules({ store }: ProviderParts): Partial<Configuration> {
  return {
    scopes: [...SCOPES],
    claims: {},
    responseTypes: ['code'],
    pkce: { required: () => true },
    // RFC 6749, section 4.1.3: what was in the authorization request must be in the token request.
    allowOmittingSingleRegisteredRedirectUri: false,
    clockTolerance: 5,
    rotateRefreshToken: () => true,
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false,
    // Everybody is asked each time, with a ticket of their own: there is no session of ours that could be used without asking.
    interactions: { policy: [askAlways()], url: (_context, { uid }) => `/oauth/interaction/${uid}` },
    loadExistingGrant: (context) => {
      const grantId = context.oidc.result?.consent?.grantId;
      return grantId === undefined ? undefined : context.oidc.provider.Grant.find(grantId);
    },
    findAccount: (_context, accountId) => ({ accountId, claims: (_use, _scope) => ({ sub: accountId }) }),
    extraParams: { store_id: checkStore(store) },
    extraTokenClaims: (context: KoaContextWithOIDC, token) => claimsOf(store, context, token),
    ttl: {
      AccessToken: ACCESS_TOKEN_SECONDS,
      ClientCredentials: ACCESS_TOKEN_SECONDS,
      AuthorizationCode: CODE_SECONDS,
      // From the first one on: turning it does not make the grant live longer.
      RefreshToken: (context) => context.oidc.entities.RotatedRefreshToken?.remainingTTL ?? REFRESH_TOKEN_SECONDS,
      Grant: REFRESH_TOKEN_SECONDS,
      Interaction: INTERACTION_SECONDS,
      Session: INTERACTION_SECONDS,
    },
  };
}

function askAlways() {
  const { Check, Prompt } = interactionPolicy;
  const ask = new Check('ticket', 'somebody must agree', ({ oidc }: KoaContextWithOIDC) =>
    oidc.result?.login === undefined ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
  );
  return new Prompt({ name: 'login', requestable: true }, ask);
}

/** A store in the authorization request is checked there, before anybody is asked. */
function checkStore({ database }: ArtifactStore) {
  return async (_context: unknown, asked: unknown, client: Client): Promise<void> => {
    await storeOf(database, ownMetadataOf(client), asked);
  };
}

function features({ publicUrl }: ProviderParts, key: SigningKey): Configuration['features'] {
  const resource = audienceOf(publicUrl);
  return {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
    clientCredentials: { enabled: true },
    revocation: { enabled: true, allowedPolicy: isOwn },
    introspection: { enabled: true, allowedPolicy: isOwn },
    pushedAuthorizationRequests: { enabled: true },
    dPoP: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: (context: KoaContextWithOIDC, asked: string, client: Client) => {
        if (asked !== resource) throw new errors.InvalidTarget();
        const { scopes } = ownMetadataOf(client);
        settleScope(context.oidc.params, scopes);
        return {
          scope: scopes.join(' '),
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: ACCESS_TOKEN_SECONDS,
          jwt: { sign: { alg: SIGNING_ALGORITHM, kid: key.kid } },
        };
      },
    },
  };
}

/**
 * RFC 6749, section 3.3: whoever asks for no scope gets those that the client has; what it does not have is refused, not
 * left out.
 */
function settleScope(params: Record<string, unknown> | undefined, scopes: readonly string[]): void {
  if (params === undefined || params['grant_type'] === 'refresh_token') return;
  if (params['grant_type'] !== 'authorization_code') params['scope'] ??= scopes.join(' ');
  const asked = typeof params['scope'] === 'string' ? params['scope'].split(' ') : [];
  const surplus = asked.filter((scope) => !scopes.includes(scope));
  if (surplus.length > 0) throw new errors.InvalidScope('the client may not have this scope', surplus.join(' '));
}

/** Of another client's token nothing is said and nothing done. */
function isOwn(_context: KoaContextWithOIDC, client: Client, token: Pick<ClientCredentials, 'clientId'>): boolean {
  return token.clientId === client.clientId;
}

function cookies({ publicUrl, cookieKeys }: ProviderParts): Configuration['cookies'] {
  const secure = publicUrl.startsWith('https://');
  const options = { httpOnly: true, sameSite: 'lax', secure, signed: true } as const;
  return {
    names: { session: 'oauth_session', interaction: 'oauth_interaction', resume: 'oauth_resume' },
    keys: [...cookieKeys],
    short: options,
    long: options,
  };
}

/** Secrets are compared by their hashes: what the library would compare in the clear is not there. */
function keepHashesOnly(provider: Provider): void {
  Object.defineProperty(provider.Client.prototype, 'compareClientSecret', {
    value: function compareClientSecret(this: Client, presented: string): boolean {
      const valid = ownMetadataOf(this).secrets.filter(({ until }) => until === null || until > Date.now());
      return isOneOf(
        valid.map(({ hash }) => Buffer.from(hash, 'hex')),
        presented,
      );
    },
  });
}
