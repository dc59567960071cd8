import {
  type Answers,
  type AuthStrategy,
  type Connector,
  GatewayError,
  type KeyExchangeStrategy,
  type LocatedStrategy,
  type OAuth2CodeStrategy,
  type StoreActivationStrategy,
  type StoreAddress,
  strategyOf,
} from '#contract';
import { moveConnectAttempt, type StoreRow } from '#persistence';
import { beginActivation } from './activation.js';
import { connectingOf, recordFailure } from './attempts.js';
import { checkAddress } from './check-address.js';
import type { ConnectionsContext } from './context.js';
import { establishStore } from './establish-store.js';
import type { Begun } from './begun.js';
import { beginInstall } from './installed-app.js';
import { pastedGrant, type PastedStrategy } from './pasted-grant.js';
import { callbackUrl, identityOf } from './platform-clients.js';
import { randomToken } from '#kit';
import { refuseTakenShop } from './refuse-taken-shop.js';
import { rememberAttempt } from './remember-attempt.js';
import { scopesFor } from './scopes-for.js';
import { accessOf, type OpenSession, userOf } from './sessions.js';
import { authorizationUrl } from './token-endpoint.js';

const ATTEMPT_MINUTES = 10;

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
  const { opened, platform, strategyId, answers, browser } = beginning;
  const connector = opened.connectors.find(({ id }) => id === platform);
  if (connector === undefined || opened.session.status === 'connected') {
    throw new GatewayError('connect_session_invalid', 'This connect link was used already or is for another platform.');
  }
  const strategy = requireStrategy(connector, strategyId);
  if (strategy.kind === 'installedApp') return await beginInstall(context, { opened, connector, strategy, browser });
  const address = strategy.locate(answers);
  checkAddress(context, opened, connector, address);
  switch (strategy.kind) {
    case 'oauth2Code':
      return { kind: 'redirect', url: await beginOAuth(context, beginning, connector, strategy, address) };
    case 'keyExchange':
      return { kind: 'redirect', url: await beginKeyExchange(context, beginning, connector, strategy, address) };
    case 'storeActivation':
      requireOurCallback(context, opened, connector, strategy, address);
      return {
        kind: 'redirect',
        url: await beginActivation(context, { opened, connector, strategy, address, browser }),
      };
    case 'pastedKeys':
    case 'pastedToken':
    case 'pastedOAuth1':
    case 'clientCredentials':
      return { kind: 'connected', store: await connectWithKeys(context, beginning, connector, strategy, address) };
  }
}

function requireStrategy(connector: Connector, id: string): AuthStrategy {
  try {
    return strategyOf(connector, id);
  } catch (error) {
    throw new GatewayError('request_invalid', `${connector.name} is not connected that way.`, { cause: error });
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
  const attempt = { state, scopes, clientHandle: identity.handle, callbackSecret: null };
  await context.database.withTenant(tenantId, (tx) =>
    rememberAttempt(tx, { ...begun(context, beginning, strategy, address), ...attempt }),
  );
  const transport = context.wayOut(userOf(beginning.opened, connector));
  const endpoint = { connector, strategy, address, identity, transport, deadlineMs: connector.deadlineMs };
  const url = authorizationUrl(endpoint, { redirectUri: callbackUrl(context, identity.handle), state, scopes });
  return context.standIn.actualUrl(url, app.mode);
}

async function beginKeyExchange(
  context: ConnectionsContext,
  beginning: Beginning,
  connector: Connector,
  strategy: KeyExchangeStrategy,
  address: StoreAddress,
): Promise<URL> {
  const { app, session } = beginning.opened;
  requireOurCallback(context, beginning.opened, connector, strategy, address);
  const nonce = randomToken();
  const callbackSecret = randomToken();
  const access = accessOf(session);
  const attempt = { state: nonce, scopes: access, clientHandle: null, callbackSecret };
  await context.database.withTenant(session.tenantId, (tx) =>
    rememberAttempt(tx, { ...begun(context, beginning, strategy, address), ...attempt }),
  );
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

function requireOurCallback(
  context: ConnectionsContext,
  opened: OpenSession,
  connector: Connector,
  strategy: CalledBackStrategy,
  address: StoreAddress,
): void {
  if (acceptsOurCallback(context, opened, strategy, address)) return;
  throw new GatewayError(
    'request_invalid',
    `${connector.name} only hands over keys to an https address, and this gateway is at ${context.publicUrl}. ` +
      'Paste keys instead, or let the operator set SHOPSPAN_PUBLIC_URL.',
  );
}

/** The ways in which a shop posts keys to us. */
export type CalledBackStrategy = KeyExchangeStrategy | StoreActivationStrategy;

export function isCalledBack(strategy: AuthStrategy): strategy is CalledBackStrategy {
  return strategy.kind === 'keyExchange' || strategy.kind === 'storeActivation';
}

/** Whether this shop will post keys to our address; the screen says so before the merchant leaves. */
export function acceptsOurCallback(
  context: Pick<ConnectionsContext, 'publicUrl' | 'standIn'>,
  { app }: Pick<OpenSession, 'app'>,
  strategy: CalledBackStrategy,
  address: StoreAddress,
): boolean {
  const stoodIn = app.mode === 'test' && context.standIn.answersFor(address.apiRoot.hostname);
  return !strategy.callbackMustBeHttps || context.publicUrl.startsWith('https://') || stoodIn;
}

/** What all ways that lead away have in common. */
function begun(
  context: ConnectionsContext,
  { opened: { session }, platform, browser }: Beginning,
  strategy: LocatedStrategy,
  address: StoreAddress,
) {
  const expiresAt = new Date(context.now().getTime() + ATTEMPT_MINUTES * 60_000);
  return { session, platform, browser, strategyId: strategy.id, address, expiresAt };
}

/**
 * Connects at once. The attempt is remembered like all others: the screens know by it whose browser it was, and a second
 * click finds it under way.
 */
async function connectWithKeys(
  context: ConnectionsContext,
  beginning: Beginning,
  connector: Connector,
  strategy: PastedStrategy,
  address: StoreAddress,
): Promise<StoreRow> {
  const { opened, answers } = beginning;
  const { session, app } = opened;
  const { tenantId } = session;
  const access = accessOf(session);
  // Before anything is remembered: what was mistyped is only told.
  const grant = await pastedGrant(context, userOf({ session, app }, connector), {
    ...{ connector, strategy, address, answers, access },
  });
  const own = { state: randomToken(), scopes: access, clientHandle: null, callbackSecret: null };
  const id = await context.database.withTenant(tenantId, async (tx) => {
    const attempt = await rememberAttempt(tx, { ...begun(context, beginning, strategy, address), ...own });
    await moveConnectAttempt(tx, attempt, ['waiting'], { status: 'proving' });
    return attempt;
  });
  try {
    return await establishStore(context, connectingOf({ id }, opened), grant);
  } catch (error) {
    await recordFailure(context, { tenantId, id }, error);
    throw error;
  }
}
