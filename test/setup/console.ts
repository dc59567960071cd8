import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Runs once before all integration tests: browsers are shown the console as it is built. */
export default function setup(): void {
  // Nobody looks at it where there is no browser.
  if (!existsSync('/usr/bin/chromium')) return;
  execFileSync(process.execPath, ['scripts/build-console.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
