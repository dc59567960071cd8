import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLogFile } from './log-file.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shopspan-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('goes on where the last run ended, for its owner only', async () => {
  const file = path.join(folder, 'gateway.log');
  for (const text of ['one\n', 'two\n']) {
    const log = openLogFile(file);
    log.write(text);
    log.close();
  }
  expect(await readFile(file, 'utf8')).toBe('one\ntwo\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('never takes more than twice its size', async () => {
  const file = path.join(folder, 'gateway.log');
  const log = openLogFile(file, 100);
  for (let line = 0; line < 100; line += 1) log.write(`${String(line).padEnd(19)}\n`);
  log.close();
  expect(await readFile(`${file}.1`, 'utf8')).toContain('94');
  expect((await readFile(file, 'utf8')).length + (await readFile(`${file}.1`, 'utf8')).length).toBe(200);
});

it('does not fail when it cannot write', () => {
  const log = openLogFile('/dev/full');
  expect(() => log.write('lost')).not.toThrow();
  log.close();
});
