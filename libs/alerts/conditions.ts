import { HEALTH_REASONS, type HealthReason, isHealthReason } from '#contract';
import type { Overview, SeenCondition, TickRow } from '#persistence';

interface Alert {
  /** Of whom or what, and how many; a platform is named in front where there is one. */
  readonly sentence: (count: number) => string;
}

/** Everything that is told of as the operator's to act on. docs/monitoring.md is tested against it. */
export const ALERTS = {
  store_needs_operator: {
    sentence: (count) => `${stores(count)} cannot be called until an operator acts; the console says why.`,
  },
  platform_client_refused: {
    sentence: (count) => `The client id or secret of an app is refused: tokens of ${stores(count)} cannot be renewed.`,
  },
  inbox_stuck: {
    sentence: (count) => `${String(count)} deliveries wait, the oldest for more than five minutes.`,
  },
  ticks_late: {
    sentence: (count) => `${String(count)} kinds of recurring work are late: look at the workers and their logs.`,
  },
  audit_broken: {
    sentence: () => 'The newest entries of the audit log are not what was written: run audit:verify.',
  },
  platform_unavailable: {
    sentence: (count) => `None of ${String(count)} calls was answered for more than five minutes.`,
  },
  credentials_neglected: {
    sentence: (count) => `${stores(count)} will be lost within a day: their tokens ought to have been renewed.`,
  },
} as const satisfies Readonly<Record<string, Alert>>;
export type AlertCode = keyof typeof ALERTS;

function stores(count: number): string {
  return count === 1 ? 'One store' : `${String(count)} stores`;
}

/** Everything that conditions are read from. */
export interface Facts {
  readonly overview: Overview;
  readonly ticks: readonly TickRow[];
  readonly silentPlatforms: readonly { readonly platform: string; readonly calls: number }[];
}

export const SILENT_MINUTES = 5;
const STUCK_SECONDS = 300;
// Workers do late work by themselves after two periods; what is later than this they cannot do.
const LATE_PERIODS = 5;
const LEAST_LATE_SECONDS = 60;

/** Pure: the same facts give the same conditions. */
export function conditionsOf({ overview, ticks, silentPlatforms }: Facts): readonly SeenCondition[] {
  const late = ticks.filter((tick) => tick.ageSeconds > Math.max(LATE_PERIODS * tick.everySeconds, LEAST_LATE_SECONDS));
  const conditions: readonly Condition[] = [
    ...storeConditions(overview),
    ...overview.inbox
      .filter(({ oldestSeconds }) => oldestSeconds > STUCK_SECONDS)
      .map(({ platform, waiting: count }) => ({ code: 'inbox_stuck' as const, platform, count })),
    { code: 'ticks_late', platform: '', count: late.length },
    { code: 'audit_broken', platform: '', count: overview.audit.holds ? 0 : 1 },
    ...silentPlatforms.map(({ platform, calls: count }) => ({
      ...{ code: 'platform_unavailable' as const, platform, count },
    })),
    ...overview.credentials.map(({ platform, neglected: count }) => ({
      ...{ code: 'credentials_neglected' as const, platform, count },
    })),
  ];
  return conditions.filter(({ count }) => count > 0);
}

type Condition = SeenCondition & { readonly code: AlertCode };

/** Stores of a platform that wait for the operator. One that an operator has stopped waits for nobody. */
function storeConditions({ stores: counts }: Overview): Condition[] {
  const sums = new Map<string, Condition>();
  for (const { platform, reason, stores: more } of counts) {
    if (!isOperators(reason)) continue;
    const code = reason === 'clientRefused' ? 'platform_client_refused' : 'store_needs_operator';
    const count = (sums.get(`${code} ${platform}`)?.count ?? 0) + more;
    sums.set(`${code} ${platform}`, { code, platform, count });
  }
  return [...sums.values()];
}

function isOperators(reason: HealthReason): boolean {
  return reason !== 'paused' && isHealthReason(reason) && HEALTH_REASONS[reason].actor === 'operator';
}
