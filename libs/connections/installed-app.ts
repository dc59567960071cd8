import { type Connector, GatewayError, type InstalledAppStrategy } from '#contract';
import { connectorOf } from '#connectors';
import {
  type FoundClient,
  findReceivedAttempt,
  findStoreOfAccount,
  listConnectAttempts,
  moveConnectAttempt,
  type StoreRow,
} from '#persistence';
import { ConnectFailed, isOfBrowser, requireBrowser, type Returned } from './attempts.js';
import type { Begun } from './begun.js';
import { clientAt, noAppHere } from './client-at.js';
import { checkAddress } from './check-address.js';
import type { ConnectionsContext } from './context.js';
import { newLink } from './new-link.js';
import { callbackUrl, identityOf, type PlatformIdentity } from './platform-clients.js';
import { provenOutcome } from './prove-attempt.js';
import { randomToken } from '#kit';
import { rememberAttempt } from './remember-attempt.js';
import { scopesFor } from './scopes-for.js';
import { sealReceivedKeys } from './sealing.js';
import { accessOf, openSession, type OpenSession, userOf } from './sessions.js';
import { exchangeInstall } from './token-endpoint.js';

interface InstallBegin {
  readonly opened: OpenSession;
  readonly connector: Connector;
  readonly strategy: InstalledAppStrategy;
  readonly browser: string;
}

/** Leads to the platform's install page; or, for a shop that has come back from there, connects it: the merchant's yes. */
export async function beginInstall(
  context: ConnectionsContext,
  { opened, connector, strategy, browser }: InstallBegin,
): Promise<Begun> {
  const { session, app } = opened;
  const parked = await context.database.withTenant(session.tenantId, (tx) =>
    findReceivedAttempt(tx, session.id, connector.id),
  );
  if (parked === undefined) {
    if (await isBeingProven(context, opened, connector)) return { kind: 'pending' };
    const { clientId } = await identityOf(context, session, connector);
    return { kind: 'redirect', url: context.standIn.actualUrl(strategy.installUrl(clientId), app.mode) };
  }
  // A link that was made for a way begun at the platform was shown to nobody else.
  if (!isOfBrowser(parked, linkAsBrowser(session.id))) requireBrowser(parked, browser);
  const came = await provenOutcome(context, parked, opened);
  if (came.kind === 'connected') return { kind: 'connected', store: came.store };
  if (came.kind === 'failed') throw new GatewayError('connect_callback_invalid', came.message);
  return { kind: 'pending' };
}

/** Whether the yes has been said a moment ago. */
async function isBeingProven(
  { database, now }: ConnectionsContext,
  { session }: OpenSession,
  { id }: Connector,
): Promise<boolean> {
  const attempts = await database.withTenant(session.tenantId, (tx) => listConnectAttempts(tx, session.id));
  return attempts.some(
    ({ platform, status, expiresAt }) => platform === id && status === 'proving' && expiresAt > now(),
  );
}

/** A shop whose install waits for the merchant's yes. */
export async function parkedShop(
  { database }: Pick<ConnectionsContext, 'database'>,
  { session }: OpenSession,
  platform: string,
): Promise<string | undefined> {
  const parked = await database.withTenant(session.tenantId, (tx) => findReceivedAttempt(tx, session.id, platform));
  return parked?.account;
}

const PARKED_MINUTES = 60;

/**
 * Comes back from a platform that does not carry our `state`: trades the code, which lives shortly, keeps the token sealed,
 * and leads to the screen on which the merchant says yes. Until then it belongs to no app. The browser that opened a
 * connect link continues there; any other, such as one that began in the platform's app store, gets a link of its own.
 * @throws GatewayError before the session is known, ConnectFailed after
 */
export async function completeInstall(
  context: ConnectionsContext,
  handle: string,
  query: URLSearchParams,
  browser: { readonly id: string; readonly link: string | undefined },
): Promise<Installed> {
  const open = await sessionFor(context, handle, browser.link);
  try {
    return await parkInstall(context, open, query, browser.id);
  } catch (error) {
    if (!open.isBegun || !GatewayError.is(error)) throw error;
    throw new ConnectFailed(open.opened, error);
  }
}

async function parkInstall(
  context: ConnectionsContext,
  open: InstallSession,
  query: URLSearchParams,
  browser: string,
): Promise<Installed> {
  const { opened, connector, strategy, identity } = open;
  const { session } = opened;
  const endpoint = {
    connector,
    strategy,
    identity,
    transport: context.wayOut(userOf(opened, connector)),
    deadlineMs: connector.deadlineMs,
  };
  const { grant, address } = await exchangeInstall(endpoint, callbackUrl(context, identity.handle), query);
  checkAddress(context, opened, connector, address);
  const begin = {
    ...{ session, platform: connector.id, strategyId: strategy.id, address },
    browser: open.isBegun ? browser : linkAsBrowser(session.id),
    expiresAt: new Date(context.now().getTime() + PARKED_MINUTES * 60_000),
    ...{ state: randomToken(), clientHandle: identity.handle, callbackSecret: null },
    scopes: scopesFor(strategy, accessOf(session)),
  };
  const { id, isConnected } = await context.database.withTenant(session.tenantId, async (tx) => {
    const attempt = await rememberAttempt(tx, begin);
    const sealed = await sealReceivedKeys(context.vault, session.tenantId, attempt, grant.credentials);
    await moveConnectAttempt(tx, attempt, ['waiting'], { status: 'received', sealed, scopes: grant.scopes ?? [] });
    const store = await findStoreOfAccount(tx, session.appId, connector.id, address.account);
    return { id: attempt, isConnected: store?.status === 'active' || store?.status === 'needsReauth' };
  });
  const place = { connector, framedBy: strategy.framedBy };
  if (!isConnected) return { ...place, url: new URL(`${open.link}/${connector.id}`) };
  // The new token has ended the one in use, and the merchant has said yes to this app before.
  return { ...place, returned: await provenOutcome(context, { tenantId: session.tenantId, id }, opened) };
}

/** Where the merchant says yes, or what came of a shop that is connected already; and who may show our pages in theirs. */
export type Installed = {
  readonly connector: Connector;
  readonly framedBy: InstalledAppStrategy['framedBy'];
} & ({ readonly url: URL } | { readonly returned: Returned });

/** Within a platform's page a browser keeps no cookie for us: there the new link itself is what only it was shown. */
export function linkAsBrowser(sessionId: string): string {
  return `link of ${sessionId}`;
}

interface InstallSession {
  /** Whether the merchant began at a link of ours, and not at the platform. */
  readonly isBegun: boolean;
  readonly link: string;
  readonly opened: OpenSession;
  readonly connector: Connector;
  readonly strategy: InstalledAppStrategy;
  readonly identity: PlatformIdentity;
}

async function sessionFor(
  context: ConnectionsContext,
  handle: string,
  link: string | undefined,
): Promise<InstallSession> {
  const begun = link === undefined ? undefined : await begunSession(context, handle, link);
  return begun ?? (await newSession(context, handle));
}

/** The session of the link that this browser has opened, if it can be what the merchant comes back to. */
async function begunSession(
  context: ConnectionsContext,
  handle: string,
  token: string,
): Promise<InstallSession | undefined> {
  const opened = await openSession(context, token).catch((error: unknown) => {
    if (GatewayError.is(error, 'connect_session_invalid')) return undefined;
    throw error;
  });
  if (opened === undefined || opened.session.status === 'connected') return undefined;
  for (const connector of opened.connectors) {
    const strategy = installOf(connector);
    if (strategy === undefined) continue;
    const identity = await identityOf(context, opened.session, connector).catch((error: unknown) => {
      if (GatewayError.is(error, 'platform_client_missing')) return undefined;
      throw error;
    });
    if (identity?.handle !== handle) continue;
    return { isBegun: true, link: `${context.publicUrl}/connect/${token}`, opened, connector, strategy, identity };
  }
  return undefined;
}

/** A merchant who began at the platform: the client that the address names says for which app. */
async function newSession(context: ConnectionsContext, handle: string): Promise<InstallSession> {
  const client = await clientAt(context, handle);
  const { connector, strategy, identity } = await installedAs(context, client);
  const url = await newLink(context, client);
  const opened = await openSession(context, url.slice(url.lastIndexOf('/') + 1));
  return { isBegun: false, link: url, opened, connector, strategy, identity };
}

/** The way of connecting of a platform that installs apps. */
export function installOf({ auth }: Connector): InstalledAppStrategy | undefined {
  return auth.find((strategy) => strategy.kind === 'installedApp');
}

/** A call of the platform that proved itself: when it was made, and the store it is about, if it is one here. */
export interface ProvenCall {
  readonly at: Date;
  readonly store: StoreRow | undefined;
}

/**
 * Proves a request with which the platform opens the app or says that a merchant removed it.
 * @throws GatewayError `connect_state_invalid` for an app that is not installed, `connect_callback_invalid`
 */
export async function provenCall(
  context: ConnectionsContext,
  client: FoundClient,
  query: URLSearchParams,
): Promise<ProvenCall> {
  const { tenantId, appId, platform } = client;
  const { strategy, identity } = await installedAs(context, client);
  const { clientId, secrets } = identity;
  const { address, at } = strategy.provenCall(query, { clientId, clientSecrets: secrets, now: context.now() });
  const store = await context.database.withTenant(tenantId, (tx) =>
    findStoreOfAccount(tx, appId, platform, address.account),
  );
  return { at, store };
}

async function installedAs(context: ConnectionsContext, client: FoundClient) {
  const connector = connectorOf(client.platform);
  const strategy = installOf(connector);
  if (strategy === undefined) throw noAppHere();
  return { connector, strategy, identity: await identityOf(context, client, connector) };
}
