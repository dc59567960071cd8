import { z } from 'zod';
import { HEALTH_STATES } from '#contract';
import {
  instant,
  instantOrNull,
  pageOf,
  pageQuery,
  storeHealth,
  storeReference,
  STORE_STATUSES,
  WHO_ACTS,
} from './common.js';

export const STORE_SORTS = ['urgency', 'name', 'since', 'diesAt'] as const;

/** `GET /ops/stores`. `search` looks at name, domain, account, the app's own id and the public id. */
export const storesQuery = pageQuery.extend({
  search: z.string().trim().max(200).optional(),
  who: z.enum(WHO_ACTS).optional(),
  state: z.enum(HEALTH_STATES).optional(),
  status: z.enum(STORE_STATUSES).optional(),
  platform: z.string().max(40).optional(),
  app: z.string().max(60).optional(),
  dying: z.enum(['true', 'false']).optional(),
  sort: z.enum(STORE_SORTS).default('urgency'),
});

export const storeRow = storeReference.extend({
  status: z.enum(STORE_STATUSES),
  health: storeHealth,
  accessExpiresAt: instantOrNull,
  nextRefreshAt: instantOrNull,
  lastSuccessAt: instantOrNull,
  lastError: z.object({ code: z.string(), message: z.string(), at: instant }).nullable(),
});

export const storesPage = pageOf(storeRow).extend({
  /** Of all stores, whatever the filter: how many are in each state, and whom they wait for. */
  counts: z.object({
    state: z.record(z.string(), z.number().int()),
    who: z.record(z.string(), z.number().int()),
    platform: z.record(z.string(), z.number().int()),
  }),
});

/** A credential without what it is made of. */
export const credentialFacts = z.object({
  strategy: z.string(),
  strategyTitle: z.string(),
  state: z.string(),
  version: z.number().int(),
  accessExpiresAt: instantOrNull,
  refreshExpiresAt: instantOrNull,
  nextRefreshAt: instantOrNull,
  lastRefreshedAt: instantOrNull,
  attempt: z.number().int(),
  lastError: z.object({ code: z.string(), message: z.string(), at: instant }).nullable(),
});

/** `GET /ops/stores/{id}` */
export const storeDetail = storeRow.extend({
  account: z.string(),
  currency: z.string(),
  timezone: z.string().nullable(),
  externalId: z.string().nullable(),
  tenantId: z.string(),
  appId: z.string(),
  createdAt: instant,
  scopesWanted: z.array(z.string()),
  scopesGranted: z.array(z.string()),
  scopesLost: z.array(z.string()),
  access: z.array(z.string()),
  credential: credentialFacts.nullable(),
  /** The budget of calls as last estimated; null where the platform names none. */
  pace: z
    .object({
      available: z.number().nullable(),
      capacity: z.number().nullable(),
      perSecond: z.number().nullable(),
      underWay: z.number().int(),
      at: instant,
    })
    .nullable(),
  webhooks: z.object({
    checkedAt: instantOrNull,
    lastError: z.object({ code: z.string(), message: z.string() }).nullable(),
    subscriptions: z.array(z.object({ topic: z.string(), checkedAt: instant })),
    /** Deliveries of the last 24 hours by what became of them. */
    deliveries: z.record(z.string(), z.number().int()),
  }),
  polls: z.array(
    z.object({
      operation: z.string(),
      checkedAt: instantOrNull,
      nextAt: instant,
      lastError: z.object({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
  /** The stop that holds its calls, if one does. */
  stop: z
    .object({ id: z.string(), scope: z.string(), reason: z.string(), setBy: z.string(), setAt: instant })
    .nullable(),
});

export const TIMELINE_KINDS = ['connect', 'refresh', 'webhook', 'health', 'error', 'operator'] as const;
export const TIMELINE_TONES = ['good', 'bad', 'neutral'] as const;

export const timelineEntry = z.object({
  id: z.string(),
  at: instant,
  kind: z.enum(TIMELINE_KINDS),
  tone: z.enum(TIMELINE_TONES),
  /** One sentence, without mark-up. */
  text: z.string(),
  /** How many like it in a row are meant, 1 for one. */
  count: z.number().int(),
});

/** `GET /ops/stores/{id}/timeline`: newest first. */
export const timelinePage = z.object({ data: z.array(timelineEntry), nextCursor: z.string().nullable() });

/** `POST /ops/stores/{id}/probe`: one call to the shop, now, as raw as an operator may see it. */
export const probeResult = z.object({
  at: instant,
  milliseconds: z.number(),
  ok: z.boolean(),
  /** The shop as it described itself, or null. */
  shop: z.object({ name: z.string(), domain: z.string(), currency: z.string() }).nullable(),
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      platformStatus: z.number().nullable(),
      platformMessage: z.string().nullable(),
    })
    .nullable(),
  health: storeHealth,
});

/** `POST /ops/stores/{id}/reconnect-link`: a secret that is used once; it is shown once and goes to the merchant. */
export const reconnectLink = z.object({ url: z.url(), expiresAt: instant });

export type StoreRow = z.infer<typeof storeRow>;
export type StoresPage = z.infer<typeof storesPage>;
export type StoreDetail = z.infer<typeof storeDetail>;
export type TimelineEntry = z.infer<typeof timelineEntry>;
export type TimelinePage = z.infer<typeof timelinePage>;
export type ProbeResult = z.infer<typeof probeResult>;
export type ReconnectLink = z.infer<typeof reconnectLink>;

/** `POST /ops/stores/{id}/pause`: why, for whoever asks later. */
export const pauseRequest = z.strictObject({ reason: z.string().trim().min(1).max(500).optional() });
