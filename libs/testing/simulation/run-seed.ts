import { beginWeather } from './weather.js';
import { createWorld } from './world.js';
import { HOUR, type Violation, type World } from './world-types.js';

export interface SeedResult {
  readonly seed: number;
  readonly violation: Omit<Violation, 'shop'> | null;
  /** The last events before the violation. */
  readonly events: readonly string[];
  /** Of all events: equal for equal seeds. */
  readonly hash: string;
  readonly counts: World['counts'];
}

// Longer than the longest token lives till its half, and than any wait before a retry.
const CALM_HOURS = 8;

/** One world from its beginning until hours after its last fault. */
export async function runSeed(seed: number, days: number, connections: number): Promise<SeedResult> {
  const world = await createWorld(seed, connections);
  const stop = () => world.judge.found() !== undefined;
  beginWeather(world);
  await world.time.runUntil(days * 24 * HOUR, stop);
  for (const process of [...world.workers, world.gateway]) {
    process.thaw();
    if (process.state === 'dead') process.start();
  }
  Object.assign(world, { calm: true, databaseDownUntil: 0 });
  world.outageUntil.clear();
  world.rearm();
  await world.time.runUntil((days * 24 + CALM_HOURS) * HOUR, stop);
  if (!stop()) world.judge.end();
  const violation = world.judge.found() ?? null;
  const told = violation === null ? null : { invariant: violation.invariant, what: violation.what };
  return {
    seed,
    violation: told,
    events: violation === null ? [] : world.recent(violation.shop),
    hash: world.hash(),
    counts: world.counts,
  };
}
