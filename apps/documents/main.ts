import { readFile, writeFile } from 'node:fs/promises';
import { capabilityMatrix, connectors } from '#connectors';
import { deathTable, errorTable, healthReasonTable } from '#contract';

const README = 'README.md';
const PLATFORMS = 'docs/platforms.md';
const HEALTH = 'docs/health.md';

/** The table stands between the mark and the next empty line that no table follows. */
function withTable(text: string, mark: string, table: string): string {
  const [before = '', rest = ''] = text.split(`<!-- ${mark} -->\n\n`);
  const after = rest.slice(rest.search(/\n\n(?!\|)/));
  return `${before}<!-- ${mark} -->\n\n${table.trimEnd()}${after}`;
}

await writeFile(README, withTable(await readFile(README, 'utf8'), 'error-table', errorTable()));
await writeFile(PLATFORMS, `${capabilityMatrix(connectors)}\n`);
const withReasons = withTable(await readFile(HEALTH, 'utf8'), 'health-reasons', healthReasonTable());
await writeFile(HEALTH, withTable(withReasons, 'health-ends', deathTable()));
process.stdout.write(`${README}, ${PLATFORMS} and ${HEALTH} are up to date.\n`);
