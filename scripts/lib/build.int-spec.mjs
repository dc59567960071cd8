import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ensureBuilt } from './build.mjs';

const COMPILER = {
  target: 'ES2023',
  module: 'NodeNext',
  rootDir: '.',
  outDir: 'dist',
  types: [],
  sourceMap: true,
  strict: true,
};
const BUILD = {
  extends: './tsconfig.json',
  compilerOptions: { incremental: true, tsBuildInfoFile: 'dist/.tsbuildinfo' },
  include: ['apps', 'libs'],
  exclude: ['**/*.spec.ts'],
};
/** Stands in for Prisma's command: counts its runs. */
const GENERATOR = `
const fs = require('node:fs');
fs.mkdirSync('libs/persistence/generated', { recursive: true });
fs.writeFileSync('libs/persistence/generated/client.ts', 'export const client = 1;');
fs.appendFileSync('generated.log', process.argv[2] + '\\n');
`;

/** The real compiler, several times. */
const SLOW = { timeout: 120_000 };

let root = '';

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'shopspan-build-'));
  await write('node_modules/prisma/build/index.js', GENERATOR);
  await symlink(path.resolve('node_modules/typescript'), path.join(root, 'node_modules', 'typescript'));
  await write('package.json', '{"type":"module"}');
  await write('package-lock.json', '{}');
  await write('prisma/schema.prisma', 'model A {}');
  await write('prisma.config.ts', '');
  await write('tsconfig.json', JSON.stringify({ compilerOptions: COMPILER }));
  await write('tsconfig.build.json', JSON.stringify(BUILD));
  await write('apps/launcher/main.ts', "export { price } from '../../libs/money/price.js';");
  await write('libs/money/price.ts', 'export const price: number = 1;');
  await write('libs/money/price.spec.ts', 'export const test = 1;');
  await write('libs/money/README.md', '# Money');
  await write('apps/launcher/page.css', 'p {}');
});

afterEach(() => rm(root, { recursive: true }));

async function write(file, content) {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), content);
}

const build = () => ensureBuilt(root, { output: new PassThrough() });
const built = (file) => existsSync(path.join(root, 'dist', file));
const text = (file) => readFile(path.join(root, file), 'utf8');

it('builds what has changed and nothing else', SLOW, async () => {
  expect(await build()).toBe(true);
  const made = ['apps/launcher/main.js', 'libs/money/price.js', 'libs/persistence/generated/client.js'];
  expect(made.filter(built)).toEqual(made);
  expect(['libs/money/price.spec.js', 'libs/money/README.md'].filter(built)).toEqual([]);
  expect(await text('dist/apps/launcher/page.css')).toBe('p {}');
  expect(await build()).toBe(false);
  await write('libs/money/price.spec.ts', 'export const test = 2;');
  expect(await build()).toBe(false);
  await write('apps/launcher/page.css', 'p { color: red }');
  expect(await build()).toBe(true);
  expect(await text('dist/apps/launcher/page.css')).toBe('p { color: red }');
  expect(await text('generated.log')).toBe('generate\n');
});

it('follows a new schema, sources that are gone and a result that is gone', SLOW, async () => {
  await build();
  await write('prisma/schema.prisma', 'model B {}');
  await write('apps/launcher/main.ts', 'export const price = 2;');
  await rm(path.join(root, 'libs', 'money', 'price.ts'));
  await rm(path.join(root, 'apps', 'launcher', 'page.css'));
  expect(await build()).toBe(true);
  expect(await text('generated.log')).toBe('generate\ngenerate\n');
  expect(['libs/money/price.js', 'libs/money/price.js.map', 'apps/launcher/page.css'].filter(built)).toEqual([]);
  await rm(path.join(root, 'dist', 'apps'), { recursive: true });
  expect(await build()).toBe(true);
  expect(built('apps/launcher/main.js')).toBe(true);
});

it("shows the compiler's words, and does not take the result for built", SLOW, async () => {
  await write('libs/money/price.ts', 'export const price: number = ;');
  const outcome = await build().catch((error) => error);
  expect(outcome).toMatchObject({ details: expect.stringContaining('libs/money/price.ts(1,30): error TS1109') });
  expect(await build().catch(() => 'again')).toBe('again');
});
