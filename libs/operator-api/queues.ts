import { z } from 'zod';
import { instant, instantOrNull, pageOf, pageQuery, storeReference } from './common.js';

/** `GET /ops/queues` */
export const queues = z.object({
  asOf: instant,
  /** Of the job queue; null where it does not answer: workers work without it. */
  jobs: z
    .object({
      waiting: z.number().int(),
      active: z.number().int(),
      delayed: z.number().int(),
      failed: z.number().int(),
      completed: z.number().int(),
    })
    .nullable(),
  queue: z.object({ state: z.enum(['well', 'away', 'unfit']), words: z.string() }),
  recurring: z.array(
    z.object({ name: z.string(), everySeconds: z.number(), ageSeconds: z.number(), late: z.boolean() }),
  ),
  /** Deliveries that came in and are not worked through. */
  inbox: z.object({ waiting: z.number().int(), oldestSeconds: z.number(), failed: z.number().int() }),
  /** Of the last 24 hours, by platform and what became of them. */
  received: z.array(z.object({ platform: z.string(), status: z.string(), count: z.number().int() })),
});

export const DELIVERY_STATUSES = ['received', 'processed', 'unhandled', 'ignored', 'failed'] as const;

/** `GET /ops/deliveries` */
export const deliveriesQuery = pageQuery.extend({
  store: z.string().max(60).optional(),
  platform: z.string().max(40).optional(),
  status: z.enum(DELIVERY_STATUSES).optional(),
});

export const deliveryRow = z.object({
  id: z.string(),
  store: storeReference.nullable(),
  platform: z.string(),
  topic: z.string(),
  status: z.enum(DELIVERY_STATUSES),
  reason: z.string().nullable(),
  attempt: z.number().int(),
  receivedAt: instant,
  processedAt: instantOrNull,
  /** Whether `POST /ops/deliveries/{id}/replay` can work it through again: its payload is still there. */
  replayable: z.boolean(),
});

export const deliveriesPage = pageOf(deliveryRow);

/** `GET /ops/subscriptions`: stores whose platform tells us of changes, worst first. */
export const subscriptionRow = z.object({
  store: storeReference,
  topics: z.number().int(),
  checkedAt: instantOrNull,
  nextCheckAt: instantOrNull,
  attempt: z.number().int(),
  lastError: z.object({ code: z.string(), message: z.string() }).nullable(),
});

export const subscriptionsPage = pageOf(subscriptionRow);

export type Queues = z.infer<typeof queues>;
export type DeliveryRow = z.infer<typeof deliveryRow>;
export type DeliveriesPage = z.infer<typeof deliveriesPage>;
export type SubscriptionRow = z.infer<typeof subscriptionRow>;
export type SubscriptionsPage = z.infer<typeof subscriptionsPage>;

/** `POST /ops/deliveries/{id}/replay`, with the id of one, or the name of a platform for all of its failed ones. */
export const replayResult = z.object({ replayed: z.number().int() });
export type ReplayResult = z.infer<typeof replayResult>;
