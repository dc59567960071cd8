import { type ConnectedStore, GatewayError } from '#contract';
import { graphql, pause } from '#kit';
import { z } from 'zod';
import { GRAPHQL_PATH } from './documents.js';
import { JOB, WRITE_COST } from './order-write-documents.js';

/** A change the platform carries out after its answer. */
export const job = z.object({ id: z.string(), done: z.boolean() });

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;
/** Well within what one write may take; a job goes on without us. */
const JOB_WAIT_MS = 25_000;

/**
 * Waits for the end of a job. How it ended is to be read from the record.
 * @throws GatewayError `platform_timeout` when the platform is still at it; the change was accepted then
 */
export async function jobEnded(store: ConnectedStore, operation: string, started: z.output<typeof job>): Promise<void> {
  let { done } = started;
  let waited = 0;
  for (let wait = FIRST_WAIT_MS; !done; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    if (waited >= JOB_WAIT_MS)
      throw new GatewayError('platform_timeout', 'Shopify accepted the change and is still working on it', {
        platform: { id: 'shopify' },
        operation,
      });
    await pause(wait, store.signal);
    waited += wait;
    const asked = await graphql(store, {
      path: GRAPHQL_PATH,
      document: JOB,
      variables: { id: started.id },
      effect: 'read',
      expect: z.object({ job: job.nullable() }),
      cost: WRITE_COST.job,
    });
    // A job that is no longer known has ended.
    done = asked.job?.done ?? true;
  }
}
