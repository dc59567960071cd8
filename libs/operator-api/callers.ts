import { z } from 'zod';
import { instant, instantOrNull, pageOf, pageQuery } from './common.js';

/** `GET /ops/apps` */
export const appsQuery = pageQuery.extend({ search: z.string().trim().max(200).optional() });

export const appRow = z.object({
  id: z.string(),
  name: z.string(),
  tenantId: z.string(),
  tenantName: z.string(),
  mode: z.enum(['live', 'test']),
  suspendedAt: instantOrNull,
  stores: z.number().int(),
  keys: z.number().int(),
  clients: z.number().int(),
  /** Requests a minute that the app may make in each gateway process; `own` where an operator set it. */
  limit: z.object({ perMinute: z.number().int(), own: z.boolean() }),
  /** Requests of the last hour that were refused because of it. */
  refusedLastHour: z.number().int(),
});

export const appsPage = pageOf(appRow);

export const keyRow = z.object({
  id: z.string(),
  name: z.string(),
  lastFour: z.string(),
  scopes: z.array(z.string()),
  allowedAddresses: z.array(z.string()),
  createdAt: instant,
  expiresAt: instantOrNull,
  revokedAt: instantOrNull,
  lastUsedAt: instantOrNull,
});

export const oauthClientRow = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['confidential', 'browser']),
  scopes: z.array(z.string()),
  redirectUris: z.array(z.string()),
  storeId: z.string().nullable(),
  createdAt: instant,
  disabledAt: instantOrNull,
});

/** `GET /ops/apps/{id}`. `webhookEndpoints` are the addresses at which platforms reach the app's clients. */
export const appDetail = appRow.extend({
  createdAt: instant,
  returnOrigins: z.array(z.string()),
  keyList: z.array(keyRow),
  clientList: z.array(oauthClientRow),
  platformClients: z.array(
    z.object({
      platform: z.string(),
      clientId: z.string(),
      webhookUrl: z.string().nullable(),
      callbackUrl: z.string().nullable(),
      previousSecretUntil: instantOrNull,
      updatedAt: instant,
    }),
  ),
});

/** `PUT /ops/apps/{id}/limit`; null: the gateway's own again. */
export const limitChange = z.strictObject({ perMinute: z.number().int().min(1).max(1_000_000).nullable() });

export type AppRow = z.infer<typeof appRow>;
export type AppsPage = z.infer<typeof appsPage>;
export type AppDetail = z.infer<typeof appDetail>;
export type KeyRow = z.infer<typeof keyRow>;
