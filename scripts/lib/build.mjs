import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureConsoleBuilt, isConsoleBuilt } from './build-console.mjs';
import { contentHash, listFiles, readJsonIfThere } from './content-hash.mjs';
import { runStep } from './run-step.mjs';
import { SetupError } from './setup-error.mjs';
import { withSetupLock } from './setup-lock.mjs';

const SOURCES = ['apps', 'libs'];
const GENERATED = 'libs/persistence/generated';
const GENERATOR_INPUT = ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'];
const COMPILER_INPUT = ['tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json'];
const ENTRY = 'dist/apps/launcher/main.js';
/** Not part of the programs: tests, their recordings, documentation; the console, which Vite builds. */
const NOT_BUILT = /\.(?:int-|e2e-)?spec\.ts$|\.md$|(?:^|\/)__fixtures__\/|^libs\/testing\/|^apps\/console\//;

/**
 * Brings dist/ up to date with the sources: Prisma's client, tsc, the files that tsc leaves behind, the console.
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function ensureBuilt(root, { output } = {}) {
  if (isBuilt(root) && isConsoleBuilt(root)) return false;
  return withSetupLock(root, async () => {
    const built = await ensureProgramsBuilt(root, output);
    const consoleBuilt = await ensureConsoleBuilt(root, { output });
    return built || consoleBuilt;
  });
}

async function ensureProgramsBuilt(root, output) {
  if (isBuilt(root)) return false;
  const stamp = buildStamp(root);
  await generateClient(root, output);
  await compile(root, output);
  removeOrphans(root);
  copyAssets(root);
  writeFileSync(stampFile(root), JSON.stringify(stamp));
  return true;
}

function isBuilt(root) {
  const stamp = readJsonIfThere(stampFile(root));
  return stamp !== undefined && existsSync(path.join(root, ENTRY)) && stamp.sources === buildStamp(root).sources;
}

function buildStamp(root) {
  return { sources: contentHash(root, [...productFiles(root), ...COMPILER_INPUT, ...GENERATOR_INPUT]) };
}

function productFiles(root) {
  return listFiles(root, SOURCES).filter((file) => !file.startsWith(`${GENERATED}/`) && !NOT_BUILT.test(file));
}

async function generateClient(root, output) {
  const stamp = path.join(root, GENERATED, '.stamp.json');
  const input = contentHash(root, GENERATOR_INPUT);
  if (readJsonIfThere(stamp)?.input === input) return;
  const prisma = path.join(root, 'node_modules', 'prisma', 'build', 'index.js');
  // Prisma would ask its makers for news.
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  const command = [process.execPath, prisma, 'generate'];
  await mustSucceed(runStep('Generating the database client', command, { cwd: root, env, output }));
  writeFileSync(stamp, JSON.stringify({ input }));
}

async function compile(root, output) {
  // tsc trusts its notes, also when the files they speak of are gone.
  if (!existsSync(path.join(root, ENTRY))) rmSync(path.join(root, 'dist', '.tsbuildinfo'), { force: true });
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  // Checking types takes longer than all the rest, and is what `npm run types` is for.
  const command = [process.execPath, tsc, '-p', 'tsconfig.build.json', '--noCheck', '--pretty', 'false'];
  await mustSucceed(runStep('Building', command, { cwd: root, output }));
}

async function mustSucceed(step) {
  const { code, output } = await step;
  if (code !== 0) throw new SetupError('Shopspan could not be built: the lines above say why.', output);
}

/** What was made from a source that no longer exists would still be loaded. */
function removeOrphans(root) {
  const made = listFiles(
    root,
    SOURCES.map((folder) => `dist/${folder}`),
  );
  for (const file of made) {
    const source = file.replace(/^dist\//, '');
    const origins = [source, source.replace(/\.js(?:\.map)?$/, '.ts'), source.replace(/\.js(?:\.map)?$/, '.tsx')];
    if (!origins.some((origin) => existsSync(path.join(root, origin)))) rmSync(path.join(root, file));
  }
}

function copyAssets(root) {
  for (const file of productFiles(root).filter((name) => !/\.tsx?$/.test(name))) {
    const copy = path.join(root, 'dist', file);
    mkdirSync(path.dirname(copy), { recursive: true });
    cpSync(path.join(root, file), copy);
  }
}

function stampFile(root) {
  return path.join(root, 'dist', '.build.json');
}
