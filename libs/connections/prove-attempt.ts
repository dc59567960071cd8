import {
  type Connector,
  type Credentials,
  GatewayError,
  type PlainSend,
  type StoreAddress,
  strategyOf,
} from '#contract';
import { connectorOf } from '#connectors';
import { asGatewayError, TransportError } from '#kit';
import { type ConnectAttemptRow, findConnectAttempt, takeAttemptForProving } from '#persistence';
import { connectingOf, outcomeOf, recordFailure, type Returned } from './attempts.js';
import type { ConnectionsContext } from './context.js';
import { establishStore } from './establish-store.js';
import { identityOf } from './platform-clients.js';
import { openReceivedKeys } from './sealing.js';
import { loadSession, type OpenSession, userOf } from './sessions.js';
import { signingMoment } from './signing-moment.js';
import type { Kept } from './stored-credentials.js';

/**
 * Proves received keys by reading the shop with them and connects the store. Anybody may call it at any time: one call
 * does the work, the others do nothing. Keys that still have to be traded for a token are traded first.
 */
export async function proveAttempt(context: ConnectionsContext, tenantId: string, attemptId: string): Promise<void> {
  const attempt = await context.database.withTenant(tenantId, async (tx) => {
    const known = await findConnectAttempt(tx, attemptId);
    if (known === undefined) return undefined;
    const taken = await takeAttemptForProving(tx, attemptId, longestProving(connectorOf(known.platform)));
    return taken ? await findConnectAttempt(tx, attemptId) : undefined;
  });
  if (attempt?.sealed == null) return;
  try {
    const connector = connectorOf(attempt.platform);
    const opened = await loadSession(context, tenantId, attempt.sessionId);
    const kept = await openReceivedKeys(context.vault, tenantId, attemptId, attempt.sealed);
    const identity = attempt.clientHandle === null ? null : await identityOf(context, opened.session, connector);
    await establishStore(context, connectingOf(attempt, opened), {
      connector,
      strategyId: attempt.strategy,
      address: addressOf(attempt),
      credentials: await traded(context, opened, attempt, kept),
      schedule: { accessSeconds: null, refreshSeconds: null, dueSeconds: null },
      scopesWanted: attempt.scopesWanted,
      scopesGranted: attempt.scopes.length === 0 ? null : attempt.scopes,
      client: identity === null ? null : { clientKey: identity.clientId, handle: identity.handle },
    });
  } catch (error) {
    await recordFailure(context, attempt, error);
    if (!GatewayError.is(error)) throw error;
  }
}

/** Proves what was received, unless somebody has, and tells what came of it. */
export async function provenOutcome(
  context: ConnectionsContext,
  attempt: Pick<ConnectAttemptRow, 'tenantId' | 'id'>,
  opened: OpenSession,
): Promise<Returned> {
  await proveAttempt(context, attempt.tenantId, attempt.id);
  return await outcomeOf(context, attempt, opened);
}

/** In seconds: two calls for a token and the reading of the shop, each as slow as may be. Keys can be traded only once. */
function longestProving({ deadlineMs }: Connector): number {
  return (4 * deadlineMs) / 1000;
}

const MAX_BYTES = 64 * 1024;

/** What was received, or what it is traded for. */
async function traded(
  context: ConnectionsContext,
  opened: OpenSession,
  attempt: ConnectAttemptRow,
  kept: Kept,
): Promise<Credentials> {
  if (kept.kind !== 'activation') return kept;
  const connector = connectorOf(attempt.platform);
  const strategy = strategyOf(connector, attempt.strategy);
  if (strategy.kind !== 'storeActivation') throw new TypeError(`${attempt.strategy} trades no keys`);
  const limits = { deadlineMs: connector.deadlineMs, maxBytes: MAX_BYTES };
  const wayOut = context.wayOut(userOf(opened, connector));
  const send: PlainSend = async (request) => {
    const answer = await wayOut(request, limits).catch((error: unknown) => {
      throw error instanceof TransportError ? asGatewayError(connector.id, error) : error;
    });
    return { status: answer.status, text: answer.text() };
  };
  return await strategy.activate(addressOf(attempt), kept, send, () => signingMoment(context));
}

/** Where the shop of an attempt is. */
export function addressOf({ account, apiRoot }: ConnectAttemptRow): StoreAddress {
  return { account, apiRoot: new URL(apiRoot) };
}
