import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const LEDGER = 'docs/security/ledger.md';
/** Each standard, and how many clauses of it are accounted for at the least: rows may be added, and none may get lost. */
const STANDARDS: Readonly<Record<string, number>> = {
  'RFC 9700': 32,
  'RFC 9068': 16,
  'RFC 8725': 12,
  'RFC 7009': 9,
  'RFC 7662': 8,
  'RFC 9207': 5,
  'RFC 9449': 7,
  'RFC 7636': 5,
};

const text = await readFile(LEDGER, 'utf8');
const files = new Map([...text.matchAll(/^- ([a-z]+): `([^`]+)`$/gm)].map(([, name = '', file = '']) => [name, file]));
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| clause'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const named = [...text.matchAll(/`([a-z]+): ([^`]+)`/g)]
  .map(([, name = '', test = '']) => ({ name, test }))
  .filter(({ name, test }) => files.has(name) && !/\.spec|-spec/.test(test));

/** Whether a test or a suite of that name is in the source, in whatever quotes. */
function hasTest(source: string, name: string): boolean {
  return ["'", '"', '`'].some((quote) => source.includes(`${quote}${name}${quote}`));
}

describe('the clause ledger', () => {
  it('names tests that exist, each by its file and its name', async () => {
    expect(named.length).toBeGreaterThan(90);
    const missing: string[] = [];
    for (const { name, test } of named) {
      const file = files.get(name) ?? '';
      if (!existsSync(file) || !hasTest(await readFile(file, 'utf8'), test)) missing.push(`${file}: ${test}`);
    }
    expect(missing).toEqual([]);
  });

  it('says of each clause how it is held, or why it does not apply', () => {
    for (const cells of rows)
      expect([cells, cells.length, cells.slice(1, 4).every((cell) => cell !== '')]).toEqual([cells, 5, true]);
    const used = new Set(named.map(({ name }) => name));
    expect([...files.keys()].filter((name) => !used.has(name))).toEqual([]);
  });

  it.each(Object.entries(STANDARDS))('accounts for %s', (standard, least) => {
    const [, section = ''] = text.split(`## ${standard}`);
    const [own = ''] = section.split('\n## ');
    expect(own.split('\n').filter((line) => /^\| [\d.]+\*? \|/.test(line)).length).toBeGreaterThanOrEqual(least);
  });
});
