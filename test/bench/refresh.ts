import { parseArgs } from 'node:util';
import { machine, median, percentile, rounded } from './machine.js';
import type { Ledger } from './platform.js';
import { sideBySide } from './side-by-side.js';
import { claimPlan, manyDue } from './many-due.js';
import { endRound, type Ground, makeDue, openGround, type Round, runRound } from './throughput.js';

const { values } = parseArgs({
  options: {
    stores: { type: 'string', default: '100000' },
    workers: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '12' },
    'sequential-seconds': { type: 'string', default: '6' },
    latency: { type: 'string', default: '300' },
    ports: { type: 'string', default: '32' },
    due: { type: 'string', default: '20000' },
    profile: { type: 'string' },
  },
});
const stores = Number(values.stores);
const rounds = Number(values.rounds);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

function perThousand(round: Round, part: keyof Round['cpuSeconds']): number | null {
  const seconds = round.cpuSeconds[part];
  return seconds === null || round.renewed === 0 ? null : (seconds / round.renewed) * 1000;
}

const spread = (of: readonly number[]) => ({
  median: rounded(median(of)),
  least: rounded(Math.min(...of)),
  most: rounded(Math.max(...of)),
});

async function interleaved(
  ground: Ground,
): Promise<{ readonly product: readonly Round[]; readonly sequential: readonly Round[] }> {
  const product: Round[] = [];
  const sequential: Round[] = [];
  const share = Math.floor(stores / rounds);
  for (let index = 0; index < rounds; index += 1) {
    await makeDue(ground, index * share, share);
    const slow = await runRound(ground, 'sequential', Number(values['sequential-seconds']));
    await endRound(ground);
    await makeDue(ground, index * share, share);
    const fast = await runRound(ground, 'product', Number(values.seconds));
    await endRound(ground);
    sequential.push(slow);
    product.push(fast);
    const cpu = (['workers', 'postgres', 'platform'] as const).map((part) => rounded(perThousand(fast, part) ?? 0, 2));
    say(
      `round ${String(index + 1)}: sequential ${slow.perSecond.toFixed(2)}/s, product ${fast.perSecond.toFixed(0)}/s; ` +
        `seconds of processor for a thousand: workers ${String(cpu[0])}, database ${String(cpu[1])}, platform ${String(cpu[2])}; ` +
        `load ${String(machine().load)}; ${JSON.stringify(fast.codes)}`,
    );
  }
  return { product, sequential };
}

const startedAt = performance.now();
say(`making ${String(stores)} stores ...`);
const ground = await openGround({
  stores,
  workers: Number(values.workers),
  latencyMs: Number(values.latency),
  ports: Number(values.ports),
  nodeOptions: values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`],
});
try {
  say(`ready after ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  const { product, sequential } = await interleaved(ground);
  const { rowsRead, sorts } = await claimPlan(ground);
  const due = await manyDue(ground, Number(values.due), 90);
  say(`many due at once: ${JSON.stringify(due)}`);
  const tape = { seed: 1, connections: 200, hours: 3 };
  const sides = {
    untilNewIsUsed: await sideBySide({ ...tape, previous: 'untilNewIsUsed' }),
    diesAtOnce: await sideBySide({ ...tape, previous: 'diesAtOnce' }),
  };
  for (const [previous, figures] of Object.entries(sides)) {
    say(`the same tape of faults, previous token: ${previous}`);
    console.table(figures);
  }
  const books = await ground.platform.call<Ledger>('ledger');
  const lost = await ground.fleet.lost(new Map(books.generations));
  const durations = product.flatMap(({ durationsMs }) => durationsMs);
  const thousand = (part: keyof Round['cpuSeconds']) => {
    const known = product.map((round) => perThousand(round, part)).filter((value) => value !== null);
    return known.length === 0 ? null : rounded(median(known), 3);
  };
  say(
    JSON.stringify({
      machine: machine(),
      stores,
      workers: Number(values.workers),
      latencyMs: Number(values.latency),
      rounds,
      refreshesPerSecond: spread(product.map(({ perSecond }) => perSecond)),
      sequentialPerSecond: spread(sequential.map(({ perSecond }) => perSecond)),
      ratioToSequential: spread(
        product.map(({ perSecond }, index) => perSecond / (sequential[index]?.perSecond ?? NaN)),
      ),
      renewalMs: { p50: percentile(durations, 0.5), p99: percentile(durations, 0.99) },
      cpuSecondsPerThousand: {
        workers: thousand('workers'),
        database: thousand('postgres'),
        platform: thousand('platform'),
      },
      perSecondOnCoresOfItsOwn: rounded(
        (machine().cores * 1000) /
          ((thousand('workers') ?? 0) + (thousand('postgres') ?? 0) + (thousand('platform') ?? 0)),
      ),
      claimOfHundred: { rowsRead, sorts },
      manyDue: due,
      sideBySide: sides,
      renewed: books.calls - books.double - books.refused,
      otherwise: product.reduce((sum, round) => sum + round.otherwise, 0),
      lost,
      double: books.double,
      refused: books.refused,
      mostAtOnce: books.mostAtOnce,
      connections: books.connections,
      tookSeconds: rounded((performance.now() - startedAt) / 1000),
    }),
  );
} finally {
  await ground.close();
}
