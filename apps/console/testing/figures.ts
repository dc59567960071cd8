import { OPERATION_NAMES } from '#contract';
import {
  type Attention,
  type AttentionRow,
  CALL_OUTCOMES,
  type CallSpan,
  type CapabilityMatrix,
  type PlatformDetail,
  type Queues,
  REFRESH_OUTCOMES,
  type StoreRow,
  type Tokens,
  WHO_ACTS,
  type WhoActs,
} from '#operator-api';
import { seededRandom } from './random.js';
import { id, instantAt, PLATFORM_NAMES, PLATFORMS, referenceOf } from './stores.js';
import type { World } from './world.js';

const MOST_ROWS = 100;

const OPERATIONS = Object.entries(OPERATION_NAMES).flatMap(([resource, names]) =>
  names.map((name) => `${resource}.${name}`),
);

const tally = (values: readonly string[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const value of values) sums[value] = (sums[value] ?? 0) + 1;
  return sums;
};

export const countsOf = (stores: readonly StoreRow[]) => ({
  state: tally(stores.map(({ health }) => health.state)),
  who: tally(stores.map(({ health }) => health.who)),
  platform: tally(stores.map(({ platform }) => platform)),
});

function attentionRow(store: StoreRow): AttentionRow {
  const { id: target, health } = store;
  const action: Readonly<Record<WhoActs, AttentionRow['action']>> = {
    merchant: { kind: 'reconnectLink', label: 'Make reconnect link', target },
    you:
      health.state === 'paused'
        ? { kind: 'resume', label: 'Resume', target }
        : { kind: 'open', label: 'Look at it', target },
    nobody: { kind: 'retry', label: 'Retry now', target },
  };
  return {
    id: `store-${target}`,
    subject: 'store',
    who: health.who,
    sentence: health.sentence,
    since: health.since,
    count: 1,
    store: referenceOf(store),
    action: action[health.who],
    href: `/stores/${target}`,
  };
}

function ownRows(now: number): readonly AttentionRow[] {
  const since = instantAt(now, -4_000);
  return [
    {
      ...{
        id: 'limit-app',
        subject: 'app',
        who: 'you',
        since,
        count: 4_711,
        store: null,
        href: `/apps/${id('app', 2)}`,
      },
      sentence: 'App 2 was refused 4,711 requests in the last hour because of its limit; raise it or tell the app.',
      action: { kind: 'raiseLimit', label: 'Raise the limit', target: id('app', 2) },
    },
    {
      ...{
        id: 'failed',
        subject: 'deliveries',
        who: 'you',
        since,
        count: 37,
        store: null,
        href: '/webhooks?status=failed',
      },
      sentence: '37 deliveries failed; what they tell is not in the event log yet.',
      action: { kind: 'replay', label: 'Replay', target: id('dlv', 1) },
    },
    {
      ...{ id: 'late', subject: 'recurringWork', who: 'you', since, count: 1, store: null, href: '/queues' },
      sentence: 'refresh.tick last ran 93 s ago, and should every 5 s: no worker works, see its log.',
      action: null,
    },
  ];
}

/** What needs somebody. */
export function attentionOf({ stores, now }: World): Attention {
  const troubled = stores.filter(({ health, status }) => health.reason !== 'ok' && status !== 'disconnected');
  const groups = WHO_ACTS.map((who) => {
    const own = who === 'you' && stores.length > 0 ? ownRows(now) : [];
    const ofGroup = troubled.filter(({ health }) => health.who === who);
    const rows = [...own, ...ofGroup.slice(0, MOST_ROWS - own.length).map(attentionRow)];
    return { who, total: own.length + ofGroup.length, rows };
  });
  return {
    asOf: instantAt(now, 0),
    groups,
    stores: {
      total: stores.length,
      healthy: stores.filter(({ health }) => health.reason === 'ok').length,
      dying: stores.filter(({ health }) => health.dying).length,
    },
  };
}

function callSpan(seed: number, at: string, busy: boolean): CallSpan {
  const random = seededRandom(seed);
  const outcomes = Object.fromEntries(
    CALL_OUTCOMES.map((name) => [name, busy ? random.below(name === 'ok' ? 900 : 25) : 0]),
  );
  const calls = Object.values(outcomes).reduce((sum, amount) => sum + amount, 0);
  const medianMs = calls === 0 ? null : 80 + random.below(200);
  return { at, calls, outcomes, medianMs, slowMs: medianMs === null ? null : medianMs * 4 };
}

/** A platform, with its day. */
export function platformOf(platform: (typeof PLATFORMS)[number], { stores, now }: World): PlatformDetail {
  const index = PLATFORMS.indexOf(platform);
  const own = stores.filter((store) => store.platform === platform);
  const busy = own.length > 0;
  const quarter = 900_000;
  const first = Math.floor(now / quarter) * quarter - 95 * quarter;
  return {
    ...{ id: platform, name: PLATFORM_NAMES[platform], apiVersion: '2026-10' },
    apiVersionUntil: index < 2 ? instantAt(now, (index === 0 ? 40 : -3) * 86_400) : null,
    stores: { total: own.length, states: tally(own.map(({ health }) => health.state)) },
    lastHour: callSpan(index + 1, instantAt(now, -3_600), busy),
    availability: busy ? ([0.99996, 0.93, 0.71, null][index] ?? null) : null,
    budgetUsed: busy && index < 2 ? { mean: 0.31, worst: 0.97, stores: own.length } : null,
    errors: busy ? ['platform_timeout', 'platform_rate_limited'].map((code) => ({ code, stores: 12 + index })) : [],
    stop: null,
    docs: `https://developer.example/${platform}`,
    spans: busy
      ? Array.from({ length: 96 }, (_, step) =>
          callSpan(index * 1_000 + step, instantAt(first + step * quarter, 0), true),
        )
      : [],
    operations: OPERATIONS.map((operation, at) => ({
      operation,
      support: supportOf(at + index),
      note: supportOf(at + index) === 'native' ? null : 'Made of two calls; the second may fail alone.',
    })),
    webhooks: { supported: true, note: null },
    limits: [{ kind: 'bucket', why: '40 calls, refilled by 2 a second, for each store.' }],
  };
}

function supportOf(number: number): 'native' | 'emulated' | 'none' {
  if (number % 7 === 0) return 'none';
  return number % 5 === 0 ? 'emulated' : 'native';
}

export function capabilitiesOf(): CapabilityMatrix {
  return {
    platforms: PLATFORMS.map((platform) => ({ id: platform, name: PLATFORM_NAMES[platform] })),
    operations: OPERATIONS.map((operation, at) => ({
      operation,
      support: Object.fromEntries(PLATFORMS.map((platform, index) => [platform, supportOf(at + index)])),
    })),
  };
}

/** Renewals and deaths. */
export function tokensOf({ stores, now }: World): Tokens {
  const busy = stores.length > 0;
  const random = seededRandom(42);
  const minute = Math.floor(now / 60_000) * 60_000;
  const dying = stores
    .filter(({ health }) => health.diesAt !== null)
    .sort((a, b) => (a.health.diesAt ?? '').localeCompare(b.health.diesAt ?? ''));
  return {
    asOf: instantAt(now, 0),
    renewing: { total: stores.length, due: busy ? 3 : 0, oldestDueSeconds: busy ? 74 : 0 },
    due: busy ? steps(60).map((step) => ({ at: instantAt(minute, step * 60), count: random.below(30) })) : [],
    deaths: dying.map(({ health }) => ({
      at: `${(health.diesAt ?? '').slice(0, 10)}T00:00:00.000Z`,
      who: health.who,
      count: 1,
    })),
    nextDeaths: dying.slice(0, 20).map((store) => ({
      at: store.health.diesAt ?? instantAt(now, 0),
      who: 'merchant',
      why: 'The refresh token is over then unless it is renewed before.',
      store: referenceOf(store),
    })),
    refreshes: busy
      ? steps(120).map((step) => ({
          at: instantAt(minute, (step - 119) * 60),
          outcomes: Object.fromEntries(REFRESH_OUTCOMES.map((name) => [name, random.below(name === 'ok' ? 40 : 6)])),
        }))
      : [],
    failures: busy ? [{ code: 'credential_revoked', platform: 'alpha', count: 14 }] : [],
  };
}

const steps = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);

export function queuesOf({ stores, now, deliveries }: World): Queues {
  const busy = stores.length > 0;
  return {
    asOf: instantAt(now, 0),
    jobs: busy ? { waiting: 12, active: 4, delayed: 230, failed: 2, completed: 18_930 } : null,
    queue: busy ? { state: 'well', words: 'on Postgres' } : { state: 'away', words: 'Redis does not answer' },
    recurring: busy
      ? [
          { name: 'refresh.tick', everySeconds: 5, ageSeconds: 93, late: true },
          { name: 'polls.tick', everySeconds: 30, ageSeconds: 11, late: false },
        ]
      : [],
    inbox: { waiting: busy ? 41 : 0, oldestSeconds: busy ? 380 : 0, failed: busy ? 37 : 0 },
    received: Object.entries(tally(deliveries.map(({ platform, status }) => `${platform} ${status}`))).map(
      ([key, count]) => {
        const [platform = '', status = ''] = key.split(' ');
        return { platform, status, count };
      },
    ),
  };
}
