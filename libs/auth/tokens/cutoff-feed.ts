import { GatewayError } from '#contract';
import type { AccessCutoff, AccessReading } from '#persistence';
import { type CutoffTimes, type KnownCutoffs, knownFrom, noteCutoff } from './cutoffs.js';

/**
 * What was cut off and who is suspended, in the memory of this process. It is told when it happens, and asks several times a
 * second whether it was told everything; what it knows is believed for less than a second, so that a cut-off holds in every
 * process within one.
 */
export interface CutoffFeed extends KnownCutoffs {
  /** Whether what is known here is fresh enough to be believed. */
  isCurrent(): boolean;
  /**
   * Makes it so.
   * @throws GatewayError `database_unavailable`
   */
  catchUp(): Promise<void>;
  /** Another number after everything that was learnt. */
  version(): number;
  /** Whether a tenant or an app is suspended. */
  isSuspended(id: string): boolean;
  /** Requests a minute that an operator gave an app; undefined: as many as every app. */
  limitOf(appId: string): number | undefined;
  /** To be told of what was just cut off. */
  hear(cutoff: AccessCutoff): void;
  close(): void;
}

export interface CutoffFeedOptions {
  readonly read: (since: Date | null) => Promise<AccessReading>;
  /** Milliseconds that only run forward. */
  readonly elapsed: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Hears of each cut-off once; of `everything` where it cannot be told what was missed. */
  readonly learnt: (what: AccessCutoff | 'everything') => void;
}

export const READ_EVERY_MS = 250;
/** So long what was read is believed, counted from when it was asked for: the promise is one second. */
export const BELIEVED_MS = 800;
/** A cut-off is dated before its transaction ends: what was read lately is read again. */
const OVERLAP_MS = 60_000;
/** The database forgets after an hour. */
const REMEMBERED_MS = 3600_000;
const MOST_TRIES = 3;

/** What is known. */
interface Memory extends KnownCutoffs, Pick<CutoffFeed, 'version' | 'isSuspended' | 'limitOf' | 'hear'> {
  take(reading: AccessReading): void;
  /** When the database was read last, by its clock. */
  readAt(): Date | null;
}

function createMemory(learnt: CutoffFeedOptions['learnt']): Memory {
  const cutoffs: CutoffTimes = new Map();
  let suspended: ReadonlySet<string> = new Set();
  let limits: AccessReading['limits'] = new Map();
  let version = 0;
  let readAt: Date | null = null;

  const hear = (cutoff: AccessCutoff): void => {
    if (!noteCutoff(cutoffs, cutoff)) return;
    version += 1;
    learnt(cutoff);
  };
  return {
    hear,
    take(reading) {
      // By then the database has forgotten what this process never heard.
      if (readAt !== null && reading.readAt.getTime() - readAt.getTime() > REMEMBERED_MS / 2) learnt('everything');
      readAt = reading.readAt;
      limits = reading.limits;
      for (const cutoff of reading.cutoffs) hear(cutoff);
      if (!isSame(suspended, reading.suspended)) {
        suspended = new Set(reading.suspended);
        version += 1;
      }
      forget(cutoffs, readAt.getTime() - REMEMBERED_MS);
    },
    readAt: () => readAt,
    version: () => version,
    ...knownFrom(cutoffs),
    isSuspended: (id) => suspended.has(id),
    limitOf: (appId) => limits.get(appId),
  };
}

function isSame(known: ReadonlySet<string>, read: readonly string[]): boolean {
  return known.size === read.length && read.every((id) => known.has(id));
}

function forget(cutoffs: CutoffTimes, before: number): void {
  for (const ofKind of cutoffs.values())
    for (const [target, cutAt] of ofKind) if (cutAt < before) ofKind.delete(target);
}

/** Begins to read at once. */
export function createCutoffFeed({ read, elapsed, sleep, learnt }: CutoffFeedOptions): CutoffFeed {
  const closed = new AbortController();
  const memory = createMemory(learnt);
  let askedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;
  const isCurrent = (): boolean => elapsed() - askedAt < BELIEVED_MS;

  async function readOnce(): Promise<void> {
    const at = elapsed();
    const last = memory.readAt();
    memory.take(await read(last === null ? null : new Date(last.getTime() - OVERLAP_MS)));
    askedAt = at;
  }
  const joined = (): Promise<void> => {
    running ??= readOnce().finally(() => (running = undefined));
    return running;
  };

  void readOnAndOn(joined, sleep, closed.signal);
  return {
    ...memory,
    isCurrent,
    async catchUp() {
      // A reading that was begun long ago says too little.
      for (let tries = 0; !isCurrent(); tries += 1) {
        if (tries === MOST_TRIES) throw new GatewayError('database_unavailable', 'The database answers too slowly.');
        await joined();
      }
    },
    close: () => closed.abort(),
  };
}

async function readOnAndOn(
  read: () => Promise<void>,
  sleep: CutoffFeedOptions['sleep'],
  closed: AbortSignal,
): Promise<void> {
  while (!closed.aborted) {
    // What could not be read is not known; whoever needs it says so.
    await read().catch(() => undefined);
    await sleep(READ_EVERY_MS, closed).catch(() => undefined);
  }
}
