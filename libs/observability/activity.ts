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

const MINUTE_MS = 60_000;
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

  function count(what: What, ms: number): void {
    const row = rowOf(counting, Math.floor(now().getTime() / MINUTE_MS) * MINUTE_MS, what);
    const place = latencyClassOf(ms);
    row.count += 1;
    row.sumMs += ms;
    row.maxMs = Math.max(row.maxMs, ms);
    row.buckets[place] = (row.buckets[place] ?? 0) + 1;
  }

  return {
    call(platform, code, ms) {
      count({ kind: 'call', platform, outcome: callOutcomeOf(code), reason: '' }, ms);
    },
    refresh(platform, outcome, code, ms) {
      const reason = code !== null && Object.hasOwn(ERRORS, code) ? code : '';
      count({ kind: 'refresh', platform, outcome: refreshOutcomeOf(outcome, code), reason }, ms);
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

type What = Pick<Counting, 'kind' | 'platform' | 'outcome' | 'reason'>;

/** The row of a minute; one with nothing in it where there was none. */
function rowOf(of: Map<string, Counting>, minute: number, what: What): Counting {
  const key = `${String(minute)} ${what.kind} ${what.platform} ${what.outcome} ${what.reason}`;
  const had = of.get(key);
  if (had !== undefined) return had;
  const none = { count: 0, sumMs: 0, maxMs: 0, buckets: LATENCY_BOUNDS_MS.map(() => 0).concat(0) };
  const row = { minute: new Date(minute), ...what, ...none };
  of.set(key, row);
  return row;
}

function merge(into: Map<string, Counting>, { minute, count, sumMs, maxMs, buckets, ...what }: Counting): void {
  const row = rowOf(into, minute.getTime(), what);
  row.count += count;
  row.sumMs += sumMs;
  row.maxMs = Math.max(row.maxMs, maxMs);
  row.buckets = row.buckets.map((had, place) => had + (buckets[place] ?? 0));
}
