import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { contentHash, listFiles, readJsonIfThere } from './content-hash.mjs';
import { runStep } from './run-step.mjs';
import { SetupError } from './setup-error.mjs';

const CONFIG = 'apps/console/vite.config.ts';
const OUT = 'dist/console';
/** What the console is made of; of the libs it uses types and schemas. */
const SOURCES = ['apps/console', 'libs/operator-api', 'libs/contract'];
const INPUT = ['tsconfig.json', 'package.json', 'package-lock.json'];
const NOT_BUILT = /\.spec\.ts$|^apps\/console\/testing\//;
/** Gzipped, of everything a browser loads before it shows the first screen. */
const FIRST_SCREEN_BYTES = 250_000;

export function isConsoleBuilt(root) {
  return !existsSync(path.join(root, CONFIG)) || readJsonIfThere(stampFile(root))?.sources === consoleStamp(root);
}

/**
 * Brings dist/console up to date with its sources.
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function ensureConsoleBuilt(root, { output } = {}) {
  if (isConsoleBuilt(root)) return false;
  const sources = consoleStamp(root);
  await buildConsole(root, { output });
  writeFileSync(stampFile(root), JSON.stringify({ sources }));
  return true;
}

function consoleStamp(root) {
  const files = listFiles(root, SOURCES).filter((file) => !NOT_BUILT.test(file));
  return contentHash(root, [...files, ...INPUT]);
}

function stampFile(root) {
  return path.join(root, OUT, '.build.json');
}

async function buildConsole(root, { output }) {
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const command = [process.execPath, vite, 'build', '--config', CONFIG, '--logLevel', 'warn'];
  // A shell that says "development" would build React's slow twin.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { code, output: text } = await runStep('Building the operator console', command, { cwd: root, env, output });
  if (code !== 0) throw new SetupError('The operator console could not be built: the lines above say why.', text);
}

/**
 * What a browser loads, gzipped: everything at first, and each screen's own part after.
 * @returns {{ first: number, later: readonly (readonly [string, number])[] }} bytes
 */
export function consoleSizes(root) {
  const manifest = readJsonIfThere(path.join(root, OUT, '.vite', 'manifest.json'));
  const gzipped = (file) => gzipSync(readFileSync(path.join(root, OUT, file)), { level: 6 }).length;
  // Chunks may import each other in a circle.
  const chunksOf = (name, met = new Set()) => {
    if (met.has(name)) return met;
    met.add(name);
    for (const imported of manifest[name].imports ?? []) chunksOf(imported, met);
    return met;
  };
  const filesOf = (name) => [...chunksOf(name)].flatMap((met) => [manifest[met].file, ...(manifest[met].css ?? [])]);
  const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
  const first = new Set(filesOf(entry));
  const sum = (files) => [...files].reduce((bytes, file) => bytes + gzipped(file), 0);
  const later = Object.keys(manifest)
    .filter((name) => manifest[name].isDynamicEntry)
    .map((name) => [name, sum(new Set(filesOf(name).filter((file) => !first.has(file))))]);
  return { first: sum(first), later };
}

/** @throws SetupError where the first screen has become too heavy */
export function checkConsoleSizes({ first }) {
  if (first <= FIRST_SCREEN_BYTES) return;
  throw new SetupError(`The first screen is ${first} bytes gzipped, and may be ${FIRST_SCREEN_BYTES}.`);
}
