import { GatewayError, type Scope } from '#contract';
import type { Mode } from '#persistence';

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

/** @throws GatewayError `scope_missing` */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.scopes.has(scope)) return;
  const challenge = `Bearer error="insufficient_scope", scope="${scope}"`;
  throw new GatewayError('scope_missing', `The credential lacks the scope ${scope}.`, { challenge });
}

/**
 * For what concerns all stores of the app.
 * @throws GatewayError `scope_missing` for a credential that was narrowed to one store
 */
export function requireWholeApp(caller: Caller): void {
  if (caller.storeId === null) return;
  throw new GatewayError('scope_missing', 'The credential is narrowed to one store; this concerns the whole app.');
}
