import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { ensureInstalled } from './install.mjs';

const TINY = { name: 'tiny', scripts: { postinstall: 'touch installed-by-script' } };
const VERSIONS = ['1.0.0', '1.0.1'];

const runFile = promisify(execFile);

let store = '';
let root = '';
const integrity = {};

beforeAll(async () => {
  store = await mkdtemp(path.join(tmpdir(), 'shopspan-packages-'));
  for (const version of VERSIONS) {
    await writeFile(path.join(store, 'package.json'), JSON.stringify({ ...TINY, version }));
    const { stdout } = await runFile('npm', ['pack', '--json', '--offline'], { cwd: store });
    integrity[version] = JSON.parse(stdout)[0].integrity;
  }
});

afterAll(() => rm(store, { recursive: true }));

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'shopspan-install-'));
  await needTiny('1.0.0');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

function writeJson(file, value) {
  return writeFile(path.join(root, file), JSON.stringify(value));
}

/** Makes the package one that needs this version of tiny for its development. */
async function needTiny(version) {
  const file = `tiny-${version}.tgz`;
  await copyFile(path.join(store, file), path.join(root, file));
  const shop = { name: 'shop', version: '1.0.0', devDependencies: { tiny: `file:${file}` } };
  const tiny = { version, resolved: `file:${file}`, integrity: integrity[version], dev: true, hasInstallScript: true };
  const packages = { '': shop, 'node_modules/tiny': tiny };
  await writeJson('package.json', shop);
  await writeJson('package-lock.json', { ...shop, lockfileVersion: 3, requires: true, packages });
}

const install = () => ensureInstalled(root, { output: new PassThrough() });
const installedAt = () => readFile(path.join(root, 'node_modules', '.shopspan-install.json'), 'utf8');

it("installs once, with the development packages whatever NODE_ENV says, and runs nobody else's scripts", async () => {
  vi.stubEnv('NODE_ENV', 'production');
  // npx hands this repository's own setting on to the tests.
  vi.stubEnv('npm_config_ignore_scripts', undefined);
  expect(await install()).toBe(true);
  expect(existsSync(path.join(root, 'node_modules', 'tiny', 'package.json'))).toBe(true);
  expect(existsSync(path.join(root, 'node_modules', 'tiny', 'installed-by-script'))).toBe(false);
  expect(await install()).toBe(false);
});

it('installs again when package-lock.json has changed or node_modules is gone', async () => {
  await install();
  const before = await installedAt();
  await needTiny('1.0.1');
  expect(await install()).toBe(true);
  expect(await installedAt()).not.toBe(before);
  await rm(path.join(root, 'node_modules'), { recursive: true });
  expect(await install()).toBe(true);
});

it('accepts what a plain `npm ci` installed, and nothing half installed', async () => {
  execFileSync('npm', ['ci', '--offline', '--ignore-scripts'], { cwd: root, stdio: 'pipe' });
  expect(await install()).toBe(false);
  await rm(path.join(root, 'node_modules', '.shopspan-install.json'));
  await rm(path.join(root, 'node_modules', '.package-lock.json'));
  expect(await install()).toBe(true);
});

it('installs once when two commands start at the same time', async () => {
  const module = new URL('./install.mjs', import.meta.url).href;
  const script = `import { ensureInstalled } from '${module}'; console.log(await ensureInstalled('${root}'));`;
  const run = () => runFile(process.execPath, ['--input-type=module', '-e', script]);
  const answers = await Promise.all([run(), run()]);
  expect(answers.map(({ stdout }) => stdout.trim()).sort()).toEqual(['false', 'true']);
});

it("shows npm's own words and one sentence when it fails", async () => {
  await writeFile(path.join(root, '.npmrc'), 'registry=http://127.0.0.1:1/\nfetch-retries=0\ncache=.npm-cache\n');
  const dependencies = { dependencies: { 'not-in-any-cache': '1.0.0' } };
  await writeJson('package.json', { name: 'shop', version: '1.0.0', ...dependencies });
  const packages = {
    '': { name: 'shop', version: '1.0.0', ...dependencies },
    'node_modules/not-in-any-cache': {
      version: '1.0.0',
      resolved: 'http://127.0.0.1:1/not-in-any-cache.tgz',
      integrity: 'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
    },
  };
  await writeJson('package-lock.json', {
    name: 'shop',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages,
  });
  const error = await install().catch((cause) => cause);
  expect(error).toMatchObject({ message: expect.stringContaining('could not reach its registry') });
  expect(error).toMatchObject({ details: expect.stringContaining('ECONNREFUSED') });
  expect(await install().catch(() => 'again')).toBe('again');
});
