import { GatewayError, type StoreEvent } from '#contract';
import { connectorOf } from '#connectors';
import { verifiedEarlier } from '#kit';
import {
  appendEvents,
  deleteCredential,
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
    await database.withTenant(tenantId, async (tx) => {
      const delivery = await takeWebhookDelivery(tx, id);
      if (delivery !== undefined) await carryOut(context, tx, delivery);
    });
  } catch (error) {
    if (GatewayError.is(error, 'database_unavailable')) throw error;
    await setAside(context, tenantId, id, error);
  }
}

async function setAside({ connections }: EventsContext, tenantId: string, id: string, error: unknown): Promise<void> {
  const reason = GatewayError.is(error) ? `${error.code}: ${error.message}` : 'internal';
  await connections.database.withTenant(tenantId, async (tx) => {
    const delivery = await takeWebhookDelivery(tx, id);
    if (delivery === undefined) return;
    if (delivery.attempt >= MAX_ATTEMPTS) await finishWebhookDelivery(tx, id, 'failed', reason);
    else await postponeWebhookDelivery(tx, id, FIRST_WAIT_SECONDS * 2 ** delivery.attempt, reason);
  });
}

async function carryOut(context: EventsContext, tx: TenantTransaction, delivery: WebhookDeliveryRow): Promise<void> {
  const { id, tenantId, platform, sealedPayload, storeId } = delivery;
  const { webhooks } = connectorOf(platform);
  const store = storeId === null ? undefined : await findStore(tx, storeId);
  if (sealedPayload === null || !('normalize' in webhooks))
    return await finishWebhookDelivery(tx, id, 'failed', 'nothing to read');
  if (store === undefined) return await finishWebhookDelivery(tx, id, 'ignored', 'the shop is not connected');
  const envelope = await openEnvelope(context.connections.vault, tenantId, id, sealedPayload);
  const occurredAt = envelope.occurredAt === null ? null : new Date(envelope.occurredAt);
  const events = webhooks.normalize(verifiedEarlier(envelope));
  if (events.length === 0)
    return await finishWebhookDelivery(tx, id, 'unhandled', `no meaning is known for ${delivery.topic}`);
  const reason = whyLate(store, events, occurredAt);
  if (reason !== undefined) return await finishWebhookDelivery(tx, id, 'ignored', reason);
  for (const event of events) await act(tx, store, event, id);
  await appendEvents(
    tx,
    store.appId,
    events.map((event) => rowOf(store, event, occurredAt)),
  );
  await finishWebhookDelivery(tx, id, 'processed', null);
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

async function act(tx: TenantTransaction, store: StoreRow, event: StoreEvent, deliveryId: string): Promise<void> {
  switch (event.type) {
    case 'store.revoked':
      await deleteCredential(tx, store.id);
      await setStoreStatus(tx, store.id, ALIVE, 'revoked', 'The merchant removed the app at the platform.');
      return;
    case 'store.scopesChanged':
      await setGrantedScopes(tx, store.id, event.scopes);
      return;
    case 'privacy.customerErased':
      await eraseCopiesOfRecords(tx, store.id, deliveryId);
      return;
    case 'privacy.shopErased':
      await setStoreStatus(tx, store.id, STORE_STATUSES, 'disconnected', 'Erased at the request of the platform.');
      await eraseShop(tx, store.id, deliveryId);
      return;
    default:
      return;
  }
}

const ALIVE = STORE_STATUSES.filter((status) => status !== 'disconnected');

function rowOf({ tenantId, appId, id: storeId }: StoreRow, event: StoreEvent, occurredAt: Date | null): NewEvent {
  const place = { tenantId, appId, storeId, type: event.type, occurredAt };
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
    default:
      return { ...place, recordKind: event.kind, platformId: event.platformId, details: null };
  }
}
