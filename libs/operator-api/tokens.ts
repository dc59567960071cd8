import { z } from 'zod';
import { REFRESH_OUTCOMES } from '#contract';
import { instant, storeReference, WHO_ACTS } from './common.js';

/** `GET /ops/tokens` */
export const tokens = z.object({
  asOf: instant,
  /** Credentials that renew, those of them that are due by now, and how long the longest has waited. */
  renewing: z.object({ total: z.number().int(), due: z.number().int(), oldestDueSeconds: z.number() }),
  /** When renewals fall due: the next hour by minutes. */
  due: z.array(z.object({ at: instant, count: z.number().int() })),
  /** When connections die if nobody acts: the next 90 days by days, with whom that waits for. */
  deaths: z.array(z.object({ at: instant, who: z.enum(WHO_ACTS), count: z.number().int() })),
  /** The next to die, at most 20. */
  nextDeaths: z.array(z.object({ at: instant, who: z.enum(WHO_ACTS), why: z.string(), store: storeReference })),
  /** Renewals of the last two hours by minutes. */
  refreshes: z.array(z.object({ at: instant, outcomes: z.partialRecord(z.enum(REFRESH_OUTCOMES), z.number().int()) })),
  /** Failures of the last 24 hours by error code. */
  failures: z.array(z.object({ code: z.string(), platform: z.string(), count: z.number().int() })),
});

export type Tokens = z.infer<typeof tokens>;
