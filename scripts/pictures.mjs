// `npm run pictures`: the pictures in docs/pictures, taken by the browser suite of the product as it is now.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';

const SUITES = ['test/browser/connect.e2e-spec.ts', 'test/browser/console-live.e2e-spec.ts'];
/** What the suites call a picture, and what it is called in the documents. */
const PICTURES = {
  'script-on-2-shopify': 'connect-shop',
  'script-on-4-connected': 'connect-done',
  'live-attention': 'console-attention',
  'live-store': 'console-store',
};

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'integration', ...SUITES];
const { status } = spawnSync(process.execPath, vitest, { stdio: 'inherit' });
mkdirSync('docs/pictures', { recursive: true });
const missing = Object.keys(PICTURES).filter((name) => !existsSync(`.reports/browser/${name}.png`));
for (const [name, called] of Object.entries(PICTURES)) {
  if (!missing.includes(name)) copyFileSync(`.reports/browser/${name}.png`, `docs/pictures/${called}.png`);
}
if (missing.length > 0) console.error(`not taken: ${missing.join(', ')}; is there a Chromium?`);
process.exitCode = status === 0 && missing.length === 0 ? 0 : 1;
