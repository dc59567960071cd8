import { connectors } from '#connectors';
import {
  claimDueAlerts,
  type Database,
  type DueAlert,
  listSilentPlatforms,
  listTicks,
  noteConditions,
  noteTold,
  postponeAlert,
  readOverview,
} from '#persistence';
import type { AlertHook } from './alert-hook.js';
import { type AlertCode, ALERTS, conditionsOf, SILENT_MINUTES } from './conditions.js';

export interface AlertContext {
  readonly database: Database;
  /** Undefined where nobody is told; the conditions are kept for the console all the same. */
  readonly hook: AlertHook | undefined;
  readonly publicUrl: string;
  readonly report: (alert: DueAlert, error: unknown) => void;
}

// A condition that comes and goes within this time is one condition.
const CALM_SECONDS = 60;
const LEAST_CALLS = 3;
// Longer than a post may take, so that no other worker posts the same meanwhile.
const LEASE_SECONDS = 60;
const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 900;

/**
 * Looks at what is the operator's to act on, and tells what has begun or ended since. Each beginning and each end is told
 * until it is taken, by whichever worker comes first; a worker that dies in between tells it again under the same id.
 */
export async function tellOperator(context: AlertContext): Promise<void> {
  const { database, hook } = context;
  const [overview, ticks, silent] = await Promise.all([
    readOverview(database),
    listTicks(database),
    listSilentPlatforms(database, SILENT_MINUTES, LEAST_CALLS),
  ]);
  const silentPlatforms = silent.filter(({ platform }) => isOneService(platform));
  await noteConditions(database, conditionsOf({ overview, ticks, silentPlatforms }), CALM_SECONDS);
  if (hook === undefined) return;
  const due = await claimDueAlerts(database, LEASE_SECONDS);
  await Promise.all(due.map((alert) => tell(context, hook, alert)));
}

/** Where each merchant runs a server of their own, one that is down says nothing of the others. */
function isOneService(platform: string): boolean {
  const found = connectors.find(({ id }) => id === platform);
  return found !== undefined && found.hosting.kind !== 'merchant';
}

async function tell(context: AlertContext, hook: AlertHook, alert: DueAlert): Promise<void> {
  const { database, publicUrl, report } = context;
  const phase = alert.endedAt === null ? 'began' : 'ended';
  try {
    await hook.send(`${alert.episode}.${phase}`, payloadOf(alert, publicUrl));
  } catch (error) {
    report(alert, error);
    const seconds = Math.min(FIRST_WAIT_SECONDS * 2 ** alert.attempt, LONGEST_WAIT_SECONDS);
    await postponeAlert(database, alert, seconds);
    return;
  }
  await noteTold(database, alert);
}

/** A sentence, a code, a count and where to look: nothing of a tenant, a store or a person. */
function payloadOf({ code, platform, count, beganAt, endedAt }: DueAlert, publicUrl: string): object {
  const sentence = isKnown(code) ? ALERTS[code].sentence(count) : `${code}: ${String(count)}.`;
  const named = platform === '' ? sentence : `${nameOf(platform)}: ${sentence}`;
  return {
    type: endedAt === null ? 'alert.began' : 'alert.ended',
    timestamp: (endedAt ?? beganAt).toISOString(),
    data: {
      code,
      platform: platform === '' ? null : platform,
      count,
      sentence: endedAt === null ? named : `Over: ${named}`,
      beganAt: beganAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      console: `${publicUrl}/console`,
    },
  };
}

function nameOf(platform: string): string {
  return connectors.find(({ id }) => id === platform)?.name ?? platform;
}

/** A newer worker may know conditions that this one does not. */
function isKnown(code: string): code is AlertCode {
  return Object.hasOwn(ALERTS, code);
}
