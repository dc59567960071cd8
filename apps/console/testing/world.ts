import type { AppDetail, AuditRow, DeliveryRow, OperatorRow, StopRow, StoreRow, SubscriptionRow } from '#operator-api';
import { DELIVERY_STATUSES } from '#operator-api';
import { seededRandom } from './random.js';
import { id, instantAt, makeStore, referenceOf } from './stores.js';

/** Everything the fixture server tells of. */
export interface World {
  readonly now: number;
  readonly stores: readonly StoreRow[];
  readonly apps: readonly AppDetail[];
  readonly deliveries: readonly DeliveryRow[];
  readonly subscriptions: readonly SubscriptionRow[];
  readonly audit: readonly AuditRow[];
  readonly operators: readonly OperatorRow[];
  readonly stops: StopRow[];
}

export interface WorldSize {
  readonly stores: number;
  readonly apps: number;
  readonly deliveries: number;
  readonly entries: number;
}

export const NORMAL: WorldSize = { stores: 60, apps: 12, deliveries: 130, entries: 120 };
export const EMPTY: WorldSize = { stores: 0, apps: 0, deliveries: 0, entries: 0 };
export const HUGE: WorldSize = { stores: 10_000, apps: 800, deliveries: 20_000, entries: 5_000 };

const count = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));

/** A world of that size; the same time makes the same one. */
export function makeWorld(size: WorldSize, now: number): World {
  const stores = count(size.stores, (index) => makeStore(index, now));
  const isEmpty = size.stores === 0;
  return {
    now,
    stores,
    apps: count(size.apps, (index) => makeApp(index, now, stores)),
    deliveries: count(size.deliveries, (index) => makeDelivery(index, now, stores)),
    subscriptions: stores.slice(0, size.stores / 2).map((store, index) => makeSubscription(store, index, now)),
    audit: count(size.entries, (index) => makeEntry(index, now)),
    operators: isEmpty ? [] : count(3, (index) => makeOperator(index, now)),
    stops: isEmpty ? [] : makeStops(now),
  };
}

function makeApp(index: number, now: number, stores: readonly StoreRow[]): AppDetail {
  const random = seededRandom(index + 500);
  return {
    id: id('app', index),
    name: `App ${String(index)}`,
    tenantId: id('ten', index % 5),
    tenantName: `Tenant ${String(index % 5)}`,
    mode: random.chance(0.2) ? 'test' : 'live',
    suspendedAt: index === 5 ? instantAt(now, -400_000) : null,
    stores: stores.filter(({ appName }) => appName === `App ${String(index)}`).length,
    keys: 2,
    clients: 1,
    limit: { perMinute: index === 2 ? 1_200 : 600, own: index === 2 },
    refusedLastHour: index === 2 ? 4_711 : 0,
    createdAt: instantAt(now, -200 * 86_400),
    returnOrigins: ['https://app.example'],
    keyList: [makeKey(index, 0, now), makeKey(index, 1, now)],
    clientList: [makeClient(index, now)],
    platformClients: [
      {
        platform: 'alpha',
        clientId: `client-${String(index)}`,
        webhookUrl: `https://gateway.example/webhooks/${id('pc', index)}`,
        callbackUrl: `https://gateway.example/connect/callback/${id('pc', index)}`,
        previousSecretUntil: index === 0 ? instantAt(now, 86_400) : null,
        updatedAt: instantAt(now, -40 * 86_400),
      },
    ],
  };
}

function makeKey(app: number, index: number, now: number): AppDetail['keyList'][number] {
  return {
    id: id('key', app * 10 + index),
    name: index === 0 ? 'Production' : 'Old worker',
    lastFour: index === 0 ? 'k3x9' : 'a71c',
    scopes: ['read:orders', 'write:orders', 'read:products', 'read:stores'],
    allowedAddresses: index === 0 ? ['203.0.113.7/32'] : [],
    createdAt: instantAt(now, -100 * 86_400),
    expiresAt: index === 0 ? instantAt(now, 100 * 86_400) : null,
    revokedAt: index === 0 ? null : instantAt(now, -86_400 * 3),
    lastUsedAt: index === 0 ? instantAt(now, -12) : null,
  };
}

function makeClient(app: number, now: number): AppDetail['clientList'][number] {
  return {
    id: id('oac', app),
    name: 'Web front end',
    kind: 'browser',
    scopes: ['read:orders'],
    redirectUris: ['https://app.example/callback'],
    storeId: null,
    createdAt: instantAt(now, -50 * 86_400),
    disabledAt: null,
  };
}

function makeDelivery(index: number, now: number, stores: readonly StoreRow[]): DeliveryRow {
  const random = seededRandom(index + 9_000);
  const store = stores[random.below(stores.length)];
  const status = random.chance(0.7) ? 'processed' : random.pick(DELIVERY_STATUSES);
  const receivedAt = instantAt(now, -index * 45 - 5);
  return {
    id: id('dlv', index),
    store: store === undefined || random.chance(0.05) ? null : referenceOf(store),
    platform: store?.platform ?? 'alpha',
    topic: random.pick(['orders/create', 'orders/updated', 'products/update', 'inventory_levels/update']),
    status,
    reason: status === 'failed' ? 'The platform did not answer for the record.' : null,
    attempt: status === 'failed' ? 5 : 1,
    receivedAt,
    processedAt: status === 'received' ? null : receivedAt,
    replayable: index % 7 !== 0,
  };
}

function makeSubscription(store: StoreRow, index: number, now: number): SubscriptionRow {
  return {
    store: referenceOf(store),
    topics: 4,
    checkedAt: index === 3 ? null : instantAt(now, -3_000 - index),
    nextCheckAt: instantAt(now, 3_000),
    attempt: index < 2 ? 4 : 0,
    lastError: index < 2 ? { code: 'platform_blocked', message: 'A firewall answered instead of the shop.' } : null,
  };
}

function makeEntry(index: number, now: number): AuditRow {
  const random = seededRandom(index + 77);
  return {
    sequence: String(90_000 - index),
    at: instantAt(now, -index * 333),
    actor: random.pick(['operator Ada', 'operator Grace', 'shell root']),
    action: random.pick(['stop.set', 'stop.lifted', 'credentials.used', 'operator.changed', 'key.revoked']),
    target: id('sto', random.below(50)),
    details: { reason: 'Fraud is being looked into.', calls: random.below(900), nested: { why: 'renewal' } },
  };
}

function makeOperator(index: number, now: number): OperatorRow {
  return {
    id: `00000000-0000-4000-8000-00000000000${String(index)}`,
    name: ['Ada Lovelace', 'Grace Hopper', 'Night shift'][index] ?? 'Somebody',
    email: index === 2 ? null : `operator${String(index)}@example.com`,
    issuer: 'https://login.example.com',
    role: (['admin', 'operator', 'viewer'] as const)[index] ?? 'viewer',
    signedInAt: instantAt(now, -3_600 * (index + 1)),
    disabledAt: index === 2 ? instantAt(now, -86_400) : null,
  };
}

function makeStops(now: number): StopRow[] {
  const open = { liftedBy: null, liftedAt: null, liftAskedBy: null, liftAskedAt: null };
  const set = { setBy: 'Ada Lovelace', setAt: instantAt(now, -100_000) };
  return [
    { id: id('stp', 1), scope: 'store', target: id('sto', 7), reason: 'Fraud is being looked into.', ...set, ...open },
    {
      ...{ id: id('stp', 2), scope: 'everything', target: null, reason: 'A leaked key.', ...set, ...open },
      ...{ liftAskedBy: 'Grace Hopper', liftAskedAt: instantAt(now, -300) },
    },
    {
      ...{ id: id('stp', 3), scope: 'platform', target: 'delta', reason: 'Their incident.', ...set, ...open },
      ...{ liftedBy: 'Ada Lovelace', liftedAt: instantAt(now, -50_000) },
    },
  ];
}
