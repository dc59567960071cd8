import { HEALTH_REASONS, type HealthReason } from '#contract';
import type { AttentionRow, StoreDetail, StoreRow, TimelineEntry, WhoActs } from '#operator-api';
import { type Random, seededRandom } from './random.js';

/** Made up: the console knows no platform by its name. */
export const PLATFORMS = ['alpha', 'beta', 'gamma', 'delta'] as const;
export const PLATFORM_NAMES: Readonly<Record<(typeof PLATFORMS)[number], string>> = {
  alpha: 'Alpha Shops',
  beta: 'Beta Cart',
  gamma: 'Gamma Market',
  delta: 'Delta Store',
};
const FIRST = ['North', 'Cedar', 'Blue', 'Old', 'Golden', 'Little', 'Grand', 'Quiet', 'Ketten', 'Atelier'] as const;
const SECOND = [
  'Harbor',
  '& Salt',
  'Lantern',
  'Mill',
  'Finch',
  'Orchard',
  'Lindenhof',
  'Laden',
  'Works',
  'Tea',
] as const;
const TROUBLES = Object.keys(HEALTH_REASONS).filter((reason) => reason !== 'ok') as [HealthReason, ...HealthReason[]];
const TOPICS = ['orders/create', 'orders/updated', 'products/update', 'app/uninstalled'] as const;

export const id = (prefix: string, number: number): string => `${prefix}_${number.toString(16).padStart(32, '0')}`;
export const instantAt = (now: number, seconds: number): string => new Date(now + seconds * 1_000).toISOString();

/** Whom a health actor means in the console's three words. */
export function whoOf(actor: string): WhoActs {
  if (actor === 'operator') return 'you';
  return actor === 'merchant' ? 'merchant' : 'nobody';
}

function healthOf(random: Random, now: number): StoreRow['health'] {
  const reason: HealthReason = random.chance(0.72) ? 'ok' : random.pick(TROUBLES);
  const { state, actor, reconnect, sentence } = HEALTH_REASONS[reason];
  const days = random.chance(0.4) ? 1 + random.below(90) : null;
  return {
    ...{ state, reason, sentence, actor, who: whoOf(actor) },
    since: instantAt(now, -60 - random.below(20 * 86_400)),
    diesAt: days === null ? null : instantAt(now, days * 86_400),
    dying: days !== null && days < 14,
    reconnectHelps: reconnect,
  };
}

function statusOf({ reason, state }: StoreRow['health']): StoreRow['status'] {
  if (reason === 'disconnected' || reason === 'connecting' || reason === 'paused') return reason;
  return state === 'needsReauth' || state === 'revoked' ? state : 'active';
}

/** A store; the same number and time make the same one. */
export function makeStore(number: number, now: number): StoreRow {
  const random = seededRandom(number + 1);
  const platform = random.pick(PLATFORMS);
  const name = `${random.pick(FIRST)} ${random.pick(SECOND)} ${String(number)}`;
  const app = number % 12;
  const health = healthOf(random, now);
  return {
    id: id('sto', number),
    name,
    domain: `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.shop.test`,
    platform,
    appName: `App ${String(app)}`,
    tenantName: `Tenant ${String(app % 5)}`,
    mode: random.chance(0.1) ? 'test' : 'live',
    status: statusOf(health),
    health,
    accessExpiresAt: instantAt(now, 3_600),
    nextRefreshAt: random.chance(0.7) ? instantAt(now, random.below(3_600)) : null,
    lastSuccessAt: instantAt(now, -random.below(7_200)),
    lastError: random.chance(0.3)
      ? { code: 'platform_timeout', message: 'The platform was too slow.', at: instantAt(now, -random.below(86_400)) }
      : null,
  };
}

/** A store, as short as a row of something else needs it. */
export function referenceOf(store: StoreRow): NonNullable<AttentionRow['store']> {
  const { name, domain, platform, appName, tenantName, mode } = store;
  return { id: store.id, name, domain, platform, appName, tenantName, mode };
}

function credentialOf(store: StoreRow, now: number): StoreDetail['credential'] {
  if (store.status === 'disconnected') return null;
  return {
    strategy: 'oauthRotating',
    strategyTitle: 'Consent, renewed by rotation',
    state: 'valid',
    version: 17,
    accessExpiresAt: store.accessExpiresAt,
    refreshExpiresAt: store.health.diesAt,
    nextRefreshAt: store.nextRefreshAt,
    lastRefreshedAt: instantAt(now, -1_700),
    attempt: store.lastError === null ? 0 : 3,
    lastError: store.lastError,
  };
}

/** Everything about a store. */
export function makeStoreDetail(store: StoreRow, number: number, now: number): StoreDetail {
  const failed = { code: 'platform_unavailable', message: 'The platform answered 503.' };
  return {
    ...store,
    account: `gid://account/${String(number)}`,
    currency: 'EUR',
    timezone: 'Europe/Berlin',
    externalId: `merchant-${String(number)}`,
    tenantId: id('ten', number % 5),
    appId: id('app', number % 12),
    createdAt: instantAt(now, -90 * 86_400),
    scopesWanted: ['read_orders', 'write_orders', 'read_products', 'read_customers'],
    scopesGranted: ['read_orders', 'read_products', 'read_locations'],
    scopesLost: ['write_orders'],
    access: ['read:orders', 'write:orders', 'read:products'],
    credential: credentialOf(store, now),
    pace: { available: 31.5, capacity: 40, perSecond: 2, underWay: 1, at: instantAt(now, -20) },
    webhooks: {
      checkedAt: instantAt(now, -5_000),
      lastError: number % 3 === 0 ? failed : null,
      subscriptions: TOPICS.map((topic) => ({ topic, checkedAt: instantAt(now, -5_000) })),
      deliveries: { processed: 412, ignored: 9, failed: 2 },
    },
    polls: [
      { operation: 'orders.list', checkedAt: instantAt(now, -40), nextAt: instantAt(now, 80), lastError: null },
      { operation: 'products.list', checkedAt: instantAt(now, -900), nextAt: instantAt(now, 300), lastError: failed },
    ],
    stop:
      store.status === 'paused'
        ? {
            id: id('stp', 1),
            scope: 'store',
            reason: 'Fraud is being looked into.',
            setBy: 'Ada',
            setAt: instantAt(now, -7_000),
          }
        : null,
  };
}

const ENTRIES: readonly (readonly [TimelineEntry['kind'], TimelineEntry['tone'], string, number])[] = [
  ['webhook', 'neutral', 'Deliveries were worked through: orders/updated.', 37],
  ['refresh', 'good', 'The credential was renewed.', 1],
  ['error', 'bad', 'platform_timeout: The platform was too slow.', 3],
  ['health', 'bad', 'The store became degraded: the platform does not answer.', 1],
  ['operator', 'neutral', 'Ada asked the shop who it is.', 1],
  ['health', 'good', 'The store became healthy again.', 1],
  ['refresh', 'bad', 'A renewal was refused: credential_revoked.', 1],
  ['connect', 'good', 'The merchant connected the store.', 1],
];

/** What happened to a store, newest first. */
export function makeTimeline(now: number, length: number): readonly TimelineEntry[] {
  return Array.from({ length }, (_, index) => {
    const [kind, tone, text, count] = ENTRIES[index % ENTRIES.length] ?? ['error', 'bad', 'nothing', 1];
    return { id: `entry-${String(index)}`, at: instantAt(now, -index * 1_900 - 30), kind, tone, text, count };
  });
}
