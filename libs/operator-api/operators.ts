import { z } from 'zod';
import { instant, instantOrNull, pageOf, pageQuery } from './common.js';

export const ROLES = ['viewer', 'operator', 'admin'] as const;

/** `GET /ops/session`: who asks. `DELETE /ops/session` signs out. */
export const operatorSession = z.object({
  kind: z.enum(['token', 'session']),
  name: z.string(),
  role: z.enum(ROLES),
  /** When they last proved who they are. */
  steppedUpAt: instantOrNull,
  /** Until when that lets them do what is dangerous. */
  steppedUpUntil: instantOrNull,
});

/** `GET /ops/sessions`, `DELETE /ops/sessions/{id}` */
export const sessionRow = z.object({
  id: z.string(),
  name: z.string(),
  browser: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
  endsAt: instant,
  isThis: z.boolean(),
  isOwn: z.boolean(),
});
export const sessions = z.object({ data: z.array(sessionRow) });

/** `GET /ops/operators`, `PATCH /ops/operators/{id}` */
export const operatorRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  issuer: z.string(),
  role: z.enum(ROLES),
  signedInAt: instant,
  disabledAt: instantOrNull,
});
export const operators = z.object({ data: z.array(operatorRow) });
export const operatorChange = z.strictObject({ role: z.enum(ROLES).optional(), disabled: z.boolean().optional() });

/** `GET /ops/audit`: newest first. */
export const auditQuery = pageQuery.extend({
  action: z.string().max(100).optional(),
  actor: z.string().max(200).optional(),
  target: z.string().max(200).optional(),
});
export const auditRow = z.object({
  sequence: z.string(),
  at: instant,
  actor: z.string(),
  action: z.string(),
  target: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export const auditPage = pageOf(auditRow);

/** `GET /ops/stops`, `POST /ops/stops`, `DELETE /ops/stops/{id}` (docs/operators.md). */
export const stopRow = z.object({
  id: z.string(),
  scope: z.enum(['store', 'app', 'tenant', 'platform', 'everything']),
  target: z.string().nullable(),
  reason: z.string(),
  setBy: z.string(),
  setAt: instant,
  liftedBy: z.string().nullable(),
  liftedAt: instantOrNull,
  liftAskedBy: z.string().nullable(),
  liftAskedAt: instantOrNull,
});
export const stops = z.object({ data: z.array(stopRow) });

/** What every refusal looks like (RFC 9457), here and in the API. */
export const problem = z.object({
  code: z.string(),
  title: z.string().optional(),
  detail: z.string().optional(),
  status: z.number(),
  requestId: z.string().optional(),
});

export type OperatorSession = z.infer<typeof operatorSession>;
export type SessionRow = z.infer<typeof sessionRow>;
export type OperatorRow = z.infer<typeof operatorRow>;
export type AuditRow = z.infer<typeof auditRow>;
export type AuditPage = z.infer<typeof auditPage>;
export type StopRow = z.infer<typeof stopRow>;
