import type { TenantTransaction } from './database.js';
import type { EventRow } from './events.js';

/** What a store's platform tells of changes with, for people. */
export interface StoreWebhooks {
  readonly checkedAt: Date | null;
  readonly lastErrorCode: string | null;
  readonly lastErrorMessage: string | null;
}

export async function findStoreWebhooks(tx: TenantTransaction, storeId: string): Promise<StoreWebhooks | undefined> {
  const select = { checkedAt: true, lastErrorCode: true, lastErrorMessage: true };
  return (await tx.webhookChannel.findUnique({ where: { storeId }, select })) ?? undefined;
}

/** Deliveries of the last 24 hours by what became of them. */
export async function countStoreDeliveries(
  tx: TenantTransaction,
  storeId: string,
): Promise<readonly { readonly status: string; readonly count: number }[]> {
  return await tx.$queryRaw<{ status: string; count: number }[]>`
    SELECT status, count(*)::int AS count FROM webhook_deliveries
    WHERE store_id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid AND received_at > now() - interval '1 day' GROUP BY status`;
}

export interface StorePoll {
  readonly operation: string;
  readonly checkedAt: Date | null;
  readonly dueAt: Date;
  readonly lastErrorCode: string | null;
  readonly lastErrorMessage: string | null;
}

export async function listStorePolls(tx: TenantTransaction, storeId: string): Promise<readonly StorePoll[]> {
  const select = { operation: true, checkedAt: true, dueAt: true, lastErrorCode: true, lastErrorMessage: true };
  return await tx.poll.findMany({ where: { storeId }, select, orderBy: { operation: 'asc' } });
}

/** State and version of a credential, for people. */
export async function findCredentialState(
  tx: TenantTransaction,
  storeId: string,
): Promise<{ readonly state: string; readonly version: number } | undefined> {
  return (await tx.credential.findUnique({ where: { storeId }, select: { state: true, version: true } })) ?? undefined;
}

/** A stretch of a store's past. */
export interface Stretch {
  readonly storeId: string;
  readonly before: Date;
  readonly most: number;
}

/** What was told of the store itself, newest first; not what its records did. */
export async function listStoreHistory(
  tx: TenantTransaction,
  { storeId, before, most }: Stretch,
): Promise<readonly Pick<EventRow, 'id' | 'type' | 'details' | 'createdAt'>[]> {
  return await tx.event.findMany({
    where: { storeId, createdAt: { lt: before }, type: { startsWith: 'store.' } },
    select: { id: true, type: true, details: true, createdAt: true },
    orderBy: [{ createdAt: 'desc' }, { sequence: 'desc' }],
    take: most,
  });
}

export interface PastAttempt {
  readonly id: string;
  readonly status: 'failed' | 'declined';
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
}

/**
 * Walks through a platform's consent that were to connect this store, again or at first, and came to nothing; newest first.
 * One that worked is told by its event.
 */
export async function listPastAttempts(
  tx: TenantTransaction,
  { storeId, before, most }: Stretch,
): Promise<readonly PastAttempt[]> {
  return await tx.$queryRaw<PastAttempt[]>`
    SELECT id, status, error_code AS "errorCode", error_message AS "errorMessage", created_at AS "createdAt" FROM connect_attempts
    WHERE tenant_id = ${tx.tenantId}::uuid AND created_at < ${before}::timestamptz AND status IN ('failed', 'declined')
      AND (store_id = ${storeId}::uuid OR session_id IN (SELECT s.id FROM connect_sessions s WHERE s.store_id = ${storeId}::uuid AND s.tenant_id = ${tx.tenantId}::uuid))
    ORDER BY created_at DESC, id DESC LIMIT ${most}::int`;
}

export interface PastDelivery {
  readonly id: string;
  readonly topic: string;
  readonly status: string;
  readonly reason: string | null;
  readonly receivedAt: Date;
}

/** Deliveries, newest first. */
export async function listStoreDeliveries(
  tx: TenantTransaction,
  { storeId, before, most }: Stretch,
): Promise<readonly PastDelivery[]> {
  return await tx.webhookDelivery.findMany({
    where: { storeId, receivedAt: { lt: before } },
    select: { id: true, topic: true, status: true, reason: true, receivedAt: true },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: most,
  });
}

export interface ListedOauthClient {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly scopes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly storeId: string | null;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
}

/** An app's clients of the authorization server, without what they prove themselves with. */
export async function listOauthClients(tx: TenantTransaction, appId: string): Promise<readonly ListedOauthClient[]> {
  const names = { id: true, name: true, kind: true, scopes: true, redirectUris: true } as const;
  const select = { ...names, storeId: true, createdAt: true, disabledAt: true };
  return await tx.oauthClient.findMany({ where: { appId }, select, orderBy: { createdAt: 'desc' } });
}

/** An app's clients at platforms, for people. */
export async function listClientFacts(
  tx: TenantTransaction,
  appId: string,
): Promise<readonly { readonly platform: string; readonly updatedAt: Date }[]> {
  const select = { platform: true, updatedAt: true };
  return await tx.platformClient.findMany({ where: { appId }, select, orderBy: { platform: 'asc' } });
}
