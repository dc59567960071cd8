import { publicId } from '#contract';
import { type Acting, currentActing } from './acting.js';

/** For whom a credential is used. */
export interface UsedFor {
  readonly tenantId: string;
  readonly appId: string;
  readonly platform: string;
  readonly storeId: string | null;
}

/** Uses that differ in nothing but their request. */
interface CountedUse {
  readonly tenant: string;
  readonly app: string;
  readonly store: string | null;
  readonly platform: string;
  readonly who: string;
  readonly why: string;
  count: number;
  /** The first of them. */
  readonly requests: string[];
}

/** Counts what leaves in memory and writes it down a moment later: no call waits for it. */
export interface CredentialUses {
  /**
   * Prepares to count a call. In whose name it is made is known now, in the call's own context; that it left, later.
   * @param why what it is for, where that is not what the caller asked for: a renewal
   * @returns to be called when the credential leaves; a call counts once, however often that is said of it
   */
  begin(user: UsedFor, why?: string): () => void;
  /** Writes what was counted. Rejects when that cannot be; then it is kept for the next time. */
  flush(): Promise<void>;
  /** Writes the rest. */
  close(): Promise<void>;
}

export interface CredentialUsesOptions {
  readonly process: string;
  /** @param uses JSON */
  readonly write: (process: string, uses: string) => Promise<void>;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** What could not be written, and what was given up for lack of room. */
  readonly report: (failure: { readonly error: unknown; readonly kept: number; readonly lost: number }) => void;
}

export const FLUSH_MS = 1000;
const MOST_REQUESTS = 20;
const MOST_IN_AN_ENTRY = 200;
/** So many kinds of use are kept while the database is away; further ones are only counted. */
const MOST_KEPT = 20_000;

export function createCredentialUses({ process, write, sleep, report }: CredentialUsesOptions): CredentialUses {
  const closed = new AbortController();
  const counts = createCounts();
  let isWaiting = false;
  let flushing: Promise<void> = Promise.resolve();

  async function flushSoon(): Promise<void> {
    isWaiting = true;
    await sleep(FLUSH_MS, closed.signal).catch(() => undefined);
    isWaiting = false;
    // What fails is kept, and tried again with what comes next, or in a second.
    if (!closed.signal.aborted) await flush().catch(() => void (isWaiting || flushSoon()));
  }

  async function writeAll(): Promise<void> {
    const { taken, lost } = counts.take();
    for (let at = 0; at < taken.length || (at === 0 && lost > 0); at += MOST_IN_AN_ENTRY) {
      const uses = taken.slice(at, at + MOST_IN_AN_ENTRY).map(([, use]) => use);
      try {
        await write(process, JSON.stringify({ uses, ...(at === 0 && lost > 0 ? { uncounted: lost } : {}) }));
      } catch (error) {
        report({ error, ...counts.putBack(taken.slice(at), at === 0 ? lost : 0) });
        throw error;
      }
    }
  }

  function flush(): Promise<void> {
    flushing = flushing.catch(() => undefined).then(writeAll);
    return flushing;
  }

  return {
    begin(user, why) {
      const acting = currentActing() ?? { who: `process ${process}`, why: 'unknown', requestId: null };
      const known = why === undefined ? acting : { ...acting, why };
      return once(() => {
        counts.note(user, known);
        if (!isWaiting) void flushSoon();
      });
    },
    flush,
    async close() {
      closed.abort();
      // Reported already; nobody is left who could try once more.
      await flush().catch(() => undefined);
    },
  };
}

type Counted = readonly (readonly [string, CountedUse])[];

function createCounts() {
  let counted = new Map<string, CountedUse>();
  let lost = 0;
  return {
    note(user: UsedFor, acting: Acting): void {
      const key = `${user.tenantId} ${user.appId} ${user.storeId ?? ''} ${user.platform} ${acting.who} ${acting.why}`;
      const use = counted.get(key) ?? newUse(user, acting);
      if (use.count === 0 && counted.size >= MOST_KEPT) {
        lost += 1;
        return;
      }
      if (use.count === 0) counted.set(key, use);
      use.count += 1;
      const { requestId } = acting;
      const isNew = requestId !== null && use.requests.length < MOST_REQUESTS && use.requests.at(-1) !== requestId;
      if (isNew) use.requests.push(requestId);
    },
    take(): { readonly taken: Counted; readonly lost: number } {
      const all = { taken: [...counted], lost };
      counted = new Map();
      lost = 0;
      return all;
    },
    /** What could not be written. */
    putBack(uses: Counted, lostBefore: number): { readonly kept: number; readonly lost: number } {
      lost += lostBefore;
      for (const [key, use] of uses) {
        const newer = counted.get(key);
        if (newer === undefined && counted.size >= MOST_KEPT) lost += use.count;
        else if (newer === undefined) counted.set(key, use);
        else newer.count += use.count;
      }
      return { kept: counted.size, lost };
    },
  };
}

function newUse({ tenantId, appId, storeId, platform }: UsedFor, { who, why }: Acting): CountedUse {
  const store = storeId === null ? null : publicId('store', storeId);
  const [tenant, app] = [publicId('tenant', tenantId), publicId('app', appId)];
  return { tenant, app, store, platform, who, why, count: 0, requests: [] };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
