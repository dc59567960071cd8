import { readFile, writeFile } from 'node:fs/promises';
import { capabilityMatrix, connectors } from '#connectors';
import { labelTable, seriesTable } from '#observability';
import { deathTable, errorTable, healthReasonTable } from '#contract';

const README = 'README.md';
const PLATFORMS = 'docs/platforms.md';
const HEALTH = 'docs/health.md';
const MONITORING = 'docs/monitoring.md';

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
const withSeries = withTable(await readFile(MONITORING, 'utf8'), 'series', seriesTable());
await writeFile(MONITORING, withTable(withSeries, 'labels', labelTable()));
process.stdout.write(`${README}, ${PLATFORMS}, ${HEALTH} and ${MONITORING} are up to date.\n`);
