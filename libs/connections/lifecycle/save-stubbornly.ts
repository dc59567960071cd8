import { GatewayError } from '#contract';
import type { LifecycleContext } from './context.js';

// A pair that the platform has just given may be the only one: it is not dropped because the database restarts.
const LONGEST_MS = 15 * 60_000;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5000;
const NEVER = new AbortController().signal;

/**
 * Saves, again and again while the database cannot be reached. Saving twice is harmless: the second finds the first.
 * @throws GatewayError what the last try failed with, after a quarter of an hour
 */
export async function saveStubbornly(
  { elapsed, sleep }: Pick<LifecycleContext, 'elapsed' | 'sleep'>,
  save: () => Promise<boolean>,
): Promise<boolean> {
  const until = elapsed() + LONGEST_MS;
  for (let tries = 0; ; tries += 1) {
    try {
      return await save();
    } catch (error) {
      const passes = GatewayError.is(error, 'database_unavailable') || GatewayError.is(error, 'vault_unavailable');
      if (!passes || elapsed() > until) throw error;
      await sleep(Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries, 10), LONGEST_WAIT_MS), NEVER);
    }
  }
}
