import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { runInPlace } from './run-step.mjs';
import { orExplain } from './setup-error.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Sets Shopspan up as far as needed and runs it until it ends. */
export function launch(args) {
  return orExplain(async () => {
    await ensureInstalled(root);
    await ensureBuilt(root);
    const entry = path.join(root, 'dist', 'apps', 'launcher', 'main.js');
    await runInPlace([process.execPath, '--enable-source-maps', entry, ...args], { cwd: root, channel: true });
  });
}

/** Runs one of the smaller programs, such as `admin`, after the same preparations. */
export function run(name, args) {
  return orExplain(async () => {
    await ensureInstalled(root);
    await ensureBuilt(root);
    const entry = path.join(root, 'dist', 'apps', name, 'main.js');
    await runInPlace([process.execPath, '--enable-source-maps', entry, ...args], { cwd: root });
  });
}
