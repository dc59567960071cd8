import { randomUUID } from 'node:crypto';
import { type Connector, GatewayError, isScope, type Scope } from '#contract';
import { connectorOf, connectors } from '#connectors';
import {
  type AppRow,
  type ConnectSessionRow,
  findApp,
  findConnectSession,
  findStore,
  insertConnectSession,
  locateConnectSession,
  type StoreRow,
} from '#persistence';
import type { ConnectionsContext } from './context.js';
import { checkOpenerOrigin, checkReturnUrl } from './return-address.js';
import { hashToken, randomToken } from '#kit';
import type { CredentialUser } from './stops/stop-gate.js';

const SESSION_MINUTES = 60;
const DEFAULT_ACCESS: readonly Scope[] = ['read:orders'];

export interface SessionRequest {
  readonly platform?: string | undefined;
  readonly returnUrl?: string | undefined;
  /** The origin of the page that opens the link as a popup; the one of `returnUrl`, unless another is said. */
  readonly openerOrigin?: string | undefined;
  readonly externalId?: string | undefined;
  /** The store to connect again. */
  readonly storeId?: string | undefined;
  readonly access?: readonly Scope[] | undefined;
}

export interface NewSession {
  readonly id: string;
  /** The hosted screen; whoever holds it may connect one shop. */
  readonly url: string;
  readonly expiresAt: Date;
}

type Needs = Pick<ConnectionsContext, 'database' | 'publicUrl' | 'now'>;

/**
 * Makes a link for a merchant.
 * @throws GatewayError `not_found` for an unknown platform or store, `request_invalid` for a return address that the app
 * did not register, or a page that is not of one of its origins
 */
export async function createSession(
  context: Needs,
  owner: { readonly tenantId: string; readonly appId: string },
  request: SessionRequest,
): Promise<NewSession> {
  const { database, now, publicUrl } = context;
  const { app, store } = await database.withTenant(owner.tenantId, async (tx) => ({
    app: await findApp(tx, owner.appId),
    store: request.storeId === undefined ? undefined : await findStore(tx, request.storeId),
  }));
  if (app === undefined) throw new GatewayError('not_found', 'There is no such app.');
  const platform = platformOf(owner.appId, request, store);
  if (request.returnUrl !== undefined) checkReturnUrl(app, request.returnUrl);
  if (request.openerOrigin !== undefined) checkOpenerOrigin(app, request.openerOrigin);
  const token = randomToken();
  const id = randomUUID();
  const expiresAt = new Date(now().getTime() + SESSION_MINUTES * 60_000);
  await database.withTenant(owner.tenantId, (tx) =>
    insertConnectSession(tx, {
      id,
      tenantId: owner.tenantId,
      appId: owner.appId,
      tokenHash: hashToken(token),
      platform,
      returnUrl: request.returnUrl ?? null,
      openerOrigin: request.openerOrigin ?? null,
      externalId: request.externalId ?? store?.externalId ?? null,
      storeId: store?.id ?? null,
      access: request.access ?? DEFAULT_ACCESS,
      expiresAt,
    }),
  );
  return { id, url: `${publicUrl}/connect/${token}`, expiresAt };
}

function platformOf(appId: string, request: SessionRequest, store: StoreRow | undefined): string | null {
  if (request.storeId !== undefined && (store === undefined || store.appId !== appId)) {
    throw new GatewayError('not_found', 'There is no such store.');
  }
  if (request.platform !== undefined) connectorOf(request.platform);
  return store?.platform ?? request.platform ?? null;
}

export interface OpenSession {
  readonly session: ConnectSessionRow;
  readonly app: AppRow;
  readonly store: StoreRow | undefined;
  /** What the merchant may choose from. */
  readonly connectors: readonly Connector[];
}

/**
 * The session behind a link, also when it was used already, so that the screen can say so.
 * @throws GatewayError `connect_session_invalid` for a link that is unknown or too old
 */
export async function openSession(context: Needs, token: string): Promise<OpenSession> {
  const opened = await sessionOfLink(context, token);
  if (isTooOld(context, opened)) throw invalid();
  return opened;
}

/**
 * The session behind a link however old it is: the screen can say whose link it was, and what came of it.
 * @throws GatewayError `connect_session_invalid` for a link that is unknown
 */
export async function sessionOfLink(context: Needs, token: string): Promise<OpenSession> {
  const found = await locate(context, token);
  if (found === undefined) throw invalid();
  return await loadSession(context, found.tenantId, found.id);
}

/** Whether a link is that of this session: cookies are those of the link that was opened last. */
export async function isLinkOf(context: Needs, token: string, { session }: OpenSession): Promise<boolean> {
  return (await locate(context, token))?.id === session.id;
}

async function locate({ database }: Needs, token: string) {
  return token.length > 100 ? undefined : await locateConnectSession(database, hashToken(token));
}

/** Whether a link that has not done its work can no more. */
export function isTooOld({ now }: Pick<Needs, 'now'>, { session }: Pick<OpenSession, 'session'>): boolean {
  return session.expiresAt <= now();
}

export async function loadSession({ database }: Needs, tenantId: string, sessionId: string): Promise<OpenSession> {
  return await database.withTenant(tenantId, async (tx) => {
    const session = await findConnectSession(tx, sessionId);
    const app = session === undefined ? undefined : await findApp(tx, session.appId);
    if (session === undefined || app === undefined) throw invalid();
    const store = session.storeId === null ? undefined : await findStore(tx, session.storeId);
    const offered: readonly Connector[] = session.platform === null ? connectors : [connectorOf(session.platform)];
    return { session, app, store, connectors: offered };
  });
}

function invalid(): GatewayError<'connect_session_invalid'> {
  return new GatewayError('connect_session_invalid', 'This connect link is unknown or too old. Ask for a new one.');
}

export function accessOf(session: ConnectSessionRow): readonly Scope[] {
  return session.access.filter(isScope);
}

/** For whom a shop is called that is being connected. */
export function userOf(
  { session, app }: Pick<OpenSession, 'session' | 'app'>,
  { id: platform }: Connector,
): CredentialUser {
  const { tenantId, appId, storeId } = session;
  return { tenantId, appId, platform, mode: app.mode, storeId };
}

/** Where the browser goes when everything is done; null when the app gave no address. */
export function returnAddress(session: ConnectSessionRow, outcome: Readonly<Record<string, string>>): URL | null {
  if (session.returnUrl === null) return null;
  const url = new URL(session.returnUrl);
  for (const [name, value] of Object.entries(outcome)) url.searchParams.set(name, value);
  return url;
}
