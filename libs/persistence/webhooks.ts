import { randomUUID } from 'node:crypto';
import type { Database, TenantTransaction } from './database.js';

/** The address at which a store's platform reaches us. */
export interface WebhookChannelRow {
  readonly id: string;
  readonly tenantId: string;
  readonly storeId: string;
  readonly handle: string;
  readonly sealedSecret: Uint8Array<ArrayBuffer>;
  readonly attempt: number;
  readonly checkedAt: Date | null;
  readonly lastErrorCode: string | null;
  readonly lastErrorMessage: string | null;
}

/** Whose an address is; the handle alone says it. */
export interface FoundChannel {
  readonly id: string;
  readonly tenantId: string;
  readonly storeId: string;
}

export async function locateWebhookChannel(database: Database, handle: string): Promise<FoundChannel | undefined> {
  const rows = await database.shared.$queryRaw<FoundChannel[]>`
    SELECT id, tenant_id AS "tenantId", store_id AS "storeId" FROM find_webhook_channel(${handle})`;
  return rows[0];
}

export interface FoundClient {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly platform: string;
}

export async function locatePlatformClient(database: Database, handle: string): Promise<FoundClient | undefined> {
  const rows = await database.shared.$queryRaw<FoundClient[]>`
    SELECT id, tenant_id AS "tenantId", app_id AS "appId", platform FROM find_client_by_handle(${handle})`;
  return rows[0];
}

export async function findWebhookChannel(
  tx: TenantTransaction,
  storeId: string,
): Promise<WebhookChannelRow | undefined> {
  return (await tx.webhookChannel.findUnique({ where: { storeId } })) ?? undefined;
}

/** Makes the channel of a store, unless it has one, and has it looked at now. */
export async function putWebhookChannel(
  tx: TenantTransaction,
  channel: Pick<WebhookChannelRow, 'id' | 'storeId' | 'handle' | 'sealedSecret'>,
): Promise<void> {
  const { id, storeId, handle, sealedSecret } = channel;
  await tx.$executeRaw`
    INSERT INTO webhook_channels (id, tenant_id, store_id, handle, sealed_secret, due_at)
    VALUES (${id}::uuid, ${tx.tenantId}::uuid, ${storeId}::uuid, ${handle}, ${sealedSecret}, now())
    ON CONFLICT (store_id) DO UPDATE SET due_at = now(), lease_until = NULL, attempt = 0, last_error_code = NULL, last_error_message = NULL
    WHERE webhook_channels.tenant_id = ${tx.tenantId}::uuid`;
}

/** Has a channel looked at again after so many seconds, by the database's clock. */
export async function rescheduleWebhookChannel(
  tx: TenantTransaction,
  storeId: string,
  seconds: number,
  failure: { readonly code: string; readonly message: string } | undefined,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE webhook_channels SET due_at = now() + make_interval(secs => ${seconds}), lease_until = NULL, checked_at = now(),
      attempt = CASE WHEN ${failure === undefined} THEN 0 ELSE attempt END,
      last_error_code = ${failure?.code ?? null}, last_error_message = ${failure?.message.slice(0, 500) ?? null}
    WHERE store_id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid`;
}

/** Channels of all tenants that are to be looked at; nobody else gets them until the lease ends. */
export async function claimDueWebhookChannels(
  database: Database,
  batch: number,
  leaseSeconds: number,
): Promise<readonly FoundChannel[]> {
  return await database.shared.$queryRaw<FoundChannel[]>`
    SELECT id, tenant_id AS "tenantId", store_id AS "storeId" FROM claim_due_webhook_channels(${batch}::int, ${leaseSeconds}::int)`;
}

export interface WebhookSubscriptionRow {
  readonly topic: string;
  readonly platformId: string;
  readonly checkedAt: Date;
}

export async function listWebhookSubscriptions(
  tx: TenantTransaction,
  storeId: string,
): Promise<readonly WebhookSubscriptionRow[]> {
  const select = { topic: true, platformId: true, checkedAt: true };
  return await tx.webhookSubscription.findMany({ where: { storeId }, select, orderBy: { topic: 'asc' } });
}

/** Keeps what was just seen at the platform, and nothing else. */
export async function replaceWebhookSubscriptions(
  tx: TenantTransaction,
  { tenantId, storeId }: { readonly tenantId: string; readonly storeId: string },
  seen: readonly { readonly topic: string; readonly platformId: string }[],
): Promise<void> {
  await tx.webhookSubscription.deleteMany({ where: { storeId } });
  await tx.webhookSubscription.createMany({
    data: seen.map(({ topic, platformId }) => ({ id: randomUUID(), tenantId, storeId, topic, platformId })),
  });
}

export type DeliveryStatus = 'received' | 'processed' | 'unhandled' | 'ignored' | 'failed';

export interface WebhookDeliveryRow {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly storeId: string | null;
  readonly origin: string;
  readonly platform: string;
  readonly topic: string;
  readonly dedupeKey: string;
  readonly sealedPayload: Uint8Array<ArrayBuffer> | null;
  readonly attempt: number;
}

/** Puts a delivery into the inbox. @returns false when it is there already, or was once */
export async function insertWebhookDelivery(
  tx: TenantTransaction,
  delivery: Omit<WebhookDeliveryRow, 'attempt' | 'sealedPayload'> & { readonly sealedPayload: Uint8Array<ArrayBuffer> },
): Promise<boolean> {
  const { id, appId, storeId, origin, platform, topic, dedupeKey, sealedPayload } = delivery;
  const inserted = await tx.$executeRaw`
    INSERT INTO webhook_deliveries (id, tenant_id, app_id, store_id, origin, platform, topic, dedupe_key, sealed_payload, status, due_at)
    VALUES (${id}::uuid, ${tx.tenantId}::uuid, ${appId}::uuid, ${storeId}::uuid, ${origin}::uuid, ${platform}, ${topic}, ${dedupeKey},
      ${sealedPayload}, 'received', now())
    ON CONFLICT (origin, dedupe_key) DO NOTHING`;
  return inserted > 0;
}

/** Locks a delivery that nobody has processed; undefined when somebody did. */
export async function takeWebhookDelivery(tx: TenantTransaction, id: string): Promise<WebhookDeliveryRow | undefined> {
  const rows = await tx.$queryRaw<WebhookDeliveryRow[]>`
    SELECT id, tenant_id AS "tenantId", app_id AS "appId", store_id AS "storeId", origin, platform, topic, dedupe_key AS "dedupeKey",
      sealed_payload AS "sealedPayload", attempt
    FROM webhook_deliveries WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid AND status = 'received' FOR UPDATE SKIP LOCKED`;
  return rows[0];
}

/** The payload is dropped with the outcome, unless somebody may still want to look at it. */
export async function finishWebhookDelivery(
  tx: TenantTransaction,
  id: string,
  status: Exclude<DeliveryStatus, 'received'>,
  reason: string | null,
): Promise<void> {
  const keeps = status === 'failed' || status === 'unhandled';
  const dropped = keeps ? {} : { sealedPayload: null };
  await tx.webhookDelivery.updateMany({
    where: { id },
    data: {
      status,
      reason: reason?.slice(0, 500) ?? null,
      processedAt: new Date(),
      leaseUntil: null,
      dueAt: null,
      ...dropped,
    },
  });
}

/** Has a delivery tried again after so many seconds, by the database's clock. */
export async function postponeWebhookDelivery(
  tx: TenantTransaction,
  id: string,
  seconds: number,
  reason: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE webhook_deliveries SET due_at = now() + make_interval(secs => ${seconds}), lease_until = NULL, reason = ${reason.slice(0, 500)}
    WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid AND status = 'received'`;
}

/** Deliveries of all tenants that wait; what the queue has lost is found here. */
export async function claimDueWebhookDeliveries(
  database: Database,
  batch: number,
  leaseSeconds: number,
): Promise<readonly { readonly id: string; readonly tenantId: string }[]> {
  return await database.shared.$queryRaw<{ id: string; tenantId: string }[]>`
    SELECT id, tenant_id AS "tenantId" FROM claim_due_webhook_deliveries(${batch}::int, ${leaseSeconds}::int)`;
}

/** @returns how many were forgotten */
export async function forgetOldWebhookDeliveries(database: Database): Promise<number> {
  const [row] = await database.shared.$queryRaw<{ gone: bigint }[]>`SELECT forget_old_webhook_deliveries() AS gone`;
  return Number(row?.gone ?? 0);
}
