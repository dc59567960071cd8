// `npm run defects`: each deliberate defect is put into the code, and the simulation or a test must turn red. Nothing in
// the working tree is changed: sources are changed on their way into the bundle or into Vitest.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { startVitest } from 'vitest/node';
import { bundle } from './lib/bundle.mjs';
import { DEFECTS } from './lib/defects.mjs';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '40' }, only: { type: 'string', default: '' } },
});
const folder = '.shopspan/defects';

function patched(text, { name, file, find, put, also }) {
  const changes = also === undefined ? [{ find, put }] : [{ find, put }, also];
  return changes.reduce((changed, change) => {
    if (changed.split(change.find).length !== 2)
      throw new Error(`"${name}": not exactly once in ${file}: ${change.find}`);
    return changed.replace(change.find, () => change.put);
  }, text);
}

const pluginFor = (defect) => ({
  name: 'defect',
  enforce: 'pre',
  transform: (code, id) => (defect && id.split('?')[0] === resolve(defect.file) ? patched(code, defect) : undefined),
});

async function bySimulation(defect) {
  await bundle('libs/testing/simulation/simulate.ts', folder, [pluginFor(defect)]);
  const workerData = { first: 1, seeds: Number(values.seeds), step: 1, days: 3, connections: 10 };
  const worker = new Worker(resolve(folder, 'simulate.js'), { workerData });
  return await new Promise((done) => {
    const end = (result) => {
      done(result);
      void worker.terminate();
    };
    worker.on('message', ({ seed, violation }) => {
      if (violation !== null) end(`seed ${seed}: ${violation.invariant}`);
    });
    // A world that breaks down shows the defect as well as one that is judged.
    worker.on('error', (error) => end(`the world stops: ${error.message}`.slice(0, 80)));
    worker.on('exit', () => done(undefined));
  });
}

async function bySpec(defect, spec) {
  const quiet = { watch: false, run: true, reporters: [{}], config: false };
  const resolving = { conditions: ['shopspan-source', 'node'] };
  const sources = { configFile: false, plugins: [pluginFor(defect)], resolve: resolving, ssr: { resolve: resolving } };
  const vitest = await startVitest('test', [spec], quiet, sources);
  const failed = vitest.state.getFiles().flatMap(({ tasks }) => redTests(tasks));
  await vitest.close();
  process.exitCode = 0;
  return failed.length === 0 ? undefined : `${failed.length} tests, first: ${failed[0]}`;
}

function redTests(tasks) {
  return tasks.flatMap((task) =>
    task.tasks ? redTests(task.tasks) : task.result?.state === 'fail' ? [task.name] : [],
  );
}

for (const defect of DEFECTS) patched(readFileSync(defect.file, 'utf8'), defect);
const startedAt = performance.now();
const survivors = [];
const chosen = DEFECTS.filter(({ name }) => name.includes(values.only));
for (const defect of chosen) {
  const by = defect.spec === undefined ? await bySimulation(defect) : await bySpec(defect, defect.spec);
  if (by === undefined) survivors.push(defect.name);
  console.log(`${(by === undefined ? 'SURVIVES' : 'caught').padEnd(9)} ${defect.name.padEnd(56)} ${by ?? ''}`);
}
const seconds = Math.round((performance.now() - startedAt) / 1000);
console.log(JSON.stringify({ defects: chosen.length, caught: chosen.length - survivors.length, survivors, seconds }));
process.exit(survivors.length === 0 ? 0 : 1);
