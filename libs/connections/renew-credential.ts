import { GatewayError, isRenewable, strategyOf } from '#contract';
import { connectorOf } from '#connectors';
import {
  type CredentialRow,
  findCredential,
  findStore,
  refuseCredential,
  releaseAfterFailure,
  saveRenewed,
  setStoreStatus,
  type StoreRow,
} from '#persistence';
import { openCredentials, sealCredentials } from './sealing.js';
import type { ConnectionsContext, RefreshReport } from './context.js';
import { identityOf } from './platform-clients.js';
import { retrySeconds, scheduleOf } from './refresh-schedule.js';
import { GrantRefused, mintToken, renewGrant } from './token-endpoint.js';
import type { TokenGrant } from './token-grant.js';

/** How long one claimer may hold a credential. The HTTP deadline is a third of it, so a lease never ends under a call. */
export const LEASE_SECONDS = 30;
const DEADLINE_MS = (LEASE_SECONDS * 1000) / 3;

export interface ClaimedCredential {
  readonly tenantId: string;
  readonly storeId: string;
  readonly claimer: string;
}

interface Loaded {
  readonly store: StoreRow;
  readonly credential: CredentialRow;
}

/**
 * Renews a credential that this process has claimed. The new pair is saved before anybody uses it, and only if it is
 * still the successor of what was read; an unknown outcome leaves the old token in place to be sent again.
 * Never throws for what the platform does: failures are recorded, and the lease is given back.
 */
export async function renewClaimed(context: ConnectionsContext, claimed: ClaimedCredential): Promise<RefreshReport> {
  const startedAt = context.elapsed();
  const loaded = await load(context, claimed);
  const ended = (outcome: RefreshReport['outcome'], code: string | null = null): RefreshReport => {
    const platform = loaded?.store.platform ?? '';
    const report = {
      storeId: claimed.storeId,
      platform,
      outcome,
      code,
      durationMs: Math.round(context.elapsed() - startedAt),
    };
    context.reportRefresh(report);
    return report;
  };
  if (loaded === undefined) return ended('superseded');
  try {
    const grant = await askPlatform(context, loaded);
    return ended((await save(context, claimed, loaded, grant)) ? 'renewed' : 'superseded');
  } catch (error) {
    if (error instanceof GrantRefused)
      return ended(await refuse(context, claimed, loaded, error), 'credential_revoked');
    const failure = GatewayError.is(error)
      ? error
      : new GatewayError('internal', 'The renewal failed.', { cause: error });
    await postpone(context, claimed, loaded, failure);
    return ended('postponed', failure.code);
  }
}

async function load(
  { database }: ConnectionsContext,
  { tenantId, storeId }: ClaimedCredential,
): Promise<Loaded | undefined> {
  return await database.withTenant(tenantId, async (tx) => {
    const store = await findStore(tx, storeId);
    const credential = await findCredential(tx, storeId);
    return store === undefined || credential?.state !== 'active' ? undefined : { store, credential };
  });
}

async function askPlatform(context: ConnectionsContext, { store, credential }: Loaded): Promise<TokenGrant> {
  const connector = connectorOf(store.platform);
  const strategy = strategyOf(connector, credential.strategy);
  const credentials = await openCredentials(context.vault, credential, credential.sealed);
  const address = { account: store.account, apiRoot: new URL(store.apiRoot) };
  const endpoint = { connector, address, transport: context.transports[store.mode], deadlineMs: DEADLINE_MS };
  if (strategy.kind === 'clientCredentials' && credentials.kind === 'client') {
    return await mintToken({ ...endpoint, strategy }, credentials);
  }
  const refreshToken = credentials.kind === 'oauth2' ? credentials.refreshToken : null;
  if (strategy.kind !== 'oauth2Code' || !isRenewable(strategy) || refreshToken === null) {
    throw new GrantRefused('this grant cannot be renewed');
  }
  const identity = await identityOf(context, store, connector);
  return await renewGrant({ ...endpoint, strategy, identity }, refreshToken);
}

async function save(
  context: ConnectionsContext,
  { tenantId, storeId, claimer }: ClaimedCredential,
  { credential }: Loaded,
  grant: TokenGrant,
): Promise<boolean> {
  const version = credential.version + 1;
  const sealed = await sealCredentials(context.vault, { tenantId, storeId, version }, grant.credentials);
  const stored = { strategy: credential.strategy, sealed, version, ...scheduleOf(grant, context.random) };
  return await context.database.withTenant(tenantId, (tx) => saveRenewed(tx, storeId, claimer, stored));
}

/**
 * A refusal counts only against the pair it was about, and only from whoever still holds it: when a newer one was saved
 * meanwhile, that one lives on, and when somebody else is renewing it, the refusal says no more than that.
 */
async function refuse(
  { database }: ConnectionsContext,
  { claimer }: ClaimedCredential,
  { store, credential }: Loaded,
  error: GrantRefused,
): Promise<RefreshReport['outcome']> {
  const refused = await database.withTenant(store.tenantId, async (tx) => {
    const failure = { code: 'credential_revoked', message: error.message };
    if (!(await refuseCredential(tx, store.id, { version: credential.version, claimer }, failure))) return false;
    await setStoreStatus(tx, store.id, ['active'], 'needsReauth', `The platform ended the grant: ${error.message}`);
    return true;
  });
  return refused ? 'refused' : 'superseded';
}

async function postpone(
  { database, random }: ConnectionsContext,
  { tenantId, storeId, claimer }: ClaimedCredential,
  { credential }: Loaded,
  failure: GatewayError,
): Promise<void> {
  const wait = Math.max(retrySeconds(credential.attempt, random), (failure.context.retryAfterMs ?? 0) / 1000);
  const { code, message } = failure;
  await database.withTenant(tenantId, (tx) =>
    releaseAfterFailure(tx, storeId, claimer, { code, message, retrySeconds: wait }),
  );
}
