import { GatewayError, isScope, type Scope } from '#contract';
import { type Database, findApiKey, type KnownApiKey, type Mode, touchApiKey } from '#persistence';
import { readApiKey } from './api-key.js';

/** Who calls: one app of one tenant, and what its credential may do. */
export interface Caller {
  readonly tenantId: string;
  readonly appId: string;
  readonly mode: Mode;
  readonly scopes: ReadonlySet<Scope>;
  /** The one store that the credential reaches; null: every store of the app. */
  readonly storeId: string | null;
  readonly credential: {
    readonly kind: 'apiKey' | 'accessToken';
    /** The key's id, or the token's `jti`. */
    readonly id: string;
    readonly clientId: string | null;
  };
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
  const credential = { kind: 'apiKey', id, clientId: null } as const;
  return { tenantId, appId, mode, scopes: new Set(scopes.filter(isScope)), storeId: null, credential };
}

function isUsable({ expiresAt, revokedAt, suspendedAt }: KnownApiKey, now: Date): boolean {
  return revokedAt === null && suspendedAt === null && (expiresAt === null || expiresAt > now);
}

/** @throws GatewayError `scope_missing` */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.has(scope)) throw new GatewayError('scope_missing', `The credential lacks the scope ${scope}.`);
}

/**
 * For what concerns all stores of the app.
 * @throws GatewayError `scope_missing` for a credential that was narrowed to one store
 */
export function requireWholeApp(caller: Caller): void {
  if (caller.storeId === null) return;
  throw new GatewayError('scope_missing', 'The credential is narrowed to one store; this concerns the whole app.');
}
