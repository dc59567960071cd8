import { setTimeout as delay } from 'node:timers/promises';

export interface Patience {
  /** Between two tries, in milliseconds. */
  readonly everyMs?: number;
  /** Gives up after this many tries. */
  readonly tries?: number;
}

/**
 * Asks again and again until the answer is true. Unlike vitest's poll, an error ends it at once: what must hold all the
 * time is thrown when it does not.
 * @throws Error when it never became true
 */
export async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
  { everyMs = 250, tries = 160 }: Patience = {},
): Promise<void> {
  for (let tried = 0; tried < tries; tried += 1) {
    if (await holds()) return;
    await delay(everyMs);
  }
  throw new Error(`not so after ${String((tries * everyMs) / 1000)} s: ${what}`);
}
