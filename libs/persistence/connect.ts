import type { Database, TenantTransaction } from './database.js';

export interface ConnectSessionRow {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly platform: string | null;
  readonly returnUrl: string | null;
  /** The origin of the page that opens the link as a popup. */
  readonly openerOrigin: string | null;
  readonly externalId: string | null;
  /** The store to reconnect. */
  readonly storeId: string | null;
  readonly access: readonly string[];
  readonly status: 'pending' | 'connected';
  readonly expiresAt: Date;
  /** When the shop was connected through it. */
  readonly completedAt: Date | null;
}

export type AttemptStatus = 'waiting' | 'received' | 'proving' | 'connected' | 'failed' | 'declined';

export interface ConnectAttemptRow {
  readonly id: string;
  readonly tenantId: string;
  readonly sessionId: string;
  readonly platform: string;
  readonly strategy: string;
  readonly account: string;
  readonly apiRoot: string;
  readonly clientHandle: string | null;
  readonly browserHash: Uint8Array<ArrayBuffer>;
  readonly scopesWanted: readonly string[];
  readonly status: AttemptStatus;
  readonly sealed: Uint8Array<ArrayBuffer> | null;
  readonly scopes: readonly string[];
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly storeId: string | null;
  readonly expiresAt: Date;
}

interface Found {
  readonly id: string;
  readonly tenantId: string;
}

export async function insertConnectSession(
  tx: TenantTransaction,
  row: Omit<ConnectSessionRow, 'status' | 'completedAt'> & { readonly tokenHash: Uint8Array<ArrayBuffer> },
): Promise<void> {
  await tx.connectSession.create({ data: { ...row, access: [...row.access] } });
}

/** Finds whose session a link is, across tenants. */
export async function locateConnectSession(database: Database, tokenHash: Uint8Array): Promise<Found | undefined> {
  const rows = await database.shared.$queryRaw<
    Found[]
  >`SELECT id, tenant_id AS "tenantId" FROM find_connect_session(${tokenHash})`;
  return rows[0];
}

export async function findConnectSession(tx: TenantTransaction, id: string): Promise<ConnectSessionRow | undefined> {
  const row = await tx.connectSession.findUnique({ where: { id } });
  return row === null ? undefined : { ...row, status: row.status === 'connected' ? 'connected' : 'pending' };
}

/** Marks the session as used. False when it was already. */
export async function completeConnectSession(tx: TenantTransaction, id: string, storeId: string): Promise<boolean> {
  const { count } = await tx.connectSession.updateMany({
    where: { id, status: 'pending' },
    data: { status: 'connected', completedAt: new Date(), storeId },
  });
  return count > 0;
}

export async function insertConnectAttempt(
  tx: TenantTransaction,
  row: Omit<ConnectAttemptRow, 'status' | 'sealed' | 'scopes' | 'errorCode' | 'errorMessage' | 'storeId'> & {
    readonly stateHash: Uint8Array<ArrayBuffer>;
    readonly callbackHash: Uint8Array<ArrayBuffer> | null;
  },
): Promise<void> {
  await tx.connectAttempt.create({ data: { ...row, scopesWanted: [...row.scopesWanted] } });
}

/** Finds whose attempt a `state` or a callback secret belongs to, across tenants. */
export async function locateConnectAttempt(database: Database, hash: Uint8Array): Promise<Found | undefined> {
  const rows = await database.shared.$queryRaw<
    Found[]
  >`SELECT id, tenant_id AS "tenantId" FROM find_connect_attempt(${hash})`;
  return rows[0];
}

export async function findConnectAttempt(tx: TenantTransaction, id: string): Promise<ConnectAttemptRow | undefined> {
  const row = await tx.connectAttempt.findUnique({ where: { id } });
  // The column's check constraint holds exactly these words.
  return row === null ? undefined : { ...row, status: row.status as AttemptStatus };
}

/** What the merchant tried last. */
export async function findNewestAttempt(
  tx: TenantTransaction,
  sessionId: string,
): Promise<Pick<ConnectAttemptRow, 'status' | 'errorCode'> | undefined> {
  const row = await tx.connectAttempt.findFirst({
    where: { sessionId },
    orderBy: { createdAt: 'desc' },
    select: { status: true, errorCode: true },
  });
  return row === null ? undefined : { ...row, status: row.status as AttemptStatus };
}

/** The newest attempt of a session whose grant is here and waits for the merchant's yes. */
export async function findReceivedAttempt(
  tx: TenantTransaction,
  sessionId: string,
  platform: string,
): Promise<ConnectAttemptRow | undefined> {
  const row = await tx.connectAttempt.findFirst({
    where: { sessionId, platform, status: 'received', expiresAt: { gt: new Date() } },
    orderBy: { createdAt: 'desc' },
  });
  return row === null ? undefined : { ...row, status: 'received' };
}

/** The attempts of a session, the newest first. */
export async function listConnectAttempts(
  tx: TenantTransaction,
  sessionId: string,
): Promise<readonly ConnectAttemptRow[]> {
  const rows = await tx.connectAttempt.findMany({
    where: { sessionId },
    orderBy: { createdAt: 'desc' },
    take: MOST_ATTEMPTS,
  });
  return rows.map((row) => ({ ...row, status: row.status as AttemptStatus }));
}

// A merchant who begins more often than this on one link is told of the last ones.
const MOST_ATTEMPTS = 20;

export interface AttemptChange {
  readonly status: AttemptStatus;
  readonly account?: string;
  readonly apiRoot?: string;
  readonly sealed?: Uint8Array<ArrayBuffer> | null;
  readonly scopes?: readonly string[];
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly storeId?: string;
}

/** Moves an attempt on if it still is in one of the states given: what makes `state` and callbacks usable once. */
export async function moveConnectAttempt(
  tx: TenantTransaction,
  id: string,
  from: readonly AttemptStatus[],
  { scopes, ...change }: AttemptChange,
): Promise<boolean> {
  const { count } = await tx.connectAttempt.updateMany({
    where: { id, status: { in: [...from] } },
    data: { ...change, ...(scopes === undefined ? {} : { scopes: [...scopes] }) },
  });
  return count > 0;
}

/**
 * Takes an attempt whose keys arrived, to prove them. Somebody who took it and went silent for so many seconds loses it, so
 * that a crash between the two leaves nothing hanging.
 */
export async function takeAttemptForProving(
  tx: TenantTransaction,
  id: string,
  silentSeconds: number,
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE connect_attempts SET status = 'proving', proving_since = now()
    WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid
      AND (status = 'received' OR (status = 'proving' AND proving_since < now() - make_interval(secs => ${silentSeconds})))`;
  return count > 0;
}
