import { connectorOf } from '#connectors';
import { type ConnectAttemptRow, findStore, listConnectAttempts, type StoreRow } from '#persistence';
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

/** Tells where a link stands; what was received and not yet proven is proven here, should the queue have lost it. */
export async function linkState(context: ConnectionsContext, opened: OpenSession, browser: string): Promise<LinkState> {
  const { session } = opened;
  const { tenantId } = session;
  const attempts = await context.database.withTenant(tenantId, (tx) => listConnectAttempts(tx, session.id));
  const own = attempts.filter(
    (attempt) => isOfBrowser(attempt, browser) || isOfBrowser(attempt, linkAsBrowser(session.id)),
  );
  if (session.status === 'connected') return await connectedState(context, opened, own);
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

async function connectedState(
  { database }: ConnectionsContext,
  { session }: OpenSession,
  own: readonly ConnectAttemptRow[],
): Promise<LinkState> {
  const { storeId, tenantId, completedAt: since } = session;
  const store = storeId === null ? undefined : await database.withTenant(tenantId, (tx) => findStore(tx, storeId));
  const isOwn = own.some(({ status, storeId: connected }) => status === 'connected' && connected === storeId);
  return { kind: 'connected', store, since, isOwn };
}

/** An app that is installed and waits for the merchant's yes: that is asked on the form. */
function isParked({ platform, strategy: id, status }: ConnectAttemptRow): boolean {
  const strategy = connectorOf(platform).auth.find((one) => one.id === id);
  return strategy?.kind === 'installedApp' && status === 'received';
}
