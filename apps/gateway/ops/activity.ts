import { LATENCY_BOUNDS_MS } from '#contract';
import type { CallSpan, Tokens } from '#operator-api';
import { type Database, listPlatformMinutes, listRefreshMinutes, type PlatformMinute } from '#persistence';

/** Calls of one platform in spans of time, the oldest first. */
export type CallSpans = ReadonlyMap<string, readonly CallSpan[]>;

const MINUTE_SECONDS = 60;
const DAY_SECONDS = 24 * 3600;
const MEDIAN = 0.5;
const SLOW = 0.95;

/**
 * What calls met, by platform, since a moment.
 * @param stepSeconds length of a span, whole minutes; null: one span for all of it
 */
export async function readCallSpans(database: Database, since: Date, stepSeconds: number | null): Promise<CallSpans> {
  const steps = await listPlatformMinutes(database, since, stepSeconds);
  const parts = groupBy(steps, ({ platform }) => platform);
  return new Map([...parts].map(([platform, own]) => [platform, spansOf(own)]));
}

function spansOf(steps: readonly PlatformMinute[]): readonly CallSpan[] {
  const spans = groupBy(steps, ({ at }) => at.toISOString());
  return [...spans].map(([at, own]) => spanOf(at, own));
}

/** Pure. All that is given becomes one span. */
export function spanOf(at: string, minutes: readonly Omit<PlatformMinute, 'at' | 'platform'>[]): CallSpan {
  const outcomes: CallSpan['outcomes'] = {};
  for (const { outcome, calls } of minutes) outcomes[outcome] = (outcomes[outcome] ?? 0) + calls;
  const calls = minutes.reduce((sum, one) => sum + one.calls, 0);
  const longest = Math.max(0, ...minutes.map(({ maxMs }) => maxMs));
  const classes = [...LATENCY_BOUNDS_MS, longest].map((_, place) =>
    minutes.reduce((sum, { buckets }) => sum + (buckets[place] ?? 0), 0),
  );
  const within = (share: number): number | null => (calls === 0 ? null : boundOf(classes, share, longest));
  return { at, calls, outcomes, medianMs: within(MEDIAN), slowMs: within(SLOW) };
}

/** The upper bound of the class in which that share of all calls has ended; never more than the longest took. */
function boundOf(classes: readonly number[], share: number, longest: number): number {
  const wanted = classes.reduce((sum, count) => sum + count, 0) * share;
  let sum = 0;
  const place = classes.findIndex((count) => (sum += count) >= wanted);
  return Math.min(LATENCY_BOUNDS_MS[place] ?? longest, longest);
}

/** Renewals by minutes, the oldest first. */
export async function readRefreshMinutes(database: Database, since: Date): Promise<Tokens['refreshes']> {
  const minutes = await listRefreshMinutes(database, since, MINUTE_SECONDS);
  const spans = groupBy(minutes, ({ at }) => at.toISOString());
  return [...spans].map(([at, own]) => {
    const outcomes: Tokens['refreshes'][number]['outcomes'] = {};
    for (const { outcome, count } of own) outcomes[outcome] = (outcomes[outcome] ?? 0) + count;
    return { at, outcomes };
  });
}

/** Why renewals failed in the last 24 hours, the most frequent reason first. */
export async function readRefreshFailures(database: Database, now: Date): Promise<Tokens['failures']> {
  const minutes = await listRefreshMinutes(database, new Date(now.getTime() - DAY_SECONDS * 1000), DAY_SECONDS);
  const reasons = groupBy(
    minutes.filter(({ outcome }) => outcome !== 'ok'),
    ({ reason, platform }) => `${platform} ${reason}`,
  );
  return [...reasons.values()]
    .flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      return [{ code: first.reason, platform: first.platform, count: own.reduce((sum, { count }) => sum + count, 0) }];
    })
    .sort((one, other) => other.count - one.count);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
