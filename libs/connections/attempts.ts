import { GatewayError } from '#contract';
import { equalInConstantTime, hashToken } from '#kit';
import {
  type AttemptStatus,
  type ConnectAttemptRow,
  findConnectAttempt,
  findStore,
  locateConnectAttempt,
  moveConnectAttempt,
  type StoreRow,
} from '#persistence';
import type { ConnectionsContext } from './context.js';
import type { OpenSession } from './sessions.js';

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

export async function attemptOf(context: ConnectionsContext, secret: string): Promise<ConnectAttemptRow> {
  const found =
    secret === '' || secret.length > 200 ? undefined : await locateConnectAttempt(context.database, hashToken(secret));
  const row =
    found === undefined
      ? undefined
      : await context.database.withTenant(found.tenantId, (tx) => findConnectAttempt(tx, found.id));
  if (row === undefined) throw stateInvalid();
  return row;
}

export function stateInvalid(): GatewayError<'connect_state_invalid'> {
  return new GatewayError(
    'connect_state_invalid',
    'This way back is unknown, was used already, or is too old. Start again from the connect link.',
  );
}

/** The way back must be shown by the browser that went away: a forwarded link connects nothing. */
export function requireBrowser(attempt: ConnectAttemptRow, browser: string): void {
  if (!isOfBrowser(attempt, browser)) throw stateInvalid();
}

export function isOfBrowser({ browserHash }: Pick<ConnectAttemptRow, 'browserHash'>, browser: string): boolean {
  return equalInConstantTime(hashToken(browser).toString('hex'), Buffer.from(browserHash).toString('hex'));
}

export function isDecided({ status }: ConnectAttemptRow): boolean {
  return status === 'connected' || status === 'failed' || status === 'declined';
}

export function connectingOf(attempt: Pick<ConnectAttemptRow, 'id'>, { session, app }: OpenSession) {
  const { tenantId, appId, externalId, access, storeId, id: sessionId } = session;
  return { tenantId, appId, mode: app.mode, externalId, access, storeId, sessionId, attemptId: attempt.id };
}

export function move(
  { database }: ConnectionsContext,
  { tenantId, id }: ConnectAttemptRow,
  from: readonly AttemptStatus[],
  status: AttemptStatus,
): Promise<boolean> {
  return database.withTenant(tenantId, (tx) => moveConnectAttempt(tx, id, from, { status }));
}

export async function recordFailure(
  { database }: ConnectionsContext,
  { tenantId, id }: Pick<ConnectAttemptRow, 'tenantId' | 'id'>,
  error: unknown,
): Promise<void> {
  const [errorCode, errorMessage] = GatewayError.is(error)
    ? [error.code, error.message.slice(0, 500)]
    : ['internal', 'Something failed on our side.'];
  await database.withTenant(tenantId, (tx) =>
    moveConnectAttempt(tx, id, ['proving'], { status: 'failed', errorCode, errorMessage, sealed: null }),
  );
}

export async function decline(
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

export async function outcomeOf(
  context: ConnectionsContext,
  { tenantId, id }: Pick<ConnectAttemptRow, 'tenantId' | 'id'>,
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
