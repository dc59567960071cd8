import type { PresentedKey } from '#persistence';

export interface LookUpOptions {
  readonly find: (hashes: readonly Buffer[]) => Promise<readonly PresentedKey[]>;
  /** Milliseconds that only run forward. */
  readonly elapsed: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** Batches follow each other no faster, so that any number of unknown keys costs so many queries a second and no more. */
export const BATCH_EVERY_MS = 50;
const MOST_AT_ONCE = 1000;

interface Waiting {
  readonly hash: Buffer;
  readonly resolve: (key: PresentedKey | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Looks keys up together. Whoever comes alone waits for nobody. */
export function createLookUp({
  find,
  elapsed,
  sleep,
}: LookUpOptions): (hash: Buffer) => Promise<PresentedKey | undefined> {
  const waiting: Waiting[] = [];
  let startedAt = Number.NEGATIVE_INFINITY;
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const early = startedAt + BATCH_EVERY_MS - elapsed();
      if (early > 0) await sleep(early);
      startedAt = elapsed();
      await settle(waiting.splice(0, MOST_AT_ONCE));
    }
    isRunning = false;
  }

  async function settle(batch: readonly Waiting[]): Promise<void> {
    try {
      const found = await find(batch.map(({ hash }) => hash));
      const byHash = new Map(found.map((key) => [key.hash.toString('latin1'), key]));
      for (const { hash, resolve } of batch) resolve(byHash.get(hash.toString('latin1')));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (hash) =>
    new Promise((resolve, reject) => {
      waiting.push({ hash, resolve, reject });
      if (!isRunning) void run();
    });
}
