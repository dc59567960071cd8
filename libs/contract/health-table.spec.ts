import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { deathTable, healthReasonTable } from './health-table.js';

const DOCUMENT = new URL('../../docs/health.md', import.meta.url);

it('is what docs/health.md shows: `npm run docs` writes it', () => {
  const written = readFileSync(DOCUMENT, 'utf8');
  expect(written).toContain(`<!-- health-reasons -->\n\n${healthReasonTable()}\n`);
  expect(written).toContain(`<!-- health-ends -->\n\n${deathTable()}`);
});
