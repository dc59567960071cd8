import { type AppRow, findApp, findConnectSession, findNewestAttempt, locateConnectSession } from '#persistence';
import { GatewayError } from '#contract';
import { hashToken } from '#kit';
import type { ConnectionsContext } from './context.js';
import { openerOriginOf } from './return-address.js';
import type { OpenSession } from './sessions.js';

type Needs = Pick<ConnectionsContext, 'database' | 'now'>;

/** What came of a link so far; for whoever holds it, so that there is nothing in it that a screen would not show. */
export interface LinkStatus {
  readonly sessionId: string;
  /** `failed` is no end: the merchant may try again as long as the link lives. */
  readonly status: 'pending' | 'connected' | 'failed' | 'expired';
  /** Of what was connected. */
  readonly storeId: string | null;
  /** The code of what failed. */
  readonly reason: string | null;
}

/** A link's app, whether or not the link still does anything. */
export interface FoundLink {
  readonly sessionId: string;
  readonly app: AppRow;
  /** The one origin whose pages may read the status. */
  readonly openerOrigin: string | undefined;
  readonly state: LinkStatus;
}

/** @throws GatewayError `connect_session_invalid` for a link that never was */
export async function findLink(context: Needs, token: string): Promise<FoundLink> {
  const place = await locate(context, token);
  const found =
    place === undefined
      ? undefined
      : await context.database.withTenant(place.tenantId, async (tx) => {
          const session = await findConnectSession(tx, place.id);
          const app = session === undefined ? undefined : await findApp(tx, session.appId);
          if (session === undefined || app === undefined) return undefined;
          return { session, app, attempt: await findNewestAttempt(tx, session.id) };
        });
  if (found === undefined) throw new GatewayError('connect_session_invalid', 'This connect link is unknown.');
  const { session, app, attempt } = found;
  const state = { sessionId: session.id, ...outcome(session, attempt, context.now()) };
  return { sessionId: session.id, app, openerOrigin: openerOriginOf(session, app), state };
}

/** Whether a link is that of this session: cookies are those of the link that was opened last. */
export async function isLinkOf(context: Needs, token: string, { session }: OpenSession): Promise<boolean> {
  return (await locate(context, token))?.id === session.id;
}

async function locate({ database }: Needs, token: string) {
  return token.length > 100 ? undefined : await locateConnectSession(database, hashToken(token));
}

type Session = Pick<OpenSession['session'], 'status' | 'storeId' | 'expiresAt'>;
type Attempt = Awaited<ReturnType<typeof findNewestAttempt>>;

function outcome(session: Session, attempt: Attempt, now: Date): Omit<LinkStatus, 'sessionId'> {
  if (session.status === 'connected') return { status: 'connected', storeId: session.storeId, reason: null };
  if (session.expiresAt <= now) return { status: 'expired', storeId: null, reason: 'connect_session_invalid' };
  if (attempt?.status === 'declined') return { status: 'failed', storeId: null, reason: 'connect_denied' };
  if (attempt?.status === 'failed') return { status: 'failed', storeId: null, reason: attempt.errorCode ?? 'internal' };
  return { status: 'pending', storeId: null, reason: null };
}
