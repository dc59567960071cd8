import { connectorOf } from '#connectors';
import { type ConnectAttemptRow, findNewestAttempt, listConnectAttempts, type StoreRow } from '#persistence';
import { isOfBrowser } from './attempts.js';
import type { ConnectionsContext } from './context.js';
import { linkAsBrowser } from './installed-app.js';
import { provenOutcome } from './prove-attempt.js';
import { isTooOld, type OpenSession } from './sessions.js';

/** Where a merchant stands who opens a connect link, perhaps again. */
export type LinkState =
  | {
      readonly kind: 'connected';
      readonly store: StoreRow | undefined;
      readonly since: Date | null;
      /** Whether this very browser connected the shop; only it is shown what is in the shop. */
      readonly isOwn: boolean;
    }
  | { readonly kind: 'expired' }
  /** What this browser began is being finished. */
  | { readonly kind: 'pending' }
  /** This browser went away to the shop and has not come back. */
  | { readonly kind: 'away'; readonly account: string }
  | { readonly kind: 'open' };

/** Tells one browser where its link stands; what was received and not yet proven is proven here, should the queue have lost it. */
export async function linkState(context: ConnectionsContext, opened: OpenSession, browser: string): Promise<LinkState> {
  const { session } = opened;
  const { tenantId } = session;
  const attempts = await context.database.withTenant(tenantId, (tx) => listConnectAttempts(tx, session.id));
  const own = attempts.filter(
    (attempt) => isOfBrowser(attempt, browser) || isOfBrowser(attempt, linkAsBrowser(session.id)),
  );
  if (session.status === 'connected') return connectedState(opened, own);
  if (isTooOld(context, opened)) return { kind: 'expired' };
  const current = own.find(({ expiresAt }) => expiresAt > context.now());
  if (current === undefined) return { kind: 'open' };
  if (current.status === 'waiting') return { kind: 'away', account: current.account };
  if (isParked(current) || !['received', 'proving'].includes(current.status)) return { kind: 'open' };
  const outcome = await provenOutcome(context, current, opened);
  if (outcome.kind === 'pending') return outcome;
  if (outcome.kind !== 'connected') return { kind: 'open' };
  return { kind: 'connected', store: outcome.store, since: context.now(), isOwn: true };
}

function connectedState({ session, store }: OpenSession, own: readonly ConnectAttemptRow[]): LinkState {
  const isOwn = own.some(({ status, storeId }) => status === 'connected' && storeId === session.storeId);
  return { kind: 'connected', store, since: session.completedAt, isOwn };
}

/** An app that is installed and waits for the merchant's yes: that is asked on the form. */
function isParked({ platform, strategy: id, status }: ConnectAttemptRow): boolean {
  const strategy = connectorOf(platform).auth.find((one) => one.id === id);
  return strategy?.kind === 'installedApp' && status === 'received';
}

/** What came of a link so far, whichever browser went its way; nothing in it that a screen would not show. */
export interface LinkStatus {
  /** `failed` is no end: the merchant may try again as long as the link lives. */
  readonly status: 'pending' | 'connected' | 'failed' | 'expired';
  /** Of what was connected. */
  readonly storeId: string | null;
  /** The code of what failed. */
  readonly reason: string | null;
}

/** Tells whoever holds a link what came of it; a look that is taken every few seconds, so that it only looks. */
export async function linkStatus(
  context: Pick<ConnectionsContext, 'database' | 'now'>,
  opened: OpenSession,
): Promise<LinkStatus> {
  const { session } = opened;
  if (session.status === 'connected') return { status: 'connected', storeId: session.storeId, reason: null };
  if (isTooOld(context, opened)) return { status: 'expired', storeId: null, reason: 'connect_session_invalid' };
  const attempt = await context.database.withTenant(session.tenantId, (tx) => findNewestAttempt(tx, session.id));
  if (attempt?.status === 'declined') return { status: 'failed', storeId: null, reason: 'connect_denied' };
  if (attempt?.status === 'failed') return { status: 'failed', storeId: null, reason: attempt.errorCode ?? 'internal' };
  return { status: 'pending', storeId: null, reason: null };
}
