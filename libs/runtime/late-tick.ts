import type { TickRow } from '#persistence';

// A gateway is ready while workers are being replaced.
const LATE_PERIODS = 3;
const LEAST_LATE_SECONDS = 15;
// Refreshing is what connections die without; nothing else is done as often.
const WATCHED = 'refresh.tick';

/** What is wrong with the recurring work, in words for whoever runs the workers; undefined when it goes well. */
export function lateTick(ticks: readonly TickRow[]): string | undefined {
  const tick = ticks.find(({ name }) => name === WATCHED);
  if (tick === undefined) return `${WATCHED} has never run: start a worker`;
  return lateWork(tick);
}

/** What is wrong with one piece of it. */
export function lateWork({ name, everySeconds, ageSeconds }: TickRow): string | undefined {
  if (ageSeconds <= Math.max(LATE_PERIODS * everySeconds, LEAST_LATE_SECONDS)) return undefined;
  return `${name} last ran ${ageSeconds.toFixed(0)} s ago, and should every ${everySeconds} s: no worker works, see its log`;
}
