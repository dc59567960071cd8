import { DEATHS, type HealthReason, HEALTH_REASONS, publicId } from '#contract';
import { presentStop } from '#connections';
import { connectorOf } from '#connectors';
import type { Health } from '#health';
import type { AttentionRow, WhoActs } from '#operator-api';
import type { Inbox, LoadedStore, RefusedApp, RefusedClient, StopRow, TickRow } from '#persistence';
import type { QueueCondition } from '#queue';
import { lateWork } from '#runtime';
import { instant, referenceOf } from './present.js';

type Action = NonNullable<AttentionRow['action']>;

const open = (label: string, target: string): Action => ({ kind: 'open', label, target });
const WARNED_MS = 14 * 24 * 3600_000;

/** Where trying again helps once somebody has done what the sentence says, or at once. */
const RETRIED: readonly HealthReason[] = [
  ...(['addressRefused', 'contractBroken', 'credentialUnreadable'] as const),
  ...(['unavailable', 'refusedOnce', 'renewalLate', 'restored'] as const),
];

/** A store: what is wrong now, and where nothing is, what ends it. */
export function rowOfStore(loaded: LoadedStore, health: Health, who: WhoActs): AttentionRow {
  const store = referenceOf(loaded);
  const { diesAt, dying, sentence } = health;
  const isEnding = health.state === 'healthy' && dying && diesAt !== null;
  const end = dying && diesAt !== null ? `Dies on ${dayOf(diesAt.at)}: ${diesAt.sentence}` : '';
  const words = isEnding ? end : [sentence, end].filter((part) => part !== '').join(' ');
  return {
    id: `store ${store.id} ${who}`,
    subject: 'store',
    who,
    sentence: `${store.name}: ${words}`,
    since: instant(health.since),
    count: 1,
    store,
    action: actionOf(store.id, health, who),
    href: `/stores/${store.id}`,
  };
}

function actionOf(storeId: string, { reason, reconnectHelps }: Health, who: WhoActs): Action | null {
  if (who === 'merchant') {
    return reconnectHelps
      ? { kind: 'reconnectLink', label: 'Make a link for the merchant', target: storeId }
      : open('Look at the store', storeId);
  }
  if (reason === 'paused') return { kind: 'resume', label: 'Resume', target: storeId };
  return RETRIED.includes(reason) ? { kind: 'retry', label: 'Try again now', target: storeId } : null;
}

/** The same client renews the tokens of all these stores: it is one thing to do. */
export function rowOfClient({ appId, appName, platform, stores, since }: RefusedClient): AttentionRow {
  const id = publicId('app', appId);
  const at = `${appName} at ${connectorOf(platform).name}`;
  return {
    ...{ id: `client ${id} ${platform}`, subject: 'app', who: 'you', count: stores, store: null },
    sentence: `${at}: ${HEALTH_REASONS.clientRefused.sentence}`,
    since: instant(since),
    action: open('Look at the app', id),
    href: `/apps/${id}`,
  };
}

/** All of a platform's stores end on the day on which the spoken version of its API does. */
export function rowOfSunset(platform: string, stores: number): AttentionRow {
  const { name, apiVersion, apiVersionUntil } = connectorOf(platform);
  const until = new Date(apiVersionUntil ?? 0);
  return {
    ...{ id: `sunset ${platform}`, subject: 'platform', who: 'you', count: stores, store: null },
    sentence: `${name} ends ${apiVersion} on ${dayOf(until)}: ${DEATHS.apiVersionSunset.sentence}`,
    since: instant(new Date(until.getTime() - WARNED_MS)),
    action: open('Look at the platform', platform),
    href: `/platforms/${platform}`,
  };
}

/** An app that asks for more than it may. */
export function rowOfRefusedApp({ appId, appName, tenantName, refused, since }: RefusedApp): AttentionRow {
  const id = publicId('app', appId);
  return {
    ...{ id: `limit ${id}`, subject: 'app', who: 'you', count: refused, store: null },
    sentence: `${appName} of ${tenantName} asks for more than its limit: ${refused} requests were refused in the last hour. Raise the limit, or ask them to slow down.`,
    since: instant(since),
    action: { kind: 'raiseLimit', label: 'Raise the limit', target: id },
    href: `/apps/${id}`,
  };
}

export function rowOfDeliveries(failed: {
  readonly platform: string;
  readonly count: number;
  readonly since: Date;
}): AttentionRow {
  const { platform, count, since } = failed;
  const name = connectorOf(platform).name;
  return {
    ...{ id: `deliveries ${platform}`, subject: 'deliveries', who: 'you', count, store: null },
    sentence: `${count} deliveries of ${name} could not be worked through: look at their reasons, then replay them.`,
    since: instant(since),
    action: { kind: 'replay', label: 'Replay', target: platform },
    href: `/webhooks?platform=${platform}&status=failed`,
  };
}

export function rowOfInbox({ stuck, stuckSince }: Inbox): readonly AttentionRow[] {
  if (stuckSince === null) return [];
  return [
    {
      ...{ id: 'inbox', subject: 'deliveries', who: 'you', count: stuck, store: null },
      sentence: `${stuck} deliveries are due and nobody works through them: see whether a worker runs, and its log.`,
      since: instant(stuckSince),
      action: open('Look at the queue', 'inbox'),
      href: '/queues',
    },
  ];
}

export function rowOfTick(tick: TickRow, now: Date): readonly AttentionRow[] {
  const words = lateWork(tick);
  if (words === undefined) return [];
  return [
    {
      ...{ id: `work ${tick.name}`, subject: 'recurringWork', who: 'you', count: 1, store: null },
      sentence: `${words}.`,
      since: instant(new Date(now.getTime() - tick.ageSeconds * 1000)),
      action: open('Look at the queue', tick.name),
      href: '/queues',
    },
  ];
}

/** A queue that is away costs seconds; one that is unfit loses jobs until somebody acts. */
export function rowOfQueue({ state, words }: QueueCondition, now: Date): readonly AttentionRow[] {
  if (state !== 'unfit') return [];
  return [
    {
      ...{ id: 'queue', subject: 'queue', who: 'you', count: 1, store: null },
      sentence: `${words}.`,
      since: instant(now),
      action: open('Look at the queue', 'queue'),
      href: '/queues',
    },
  ];
}

export function rowOfStop(stop: StopRow): AttentionRow {
  const { id, scope, target, reason, setBy } = presentStop(stop);
  const what = target === null ? 'everything' : `the ${scope} ${target}`;
  return {
    ...{ id: `stop ${id}`, subject: 'stop', who: 'you', count: 1, store: null },
    sentence: `${setBy} has stopped ${what} for more than a day (${reason}): lift it if it is sorted out.`,
    since: instant(stop.setAt),
    action: open('Look at the stop', id),
    href: '/stops',
  };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
