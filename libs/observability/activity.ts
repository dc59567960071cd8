import {
  callOutcomeOf,
  type CallOutcome,
  ERRORS,
  LATENCY_BOUNDS_MS,
  latencyClassOf,
  type RefreshOutcome,
  refreshOutcomeOf,
} from '#contract';

/** What happened in one minute, as the database keeps it. */
export interface ActivityMinute {
  readonly minute: Date;
  readonly kind: 'call' | 'refresh';
  readonly platform: string;
  readonly outcome: CallOutcome | RefreshOutcome;
  readonly reason: string;
  readonly count: number;
  readonly sumMs: number;
  readonly maxMs: number;
  readonly buckets: readonly number[];
}

type Counting = { -readonly [K in keyof ActivityMinute]: ActivityMinute[K] } & { buckets: number[] };

/** Adds up, by the minute, what calls and renewals came to; written down a few seconds later, so no call waits for it. */
export interface Activity {
  call(platform: string, code: string | null, durationMs: number): void;
  refresh(
    platform: string,
    outcome: Parameters<typeof refreshOutcomeOf>[0],
    code: string | null,
    durationMs: number,
  ): void;
  flush(): Promise<void>;
  /** Writes the rest. A process that dies instead loses at most its last seconds. */
  close(): Promise<void>;
}

export interface ActivityOptions {
  readonly write: (minutes: readonly ActivityMinute[]) => Promise<void>;
  readonly now: () => Date;
  /** Told what could not be written, and is kept; and what was given up for lack of room. */
  readonly report: (failure: { readonly error: unknown; readonly kept: number; readonly lost: number }) => void;
}

const FLUSH_MS = 10_000;
/** Half an hour of every platform, outcome and reason there can be in practice: more would be a database that stays away. */
const MOST_KEPT = 2_000;

export function createActivity({ write, now, report }: ActivityOptions): Activity {
  let counting = new Map<string, Counting>();
  let writing: Promise<void> = Promise.resolve();
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();

  /** What fails is kept: it may have been written all the same, and is then counted twice rather than not at all. */
  async function writeAll(): Promise<void> {
    const taken = [...counting.values()];
    counting = new Map();
    if (taken.length === 0) return;
    try {
      await write(taken);
    } catch (error) {
      const kept = taken.slice(-MOST_KEPT);
      for (const one of kept) merge(counting, one);
      report({ error, kept: kept.length, lost: taken.length - kept.length });
    }
  }

  function flush(): Promise<void> {
    writing = writing.then(writeAll);
    return writing;
  }

  return {
    call(platform, code, ms) {
      merge(counting, counted(now(), { kind: 'call', platform, outcome: callOutcomeOf(code), reason: '' }, ms));
    },
    refresh(platform, outcome, code, ms) {
      const reason = code !== null && Object.hasOwn(ERRORS, code) ? code : '';
      const what = { kind: 'refresh', platform, outcome: refreshOutcomeOf(outcome, code), reason } as const;
      merge(counting, counted(now(), what, ms));
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

type What = Pick<Counting, 'kind' | 'platform' | 'outcome' | 'reason'>;

function counted(at: Date, what: What, ms: number): Counting {
  const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
  const buckets = LATENCY_BOUNDS_MS.map(() => 0).concat(0);
  buckets[latencyClassOf(ms)] = 1;
  return { minute, ...what, count: 1, sumMs: ms, maxMs: ms, buckets };
}

function merge(into: Map<string, Counting>, one: Counting): void {
  const key = `${one.minute.toISOString()} ${one.kind} ${one.platform} ${one.outcome} ${one.reason}`;
  const had = into.get(key);
  if (had === undefined) {
    into.set(key, one);
    return;
  }
  had.count += one.count;
  had.sumMs += one.sumMs;
  had.maxMs = Math.max(had.maxMs, one.maxMs);
  had.buckets = had.buckets.map((count, place) => count + (one.buckets[place] ?? 0));
}
