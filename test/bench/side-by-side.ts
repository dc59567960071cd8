import { randomNumbers } from '../setup/random.js';
import { productSide } from './product-side.js';
import {
  type Connection,
  connectionsOf,
  createProcess,
  createVirtualClock,
  everyTick,
  LIFE_MS,
  type Previous,
  type Side,
  tapedPlatform,
  TICK_MS,
  type VirtualProcess,
  type World,
} from './virtual-world.js';

/** What each side stores with a new pair. */
function keep(world: World, connection: Connection, generation: number): void {
  const now = world.clock.now();
  // Half of the lifetime, as the product's schedule has it, for all sides.
  Object.assign(connection, {
    generation,
    expiresAt: now + LIFE_MS,
    dueAt: now + LIFE_MS / 2,
    attempt: 0,
    refusals: 0,
  });
  world.renewed(connection);
}

/** Whoever finds the lock free takes it for ten seconds, and calls for as long as it takes; what comes is written, whoever wrote before. */
const tenSecondLock: Side = (world, process) => {
  const renew = async (one: Connection): Promise<void> => {
    const answered = await process.hear(world.platform.call(one.shop, one.generation, process));
    Object.assign(one, { leaseUntil: 0 });
    if (answered.kind === 'granted') keep(world, one, answered.generation);
    else if (answered.kind === 'refused') one.state = 'failed';
  };
  void everyTick(world, process, TICK_MS, () => {
    const now = world.clock.now();
    for (const one of world.connections) {
      if (one.state !== 'active' || one.dueAt > now || one.leaseUntil > now) continue;
      one.leaseUntil = now + 10_000;
      void renew(one);
    }
  });
};

/** One process, one after the other, half a minute of patience for each; what fails is tried again by the next run. */
const sequentialCron: Side = (world, process) => {
  void everyTick(world, process, 60_000, async () => {
    for (const one of world.connections) {
      if (one.state !== 'active' || one.dueAt > world.clock.now()) continue;
      const late = world.clock.sleep(30_000).then(() => ({ kind: 'lost' }) as const);
      const answered = await process.hear(Promise.race([world.platform.call(one.shop, one.generation, process), late]));
      if (answered.kind === 'granted') keep(world, one, answered.generation);
      else if (answered.kind === 'refused') one.state = 'failed';
    }
  });
};

/** What one side came to. */
export interface SideFigures {
  /** Connections that no pair of the side's keeps alive, or that it gave up. */
  readonly lost: number;
  /** Of these, those of which a pair was in an answer that never arrived, or found its process dead. */
  readonly physicallyLost: number;
  readonly double: number;
  readonly renewed: number;
  /** Renewals in a second of the time in which any was due. */
  readonly refreshesPerSecond: number;
  /** Tokens that ran out before their renewal, of connections that were not given up. */
  readonly ranOut: number;
}

export interface Tape {
  readonly seed: number;
  readonly connections: number;
  readonly hours: number;
  readonly previous: Previous;
}

const SIDES = {
  product: { side: productSide, processes: 2 },
  tenSecondLock: { side: tenSecondLock, processes: 2 },
  sequentialCron: { side: sequentialCron, processes: 1 },
} as const;
const KILL_EVERY_MS = 600_000;

/** Plays the tape to each of them. */
export async function sideBySide(tape: Tape): Promise<Readonly<Record<keyof typeof SIDES, SideFigures>>> {
  const play = (name: keyof typeof SIDES): Promise<SideFigures> =>
    playTo(tape, SIDES[name].side, SIDES[name].processes);
  return {
    product: await play('product'),
    tenSecondLock: await play('tenSecondLock'),
    sequentialCron: await play('sequentialCron'),
  };
}

async function playTo(
  { seed, connections: count, hours, previous }: Tape,
  side: Side,
  processes: number,
): Promise<SideFigures> {
  const clock = createVirtualClock();
  const platform = tapedPlatform(clock, seed, previous);
  const figures = { renewed: 0, busySeconds: 0, ranOut: 0 };
  const connections = connectionsOf(count);
  const world: World = { clock, platform, previous, connections, renewed: () => void (figures.renewed += 1) };
  let started = 0;
  const start = (): VirtualProcess => {
    const process = createProcess();
    side(world, process, `process-${String((started += 1))}`);
    return process;
  };
  const running = Array.from({ length: processes }, start);
  const chance = randomNumbers(seed);
  const ranOut = new Set<string>();
  for (let second = 1; second <= hours * 3600; second += 1) {
    await clock.runTo(second * 1000);
    const due = connections.filter((one) => one.state === 'active' && one.dueAt <= clock.now());
    if (due.length > 0) figures.busySeconds += 1;
    for (const one of due) if (one.expiresAt < clock.now()) ranOut.add(`${String(one.shop)}/${String(one.expiresAt)}`);
    if (clock.now() % KILL_EVERY_MS !== 0) continue;
    // A process is killed, whatever it does, and another takes its place.
    const victim = Math.floor(chance() * processes);
    running[victim]?.kill();
    running[victim] = start();
  }
  // What is under way when the tape ends is neither kept nor lost.
  const ended = connections.filter((one) => !platform.isUnderWay(one.shop));
  for (const process of running) process.kill();
  const gone = ended.filter((one) => one.state === 'failed' || !platform.isInForce(one.shop, one.generation));
  const physicallyLost = gone.filter(({ shop }) => platform.physicallyLost().has(shop)).length;
  return {
    lost: gone.length,
    physicallyLost,
    double: platform.double(),
    renewed: figures.renewed,
    refreshesPerSecond: Number((figures.renewed / Math.max(figures.busySeconds, 1)).toFixed(2)),
    ranOut: ranOut.size,
  };
}
