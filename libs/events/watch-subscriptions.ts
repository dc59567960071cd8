import { randomBytes, randomUUID } from 'node:crypto';
import {
  type ConnectedStore,
  type Connector,
  GatewayError,
  isScope,
  isUnsupported,
  type Operations,
  requireOperation,
  type WebhookSubscription,
  type Webhooks,
} from '#contract';
import { openStore, webhookSecrets } from '#connections';
import { connectorOf } from '#connectors';
import {
  appendEvents,
  findStore,
  findWebhookChannel,
  listWebhookSubscriptions,
  putWebhookChannel,
  replaceWebhookSubscriptions,
  rescheduleWebhookChannel,
  type StoreRow,
  type TenantTransaction,
  type WebhookChannelRow,
} from '#persistence';
import type { Vault } from '#vault';
import { openChannelSecret, sealChannelSecret } from './channel-secret.js';
import type { EventsContext } from './context.js';
import { beginPolling } from './poll-changes.js';
import { backoffSeconds, failureOf, type KeptFailure, spreadSeconds } from './try-again.js';

// Platforms drop subscriptions without telling anybody; nobody waits longer than this for them to come back.
const CHECK_EVERY_SECONDS = 6 * 3600;
const LONGEST_CHECK_MS = 120_000;
const PAGE = 100;

/** The address at which a store's platform reaches us. */
export function webhookAddress(publicUrl: string, handle: string): string {
  return `${publicUrl}/webhooks/s/${handle}`;
}

/**
 * Tells the log that a store was connected, and has its changes noticed: by an address for its platform's deliveries, to
 * which it is subscribed soon, or by asking, where the platform tells nobody.
 */
export async function noteConnected(tx: TenantTransaction, vault: Vault, store: StoreRow, now: Date): Promise<void> {
  const { tenantId, appId, id: storeId } = store;
  const event = { tenantId, appId, storeId, type: 'store.connected', recordKind: null, platformId: null };
  await appendEvents(tx, appId, [{ ...event, details: null, occurredAt: null }]);
  await openChannel(tx, vault, store);
  await beginPolling(tx, store, now);
}

async function openChannel(tx: TenantTransaction, vault: Vault, store: StoreRow): Promise<void> {
  if (isUnsupported(connectorOf(store.platform).webhooks)) return;
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const sealedSecret = await sealChannelSecret(vault, { tenantId: store.tenantId, id }, secret);
  const handle = randomBytes(24).toString('base64url');
  await putWebhookChannel(tx, { id, storeId: store.id, handle, sealedSecret });
}

/**
 * Makes the platform's subscriptions of a store what they should be: missing ones are made, stopped ones made anew, what
 * nobody asked for any more is removed. Never throws for what the platform does: the failure is kept with the channel
 * and tried again.
 */
export async function watchSubscriptions(context: EventsContext, tenantId: string, storeId: string): Promise<void> {
  const { database } = context.connections;
  const { store, channel } = await database.withTenant(tenantId, async (tx) => ({
    store: await findStore(tx, storeId),
    channel: await findWebhookChannel(tx, storeId),
  }));
  if (store?.status !== 'active' || channel === undefined) return;
  try {
    const seen = await subscribe(context, store, channel);
    await database.withTenant(tenantId, (tx) => remember(tx, store, seen));
    await reschedule(context, channel, spreadSeconds(CHECK_EVERY_SECONDS, context.connections.random), undefined);
  } catch (error) {
    // What will not pass by itself, such as a grant that may only read, is not asked for every minute.
    const passes = GatewayError.is(error) && error.traits.retry !== 'never';
    const wait = passes ? backoffSeconds(channel.attempt) : CHECK_EVERY_SECONDS;
    await reschedule(context, channel, wait, failureOf(error));
    if (!GatewayError.is(error)) throw error;
  }
}

// Whoever disconnects a store waits for this.
const LONGEST_GOODBYE_MS = 10_000;

/** Removes a store's subscriptions at its platform, as far as that succeeds: what is left over finds no address any more. */
export async function endSubscriptions(context: EventsContext, store: StoreRow): Promise<void> {
  const { database } = context.connections;
  const known = await database.withTenant(store.tenantId, (tx) => listWebhookSubscriptions(tx, store.id));
  if (known.length === 0 || store.status !== 'active') return;
  try {
    const signal = AbortSignal.timeout(LONGEST_GOODBYE_MS);
    const opened = await openStore(context.connections, context.renewNow, store, signal, 'subscriptions');
    const { remove } = operationsOf(opened.connector);
    for (const { platformId } of known) await remove.run(opened.store, { platformId }, attempt());
  } catch (error) {
    if (!GatewayError.is(error) && !(error instanceof Error && error.name === 'TimeoutError')) throw error;
  }
}

async function reschedule(
  { connections: { database } }: EventsContext,
  { tenantId, storeId }: WebhookChannelRow,
  seconds: number,
  failure: KeptFailure | undefined,
): Promise<void> {
  await database.withTenant(tenantId, (tx) => rescheduleWebhookChannel(tx, storeId, seconds, failure));
}

interface Seen {
  readonly active: readonly { readonly topic: string; readonly platformId: string }[];
  /** Topics that had been subscribed before and were found missing or stopped. */
  readonly restored: readonly string[];
}

async function subscribe(context: EventsContext, store: StoreRow, channel: WebhookChannelRow): Promise<Seen> {
  const connector = connectorOf(store.platform);
  const { webhooks } = connector;
  if (isUnsupported(webhooks)) return { active: [], restored: [] };
  const { publicUrl, vault, database } = context.connections;
  await requireDeliverable(context, connector, webhooks, store);
  const signal = AbortSignal.timeout(LONGEST_CHECK_MS);
  const opened = await openStore(context.connections, context.renewNow, store, signal, 'subscriptions');
  const known = await database.withTenant(store.tenantId, (tx) => listWebhookSubscriptions(tx, store.id));
  const address = webhookAddress(publicUrl, channel.handle);
  const secret = await openChannelSecret(vault, channel);
  const ours = (await listAll(connector, opened.store)).filter((one) => one.address === address);
  const wanted = topicsOf(webhooks, store);
  const good = new Map(ours.filter(({ status }) => status === 'active').map((one) => [one.topic, one.platformId]));
  const { register, remove } = operationsOf(connector);
  for (const { platformId, topic } of ours) {
    if (wanted.includes(topic) && good.get(topic) === platformId) continue;
    await remove.run(opened.store, { platformId }, attempt());
  }
  const missing = wanted.filter((topic) => !good.has(topic));
  for (const topic of missing) {
    const { record } = await register.run(opened.store, { topic, address, secret }, attempt());
    good.set(topic, record.platformId);
  }
  const restored = missing.filter((topic) => known.some((one) => one.topic === topic));
  const active = wanted.map((topic) => ({ topic, platformId: good.get(topic) ?? '' }));
  return { active, restored };
}

/** @throws GatewayError `request_rejected` where deliveries could not reach us, or not be proven */
async function requireDeliverable(
  context: EventsContext,
  connector: Connector,
  webhooks: Webhooks,
  store: StoreRow,
): Promise<void> {
  const { publicUrl, standIn } = context.connections;
  const stoodIn = store.mode === 'test' && standIn.answersFor(new URL(store.apiRoot).hostname);
  if (webhooks.callbackMustBeHttps && !publicUrl.startsWith('https://') && !stoodIn) {
    throw new GatewayError(
      'request_rejected',
      `${connector.name} delivers to https addresses only; set SHOPSPAN_PUBLIC_URL.`,
    );
  }
  const { signature } = webhooks;
  if (
    signature.kind === 'hmacBody' &&
    signature.key === 'client' &&
    (await webhookSecrets(context.connections, store)).length === 0
  ) {
    throw new GatewayError(
      'request_rejected',
      'The secret that deliveries are signed with was not given: connect again with it.',
    );
  }
}

/** Subscribing twice is seen by the next look, so no try needs to be told from another. */
const attempt = () => ({ key: randomUUID(), reference: '' });

function operationsOf(connector: Connector): Pick<Operations['webhooks'], 'register' | 'remove'> {
  return {
    register: requireOperation(connector, 'webhooks', 'register'),
    remove: requireOperation(connector, 'webhooks', 'remove'),
  };
}

/** What the app asked for decides what it hears of. */
function topicsOf({ topics }: Webhooks, { access }: StoreRow): string[] {
  const asked = access.filter(isScope).flatMap((scope) => topics.byAccess[scope] ?? []);
  return [...new Set([...topics.always, ...asked])];
}

async function listAll(connector: Connector, store: ConnectedStore): Promise<WebhookSubscription[]> {
  const list = requireOperation(connector, 'webhooks', 'list');
  const query = { filter: {}, sort: list.sorts[0] };
  const size = Math.min(list.maxPageSize, PAGE);
  const found: WebhookSubscription[] = [];
  let page = await list.page(store, query, { size });
  found.push(...page.items.map(({ record }) => record));
  while (page.next !== undefined) {
    page = await list.page(store, query, { size, state: page.next });
    found.push(...page.items.map(({ record }) => record));
  }
  return found;
}

async function remember(tx: TenantTransaction, store: StoreRow, { active, restored }: Seen): Promise<void> {
  const { tenantId, appId, id: storeId } = store;
  await replaceWebhookSubscriptions(tx, { tenantId, storeId }, active);
  if (restored.length === 0) return;
  const event = { tenantId, appId, storeId, type: 'store.webhooksRestored', recordKind: null, platformId: null };
  await appendEvents(tx, appId, [{ ...event, details: { topics: [...restored] }, occurredAt: null }]);
}
