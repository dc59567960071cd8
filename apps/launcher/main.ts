import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { launcherSettings, readSettings } from '#config';
import { demoIn, signInLinkFor } from './demo.js';
import { explainError } from './explain-error.js';
import { launch } from './launch.js';
import { awaitStopRequest } from './stop-request.js';

const INSISTED_MS = 3_000;

/** This file runs as dist/apps/launcher/main.js. */
const here = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

// A closed terminal, or a pipe that nobody reads any more, must not end the launcher before what it started.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

const stopRequest = awaitStopRequest();
// Programs that are still running notice the end of this process.
stopRequest.insisted.addEventListener('abort', () => setTimeout(() => process.exit(130), INSISTED_MS).unref());

try {
  const settings = launcherSettings();
  const root = here('../../../');
  await launch({
    settings,
    root,
    prepareDemo: demoIn(path.resolve(root, settings.stateDirectory), readSettings()),
    makeSignInLink: signInLinkFor(readSettings()),
    programsDirectory: here('../'),
    migrationsDirectory: here('../../../prisma/migrations'),
    stopRequest,
    say: (text) => void process.stdout.write(`${text}\n`),
  });
} catch (error) {
  process.stderr.write(`\n${explainError(error)}\n`);
  process.exitCode = 1;
}
