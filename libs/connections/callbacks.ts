import { type Connector, GatewayError, type KeyExchangeStrategy, type OAuth2CodeStrategy, strategyOf } from '#contract';
import { connectorOf } from '#connectors';
import { type ConnectAttemptRow, moveConnectAttempt } from '#persistence';
import {
  attemptOf,
  ConnectFailed,
  connectingOf,
  decline,
  isDecided,
  move,
  outcomeOf,
  recordFailure,
  requireBrowser,
  type Returned,
  stateInvalid,
} from './attempts.js';
import type { ConnectionsContext } from './context.js';
import { establishStore } from './establish-store.js';
import { callbackUrl, identityOf } from './platform-clients.js';
import { provenOutcome } from './prove-attempt.js';
import { refuseTakenShop } from './refuse-taken-shop.js';
import { keepOldGrantsFromEnding } from './revoke-grant.js';
import { scheduleOf } from './lifecycle/refresh-schedule.js';
import { sealReceivedKeys } from './sealing.js';
import { loadSession, type OpenSession, userOf } from './sessions.js';
import { exchangeCode } from './token-endpoint.js';

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
  // Another tab was faster. Trading this code as well would end the token that the shop was connected with.
  if (opened.session.status === 'connected') return await connectedElsewhere(context, attempt, opened);
  try {
    return await tradeCode(context, attempt, opened, connector, strategy, query, state);
  } catch (error) {
    if (!GatewayError.is(error)) throw error;
    throw new ConnectFailed(opened, error);
  }
}

/** The one link was used from two tabs: the second ends where the first did, and its own attempt is over. */
async function connectedElsewhere(
  context: ConnectionsContext,
  attempt: ConnectAttemptRow,
  opened: OpenSession,
): Promise<Returned> {
  const { store } = opened;
  if (store === undefined) throw stateInvalid();
  await move(context, attempt, ['waiting'], 'declined');
  return { kind: 'connected', opened, store };
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
  strategy.verifyCallback(query, {
    address,
    clientId: identity.clientId,
    clientSecrets: identity.secrets,
    now: context.now(),
  });
  if (!(await move(context, attempt, ['waiting'], 'proving'))) return await outcomeOf(context, attempt, opened);
  try {
    await refuseTakenShop(context, connectingOf(attempt, opened), { connector, address, identity });
    await keepOldGrantsFromEnding(context, connector, identity.clientId, address.account);
    const transport = context.wayOut(userOf(opened, connector));
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
  return await provenOutcome(context, attempt, opened);
}
