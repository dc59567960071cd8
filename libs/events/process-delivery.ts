import { GatewayError, isUnsupported, type StoreEvent } from '#contract';
import { connectorOf } from '#connectors';
import { verifiedEarlier } from '#kit';
import {
  appendEvents,
  type DeliveryStatus,
  eraseCopiesOfRecords,
  eraseShop,
  findStore,
  finishWebhookDelivery,
  type NewEvent,
  postponeWebhookDelivery,
  setGrantedScopes,
  setStoreStatus,
  STORE_STATUSES,
  type StoreRow,
  takeWebhookDelivery,
  type TenantTransaction,
  type WebhookDeliveryRow,
} from '#persistence';
import { openEnvelope } from './channel-secret.js';
import type { EventsContext } from './context.js';
import { endGrant } from './end-grant.js';

// After so many tries a delivery that always fails stands aside, with its reason.
const MAX_ATTEMPTS = 8;
const FIRST_WAIT_SECONDS = 10;

/**
 * Makes events of a delivery and acts on those that concern the connection itself, all in one transaction: a delivery
 * has its effect once, however often it is tried. Never throws for what the delivery holds.
 */
export async function processDelivery(context: EventsContext, tenantId: string, id: string): Promise<void> {
  const { database } = context.connections;
  try {
    const ended = await database.withTenant(tenantId, async (tx) => {
      const delivery = await takeWebhookDelivery(tx, id);
      return delivery === undefined ? undefined : await carryOut(context, tx, delivery);
    });
    report(context, ended);
  } catch (error) {
    if (GatewayError.is(error, 'database_unavailable')) throw error;
    await setAside(context, tenantId, id, error);
  }
}

interface Ended {
  readonly platform: string;
  readonly status: Exclude<DeliveryStatus, 'received'>;
}

/** Said when the transaction has ended: what is taken back did not happen. */
function report({ connections }: EventsContext, ended: Ended | undefined): void {
  if (ended === undefined) return;
  const { platform, status } = ended;
  connections.reportDelivery({ platform, outcome: status === 'unhandled' ? 'ignored' : status });
}

async function setAside(context: EventsContext, tenantId: string, id: string, error: unknown): Promise<void> {
  const reason = GatewayError.is(error) ? `${error.code}: ${error.message}` : 'internal';
  const ended = await context.connections.database.withTenant(tenantId, async (tx): Promise<Ended | undefined> => {
    const delivery = await takeWebhookDelivery(tx, id);
    if (delivery === undefined) return undefined;
    if (delivery.attempt >= MAX_ATTEMPTS) {
      await finishWebhookDelivery(tx, id, 'failed', reason);
      return { platform: delivery.platform, status: 'failed' };
    }
    await postponeWebhookDelivery(tx, id, FIRST_WAIT_SECONDS * 2 ** delivery.attempt, reason);
    return undefined;
  });
  report(context, ended);
}

interface Verdict {
  readonly status: Exclude<DeliveryStatus, 'received'>;
  readonly reason: string | null;
  readonly events: readonly StoreEvent[];
  readonly occurredAt: Date | null;
}

async function carryOut(context: EventsContext, tx: TenantTransaction, delivery: WebhookDeliveryRow): Promise<Ended> {
  const { id, storeId, platform } = delivery;
  const store = storeId === null ? undefined : await findStore(tx, storeId);
  const { status, reason, events, occurredAt } = await judge(context, delivery, store);
  if (store !== undefined && status === 'processed') {
    const rows: NewEvent[] = [];
    for (const event of events) if (await act(tx, store, event, id)) rows.push(rowOf(store, event, occurredAt));
    await appendEvents(tx, store.appId, rows);
  }
  await finishWebhookDelivery(tx, id, status, reason);
  return { platform, status };
}

async function judge(
  { connections: { vault } }: EventsContext,
  { id, tenantId, platform, topic, sealedPayload }: WebhookDeliveryRow,
  store: StoreRow | undefined,
): Promise<Verdict> {
  const nothing = { events: [], occurredAt: null };
  const { webhooks } = connectorOf(platform);
  if (store === undefined) return { ...nothing, status: 'ignored', reason: 'the shop is not connected' };
  if (sealedPayload === null || isUnsupported(webhooks))
    return { ...nothing, status: 'failed', reason: 'nothing to read' };
  const envelope = await openEnvelope(vault, tenantId, id, sealedPayload);
  const occurredAt = envelope.occurredAt === null ? null : new Date(envelope.occurredAt);
  const events = webhooks.normalize(verifiedEarlier(envelope));
  if (events.length === 0) return { ...nothing, status: 'unhandled', reason: `no meaning is known for ${topic}` };
  const late = whyLate(store, events, occurredAt);
  if (late !== undefined) return { ...nothing, status: 'ignored', reason: late };
  return { status: 'processed', reason: null, events, occurredAt };
}

/** What comes late must not be applied to another connection than the one it is about. */
function whyLate(store: StoreRow, events: readonly StoreEvent[], occurredAt: Date | null): string | undefined {
  if (events.every(({ type }) => type.startsWith('privacy.'))) return undefined;
  if (store.status === 'revoked' || store.status === 'disconnected') return `the store is ${store.status}`;
  const ends = events.some(({ type }) => type === 'store.revoked');
  // A removal may be delivered after the merchant has connected again.
  return ends && occurredAt !== null && occurredAt < store.statusSince
    ? 'it is older than the present connection'
    : undefined;
}

/** @returns whether it is news */
async function act(tx: TenantTransaction, store: StoreRow, event: StoreEvent, deliveryId: string): Promise<boolean> {
  // What happened to a record is for whoever reads the log.
  if ('kind' in event) return true;
  switch (event.type) {
    case 'store.revoked':
      return await endGrant(tx, store);
    case 'store.scopesChanged':
      await setGrantedScopes(tx, store.id, event.scopes);
      return true;
    case 'privacy.customerErased':
      await eraseCopiesOfRecords(tx, store.id, deliveryId);
      return true;
    case 'privacy.shopErased':
      await setStoreStatus(tx, store.id, STORE_STATUSES, 'disconnected', 'Erased at the request of the platform.');
      await eraseShop(tx, store.id, deliveryId);
      return true;
    case 'privacy.customerDataRequested':
      // We keep no records of customers; the app that does is told.
      return true;
  }
}

function rowOf({ tenantId, appId, id: storeId }: StoreRow, event: StoreEvent, occurredAt: Date | null): NewEvent {
  const place = { tenantId, appId, storeId, type: event.type, occurredAt };
  if ('kind' in event) return { ...place, recordKind: event.kind, platformId: event.platformId, details: null };
  switch (event.type) {
    case 'store.revoked':
    case 'privacy.shopErased':
      return { ...place, recordKind: null, platformId: null, details: null };
    case 'store.scopesChanged':
      return { ...place, recordKind: null, platformId: null, details: { scopes: [...event.scopes] } };
    case 'privacy.customerDataRequested':
    case 'privacy.customerErased':
      return {
        ...place,
        recordKind: 'customer',
        platformId: event.customerId,
        details: { orderIds: [...event.orderIds] },
      };
  }
}
