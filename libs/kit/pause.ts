import { setTimeout as delay } from 'node:timers/promises';

/** Waits, for platforms that finish a request later and must be asked again. Rejects when the call is given up. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal });
}
