import { randomUUID } from 'node:crypto';
import { type Connector, type Credentials, GatewayError, strategyOf } from '#contract';
import { connectorOf } from '#connectors';
import { doubled } from '#kit';
import {
  type ClaimedCredential,
  endRevocation,
  findCredential,
  findRevocation,
  findStore,
  insertRevocation,
  postponeRevocation,
  type RevocationRow,
  saveRevocation,
  setDisconnectedReason,
  type StoreRow,
  type TenantTransaction,
  voidRevocations,
} from '#persistence';
import type { Vault } from '#vault';
import type { ConnectionsContext } from './context.js';
import { mustReconnect } from './lifecycle/renew-now.js';
import { httpOf, userOfStore } from './open-store.js';
import { identityOf } from './platform-clients.js';
import { openRevoked, sealRevoked } from './sealing.js';
import { GrantRefused, renewGrant } from './token-endpoint.js';

/** What a store's status says of its grant after it was disconnected. */
export const GRANT_WORDS = {
  underWay: 'Disconnected; the grant is being withdrawn at the platform.',
  done: 'Disconnected; the platform confirmed that the grant is withdrawn.',
  gone: 'Disconnected; the platform had ended the grant before.',
  impossible: (why: string) => `Disconnected here; the grant at the platform could not be withdrawn. ${why}`,
  failed: (why: string) =>
    `Disconnected here; the grant at the platform could not be withdrawn in ${GIVEN_UP_DAYS} days: ${why}`,
} as const;

const GIVEN_UP_DAYS = 7;
const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 3600;
const LONGEST_CALL_MS = 40_000;
/** Longer than one try may take. */
export const REVOCATION_LEASE_SECONDS = 90;

/** Seals a grant anew for nothing but being given back, in the transaction that ends its store. */
export async function keepForRevocation(
  tx: TenantTransaction,
  vault: Vault,
  { tenantId, id: storeId }: Pick<StoreRow, 'tenantId' | 'id'>,
  grant: { readonly strategy: string; readonly credentials: Credentials; readonly accessExpiresAt: Date | null },
): Promise<void> {
  const id = randomUUID();
  const sealed = await sealRevoked(vault, { tenantId, id, version: 1 }, grant.credentials);
  const { strategy, accessExpiresAt } = grant;
  await insertRevocation(tx, { id, tenantId, storeId, strategy, sealed, version: 1, accessExpiresAt });
}

const NEVER = new AbortController().signal;

/**
 * Before a new consent is traded for tokens: an old grant of the same shop that is still to be given back would take the
 * new one with it. What waits is dropped, what is under way is waited for.
 * @throws GatewayError `platform_unavailable` when that takes too long
 */
export async function keepOldGrantsFromEnding(
  context: ConnectionsContext,
  { id: platform }: Connector,
  clientKey: string,
  account: string,
): Promise<void> {
  const until = context.elapsed() + REVOCATION_LEASE_SECONDS * 1000;
  while ((await voidRevocations(context.database, { platform, clientKey, account })) > 0) {
    if (context.elapsed() > until) {
      throw new GatewayError('platform_unavailable', 'The shop is still being disconnected; try again in a minute.');
    }
    await context.sleep(250, NEVER);
  }
}

/**
 * A pair that came after its store was disconnected or its app removed: given back as well. Where a newer pair or a new
 * grant has taken its place it is left alone.
 */
export async function revokeOrphan(
  { database, vault }: Pick<ConnectionsContext, 'database' | 'vault'>,
  { tenantId, storeId, platform, strategy }: Pick<ClaimedCredential, 'tenantId' | 'storeId' | 'platform' | 'strategy'>,
  credentials: Credentials,
): Promise<void> {
  if (strategyOf(connectorOf(platform), strategy).revocation.kind === 'impossible') return;
  await database.withTenant(tenantId, async (tx) => {
    const store = await findStore(tx, storeId);
    const isOver = store?.status === 'disconnected' || store?.status === 'revoked';
    if (!isOver || (await findCredential(tx, storeId)) !== undefined) return;
    await keepForRevocation(tx, vault, store, { strategy, credentials, accessExpiresAt: null });
  });
}

/**
 * Gives one claimed grant back at its platform. Never throws for what the platform does: a failure is kept and tried
 * again, for a week; then what is left of the grant is destroyed.
 */
export async function revokeGrant(context: ConnectionsContext, tenantId: string, id: string): Promise<void> {
  const { row, store } = await context.database.withTenant(tenantId, async (tx) => {
    const found = await findRevocation(tx, id);
    return { row: found, store: found === undefined ? undefined : await findStore(tx, found.storeId) };
  });
  if (row?.state !== 'waiting' || row.sealed === null || store === undefined) return;
  try {
    const outcome = await withdraw(context, row, row.sealed, store);
    await end(context, row, 'done', outcome === 'done' ? GRANT_WORDS.done : GRANT_WORDS.gone, null);
  } catch (error) {
    const why = GatewayError.is(error) ? error.message : 'Something failed on our side.';
    const age = context.now().getTime() - row.createdAt.getTime();
    if (age > GIVEN_UP_DAYS * 24 * 3600_000) await end(context, row, 'failed', GRANT_WORDS.failed(why), why);
    else await context.database.withTenant(tenantId, (tx) => postponeRevocation(tx, id, waitSeconds(row, error), why));
    if (!GatewayError.is(error)) throw error;
  }
}

function waitSeconds({ attempt }: RevocationRow, error: unknown): number {
  const ordered = GatewayError.is(error) ? (error.context.retryAfterMs ?? 0) / 1000 : 0;
  return Math.max(ordered, doubled(FIRST_WAIT_SECONDS, attempt, LONGEST_WAIT_SECONDS));
}

async function end(
  { database }: ConnectionsContext,
  { tenantId, id, storeId }: RevocationRow,
  state: 'done' | 'failed',
  words: string,
  lastError: string | null,
): Promise<void> {
  await database.withTenant(tenantId, async (tx) => {
    await endRevocation(tx, id, state, lastError);
    await setDisconnectedReason(tx, storeId, words);
  });
}

async function withdraw(
  context: ConnectionsContext,
  row: RevocationRow,
  sealed: Uint8Array<ArrayBuffer>,
  store: StoreRow,
): Promise<'done' | 'gone'> {
  const connector = connectorOf(store.platform);
  const { revocation } = strategyOf(connector, row.strategy);
  if (revocation.kind === 'impossible') throw new GatewayError('operation_unsupported', revocation.why);
  let version = row.version;
  let credentials = await openRevoked(context.vault, row, sealed);
  const renew = async (): Promise<void> => {
    credentials = await renewed(context, { ...row, version }, store, credentials);
    version += 1;
  };
  const signal = AbortSignal.timeout(LONGEST_CALL_MS);
  const source = { current: () => Promise.resolve({ credentials, version }), renew };
  const { id, account, currency, scopesGranted: scopes } = store;
  const http = httpOf(context, store, connector, row.strategy, source, signal, 'revoke');
  try {
    // A token that has run out is refused like one that was ended, which would look like success.
    if (row.accessExpiresAt !== null && row.accessExpiresAt <= context.now()) await renew();
    await revocation.withdraw({ id, account, currency, scopes, http, signal });
    return 'done';
  } catch (error) {
    if (GatewayError.is(error, 'credential_revoked')) return 'gone';
    throw error;
  }
}

/** The next pair, kept before it is used. @throws GatewayError `credential_revoked` when the grant has ended */
async function renewed(
  context: ConnectionsContext,
  row: RevocationRow,
  store: StoreRow,
  credentials: Credentials,
): Promise<Credentials> {
  const connector = connectorOf(store.platform);
  const strategy = strategyOf(connector, row.strategy);
  const refreshToken = credentials.kind === 'oauth2' ? credentials.refreshToken : null;
  if (strategy.kind !== 'oauth2Code' || refreshToken === null) throw mustReconnect();
  const address = { account: store.account, apiRoot: new URL(store.apiRoot) };
  const identity = await identityOf(context, store, connector);
  const transport = context.wayOut(userOfStore(store), 'renewal');
  const endpoint = { connector, strategy, address, identity, transport, deadlineMs: connector.deadlineMs };
  const grant = await renewGrant(endpoint, refreshToken).catch((error: unknown) => {
    throw error instanceof GrantRefused ? mustReconnect() : error;
  });
  const { tenantId, id } = row;
  const version = row.version + 1;
  const sealed = await sealRevoked(context.vault, { tenantId, id, version }, grant.credentials);
  const life = grant.accessSeconds;
  const accessExpiresAt = life === null ? null : new Date(context.now().getTime() + life * 1000);
  await context.database.withTenant(tenantId, (tx) => saveRevocation(tx, id, { sealed, version, accessExpiresAt }));
  return grant.credentials;
}
