import { parentPort, workerData } from 'node:worker_threads';
import { runSeed } from './run-seed.js';

interface Ask {
  readonly first: number;
  readonly seeds: number;
  readonly step: number;
  readonly days: number;
  readonly connections: number;
}

// One thread of `npm run simulate`: every so manyth seed, each told as soon as it is done.
const { first, seeds, step, days, connections } = workerData as Ask;
for (let seed = first; seed < first + seeds; seed += step) {
  parentPort?.postMessage(await runSeed(seed, days, connections));
}
