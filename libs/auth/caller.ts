import { GatewayError, isScope, type Scope } from '#contract';
import { type Database, findApiKey, type KnownApiKey, type Mode, touchApiKey } from '#persistence';
import { readApiKey } from './api-key.js';

/** Who calls: one app of one tenant, and what its key may do. */
export interface Caller {
  readonly tenantId: string;
  readonly appId: string;
  readonly mode: Mode;
  readonly keyId: string;
  readonly scopes: ReadonlySet<Scope>;
}

const TOUCH_EVERY_MS = 60_000;

/**
 * Finds the caller behind an `Authorization` header. Every refusal says the same, so that nothing can be learnt from it.
 * @throws GatewayError `unauthorized`
 */
export async function authenticate(database: Database, authorization: string | undefined, now: Date): Promise<Caller> {
  const text = /^Bearer ([^\s]{1,200})$/i.exec(authorization ?? '')?.[1];
  const presented = text === undefined ? undefined : readApiKey(text);
  const known = presented === undefined ? undefined : await findApiKey(database, presented.hash);
  if (known === undefined || known.mode !== presented?.mode || !isUsable(known, now)) {
    throw new GatewayError('unauthorized', 'The API key is missing, unknown, expired or revoked.');
  }
  if (known.lastUsedAt === null || now.getTime() - known.lastUsedAt.getTime() > TOUCH_EVERY_MS) {
    await database.withTenant(known.tenantId, (tx) => touchApiKey(tx, known.id));
  }
  const { tenantId, appId, mode, id, scopes } = known;
  return { tenantId, appId, mode, keyId: id, scopes: new Set(scopes.filter(isScope)) };
}

function isUsable({ expiresAt, revokedAt, suspendedAt }: KnownApiKey, now: Date): boolean {
  return revokedAt === null && suspendedAt === null && (expiresAt === null || expiresAt > now);
}

/** @throws GatewayError `scope_missing` */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.has(scope)) throw new GatewayError('scope_missing', `The key lacks the scope ${scope}.`);
}
