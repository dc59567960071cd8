// `npm run build:console`: builds the operator console into dist/console where its sources changed, and says what it weighs.
import { fileURLToPath } from 'node:url';
import { checkConsoleSizes, consoleSizes, ensureConsoleBuilt, isConsoleBuilt } from './lib/build-console.mjs';
import { orExplain } from './lib/setup-error.mjs';
import { withSetupLock } from './lib/setup-lock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

await orExplain(async () => {
  if (!isConsoleBuilt(root)) await withSetupLock(root, () => ensureConsoleBuilt(root));
  const sizes = consoleSizes(root);
  const line = (name, bytes) => console.log(`${(bytes / 1_000).toFixed(1).padStart(8)} kB gzip  ${name}`);
  line('first screen: scripts and styles', sizes.first);
  for (const [name, bytes] of sizes.later) line(`+ ${name}`, bytes);
  checkConsoleSizes(sizes);
});
