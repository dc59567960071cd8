import { z } from 'zod';
import { CALL_OUTCOMES } from '#contract';
import { instant, instantOrNull } from './common.js';

/** What calls met in a span of time. Milliseconds are upper bounds out of a histogram; null without calls. */
export const callSpan = z.object({
  at: instant,
  calls: z.number().int(),
  outcomes: z.partialRecord(z.enum(CALL_OUTCOMES), z.number().int()),
  medianMs: z.number().nullable(),
  slowMs: z.number().nullable().describe('95 of 100 calls took no longer.'),
});

export const platformRow = z.object({
  id: z.string(),
  name: z.string(),
  apiVersion: z.string(),
  /** The day on which the platform ends that version; null where it named none. */
  apiVersionUntil: instantOrNull,
  stores: z.object({ total: z.number().int(), states: z.record(z.string(), z.number().int()) }),
  /** The last hour. */
  lastHour: callSpan,
  /** Share of the calls of the last 24 hours that the platform answered as documented, 0 to 1; null without calls. */
  availability: z.number().nullable(),
  /** Of the stores with a known budget: the share of it in use, the mean and the worst, 0 to 1. */
  budgetUsed: z.object({ mean: z.number(), worst: z.number(), stores: z.number().int() }).nullable(),
  /** Error codes of the last 24 hours as the stores last met them, most frequent first. */
  errors: z.array(z.object({ code: z.string(), stores: z.number().int() })),
  stop: z.object({ id: z.string(), reason: z.string() }).nullable(),
});

/** `GET /ops/platforms` */
export const platforms = z.object({ asOf: instant, data: z.array(platformRow) });

/** `GET /ops/platforms/{id}`: with spans of the last 24 hours (15 minutes each), and every operation's capability. */
export const platformDetail = platformRow.extend({
  docs: z.string(),
  spans: z.array(callSpan),
  operations: z.array(
    z.object({ operation: z.string(), support: z.enum(['native', 'emulated', 'none']), note: z.string().nullable() }),
  ),
  webhooks: z.object({ supported: z.boolean(), note: z.string().nullable() }),
  limits: z.array(z.object({ kind: z.string(), why: z.string() })),
});

/** `GET /ops/capabilities`: rows are operations, columns platforms. */
export const capabilityMatrix = z.object({
  platforms: z.array(z.object({ id: z.string(), name: z.string() })),
  operations: z.array(
    z.object({ operation: z.string(), support: z.record(z.string(), z.enum(['native', 'emulated', 'none'])) }),
  ),
});

export type CallSpan = z.infer<typeof callSpan>;
export type PlatformRow = z.infer<typeof platformRow>;
export type Platforms = z.infer<typeof platforms>;
export type PlatformDetail = z.infer<typeof platformDetail>;
export type CapabilityMatrix = z.infer<typeof capabilityMatrix>;
