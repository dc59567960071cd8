/** Why the embedded Postgres could not be started; `message` is one sentence for the person at the terminal. */
export type LocalPostgresErrorCode =
  'locked' | 'port-taken' | 'not-writable' | 'disk-full' | 'unsupported' | 'broken-data' | 'failed';

export class LocalPostgresError extends Error {
  override readonly name = 'LocalPostgresError';

  constructor(
    readonly code: LocalPostgresErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What the failing program was working on, so that a sentence can name it. */
export interface FailureContext {
  readonly dataDir: string;
  readonly port?: number;
}

/** The way out on every machine where the embedded server cannot run. */
export const USE_DATABASE_URL = 'set DATABASE_URL to a Postgres 15 or newer';

const CANNOT_RUN =
  /exited with code 12[67]|ENOENT|ENOEXEC|failed to execute|error while loading shared libraries|GLIBC_|symbol not found/;
const BROKEN_DATA =
  /database files are incompatible|invalid data directory|not a valid data directory|pg_control|PANIC:|could not locate a valid checkpoint/;

/** Turns the words of initdb or postgres into one sentence. Their full output stays in `cause`. */
export function explainFailure(output: string, context: FailureContext): LocalPostgresError {
  const [code, sentence] = judge(output, context);
  return new LocalPostgresError(code, sentence, { cause: new Error(output.trim()) });
}

function judge(output: string, { dataDir, port }: FailureContext): [LocalPostgresErrorCode, string] {
  if (/"postmaster\.pid" already exists|pre-existing shared memory block/.test(output)) {
    const pid = /\(PID (\d+)\)/.exec(output)?.[1];
    const owner = pid === undefined ? '' : ` (process ${pid})`;
    return ['locked', `The data folder ${dataDir} is in use by another running instance${owner}; stop it first.`];
  }
  if (/Address already in use|EADDRINUSE/.test(output)) {
    return [
      'port-taken',
      `Port ${String(port)} on 127.0.0.1 is taken by another program; choose another one for Postgres.`,
    ];
  }
  if (/No space left on device|ENOSPC/.test(output)) {
    return ['disk-full', `The disk that holds ${dataDir} is full; free some space and start again.`];
  }
  if (/Permission denied|Read-only file system|Operation not permitted|EACCES|EPERM|EROFS/.test(output)) {
    return ['not-writable', notWritable(dataDir)];
  }
  if (CANNOT_RUN.test(output)) {
    return ['unsupported', `The embedded Postgres does not run on this system (it needs glibc); ${USE_DATABASE_URL}.`];
  }
  if (BROKEN_DATA.test(output)) {
    return ['broken-data', `The data folder ${dataDir} is damaged (${lastWords(output)}); restore or move it away.`];
  }
  return ['failed', `Postgres could not start on ${dataDir}: ${lastWords(output)}.`];
}

function notWritable(dataDir: string): string {
  const who = process.getuid?.() === 0 ? 'Postgres (which never runs as root)' : 'This user';
  const why = 'the disk is read-only, or a folder on the way belongs to another user';
  return `${who} may not read and write ${dataDir}: ${why}. Choose a folder it can reach, or ${USE_DATABASE_URL}.`;
}

function lastWords(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const worst = lines.findLast((line) => /FATAL:|PANIC:|ERROR:|error:/.test(line)) ?? lines.at(-1) ?? 'no message';
  return worst
    .replace(/^.*?(?:FATAL|PANIC|ERROR|error):\s*/, '')
    .trim()
    .replace(/\.$/, '');
}
