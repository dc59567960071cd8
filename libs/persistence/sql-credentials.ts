import type { Mode } from './accounts.js';
import { createBatcher } from './batcher.js';
import type { ClaimedClient, ClaimedCredential, CredentialRepository, StoredGrant } from './credential-repository.js';
import {
  claimCredential,
  extendClaim,
  findCredential,
  postponeCredential,
  refuseClaimed,
  releaseCredential,
  saveRenewed,
} from './credentials.js';
import type { Database, TenantTransaction } from './database.js';
import { findPlatformClient, type PlatformClientRow } from './platform-clients.js';
import { noteTrouble, setGrantedScopes } from './health.js';
import { findStore, setStoreStatus } from './stores.js';

// More in one statement make it no cheaper, and its failure dearer.
const MOST_SAVES = 100;

interface ClaimedRow extends Omit<ClaimedCredential, 'claimer' | 'client' | 'mode'> {
  readonly mode: string;
  readonly clientRowId: string | null;
  readonly clientHandle: string;
  readonly clientId: string;
  readonly clientSealedSecret: Uint8Array<ArrayBuffer>;
  readonly clientVersion: number;
}

interface Saving {
  readonly claimed: ClaimedCredential;
  readonly grant: StoredGrant;
}

/**
 * Credentials in Postgres. A worker claims for all tenants, and loads and saves many in one statement, each within its
 * tenant; whoever works for one tenant stays within it.
 * @param acrossTenants whether this process may use the named functions: a worker's role may, a gateway's not
 */
export function createSqlCredentials(
  database: Database,
  { acrossTenants }: { readonly acrossTenants: boolean },
): CredentialRepository {
  const saveTogether = createBatcher((saves: readonly Saving[]) => saveMany(database, saves), MOST_SAVES);
  return {
    claimDue: (ask) => claimMany(database, ask),
    claim: ({ tenantId, storeId }, ask) =>
      database.withTenant(tenantId, async (tx) =>
        (await claimCredential(tx, storeId, ask)) ? await loadClaimed(tx, storeId, ask.claimer) : undefined,
      ),
    extend: ({ tenantId, id, claimer }, leaseSeconds) =>
      database.withTenant(tenantId, (tx) => extendClaim(tx, { id, claimer }, leaseSeconds)),
    find: ({ tenantId, storeId }) => database.withTenant(tenantId, (tx) => findCredential(tx, storeId)),
    async save(claimed, grant, { late }) {
      if (acrossTenants && (await saveTogether({ claimed, grant }))) return true;
      if (acrossTenants && !late) return false;
      return await database.withTenant(claimed.tenantId, (tx) => saveOne(tx, claimed, grant, late));
    },
    saveScopes: ({ tenantId, storeId }, scopes) =>
      database.withTenant(tenantId, (tx) => setGrantedScopes(tx, storeId, scopes)),
    postpone: (claimed, failure, wait) =>
      database.withTenant(claimed.tenantId, async (tx) => {
        await postponeCredential(tx, claimed.storeId, claimed.claimer, { ...failure, ...wait });
        // Whatever else passes by itself; this one waits for a person, who must hear of it before calls fail.
        if (failure.code === 'platform_client_refused') await noteTrouble(tx, claimed.storeId, 'clientRefused');
      }),
    release: ({ tenantId, storeId, claimer }, waitSeconds) =>
      database.withTenant(tenantId, (tx) => releaseCredential(tx, storeId, claimer, waitSeconds)),
    refuse: (claimed, failure, graceSeconds) =>
      database.withTenant(claimed.tenantId, async (tx) => {
        const outcome = await refuseClaimed(tx, claimed, failure, graceSeconds);
        if (outcome === 'final') {
          const words = `The platform ended the grant: ${failure.message}`;
          await setStoreStatus(tx, claimed.storeId, ['active'], 'needsReauth', words);
        }
        return outcome;
      }),
  };
}

async function claimMany(
  database: Database,
  { claimer, limit, leaseSeconds, exceptPlatforms }: Parameters<CredentialRepository['claimDue']>[0],
): Promise<readonly ClaimedCredential[]> {
  const claims = await database.shared.$queryRaw<{ tenant_id: string; store_id: string }[]>`
    SELECT tenant_id, store_id FROM claim_due_credentials(${claimer}, ${limit}::int, ${leaseSeconds}::int, ${[...exceptPlatforms]}::text[])`;
  if (claims.length === 0) return [];
  const rows = await database.shared.$queryRaw<ClaimedRow[]>`
    SELECT id, tenant_id AS "tenantId", store_id AS "storeId", app_id AS "appId", platform, mode, account, api_root AS "apiRoot",
      scopes_granted AS "scopesGranted", strategy, sealed, version, attempt, refusals, access_seconds AS "accessSeconds",
      client_row_id AS "clientRowId", client_handle AS "clientHandle", client_id AS "clientId",
      client_sealed_secret AS "clientSealedSecret", client_version AS "clientVersion"
    FROM load_claimed_credentials(${JSON.stringify(claims)}::jsonb)`;
  return rows.map((row) => readClaimed(row, claimer)).sort(byUrgency);
}

function byUrgency(one: ClaimedCredential, other: ClaimedCredential): number {
  return (one.accessSeconds ?? Infinity) - (other.accessSeconds ?? Infinity);
}

function readClaimed(row: ClaimedRow, claimer: string): ClaimedCredential {
  const { clientRowId, clientHandle, clientId, clientSealedSecret, clientVersion, mode, ...rest } = row;
  const client: ClaimedClient | null =
    clientRowId === null
      ? null
      : {
          id: clientRowId,
          handle: clientHandle,
          clientId,
          sealedSecret: clientSealedSecret,
          version: clientVersion,
        };
  // The column's check constraint holds exactly these words.
  return { ...rest, mode: mode as Mode, claimer, client };
}

async function loadClaimed(
  tx: TenantTransaction,
  storeId: string,
  claimer: string,
): Promise<ClaimedCredential | undefined> {
  const credential = await findCredential(tx, storeId);
  const store = await findStore(tx, storeId);
  if (credential === undefined || store === undefined) return undefined;
  const client = await findPlatformClient(tx, store.appId, store.platform);
  const { id, tenantId, strategy, sealed, version, attempt, refusals, accessSeconds } = credential;
  const { appId, platform, mode, account, apiRoot, scopesGranted } = store;
  const place = { id, tenantId, storeId, appId, platform, mode, account, apiRoot, scopesGranted };
  const state = { strategy, sealed, version, attempt, refusals, accessSeconds };
  return { ...place, ...state, claimer, client: client === undefined ? null : claimedClient(client) };
}

function claimedClient({ id, handle, clientId, sealedSecret, version }: PlatformClientRow): ClaimedClient {
  return { id, handle, clientId, sealedSecret, version };
}

async function saveMany(database: Database, saves: readonly Saving[]): Promise<readonly boolean[]> {
  const given = saves.map(({ claimed, grant }) => ({
    id: claimed.id,
    tenant_id: claimed.tenantId,
    claimer: claimed.claimer,
    sealed: Buffer.from(grant.sealed).toString('base64'),
    version: grant.version,
    access_seconds: grant.accessSeconds,
    refresh_seconds: grant.refreshSeconds,
    due_seconds: grant.dueSeconds,
  }));
  const rows = await database.shared.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM save_renewed_credentials(${JSON.stringify(given)}::jsonb) AS id`;
  const saved = new Set(rows.map(({ id }) => id));
  return saves.map(({ claimed }) => saved.has(claimed.id));
}

async function saveOne(
  tx: TenantTransaction,
  { id, storeId, claimer }: ClaimedCredential,
  grant: StoredGrant,
  late: boolean,
): Promise<boolean> {
  const saved = await saveRenewed(tx, { id, claimer: late ? null : claimer }, grant);
  if (saved && late) await setStoreStatus(tx, storeId, ['needsReauth'], 'active', null);
  return saved;
}
