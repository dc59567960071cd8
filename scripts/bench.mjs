// `npm run bench:refresh` and the like: builds what is missing, then runs one measurement. Arguments go to it.
import { requireNode } from './lib/node-version.mjs';

requireNode();
const [name, ...args] = process.argv.slice(2);
import('./lib/run-bench.mjs').then(({ runBench }) => runBench(name, args));
