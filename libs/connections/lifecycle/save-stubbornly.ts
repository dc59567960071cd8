import { GatewayError } from '#contract';
import { doubled } from '#kit';
import type { LifecycleContext } from './context.js';

// A pair that the platform has just given may be the only one: it is not dropped because the database restarts.
const LONGEST_MS = 15 * 60_000;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5000;
const NEVER = new AbortController().signal;

// What else may be wrong is over with the next try, or is a fault of ours that no patience mends.
const TRIES_WITHOUT_OUTAGE = 5;

/**
 * Saves, again and again while the database cannot be reached, and a few times whatever the failure: a key that was changed
 * since it was sealed, a transaction that another one got in the way of. Saving twice is harmless: the second finds the first.
 * @param save seals anew each time
 * @throws what the last try failed with
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
      if (elapsed() > until || (!passes && tries + 1 >= TRIES_WITHOUT_OUTAGE)) throw error;
      await sleep(doubled(FIRST_WAIT_MS, tries, LONGEST_WAIT_MS), NEVER);
    }
  }
}
