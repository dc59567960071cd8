import { randomUUID } from 'node:crypto';
import {
  type Answers,
  type AuthStrategy,
  type ClientCredentialsStrategy,
  type Connector,
  GatewayError,
  type KeyExchangeStrategy,
  type OAuth2CodeStrategy,
  type PastedKeysStrategy,
  type PastedTokenStrategy,
  type Scope,
  type StoreAddress,
  strategyOf,
} from '#contract';
import { insertConnectAttempt, type Mode, type StoreRow } from '#persistence';
import type { ConnectionsContext } from './context.js';
import { establishStore, type NewGrant } from './establish-store.js';
import { callbackUrl, identityOf } from './platform-clients.js';
import { hashToken, randomToken } from './random-token.js';
import { refuseTakenShop } from './refuse-taken-shop.js';
import { accessOf, type OpenSession } from './sessions.js';
import { scheduleOf } from './refresh-schedule.js';
import { authorizationUrl, GrantRefused, mintToken } from './token-endpoint.js';

const ATTEMPT_MINUTES = 10;

/** Where a merchant's step leads: to the platform's own screen, or straight to a connected store. */
export type Begun =
  { readonly kind: 'redirect'; readonly url: URL } | { readonly kind: 'connected'; readonly store: StoreRow };

export interface Beginning {
  readonly opened: OpenSession;
  readonly platform: string;
  readonly strategyId: string;
  readonly answers: Answers;
  /** Random value in a cookie of the merchant's browser; the way back must show it again. */
  readonly browser: string;
}

/**
 * Takes a merchant's answers and starts the platform's consent, or connects at once where keys were pasted.
 * @throws GatewayError `request_invalid` naming the field, `address_refused`, `platform_client_missing`,
 * `connect_session_invalid`, or what proving the keys came to
 */
export async function beginAttempt(context: ConnectionsContext, beginning: Beginning): Promise<Begun> {
  const { opened, platform, strategyId, answers } = beginning;
  const connector = opened.connectors.find(({ id }) => id === platform);
  if (connector === undefined || opened.session.status === 'connected') {
    throw new GatewayError('connect_session_invalid', 'This connect link was used already or is for another platform.');
  }
  const strategy = requireStrategy(connector, strategyId);
  const address = strategy.locate(answers);
  checkAddress(context, opened, connector, address);
  switch (strategy.kind) {
    case 'oauth2Code':
      return { kind: 'redirect', url: await beginOAuth(context, beginning, connector, strategy, address) };
    case 'keyExchange':
      return { kind: 'redirect', url: await beginKeyExchange(context, beginning, connector, strategy, address) };
    case 'pastedKeys':
    case 'pastedToken':
    case 'clientCredentials':
      return {
        kind: 'connected',
        store: await connectWithKeys(context, opened, connector, strategy, address, answers),
      };
  }
}

function requireStrategy(connector: Connector, id: string): AuthStrategy {
  try {
    return strategyOf(connector, id);
  } catch (error) {
    throw new GatewayError('request_invalid', `${connector.name} is not connected that way.`, { cause: error });
  }
}

/**
 * Refuses an address before anything is sent to it: one that the egress rule forbids, or another shop than the link is for.
 * @throws GatewayError
 */
export function checkAddress(
  context: Pick<ConnectionsContext, 'egress' | 'standIn'>,
  { app, session, store }: Pick<OpenSession, 'app' | 'session' | 'store'>,
  connector: Connector,
  { account, apiRoot }: StoreAddress,
): void {
  if (session.storeId !== null && store !== undefined && store.account !== account) {
    throw new GatewayError('request_invalid', `This link connects ${store.account} again; it is not for another shop.`);
  }
  if (app.mode === 'test' && context.standIn.answersFor(apiRoot.hostname)) return;
  const refusal = context.egress.checkUrl(apiRoot);
  if (refusal !== undefined) {
    throw new GatewayError('address_refused', 'This address cannot be called: it must be a public https address.', {
      platform: { id: connector.id },
    });
  }
}

async function beginOAuth(
  context: ConnectionsContext,
  beginning: Beginning,
  connector: Connector,
  strategy: OAuth2CodeStrategy,
  address: StoreAddress,
): Promise<URL> {
  const { session, app } = beginning.opened;
  const identity = await identityOf(context, session, connector);
  const { tenantId, appId } = session;
  await refuseTakenShop(context, { tenantId, appId, mode: app.mode }, { connector, address, identity });
  const scopes = scopesFor(strategy, accessOf(session));
  const state = randomToken();
  await remember(context, beginning, strategy, address, {
    state,
    scopes,
    clientHandle: identity.handle,
    callbackSecret: null,
  });
  const transport = context.transports[app.mode];
  const endpoint = { connector, strategy, address, identity, transport, deadlineMs: connector.deadlineMs };
  const url = authorizationUrl(endpoint, { redirectUri: callbackUrl(context, identity.handle), state, scopes });
  return context.standIn.actualUrl(url, app.mode);
}

/** The least set of platform scopes for what the app asked for. */
export function scopesFor(strategy: OAuth2CodeStrategy, access: readonly Scope[]): readonly string[] {
  const asked = access.flatMap((scope) => strategy.scopes.byAccess[scope] ?? []);
  return [...new Set([...strategy.scopes.always, ...asked])];
}

async function beginKeyExchange(
  context: ConnectionsContext,
  beginning: Beginning,
  connector: Connector,
  strategy: KeyExchangeStrategy,
  address: StoreAddress,
): Promise<URL> {
  const { app, session } = beginning.opened;
  if (!acceptsOurCallback(context, beginning.opened, strategy, address)) {
    throw new GatewayError(
      'request_invalid',
      `${connector.name} only hands over keys to an https address, and this gateway is at ${context.publicUrl}. ` +
        'Paste keys instead, or let the operator set SHOPSPAN_PUBLIC_URL.',
    );
  }
  const nonce = randomToken();
  const callbackSecret = randomToken();
  const access = accessOf(session);
  await remember(context, beginning, strategy, address, {
    state: nonce,
    scopes: access,
    clientHandle: null,
    callbackSecret,
  });
  const url = strategy.approvalUrl({
    address,
    appName: app.name,
    nonce,
    callbackUrl: new URL(`${context.publicUrl}/connect/keys/${callbackSecret}`),
    returnUrl: new URL(`${context.publicUrl}/connect/return`),
    access,
  });
  return context.standIn.actualUrl(url, app.mode);
}

/** Whether this shop will post keys to our address; the screen says so before the merchant leaves. */
export function acceptsOurCallback(
  context: Pick<ConnectionsContext, 'publicUrl' | 'standIn'>,
  { app }: Pick<OpenSession, 'app'>,
  strategy: KeyExchangeStrategy,
  address: StoreAddress,
): boolean {
  const stoodIn = app.mode === 'test' && context.standIn.answersFor(address.apiRoot.hostname);
  return !strategy.callbackMustBeHttps || context.publicUrl.startsWith('https://') || stoodIn;
}

interface Remembered {
  readonly state: string;
  readonly scopes: readonly string[];
  readonly clientHandle: string | null;
  readonly callbackSecret: string | null;
}

async function remember(
  context: ConnectionsContext,
  { opened: { session }, platform, browser }: Beginning,
  strategy: AuthStrategy,
  address: StoreAddress,
  { state, scopes, clientHandle, callbackSecret }: Remembered,
): Promise<void> {
  await context.database.withTenant(session.tenantId, (tx) =>
    insertConnectAttempt(tx, {
      id: randomUUID(),
      tenantId: session.tenantId,
      sessionId: session.id,
      platform,
      strategy: strategy.id,
      account: address.account,
      apiRoot: address.apiRoot.href,
      clientHandle,
      browserHash: hashToken(browser),
      scopesWanted: scopes,
      expiresAt: new Date(context.now().getTime() + ATTEMPT_MINUTES * 60_000),
      stateHash: hashToken(state),
      callbackHash: callbackSecret === null ? null : hashToken(callbackSecret),
    }),
  );
}

async function connectWithKeys(
  context: ConnectionsContext,
  { session, app }: OpenSession,
  connector: Connector,
  strategy: PastedStrategy,
  address: StoreAddress,
  answers: Answers,
): Promise<StoreRow> {
  const { tenantId, appId, externalId, storeId, id: sessionId } = session;
  const access = accessOf(session);
  return await establishStore(
    context,
    { tenantId, appId, mode: app.mode, externalId, access, storeId, sessionId },
    await pastedGrant(context, app.mode, { connector, strategy, address, answers, access }),
  );
}

/** The ways of connecting in which the merchant, or whoever holds them, gives the credential itself. */
export type PastedStrategy = PastedKeysStrategy | PastedTokenStrategy | ClientCredentialsStrategy;

export function isPasted(strategy: AuthStrategy): strategy is PastedStrategy {
  return ['pastedKeys', 'pastedToken', 'clientCredentials'].includes(strategy.kind);
}

/** What was pasted, and where it leads. */
export interface Pasted {
  readonly connector: Connector;
  readonly strategy: PastedStrategy;
  readonly address: StoreAddress;
  readonly answers: Answers;
  readonly access: readonly Scope[];
}

/**
 * The grant that pasted keys are: it never expires and says nothing about what it may do. A pasted client is asked for
 * its first token.
 * @throws GatewayError `request_rejected` when the platform refuses the client
 */
export async function pastedGrant(
  context: Pick<ConnectionsContext, 'transports' | 'random'>,
  mode: Mode,
  { connector, strategy, address, answers, access }: Pasted,
): Promise<NewGrant> {
  const grant = { connector, strategyId: strategy.id, address, scopesWanted: access, client: null };
  if (strategy.kind !== 'clientCredentials') {
    const schedule = { accessSeconds: null, refreshSeconds: null, dueSeconds: null };
    return { ...grant, credentials: strategy.credentials(answers), schedule, scopesGranted: null };
  }
  const endpoint = {
    connector,
    strategy,
    address,
    transport: context.transports[mode],
    deadlineMs: connector.deadlineMs,
  };
  const minted = await mintToken(endpoint, strategy.credentials(answers)).catch((error: unknown) => {
    if (!(error instanceof GrantRefused)) throw error;
    throw new GatewayError('request_rejected', `${connector.name} does not accept this client: ${error.message}`, {
      platform: { id: connector.id },
      cause: error,
    });
  });
  const schedule = scheduleOf(minted, context.random);
  return { ...grant, credentials: minted.credentials, schedule, scopesGranted: minted.scopes };
}
