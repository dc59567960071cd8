import {
  type ClientCredentials,
  type ClientCredentialsStrategy,
  type Connector,
  type ErrorContext,
  GatewayError,
  type InstalledAppStrategy,
  type OAuth2CodeStrategy,
  type Secret,
  type StoreAddress,
} from '#contract';
import {
  type Answer,
  asFetch,
  asGatewayError,
  plainWords,
  type ReplacedBody,
  retryAfterMs,
  type Transport,
  TransportError,
} from '#kit';
import * as oauth from 'openid-client';
import type { PlatformIdentity } from './platform-clients.js';
import { type PairGrant, readGrant, type TokenAnswer, type TokenGrant, type TokenStrategy } from './token-grant.js';

/** The platform said no for good: only a new consent of the merchant helps. */
export class GrantRefused extends Error {
  override readonly name = 'GrantRefused';
}

export interface TokenEndpoint<S extends TokenStrategy = OAuth2CodeStrategy> {
  readonly connector: Connector;
  readonly strategy: S;
  readonly address: StoreAddress;
  readonly identity: Pick<PlatformIdentity, 'clientId' | 'secrets'>;
  readonly transport: Transport;
  /** For the whole exchange; at most a third of the lease under which a refresh runs. */
  readonly deadlineMs: number;
  /** Ends the exchange before its deadline. */
  readonly signal?: AbortSignal;
}

const MAX_BYTES = 256 * 1024;
// The client wants a state where the platform carries none; what binds such a way back is the merchant's yes.
const NO_STATE = 'none';

/** Where the merchant's browser goes to agree. */
export function authorizationUrl(
  endpoint: TokenEndpoint,
  request: { readonly redirectUri: URL; readonly state: string; readonly scopes: readonly string[] },
): URL {
  return oauth.buildAuthorizationUrl(configure(endpoint).configuration, {
    redirect_uri: request.redirectUri.href,
    scope: request.scopes.join(endpoint.strategy.scopeSeparator),
    state: request.state,
  });
}

/**
 * Trades the code of a verified callback for tokens.
 * @throws GatewayError
 */
export async function exchangeCode(endpoint: TokenEndpoint, callback: URL, state: string): Promise<PairGrant> {
  return await ask(endpoint, async (configuration) =>
    oauth.authorizationCodeGrant(
      configuration,
      callback,
      { expectedState: state },
      { ...endpoint.strategy.tokenParameters },
    ),
  ).catch((error: unknown) => {
    throw error instanceof GrantRefused ? codeRefused(endpoint.connector, error) : error;
  });
}

/**
 * Trades the code of an installation. Which shop it is for is read from the answer: nothing in the callback is proven.
 * @param redirectUri as it was registered at the platform
 * @throws GatewayError
 */
export async function exchangeInstall(
  endpoint: Omit<TokenEndpoint<InstalledAppStrategy>, 'address'>,
  redirectUri: URL,
  query: URLSearchParams,
): Promise<{ readonly grant: PairGrant; readonly address: StoreAddress }> {
  const { strategy, connector } = endpoint;
  const parameters = strategy.tokenParameters(query);
  const callback = new URL(redirectUri);
  callback.searchParams.set('code', query.get('code') ?? '');
  callback.searchParams.set('state', NO_STATE);
  // The platform itself: the shop is not known yet.
  const address = { account: '', apiRoot: strategy.tokenEndpoint() };
  let answered: Readonly<Record<string, unknown>> = {};
  const grant = await ask({ ...endpoint, address }, async (configuration) => {
    const answer = await oauth.authorizationCodeGrant(
      configuration,
      callback,
      { expectedState: NO_STATE },
      { ...parameters },
    );
    answered = answer;
    return answer;
  }).catch((error: unknown) => {
    throw error instanceof GrantRefused || isRefusal(error) ? codeRefused(connector, error) : error;
  });
  return { grant, address: strategy.locateGranted(answered, query) };
}

/** Whatever words a platform has for it: an answer of this kind to a code that is used once means that it is not taken. */
function isRefusal(error: unknown): error is GatewayError {
  const status = GatewayError.is(error, 'platform_contract_broken') ? (error.context.platform?.status ?? 0) : 0;
  return status >= 400 && status < 500;
}

function codeRefused({ name }: Connector, error: Error): GatewayError<'connect_callback_invalid'> {
  const message = `${name} did not accept the code: ${error.message}`;
  return new GatewayError('connect_callback_invalid', message, { cause: error });
}

/**
 * Renews with a refresh token. The same token may be sent again after an unknown outcome.
 * @throws GrantRefused when the platform refuses for good; GatewayError for everything that may pass
 */
export async function renewGrant(endpoint: TokenEndpoint, refreshToken: Secret): Promise<PairGrant> {
  const grant = await ask(endpoint, async (configuration) =>
    oauth.refreshTokenGrant(configuration, refreshToken.expose()),
  );
  // An answer without a new refresh token leaves the old one in force (RFC 6749, section 6).
  const { accessToken, refreshToken: next } = grant.credentials;
  // What was renewed expires, though the answer names neither a lifetime nor a refresh token.
  const accessSeconds = grant.accessSeconds ?? endpoint.strategy.defaultLifetimeSeconds;
  return { ...grant, accessSeconds, credentials: { kind: 'oauth2', accessToken, refreshToken: next ?? refreshToken } };
}

/**
 * Asks for an access token with the merchant's own client. There is nothing that could be lost: it can be asked again.
 * @throws GrantRefused when the platform refuses for good; GatewayError for everything that may pass
 */
export async function mintToken(
  endpoint: Omit<TokenEndpoint<ClientCredentialsStrategy>, 'identity'>,
  credentials: ClientCredentials,
): Promise<TokenGrant> {
  const { clientId, clientSecret } = credentials;
  const whole = { ...endpoint, identity: { clientId, secrets: [clientSecret] as const } };
  const minted = await ask(whole, async (configuration) =>
    oauth.clientCredentialsGrant(configuration, { ...endpoint.strategy.tokenParameters }),
  ).catch((error: unknown) => {
    // The client is the merchant's: a secret that was changed is theirs to paste again.
    if (!GatewayError.is(error, 'platform_client_refused')) throw error;
    throw new GrantRefused(error.message, { cause: error });
  });
  const { accessToken } = minted.credentials;
  const accessSeconds = minted.accessSeconds ?? endpoint.strategy.defaultLifetimeSeconds;
  return { ...minted, accessSeconds, credentials: { ...credentials, accessToken } };
}

interface Heard {
  status?: number;
  retryAfterMs?: number | undefined;
  error?: string;
  description?: string;
}

function configure({ strategy, address, identity, transport, deadlineMs, signal }: TokenEndpoint<TokenStrategy>): {
  readonly configuration: oauth.Configuration;
  readonly heard: Heard;
} {
  const [secret] = identity.secrets;
  const authentication =
    strategy.clientAuthentication === 'client_secret_post'
      ? oauth.ClientSecretPost(secret.expose())
      : oauth.ClientSecretBasic(secret.expose());
  const configuration = new oauth.Configuration(
    {
      issuer: address.apiRoot.origin,
      ...(strategy.kind === 'oauth2Code'
        ? { authorization_endpoint: strategy.authorizationEndpoint(address).href }
        : {}),
      token_endpoint: strategy.tokenEndpoint(address).href,
    },
    identity.clientId,
    {},
    authentication,
  );
  const heard: Heard = {};
  const limits = { deadlineMs, maxBytes: MAX_BYTES, ...(signal !== undefined && { signal }) };
  const guarded = asFetch(transport, limits, (answer) => repaired(strategy, answer, heard));
  configuration[oauth.customFetch] = (url, init) => guarded(url, { ...init, body: init.body ?? null });
  // The transport has the deadline; the client's own would end a call without saying whether it was sent.
  configuration.timeout = 0;
  return { configuration, heard };
}

function repaired(strategy: TokenStrategy, answer: Answer, heard: Heard): ReplacedBody | undefined {
  const { status } = answer;
  heard.status = status;
  heard.retryAfterMs = retryAfterMs((name) => answer.header(name), undefined, 0);
  const body = jsonObject(answer.text());
  if (body === undefined) return undefined;
  if (typeof body['error'] === 'string') heard.error = body['error'].slice(0, 100);
  if (typeof body['error_description'] === 'string') heard.description = body['error_description'].slice(0, 2000);
  const isGranted = status >= 200 && status < 300;
  const read = isGranted ? withoutEmpty(strategy.repairTokenReply(body)) : body;
  return { body: JSON.stringify(read), headers: { 'content-type': 'application/json' } };
}

// An empty value is none: it must not take the place of a token we have, nor cost us the one that came beside it. So is a
// lifetime that is none: the client would refuse the whole answer for it, and with it what may be the only pair there is.
function withoutEmpty(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isLifetime = (value: unknown) =>
    (typeof value === 'number' || typeof value === 'string') && Number.parseFloat(String(value)) >= 0;
  const isNone = (name: string, value: unknown) =>
    value === null || value === '' || (name === 'expires_in' && !isLifetime(value));
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => !isNone(name, value)));
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

async function ask(
  endpoint: TokenEndpoint<TokenStrategy>,
  request: (configuration: oauth.Configuration) => Promise<TokenAnswer>,
): Promise<PairGrant> {
  const { configuration, heard } = configure(endpoint);
  try {
    return readGrant(endpoint.strategy, await request(configuration));
  } catch (error) {
    throw asFailure(endpoint, error, heard);
  }
}

function asFailure({ connector, strategy }: TokenEndpoint<TokenStrategy>, error: unknown, heard: Heard): Error {
  const failure = findCause(error);
  if (failure !== undefined) return failure instanceof TransportError ? asGatewayError(connector.id, failure) : failure;
  const said = plainWords([heard.error, heard.description].filter((part) => part !== undefined).join(': '), 300);
  const words = { id: connector.id, ...(heard.status === undefined ? {} : { status: heard.status }) };
  const terminal = [...strategy.terminalRefusals, { status: 400, error: 'invalid_grant' }];
  if (terminal.some((refusal) => refusal.status === heard.status && refusal.error === heard.error)) {
    return new GrantRefused(said === '' ? 'the grant was refused' : said, { cause: error });
  }
  const status = heard.status ?? 0;
  const wait = heard.retryAfterMs === undefined ? {} : { retryAfterMs: heard.retryAfterMs };
  const context = { platform: { ...words, ...(said === '' ? {} : { message: said }) }, cause: error, ...wait };
  if (heard.error === 'invalid_client' || heard.error === 'unauthorized_client') {
    return new GatewayError(
      'platform_client_refused',
      `${connector.name} does not accept the client: ${said}`,
      context,
    );
  }
  return byStatus(connector, status, said, context);
}

function byStatus(connector: Connector, status: number, said: string, context: ErrorContext): GatewayError {
  if (status === 429) return new GatewayError('platform_rate_limited', `${connector.name} asks to wait.`, context);
  const words = `The token endpoint of ${connector.name} answered ${String(status)}${said === '' ? '' : ` (${said})`}.`;
  const passing = status >= 500 || status === 408;
  return new GatewayError(passing ? 'platform_unavailable' : 'platform_contract_broken', words, context);
}

/** Why nothing was heard: the exchange failed, or was not allowed. */
function findCause(error: unknown): TransportError | GatewayError | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth += 1) {
    if (current instanceof TransportError || GatewayError.is(current, 'store_paused', 'database_unavailable'))
      return current;
  }
  return undefined;
}
