import { z } from 'zod';
import type { RequestContext } from '../graphql/request-context.js';
import { createSlice } from '../shop-slice.js';
import { isGid } from '../views/gid.js';
import { cancelNow } from './cancel-now.js';
import type { WriteContext } from './commit-order.js';

const jobSchema = z.object({
  /** Global id. */
  id: z.string(),
  done: z.boolean(),
  /** An order to cancel; absent = there is nothing to see of the job. */
  cancel: z
    .object({
      orderId: z.number(),
      reason: z.string(),
      restock: z.boolean(),
      refund: z.boolean(),
      staffNote: z.string().nullable(),
    })
    .exactOptional(),
});

/** Work the shop promised to do after answering. */
export type Job = z.infer<typeof jobSchema>;

export const jobsSlice = createSlice('jobs', z.array(jobSchema), () => []);

/** Promises a job; it runs when the answer has been sent, and at the latest before the shop's next request. */
export function addJob(context: RequestContext, job: Omit<Job, 'done'>): void {
  jobsSlice.update(context.data, (jobs) => [...jobs.slice(-1_000), { ...job, done: false }]);
}

/** Does everything promised. */
export function runJobs(context: WriteContext): void {
  const waiting = jobsSlice.read(context.data).filter(({ done }) => !done);
  if (waiting.length === 0) return;
  jobsSlice.update(context.data, (jobs) => jobs.map((job) => ({ ...job, done: true })));
  for (const { cancel } of waiting) if (cancel !== undefined) cancelNow(context, cancel);
}

/** `job`; null when nobody promised it. */
export function job({ id }: { readonly id: string }, { data }: RequestContext) {
  if (!isGid(id)) return null;
  const known = jobsSlice.read(data).find((one) => one.id === id);
  return known === undefined ? null : { id, done: known.done };
}
