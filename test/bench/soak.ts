import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { machine, median, rounded } from './machine.js';
import type { Ledger } from './platform.js';
import { calmDown, makeDue, openGround } from './throughput.js';
import type { WorkerFigures, WorkerMemory } from './worker.js';

// Flat: in the second half, when caches are full and code is compiled, what the process holds after a collection grows by no
// more than this in a minute, and it has no more files open at the end than at the beginning of that half.
const FLAT_MB_PER_MINUTE = 1;
const FLAT_FILES = 64;
const EVERY_SECONDS = 5;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    stores: { type: 'string', default: '4000' },
    'per-second': { type: 'string', default: '100' },
  },
});
const perSecond = Number(values['per-second']);
const stores = Number(values.stores);
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const megabytes = (bytes: number): number => bytes / 2 ** 20;

/** Of the line that lies nearest to all points, by least squares. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const both = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return both / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

const ground = await openGround({ stores, workers: 1, latencyMs: 300, ports: 32, nodeOptions: ['--expose-gc'] });
try {
  const [worker] = ground.workers;
  if (worker === undefined) throw new Error('no worker');
  const faults = { slow: 0.02, slowMs: [11_000, 20_000], lost: 0.02, unavailable: 0.05 };
  await ground.platform.call('disturb', { shares: faults, seed: 1 });
  await makeDue(ground, 0, 0);
  await worker.call('begin', 'product');
  const samples: { minutes: number; memory: WorkerMemory }[] = [];
  const startedAt = performance.now();
  const minutes = (): number => (performance.now() - startedAt) / 60_000;
  let [renewed, otherwise, shown, next] = [0, 0, 0, 0];
  say('minute  heap MB  rss MB  files  renewed  other outcomes');
  while (minutes() < Number(values.minutes)) {
    // The same load all the time: so many stores fall due, one part of the fleet after the other.
    const share = perSecond * EVERY_SECONDS;
    await ground.fleet.sql(
      `UPDATE credentials c SET due_at = now() + random() * interval '${String(EVERY_SECONDS)} seconds', access_expires_at = now() + interval '30 minutes'
       FROM stores s WHERE s.id = c.store_id AND s.platform_id::int >= $1 AND s.platform_id::int < $2 AND c.state = 'active' AND c.attempt = 0`,
      [next, next + share],
    );
    next = (next + share) % stores;
    await delay(EVERY_SECONDS * 1000);
    const figures = await worker.call<WorkerFigures>('figures');
    renewed += figures.renewed;
    otherwise += figures.otherwise;
    const sample = { minutes: minutes(), memory: await worker.call<WorkerMemory>('memory') };
    samples.push(sample);
    if (Math.floor(sample.minutes) <= shown) continue;
    shown = Math.floor(sample.minutes);
    const { heapBytes, rssBytes, files } = sample.memory;
    const cells = [
      String(shown),
      megabytes(heapBytes).toFixed(1),
      megabytes(rssBytes).toFixed(1),
      String(files),
      String(renewed),
      String(otherwise),
    ];
    say(cells.map((cell, index) => cell.padStart([6, 9, 8, 7, 9, 16][index] ?? 9)).join(''));
  }
  await calmDown(ground);
  await worker.call('end');
  const books = await ground.platform.call<Ledger>('ledger');
  const half = samples.slice(Math.floor(samples.length / 2));
  const heapSlope = slopeOf(half.map((one) => [one.minutes, megabytes(one.memory.heapBytes)]));
  const rssSlope = slopeOf(half.map((one) => [one.minutes, megabytes(one.memory.rssBytes)]));
  const tenth = Math.max(1, Math.floor(half.length / 5));
  const filesOf = (some: typeof half): number => median(some.map((one) => one.memory.files ?? 0));
  const moreFiles = filesOf(half.slice(-tenth)) - filesOf(half.slice(0, tenth));
  const flat = heapSlope <= FLAT_MB_PER_MINUTE && rssSlope <= FLAT_MB_PER_MINUTE && moreFiles <= FLAT_FILES;
  const lost = await ground.fleet.lost(new Map(books.generations));
  const slopes = { slopeMbPerMinute: rounded(heapSlope, 3), rssSlopeMbPerMinute: rounded(rssSlope, 3), moreFiles };
  const counts = { renewed, otherwise, lost, sentAgain: books.double, refused: books.refused };
  say(
    JSON.stringify({
      machine: machine(),
      minutes: rounded(minutes()),
      samples: samples.length,
      ...slopes,
      flat,
      ...counts,
    }),
  );
  process.exitCode = flat ? 0 : 1;
} finally {
  await ground.close();
}
