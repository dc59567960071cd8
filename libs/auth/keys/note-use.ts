/** Notes in the background, together and seldom, which keys were used. */
export interface UseNotes {
  note(keyId: string): void;
  /** Writes what is noted. */
  close(): Promise<void>;
}

export interface UseNotesOptions {
  readonly write: (keyIds: readonly string[]) => Promise<void>;
  readonly everyMs: number;
}

export function createUseNotes({ write, everyMs }: UseNotesOptions): UseNotes {
  const used = new Set<string>();
  const flush = async (): Promise<void> => {
    if (used.size === 0) return;
    const ids = [...used];
    used.clear();
    // When a key was last used is good to know, and worth no failure.
    await write(ids).catch(() => undefined);
  };
  const timer = setInterval(() => void flush(), everyMs);
  timer.unref();
  return {
    note: (keyId) => void used.add(keyId),
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
