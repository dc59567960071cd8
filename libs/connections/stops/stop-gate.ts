import { GatewayError } from '#contract';
import type { Mode, StopRow } from '#persistence';

/** For whom a credential is used. A shop that is just being connected has no store yet. */
export interface CredentialUser {
  readonly tenantId: string;
  readonly appId: string;
  readonly platform: string;
  readonly mode: Mode;
  readonly storeId: string | null;
}

/** What is under a stop, whoever asks. */
export type StoppedThing = Omit<CredentialUser, 'mode'>;

/**
 * Whether credentials may be used now. Every process reads the stops several times a second; what it knows is believed
 * for less than a second, so that a stop holds everywhere within one. A process that cannot read them uses nothing.
 */
export interface StopGate {
  /** The stop that something is under, as far as this process knows. */
  stopFor(thing: StoppedThing): StopRow | undefined;
  /**
   * Waits until it is known that the credential may be used.
   * @throws GatewayError `store_paused`, or `database_unavailable` when the stops cannot be read for seconds
   */
  enter(user: StoppedThing, signal?: AbortSignal): Promise<void>;
  /** The same question without waiting: what is not known to be allowed is not. */
  mayUse(user: StoppedThing): boolean;
  /**
   * Does work that ends when a stop arrives.
   * @throws GatewayError `store_paused` then
   */
  unlessStopped<T>(user: StoppedThing, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Reads anew; resolves when what was set before the call is known here. */
  refresh(): Promise<void>;
  close(): void;
}

export interface StopGateOptions {
  readonly read: () => Promise<readonly StopRow[]>;
  /** Milliseconds that only run forward. */
  readonly elapsed: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const READ_EVERY_MS = 200;
/** So long what was read is believed, counted from when it was asked for: the promise is one second. */
export const BELIEVED_MS = 800;
const LONGEST_WAIT_MS = 5000;
const NEVER = new AbortController().signal;

interface Watcher {
  readonly user: StoppedThing;
  readonly stopped: AbortController;
}

/** Begins to read at once. */
export function createStopGate(options: StopGateOptions): StopGate {
  const closed = new AbortController();
  const watchers = new Set<Watcher>();
  const reader = createReader(options, (stops) => endWhatIsStopped(watchers, stops));
  const isKnown = () => options.elapsed() - reader.askedAt() < BELIEVED_MS;
  const stopFor = (thing: StoppedThing) => findStop(reader.stops(), thing);
  void readOnAndOn(reader, options.sleep, closed.signal);

  async function enter(user: StoppedThing, signal = NEVER): Promise<void> {
    const until = options.elapsed() + LONGEST_WAIT_MS;
    while (!isKnown()) {
      signal.throwIfAborted();
      await reader.read().catch(async (cause: unknown) => {
        if (options.elapsed() > until) throw unknown(cause);
        await options.sleep(READ_EVERY_MS, signal);
      });
    }
    refuse(stopFor(user));
  }

  return {
    stopFor,
    enter,
    mayUse: (user) => isKnown() && stopFor(user) === undefined,
    async unlessStopped(user, signal, work) {
      await enter(user, signal);
      const watcher = { user, stopped: new AbortController() };
      watchers.add(watcher);
      try {
        return await work(AbortSignal.any([signal, watcher.stopped.signal]));
      } catch (error) {
        // Whoever waits says no more than that its wait was ended.
        if (error instanceof Error && error.name === 'AbortError') watcher.stopped.signal.throwIfAborted();
        throw error;
      } finally {
        watchers.delete(watcher);
      }
    },
    async refresh() {
      await reader.readNew();
    },
    close: () => closed.abort(),
  };
}

interface Reader {
  readonly stops: () => readonly StopRow[];
  /** When what is known was asked for. */
  readonly askedAt: () => number;
  /** Joins a reading that is under way. */
  read(): Promise<void>;
  /** Begins after the call. */
  readNew(): Promise<void>;
}

function createReader({ read, elapsed }: StopGateOptions, onRead: (stops: readonly StopRow[]) => void): Reader {
  let known: readonly StopRow[] = [];
  let askedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;
  const readOnce = async (): Promise<void> => {
    const at = elapsed();
    known = await read();
    askedAt = at;
    onRead(known);
  };
  const joined = (): Promise<void> => {
    running ??= readOnce().finally(() => {
      running = undefined;
    });
    return running;
  };
  return {
    stops: () => known,
    askedAt: () => askedAt,
    read: joined,
    async readNew() {
      await running?.catch(() => undefined);
      await joined();
    },
  };
}

async function readOnAndOn(reader: Reader, sleep: StopGateOptions['sleep'], closed: AbortSignal): Promise<void> {
  while (!closed.aborted) {
    // What could not be read is not known; whoever needs it says so.
    await reader.read().catch(() => undefined);
    await sleep(READ_EVERY_MS, closed).catch(() => undefined);
  }
}

function endWhatIsStopped(watchers: ReadonlySet<Watcher>, stops: readonly StopRow[]): void {
  if (stops.length === 0) return;
  for (const { user, stopped } of watchers) {
    const stop = findStop(stops, user);
    if (stop !== undefined) stopped.abort(paused(stop));
  }
}

function findStop(stops: readonly StopRow[], thing: StoppedThing): StopRow | undefined {
  return stops.find(({ scope, target }) => {
    switch (scope) {
      case 'everything':
        return true;
      case 'platform':
        return target === thing.platform;
      case 'tenant':
        return target === thing.tenantId;
      case 'app':
        return target === thing.appId;
      case 'store':
        return target === thing.storeId;
    }
  });
}

function refuse(stop: StopRow | undefined): void {
  if (stop !== undefined) throw paused(stop);
}

const STOPPED = {
  store: 'this store',
  app: 'all stores of this app',
  tenant: 'all stores of this tenant',
  platform: 'all stores of this platform',
  everything: 'all stores',
} as const satisfies Record<StopRow['scope'], string>;

/** What was stopped, since when and why, for people. */
export function stopSentence({ scope, setBy, setAt, reason }: StopRow): string {
  return `An operator (${setBy}) has stopped the calls to ${STOPPED[scope]} since ${setAt.toISOString()}: ${reason}`;
}

function paused(stop: StopRow): GatewayError<'store_paused'> {
  return new GatewayError('store_paused', stopSentence(stop));
}

function unknown(cause: unknown): GatewayError<'database_unavailable'> {
  const message = 'Whether an operator has stopped this cannot be found out, so no credential is used.';
  return new GatewayError('database_unavailable', message, { cause });
}
