import { randomUUID } from 'node:crypto';
import type { StoreAddress } from '#contract';
import { type ConnectAttemptRow, insertConnectAttempt, type TenantTransaction } from '#persistence';
import { hashToken } from '#kit';

/** A way that a merchant's browser has begun. */
export interface Begin {
  readonly session: { readonly id: string; readonly tenantId: string };
  readonly platform: string;
  readonly strategyId: string;
  readonly address: StoreAddress;
  readonly browser: string;
  readonly expiresAt: Date;
  readonly state: string;
  readonly scopes: readonly string[];
  readonly clientHandle: string | null;
  readonly callbackSecret: string | null;
}

/** Keeps what the way back is held against; of everything secret only a hash. @returns its id */
export async function rememberAttempt(tx: TenantTransaction, begin: Begin): Promise<ConnectAttemptRow['id']> {
  const { session, platform, strategyId, address, browser, expiresAt, state, scopes, clientHandle, callbackSecret } =
    begin;
  const id = randomUUID();
  await insertConnectAttempt(tx, {
    id,
    tenantId: session.tenantId,
    sessionId: session.id,
    platform,
    strategy: strategyId,
    account: address.account,
    apiRoot: address.apiRoot.href,
    clientHandle,
    browserHash: hashToken(browser),
    scopesWanted: scopes,
    expiresAt,
    stateHash: hashToken(state),
    callbackHash: callbackSecret === null ? null : hashToken(callbackSecret),
  });
  return id;
}
