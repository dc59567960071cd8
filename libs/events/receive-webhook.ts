import { randomUUID } from 'node:crypto';
import {
  GatewayError,
  isUnsupported,
  type RawWebhook,
  type Secret,
  type VerifiedWebhook,
  type Webhooks,
} from '#contract';
import { identityOf, isHandle, webhookSecrets } from '#connections';
import { connectorOf } from '#connectors';
import { unverified, verifyWebhook } from '#kit';
import {
  findStore,
  findStoreOfAccount,
  findWebhookChannel,
  insertWebhookDelivery,
  locatePlatformClient,
  locateWebhookChannel,
  type StoreRow,
} from '#persistence';
import { openChannelSecret, sealEnvelope } from './channel-secret.js';
import type { EventsContext } from './context.js';

/** What became of a delivery. The platform hears the same of all of them: it arrived. */
export type Receipt =
  /** An unsigned greeting of a new address: nothing is done. */
  | { readonly kind: 'greeted' }
  /** It was here before. */
  | { readonly kind: 'known' }
  | { readonly kind: 'stored'; readonly tenantId: string; readonly deliveryId: string };

/** Where a delivery came in: its address alone says whose it is. */
interface Arrival {
  readonly tenantId: string;
  readonly appId: string;
  readonly origin: string;
  readonly platform: string;
  readonly webhooks: Webhooks;
  readonly secrets: readonly Secret[];
}

const LONGEST_KEY = 500;

/**
 * Takes a delivery at a store's own address: proves it over its raw bytes, and has it in the inbox before it is answered
 * for. Where the secret is not this shop's alone, the shop it names must be the one the address belongs to.
 * @throws GatewayError `webhook_unroutable`, `webhook_unverified`, `database_unavailable`
 */
export async function receiveAtStore(context: EventsContext, handle: string, raw: RawWebhook): Promise<Receipt> {
  return await reported(context, (at) => takeAtStore(context, handle, raw, at));
}

const OUTCOMES = { known: 'duplicate', stored: 'received' } as const;

/** Has it counted what became of a delivery. @param take says whose platform's it is as soon as it knows */
async function reported(
  { connections: { reportDelivery } }: EventsContext,
  take: (at: (platform: string) => void) => Promise<Receipt>,
): Promise<Receipt> {
  let platform: string | null = null;
  try {
    const receipt = await take((known) => (platform = known));
    if (receipt.kind !== 'greeted') reportDelivery({ platform, outcome: OUTCOMES[receipt.kind] });
    return receipt;
  } catch (error) {
    const isRefusal = GatewayError.is(error, 'webhook_unroutable', 'webhook_unverified');
    if (isRefusal) reportDelivery({ platform, outcome: 'refused' });
    throw error;
  }
}

async function takeAtStore(
  context: EventsContext,
  handle: string,
  raw: RawWebhook,
  at: (platform: string) => void,
): Promise<Receipt> {
  const { database, vault } = context.connections;
  const found = isHandle(handle) ? await locateWebhookChannel(database, handle) : undefined;
  if (found === undefined) throw unroutable();
  const { store, channel } = await database.withTenant(found.tenantId, async (tx) => ({
    store: await findStore(tx, found.storeId),
    channel: await findWebhookChannel(tx, found.storeId),
  }));
  if (store === undefined || channel === undefined || store.status === 'disconnected') throw unroutable();
  at(store.platform);
  const webhooks = webhooksOf(store.platform);
  if (webhooks.handshake?.(raw) === true) return { kind: 'greeted' };
  const own = await openChannelSecret(vault, channel);
  const secrets = webhooks.signature.key === 'subscription' ? [own] : await webhookSecrets(context.connections, store);
  const verified = verifyWebhook(webhooks, raw, secrets, { own, now: context.connections.now() });
  // A client's secret signs for all its shops, so the body must name this one. A subscription's own secret is proof enough:
  // behind a proxy a shop may call itself by another address than the one it is reached at (recorded: deliveries).
  const shared = webhooks.signature.key !== 'subscription';
  if (shared && verified.account !== null && verified.account !== store.account) throw unverified();
  const { tenantId, appId, platform } = store;
  return await keep(context, { tenantId, appId, origin: channel.id, platform, webhooks, secrets }, store, verified);
}

/**
 * Takes a delivery at the address of an app's client, as platforms send those that concern the whole app. The shop is
 * the one its signed body names; for a shop that is not connected there is nothing to do, and it is answered for.
 * @throws GatewayError as {@link receiveAtStore}
 */
export async function receiveAtClient(context: EventsContext, handle: string, raw: RawWebhook): Promise<Receipt> {
  return await reported(context, (at) => takeAtClient(context, handle, raw, at));
}

async function takeAtClient(
  context: EventsContext,
  handle: string,
  raw: RawWebhook,
  at: (platform: string) => void,
): Promise<Receipt> {
  const { database } = context.connections;
  const client = isHandle(handle) ? await locatePlatformClient(database, handle) : undefined;
  if (client === undefined) throw unroutable();
  const { tenantId, appId, platform, id: origin } = client;
  at(platform);
  const webhooks = webhooksOf(platform);
  if (!isSentToClients(webhooks)) throw unroutable();
  const { secrets } = await identityOf(context.connections, client, connectorOf(platform));
  const verified = verifyWebhook(webhooks, raw, secrets);
  const { account } = verified;
  if (account === null) throw unverified();
  const store = await database.withTenant(tenantId, (tx) => findStoreOfAccount(tx, appId, platform, account));
  return await keep(context, { tenantId, appId, origin, platform, webhooks, secrets }, store, verified);
}

async function keep(
  { connections: { database, vault } }: EventsContext,
  { tenantId, appId, origin, platform }: Arrival,
  store: StoreRow | undefined,
  verified: VerifiedWebhook,
): Promise<Receipt> {
  const id = randomUUID();
  const { topic, dedupeKey } = verified;
  if (dedupeKey === '' || dedupeKey.length > LONGEST_KEY || topic.length > LONGEST_KEY) throw unverified();
  const sealedPayload = await sealEnvelope(vault, tenantId, id, verified);
  const delivery = {
    id,
    tenantId,
    appId,
    storeId: store?.id ?? null,
    origin,
    platform,
    topic,
    dedupeKey,
    sealedPayload,
  };
  const isNew = await database.withTenant(tenantId, (tx) => insertWebhookDelivery(tx, delivery));
  return isNew ? { kind: 'stored', tenantId, deliveryId: id } : { kind: 'known' };
}

function webhooksOf(platform: string): Webhooks {
  const { webhooks } = connectorOf(platform);
  if (isUnsupported(webhooks)) throw unroutable();
  return webhooks;
}

/** Only what a client's secret proves by itself can come to an address that is no store's. */
function isSentToClients({ signature }: Webhooks): boolean {
  return signature.kind === 'hmacBody' && signature.key === 'client';
}

function unroutable(): GatewayError<'webhook_unroutable'> {
  return new GatewayError('webhook_unroutable', 'No store has this address.');
}
