import { z } from 'zod';
import { instant, storeReference, WHO_ACTS } from './common.js';

/** What the one button of a row does. Each is a route below; `open` only leads to the place. */
export const ATTENTION_ACTIONS = ['reconnectLink', 'retry', 'resume', 'replay', 'raiseLimit', 'open'] as const;

/** What a row is about. */
export const ATTENTION_SUBJECTS = ['store', 'platform', 'app', 'deliveries', 'recurringWork', 'queue', 'stop'] as const;

/** One thing that is not as it should be: one sentence, one button. */
export const attentionRow = z.object({
  /** Stable for as long as the thing lasts, for keys and tests. */
  id: z.string(),
  subject: z.enum(ATTENTION_SUBJECTS),
  who: z.enum(WHO_ACTS),
  /** What happened and what to do, without mark-up. */
  sentence: z.string(),
  since: instant,
  /** How many stores, deliveries or requests it concerns. */
  count: z.number().int(),
  store: storeReference.nullable(),
  /** Of the button; null where there is nothing to press. `target` is the id its route takes. */
  action: z.object({ kind: z.enum(ATTENTION_ACTIONS), label: z.string(), target: z.string() }).nullable(),
  /** A place in the console that says more, such as `/stores/sto_...`. */
  href: z.string().nullable(),
});

/** `GET /ops/attention`: the most urgent first within each group; `total` counts those that are left off too. */
export const attention = z.object({
  asOf: instant,
  groups: z.array(z.object({ who: z.enum(WHO_ACTS), total: z.number().int(), rows: z.array(attentionRow) })),
  /** All stores that are connected, and those of them in which nothing is wrong. */
  stores: z.object({ total: z.number().int(), healthy: z.number().int(), dying: z.number().int() }),
});

export type AttentionRow = z.infer<typeof attentionRow>;
export type Attention = z.infer<typeof attention>;
