import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { runInPlace } from './run-step.mjs';
import { orExplain } from './setup-error.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const REPORTS = '.reports';
const REPORTERS = [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${REPORTS}/tests.json`,
  '--reporter=junit',
  `--outputFile.junit=${REPORTS}/tests.junit.xml`,
];

/** Sets Shopspan up as far as needed, runs the tests and leaves their report in .reports/. */
export function runTests(args) {
  return orExplain(async () => {
    await ensureInstalled(root);
    await ensureBuilt(root);
    mkdirSync(path.join(root, REPORTS), { recursive: true });
    const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
    // The tests are the same for somebody whose shell says "production".
    const env = { ...process.env, NODE_ENV: 'test' };
    await runInPlace([process.execPath, vitest, 'run', ...REPORTERS, ...args], { cwd: root, env });
  });
}
