import { z } from 'zod';
import { HEALTH_ACTORS, HEALTH_REASON_CODES, HEALTH_STATES } from '#contract';

/** RFC 3339, UTC. */
export const instant = z.iso.datetime();
export const instantOrNull = instant.nullable();

/** Stored status of a store. */
export const STORE_STATUSES = ['connecting', 'active', 'needsReauth', 'revoked', 'paused', 'disconnected'] as const;

/** Who must act, in the three words by which the console sorts. `nobody`: it heals by itself, or there is nothing to do. */
export const WHO_ACTS = ['you', 'merchant', 'nobody'] as const;
export type WhoActs = (typeof WHO_ACTS)[number];

/** A page of a list. `nextCursor` is null on the last; `total` counts all that match, whatever the page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), nextCursor: z.string().nullable(), total: z.number().int() });

/** What a list takes: how many at once (default 50), and where to go on. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(250).default(50),
  cursor: z.string().max(500).optional(),
});

/** A store, as short as a row needs it. Ids are public ones, as everywhere outside. */
export const storeReference = z.object({
  id: z.string(),
  name: z.string(),
  domain: z.string(),
  platform: z.string(),
  appName: z.string(),
  tenantName: z.string(),
  mode: z.enum(['live', 'test']),
});

/** How a store is: `GET /v1/stores/{id}/health` says the same to its app. */
export const storeHealth = z.object({
  state: z.enum(HEALTH_STATES),
  reason: z.enum(HEALTH_REASON_CODES),
  sentence: z.string(),
  actor: z.enum(HEALTH_ACTORS),
  who: z.enum(WHO_ACTS),
  since: instant,
  /** When the connection dies if nobody acts; null where no end is known. */
  diesAt: instantOrNull,
  /** Whether that is within 14 days and not averted by renewals that work. */
  dying: z.boolean(),
  reconnectHelps: z.boolean(),
});
