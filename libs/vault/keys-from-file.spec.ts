import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GatewayError } from '#contract';
import { createFileOnce } from './create-file-once.js';
import { keysFromFile } from './keys-from-file.js';
import { localKey } from './local-key.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vault-'));
  path = join(folder, 'keys.json');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const [one, other] = [randomBytes(32), randomBytes(32)];
const keyText = one.toString('base64');
const writeKeys = (content: string, mode = 0o600) => writeFile(path, content, { mode });

async function refusal(options = {}): Promise<string> {
  const error: unknown = await keysFromFile(path, options).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(GatewayError);
  expect(error).toMatchObject({ code: 'vault_unavailable' });
  return error instanceof Error ? error.message : '';
}

describe('a key file that is there', () => {
  it('is read with the first key current, with and without ids', async () => {
    const [first, second] = [localKey(one), localKey(other)];
    await writeKeys(JSON.stringify({ keys: [{ id: first.id, key: keyText }, { key: other.toString('base64') }] }));
    expect((await keysFromFile(path)).map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  it('is read through a symbolic link, as mounted secrets are', async () => {
    await writeFile(join(folder, 'real.json'), JSON.stringify({ keys: [{ key: keyText }] }), { mode: 0o600 });
    await symlink('real.json', path);
    expect(await keysFromFile(path)).toHaveLength(1);
  });

  it.each([0o640, 0o604, 0o620, 0o602, 0o666, 0o610])('is refused with permissions %o', async (mode) => {
    await writeKeys(JSON.stringify({ keys: [{ key: keyText }] }));
    await chmod(path, mode);
    expect(await refusal()).toContain('can be reached by other users of this machine');
    expect(await refusal({ createIfMissing: true })).toContain('chmod 600');
  });

  it.each([
    ['nothing', ''],
    ['half a file', `{"keys":[{"key":"${keyText.slice(0, 20)}`],
    ['a bare key', keyText],
    ['no keys', '{"keys":[]}'],
    ['another shape', `{"key":"${keyText}"}`],
    ['a key that is a number', '{"keys":[{"key":1}]}'],
    ['null', 'null'],
    ['a list', '[]'],
    ['deep nesting', '['.repeat(30_000)],
    ['a key of 31 bytes', JSON.stringify({ keys: [{ key: randomBytes(31).toString('base64') }] })],
    ['the same key twice', JSON.stringify({ keys: [{ key: keyText }, { key: keyText }] })],
    ['an id that belongs to another key', JSON.stringify({ keys: [{ id: localKey(other).id, key: keyText }] })],
    [
      'a key with one character changed',
      JSON.stringify({ keys: [{ id: localKey(one).id, key: `AAA${keyText.slice(3)}` }] }),
    ],
    ['two keys in one entry', JSON.stringify({ keys: [{ key: `${keyText},${other.toString('base64')}` }] })],
  ])('is refused when it holds %s; content is neither shown nor overwritten', async (_, content) => {
    await writeKeys(content);
    const error: unknown = await keysFromFile(path, { createIfMissing: true }).catch((caught: unknown) => caught);
    expect(error).toHaveProperty('code', 'vault_unavailable');
    expect(String(error)).toContain(`${path} is damaged`);
    // The cause as well: JSON.parse quotes what it stumbled over.
    expect(inspect(error, { depth: 9 })).not.toContain(keyText.slice(0, 6));
    expect(await readFile(path, 'utf8')).toBe(content);
  });

  it('is refused when it is a folder, too large, or a pipe nobody writes to', async () => {
    await writeKeys('x'.repeat(65_537));
    expect(await refusal()).toContain('too large');
    await rm(path);
    await mkdir(path);
    expect(await refusal()).toContain('is not a file');
    await rm(path, { recursive: true });
    execFileSync('mkfifo', ['-m', '600', path]);
    expect(await refusal()).toContain('is not a file');
  });
});

describe('a key file that is missing', () => {
  it('is not made unless asked for', async () => {
    expect(await refusal()).toBe(`The key file ${path} does not exist. Put the file back, or name the right one.`);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is made for its owner only, in folders for its owner only, with nothing left beside it', async () => {
    path = join(folder, 'a', 'b', 'keys.json');
    const [key] = await keysFromFile(path, { createIfMissing: true });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(folder, 'a', 'b'))).toEqual(['keys.json']);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ keys: [{ id: key?.id }] });
    expect((await keysFromFile(path, { createIfMissing: true })).map(({ id }) => id)).toEqual([key?.id]);
  });

  it('cannot be made below a file, and says why', async () => {
    await writeFile(join(folder, 'taken'), '');
    path = join(folder, 'taken', 'keys.json');
    expect(await refusal({ createIfMissing: true })).toMatch(/cannot be (created|read) \(ENOTDIR\)/);
  });

  it('cannot be made behind a link that leads nowhere, and does not try for ever', async () => {
    await symlink('nowhere.json', path);
    expect(await refusal({ createIfMissing: true })).toContain('is gone again');
    expect(await readdir(folder)).toEqual(['keys.json']);
  });

  it('is one and the same for all who ask at once in one process', async () => {
    const made = await Promise.all(Array.from({ length: 40 }, () => keysFromFile(path, { createIfMissing: true })));
    expect(new Set(made.map(([key]) => key?.id)).size).toBe(1);
    expect(await readdir(folder)).toEqual(['keys.json']);
  });

  it('is one and the same for processes that start at once', { timeout: 60_000 }, async () => {
    const script = await compiled();
    for (let round = 0; round < 3; round += 1) {
      path = join(folder, `round-${round}`, 'keys.json');
      const ids = await idsOfProcesses(script, 6);
      expect(ids[0]).toMatch(/^kek_[0-9a-f]{12}$/);
      expect(new Set(ids).size).toBe(1);
    }
  });
});

describe('createFileOnce', () => {
  it('never changes a file that is there', async () => {
    await createFileOnce(path, 'first');
    await createFileOnce(path, 'second');
    expect(await readFile(path, 'utf8')).toBe('first');
    expect(await readdir(folder)).toEqual(['keys.json']);
  });
});

/** The real module as plain JavaScript, since a bare process cannot import TypeScript on Node 20. */
async function compiled(): Promise<string> {
  const source = fileURLToPath(new URL('keys-from-file.ts', import.meta.url));
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, resolve: { conditions: ['shopspan-source'] } },
    build: {
      ssr: source,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'keys.mjs' } },
    },
  });
  return join(folder, 'keys.mjs');
}

/** Starts processes that load everything first and then create the key file at the same word. */
async function idsOfProcesses(script: string, count: number): Promise<string[]> {
  const program =
    `const { keysFromFile } = await import(${JSON.stringify(script)});` +
    `process.stdout.write('ready;'); await new Promise((go) => process.stdin.once('data', go)); process.stdin.destroy();` +
    `process.stdout.write((await keysFromFile(${JSON.stringify(path)}, { createIfMissing: true }))[0].id);`;
  const children = Array.from({ length: count }, () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let written = '';
    child.stdout.on('data', (chunk: Buffer) => (written += chunk.toString()));
    return { child, closed: once(child, 'close'), ready: once(child.stdout, 'data'), text: () => written };
  });
  await Promise.all(children.map(({ ready }) => ready));
  for (const { child } of children) child.stdin.end('go');
  await Promise.all(children.map(({ closed }) => closed));
  return children.map(({ text }) => text().replace('ready;', ''));
}
