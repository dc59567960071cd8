import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkConsoleSizes, consoleSizes, isConsoleBuilt } from './build-console.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'shopspan-console-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file, content) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}

it('has nothing to build where there is no console', () => {
  expect(isConsoleBuilt(root)).toBe(true);
});

it('is not built before it was', () => {
  write('apps/console/vite.config.ts', '');
  expect(isConsoleBuilt(root)).toBe(false);
});

it('counts what the first screen loads, each file once, and the rest by screen', () => {
  const manifest = {
    'index.html': { file: 'main.js', isEntry: true, css: ['main.css'], imports: ['shared'] },
    shared: { file: 'shared.js', imports: ['index.html'] },
    'screens/a.tsx': { file: 'a.js', isDynamicEntry: true, imports: ['shared', 'index.html'] },
  };
  write('dist/console/.vite/manifest.json', JSON.stringify(manifest));
  for (const file of ['main.js', 'main.css', 'shared.js', 'a.js']) write(`dist/console/${file}`, '');
  const empty = 20; // bytes of gzip's frame
  expect(consoleSizes(root)).toEqual({ first: 3 * empty, later: [['screens/a.tsx', empty]] });
});

it('refuses a first screen that has become too heavy', () => {
  expect(() => checkConsoleSizes({ first: 250_000 })).not.toThrow();
  expect(() => checkConsoleSizes({ first: 250_001 })).toThrow('250001 bytes gzipped');
});
