/** Counts, in the background and written together, requests that were refused because of their app's limit. */
export interface RefusalCounts {
  note(appId: string): void;
  /** Writes what is counted. */
  close(): Promise<void>;
}

export interface RefusalCountsOptions {
  readonly write: (counted: ReadonlyMap<string, number>) => Promise<void>;
  readonly everyMs: number;
}

export function createRefusalCounts({ write, everyMs }: RefusalCountsOptions): RefusalCounts {
  let counted = new Map<string, number>();
  const add = (appId: string, count: number): void => void counted.set(appId, (counted.get(appId) ?? 0) + count);
  const flush = async (): Promise<void> => {
    if (counted.size === 0) return;
    const batch = counted;
    counted = new Map();
    try {
      await write(batch);
    } catch {
      // There are no more of them than apps, so they wait until the database is back.
      for (const [appId, count] of batch) add(appId, count);
    }
  };
  const timer = setInterval(() => void flush(), everyMs);
  timer.unref();
  return {
    note: (appId) => add(appId, 1),
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
