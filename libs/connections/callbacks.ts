import { type Connector, GatewayError, type KeyExchangeStrategy, type OAuth2CodeStrategy, strategyOf } from '#contract';
import { connectorOf } from '#connectors';
import {
  type AttemptStatus,
  type ConnectAttemptRow,
  findConnectAttempt,
  findStore,
  locateConnectAttempt,
  moveConnectAttempt,
  type StoreRow,
  takeAttemptForProving,
} from '#persistence';
import { equalInConstantTime } from '#kit';
import type { ConnectionsContext } from './context.js';
import { establishStore } from './establish-store.js';
import { callbackUrl, identityOf } from './platform-clients.js';
import { hashToken } from './random-token.js';
import { refuseTakenShop } from './refuse-taken-shop.js';
import { scheduleOf } from './refresh-schedule.js';
import { openReceivedKeys, sealReceivedKeys } from './sealing.js';
import { loadSession, type OpenSession } from './sessions.js';
import { exchangeCode } from './token-endpoint.js';

/** What coming back from a platform's screen came to. */
export type Returned =
  | { readonly kind: 'connected'; readonly opened: OpenSession; readonly store: StoreRow }
  | { readonly kind: 'declined'; readonly opened: OpenSession }
  | { readonly kind: 'failed'; readonly opened: OpenSession; readonly code: string; readonly message: string }
  /** The keys are still on their way or being proven; to be asked again in a moment. */
  | { readonly kind: 'pending'; readonly opened: OpenSession };

/** A failure that the merchant should read on a screen of the session it belongs to. */
export class ConnectFailed extends Error {
  override readonly name = 'ConnectFailed';
  constructor(
    readonly opened: OpenSession,
    override readonly cause: GatewayError,
  ) {
    super(cause.message);
  }
}

async function attemptOf(context: ConnectionsContext, secret: string): Promise<ConnectAttemptRow> {
  const found =
    secret === '' || secret.length > 200 ? undefined : await locateConnectAttempt(context.database, hashToken(secret));
  const row =
    found === undefined
      ? undefined
      : await context.database.withTenant(found.tenantId, (tx) => findConnectAttempt(tx, found.id));
  if (row === undefined) throw stateInvalid();
  return row;
}

function stateInvalid(): GatewayError<'connect_state_invalid'> {
  return new GatewayError(
    'connect_state_invalid',
    'This way back is unknown, was used already, or is too old. Start again from the connect link.',
  );
}

/** The way back must be shown by the browser that went away: a forwarded link connects nothing. */
function requireBrowser(attempt: ConnectAttemptRow, browser: string): void {
  const given = hashToken(browser).toString('hex');
  if (!equalInConstantTime(given, Buffer.from(attempt.browserHash).toString('hex'))) throw stateInvalid();
}

/**
 * Completes an OAuth consent. `state`, browser, client, age and the platform's own proof are checked before any network
 * call; `state` works once.
 * @throws GatewayError before the session is known, ConnectFailed after
 */
export async function completeOAuth(
  context: ConnectionsContext,
  handle: string,
  query: URLSearchParams,
  browser: string,
): Promise<Returned> {
  const state = query.get('state') ?? '';
  const attempt = await attemptOf(context, state);
  requireBrowser(attempt, browser);
  if (attempt.clientHandle !== handle) throw stateInvalid();
  const opened = await loadSession(context, attempt.tenantId, attempt.sessionId);
  const connector = connectorOf(attempt.platform);
  const strategy = strategyOf(connector, attempt.strategy);
  if (strategy.kind !== 'oauth2Code') throw stateInvalid();
  // The page was loaded again, perhaps while the first load is still at work: nothing is done twice.
  if (isDecided(attempt)) return await outcomeOf(context, attempt, opened);
  if (attempt.expiresAt <= context.now()) throw stateInvalid();
  if (attempt.status !== 'waiting') return { kind: 'pending', opened };
  if (query.has('error')) return await decline(context, attempt, opened);
  try {
    return await tradeCode(context, attempt, opened, connector, strategy, query, state);
  } catch (error) {
    if (!GatewayError.is(error)) throw error;
    throw new ConnectFailed(opened, error);
  }
}

async function tradeCode(
  context: ConnectionsContext,
  attempt: ConnectAttemptRow,
  opened: OpenSession,
  connector: Connector,
  strategy: OAuth2CodeStrategy,
  query: URLSearchParams,
  state: string,
): Promise<Returned> {
  const address = { account: attempt.account, apiRoot: new URL(attempt.apiRoot) };
  const identity = await identityOf(context, opened.session, connector);
  strategy.verifyCallback(query, { address, clientSecrets: identity.secrets, now: context.now() });
  if (!(await move(context, attempt, ['waiting'], 'proving'))) return await outcomeOf(context, attempt, opened);
  try {
    await refuseTakenShop(context, connectingOf(attempt, opened), { connector, address, identity });
    const transport = context.transports[opened.app.mode];
    const endpoint = { connector, strategy, address, identity, transport, deadlineMs: connector.deadlineMs };
    const callback = callbackUrl(context, identity.handle);
    callback.search = query.toString();
    const grant = await exchangeCode(endpoint, callback, state);
    const store = await establishStore(context, connectingOf(attempt, opened), {
      connector,
      strategyId: strategy.id,
      address,
      credentials: grant.credentials,
      schedule: scheduleOf(grant, context.random),
      scopesWanted: attempt.scopesWanted,
      scopesGranted: grant.scopes,
      client: { clientKey: identity.clientId, handle: identity.handle },
    });
    return { kind: 'connected', opened, store };
  } catch (error) {
    await recordFailure(context, attempt, error);
    throw error;
  }
}

function isDecided({ status }: ConnectAttemptRow): boolean {
  return status === 'connected' || status === 'failed' || status === 'declined';
}

function connectingOf(attempt: ConnectAttemptRow, { session, app }: OpenSession) {
  const { tenantId, appId, externalId, access, storeId, id: sessionId } = session;
  return { tenantId, appId, mode: app.mode, externalId, access, storeId, sessionId, attemptId: attempt.id };
}

function move(
  { database }: ConnectionsContext,
  { tenantId, id }: ConnectAttemptRow,
  from: readonly AttemptStatus[],
  status: AttemptStatus,
): Promise<boolean> {
  return database.withTenant(tenantId, (tx) => moveConnectAttempt(tx, id, from, { status }));
}

async function recordFailure(
  { database }: ConnectionsContext,
  { tenantId, id }: ConnectAttemptRow,
  error: unknown,
): Promise<void> {
  const [errorCode, errorMessage] = GatewayError.is(error)
    ? [error.code, error.message.slice(0, 500)]
    : ['internal', 'Something failed on our side.'];
  await database.withTenant(tenantId, (tx) =>
    moveConnectAttempt(tx, id, ['proving'], { status: 'failed', errorCode, errorMessage, sealed: null }),
  );
}

async function decline(
  context: ConnectionsContext,
  attempt: ConnectAttemptRow,
  opened: OpenSession,
): Promise<Returned> {
  await move(context, attempt, ['waiting'], 'declined');
  return { kind: 'declined', opened };
}

/** A callback page loaded again: the store is there, nothing is done twice. */
async function alreadyConnected(
  context: ConnectionsContext,
  attempt: ConnectAttemptRow,
  opened: OpenSession,
): Promise<Returned> {
  const { storeId, tenantId } = attempt;
  const store =
    storeId === null ? undefined : await context.database.withTenant(tenantId, (tx) => findStore(tx, storeId));
  if (store === undefined) throw stateInvalid();
  return { kind: 'connected', opened, store };
}

/**
 * Takes the keys a shop posts. The post is unsigned: it must come to the secret address of one attempt, name that
 * attempt's nonce, once and in time. The keys are sealed and answered for; proving them comes after, because the shop
 * waits for this answer and may have no second process to answer our read.
 * @returns the attempt whose keys can now be proven
 * @throws GatewayError `connect_callback_invalid` or `connect_state_invalid`; the shop then deletes the keys it made
 */
export async function receiveKeys(
  context: ConnectionsContext,
  callbackSecret: string,
  body: unknown,
): Promise<{ readonly tenantId: string; readonly attemptId: string }> {
  const attempt = await attemptOf(context, callbackSecret);
  const { nonce, credentials, scopes } = keyExchangeOf(attempt).receive(body);
  const named = await attemptOf(context, nonce);
  const fresh = attempt.status === 'waiting' && attempt.expiresAt > context.now();
  if (named.id !== attempt.id || nonce === callbackSecret || !fresh) throw stateInvalid();
  const sealed = await sealReceivedKeys(context.vault, attempt.tenantId, attempt.id, credentials);
  const taken = await context.database.withTenant(attempt.tenantId, (tx) =>
    moveConnectAttempt(tx, attempt.id, ['waiting'], { status: 'received', sealed, scopes }),
  );
  if (!taken) throw stateInvalid();
  return { tenantId: attempt.tenantId, attemptId: attempt.id };
}

function keyExchangeOf(attempt: ConnectAttemptRow): KeyExchangeStrategy {
  const strategy = strategyOf(connectorOf(attempt.platform), attempt.strategy);
  if (strategy.kind !== 'keyExchange') throw stateInvalid();
  return strategy;
}

/** The merchant's browser comes back from the shop's own page. @throws GatewayError `connect_state_invalid` */
export async function completeKeyExchange(
  context: ConnectionsContext,
  nonce: string,
  query: URLSearchParams,
  browser: string,
): Promise<Returned> {
  const attempt = await attemptOf(context, nonce);
  requireBrowser(attempt, browser);
  const opened = await loadSession(context, attempt.tenantId, attempt.sessionId);
  if (attempt.status === 'waiting') {
    if (keyExchangeOf(attempt).declined(query)) return await decline(context, attempt, opened);
    if (attempt.expiresAt <= context.now()) throw stateInvalid();
    return { kind: 'pending', opened };
  }
  await proveAttempt(context, attempt.tenantId, attempt.id);
  return await outcomeOf(context, attempt, opened);
}

async function outcomeOf(
  context: ConnectionsContext,
  { tenantId, id }: ConnectAttemptRow,
  opened: OpenSession,
): Promise<Returned> {
  const attempt = await context.database.withTenant(tenantId, (tx) => findConnectAttempt(tx, id));
  switch (attempt?.status) {
    case 'connected':
      return await alreadyConnected(context, attempt, opened);
    case 'failed':
      return { kind: 'failed', opened, code: attempt.errorCode ?? 'internal', message: attempt.errorMessage ?? '' };
    case 'declined':
      return { kind: 'declined', opened };
    case 'waiting':
    case 'received':
    case 'proving':
      return { kind: 'pending', opened };
    case undefined:
      throw stateInvalid();
  }
}

/**
 * Proves received keys by reading the shop with them and connects the store. Anybody may call it at any time: one call
 * does the work, the others do nothing.
 */
export async function proveAttempt(context: ConnectionsContext, tenantId: string, attemptId: string): Promise<void> {
  const attempt = await context.database.withTenant(tenantId, async (tx) =>
    (await takeAttemptForProving(tx, attemptId)) ? await findConnectAttempt(tx, attemptId) : undefined,
  );
  if (attempt?.sealed == null) return;
  try {
    const connector = connectorOf(attempt.platform);
    const opened = await loadSession(context, tenantId, attempt.sessionId);
    await establishStore(context, connectingOf(attempt, opened), {
      connector,
      strategyId: attempt.strategy,
      address: { account: attempt.account, apiRoot: new URL(attempt.apiRoot) },
      credentials: await openReceivedKeys(context.vault, tenantId, attemptId, attempt.sealed),
      schedule: { accessSeconds: null, refreshSeconds: null, dueSeconds: null },
      scopesWanted: attempt.scopesWanted,
      scopesGranted: attempt.scopes,
      client: null,
    });
  } catch (error) {
    await recordFailure(context, attempt, error);
    if (!GatewayError.is(error)) throw error;
  }
}
