// `npm run simulate`: the product's own renewal code in simulated worlds, seed after seed. The last line is JSON.
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { bundle } from './lib/bundle.mjs';

const number = (fallback) => ({ type: 'string', default: String(fallback) });
const { values } = parseArgs({
  options: { seeds: number(1000), first: number(1), days: number(3), connections: number(10), threads: number(2) },
});
const [seeds, first, days, connections, threads] = ['seeds', 'first', 'days', 'connections', 'threads'].map((name) =>
  Number(values[name]),
);
const folder = '.shopspan/simulation';
await bundle('libs/testing/simulation/simulate.ts', folder);

const startedAt = performance.now();
const total = {};
const failed = [];
let hashes = 0;
let done = 0;
let lastHash;

function take({ seed, violation, events, hash, counts }) {
  done += 1;
  lastHash = hash;
  hashes = (hashes + Number.parseInt(hash, 16)) >>> 0;
  for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count;
  if (violation !== null) {
    failed.push({ seed, ...violation });
    if (failed.length <= 3) {
      console.log(
        `seed ${seed} FAILED: ${violation.invariant}\n  ${violation.what}\n${events.map((line) => `    ${line}`).join('\n')}`,
      );
      console.log(`  again: npm run simulate -- --seeds 1 --first ${seed} --days ${days} --connections ${connections}`);
    }
  }
  if (done % 100 === 0) console.log(`${done} of ${seeds} seeds, ${failed.length} failed, ${seconds()} s`);
}

const seconds = () => Math.round((performance.now() - startedAt) / 100) / 10;

await Promise.all(
  Array.from({ length: Math.min(threads, seeds) }, (_, thread) => {
    const workerData = { first: first + thread, seeds: seeds - thread, step: threads, days, connections };
    const worker = new Worker(new URL(`../${folder}/simulate.js`, import.meta.url), { workerData });
    return new Promise((resolve, reject) => worker.on('message', take).on('error', reject).on('exit', resolve));
  }),
);
const { user, system } = process.cpuUsage();
const rate = Math.round(total.redemptions / ((performance.now() - startedAt) / 1000));
console.log(
  JSON.stringify({
    simulate: { seeds: done, days, connections, failed: failed.length, firstFailed: failed[0]?.seed ?? null, ...total },
    seconds: seconds(),
    cpuSeconds: Math.round((user + system) / 1e6),
    renewalsPerSecond: rate,
    hash: seeds === 1 ? lastHash : hashes.toString(16),
  }),
);
process.exitCode = failed.length === 0 && done === seeds ? 0 : 1;
