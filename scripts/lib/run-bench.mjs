import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { runInPlace, runStep } from './run-step.mjs';
import { orExplain, SetupError } from './setup-error.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the product as it ships, and the measurements beside it, and runs one of them. */
export function runBench(name, args) {
  return orExplain(async () => {
    await ensureInstalled(root);
    await ensureBuilt(root);
    const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const command = [process.execPath, tsc, '-p', 'test/bench/tsconfig.json', '--noCheck', '--pretty', 'false'];
    const { code, output } = await runStep('Building the measurement', command, { cwd: root });
    if (code !== 0) throw new SetupError('The measurement could not be built: the lines above say why.', output);
    const entry = path.join(root, 'dist', 'test', 'bench', `${name}.js`);
    await runInPlace([process.execPath, '--enable-source-maps', '--expose-gc', entry, ...args], { cwd: root });
  });
}
