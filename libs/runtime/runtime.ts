import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { createCredentialUses, type CredentialUses } from '#audit';
import { createOperatorsProvider, type OperatorsProvider } from '#auth';
import { defaultPlatformClient, type Settings } from '#config';
import { type ConnectionsContext, createRenewNow, createStopGate, lifecycleOf } from '#connections';
import { createPacer, type Pacer, type SharedBudget } from '#kit';
import type { Logger } from '#observability';
import { noteConnected } from '#events';
import {
  type AccessChannel,
  type AccessCutoff,
  addDataKey,
  createSqlCredentials,
  type Database,
  endStoreCall,
  listDataKeys,
  noteCredentialUses,
  openAccessChannel,
  openDatabase,
  openStopReader,
  type StoreRow,
  takeStoreCall,
  type TenantTransaction,
} from '#persistence';
import type { StoreContext } from '#store';
import {
  createVault,
  deriveSealer,
  deriveSecrets,
  type KeyEncryption,
  type LocalKey,
  type SealContext,
  type Sealer,
  type Vault,
} from '#vault';
import { checkKeys, loadKeys } from './keys.js';
import { loopNameOf, publicUrlOf } from './public-urls.js';
import { refuseMightyRole } from './refuse-mighty-role.js';
import { openTelemetry, reporting, type Telemetry } from './telemetry.js';
import { gatedWays, openEgress, openWaysOut, type WaysOut } from './ways-out.js';

/** Everything a process of the product works with, built once at start and closed at its end. */
export interface Runtime {
  readonly settings: Settings;
  readonly database: Database;
  readonly vault: Vault;
  readonly publicUrl: string;
  readonly stores: StoreContext;
  readonly telemetry: Telemetry;
  /** What operators sign in with; undefined where no provider is set. Built by whoever asks for it first. */
  readonly operatorsProvider: OperatorsProvider | undefined;
  /** A way to the database for whoever checks credentials; to be closed by whoever opens it. */
  readonly openAccessChannel: (told: (cutoff: AccessCutoff) => void) => AccessChannel;
  /** What the authorization server seals and signs with, and what its tokens are checked with. */
  readonly oauth: {
    readonly keyEncryption: KeyEncryption;
    readonly sealer: Sealer;
    readonly cookieKeys: readonly string[];
    /** Makes nonces for DPoP proofs to the API. */
    readonly dpopNonces: Sealer;
  };
  close(): Promise<void>;
}

export interface RuntimeOptions {
  readonly settings: Settings;
  /** The role's own way into the database. */
  readonly databaseUrl: string;
  readonly applicationName: string;
  /** Whether the role may claim and save for all tenants at once, as a worker does. */
  readonly acrossTenants?: boolean;
  readonly logger: Logger;
}

const POOL_SIZE = 10;
// A caller waits for what the gateway asks; whatever takes longer is given up.
const GATEWAY_STATEMENT_MS = 2_000;
const WORKER_STATEMENT_MS = 10_000;

/**
 * Builds the parts and connects them.
 * @throws GatewayError `vault_unavailable` for wrong keys, `database_unavailable` when the database does not answer
 */
export async function createRuntime({
  settings,
  databaseUrl,
  applicationName,
  acrossTenants = false,
  logger,
}: RuntimeOptions): Promise<Runtime> {
  const keys = await loadKeys(settings);
  const database = openFor({ databaseUrl, applicationName, acrossTenants });
  try {
    await refuseMightyRole(database, acrossTenants ? 'DATABASE_WORKER_URL' : 'DATABASE_APP_URL');
    const keyEncryption = await checkKeys(database, keys);
    const vault = openVault(keyEncryption, database, logger);
    const publicUrl = publicUrlOf(settings);
    const egress = openEgress(settings, publicUrl, logger);
    const ways = openWaysOut(settings, egress, loopNameOf(publicUrl));
    const processName = processNameOf(applicationName);
    const telemetry = await openTelemetry(settings, applicationName, database, logger);
    const onConnected = (tx: TenantTransaction, store: StoreRow) => noteConnected(tx, vault, store, new Date());
    const credentials = createSqlCredentials(database, { acrossTenants });
    const stopReader = openStopReader(databaseUrl, `${applicationName}-stops`);
    const stops = createStopGate({ read: () => stopReader.read(), elapsed, sleep });
    const uses = credentialUses(database, processName, logger);
    const wayOut = gatedWays(ways, { gate: stops, elapsed }, uses);
    const parts = { database, credentials, stops, wayOut, vault, egress, publicUrl, processName, onConnected };
    const told = { ...surroundings(), ...reporting(telemetry, logger) };
    const connections = { ...told, standIn: ways.standIn, ...parts, pacer: sharedPacer(database) };
    const stores: StoreContext = {
      connections,
      renewNow: createRenewNow(lifecycleOf(connections)),
      cursors: deriveSealer(keys, 'list-cursor'),
    };
    const close = () => closeInTurn({ stops, stopReader, uses, telemetry, ways, database });
    const oauth = { keyEncryption, ...oauthSecrets(keys) };
    const channel = waysIn(databaseUrl, applicationName);
    const whole = { settings, database, vault, publicUrl, stores, telemetry, oauth, ...channel, close };
    return withOperators(whole, ways);
  } catch (error) {
    await database.close();
    throw error;
  }
}

function withOperators(parts: Omit<Runtime, 'operatorsProvider'>, { transports }: WaysOut): Runtime {
  const { settings, publicUrl } = parts;
  const place = { settings, transport: transports.live, elapsed, redirectUri: `${publicUrl}/ops/callback` };
  let provider: OperatorsProvider | undefined;
  return {
    ...parts,
    get operatorsProvider() {
      return (provider ??= createOperatorsProvider(place));
    },
  };
}

/** What is closed with a runtime. */
interface Parts {
  readonly stops: ReturnType<typeof createStopGate>;
  readonly stopReader: ReturnType<typeof openStopReader>;
  readonly uses: CredentialUses;
  readonly telemetry: Telemetry;
  readonly ways: WaysOut;
  readonly database: Database;
}

/** What was noted is written before the database goes. */
async function closeInTurn({ stops, stopReader, uses, telemetry, ways, database }: Parts): Promise<void> {
  stops.close();
  await stopReader.close();
  await uses.close();
  await telemetry.activity.close();
  await telemetry.tracing.close();
  ways.transports.live.close();
  ways.transports.test.close();
  await database.close();
}

/** Who used which merchant's credential, and why, in the audit log. */
function credentialUses(database: Database, process: string, logger: Logger): CredentialUses {
  return createCredentialUses({
    process,
    sleep,
    write: (by, uses) => noteCredentialUses(database, by, uses),
    report: ({ error, kept, lost }) => logger.error({ err: error, kept, lost }, 'uses of credentials wait to be noted'),
  });
}

/** For whoever checks credentials. */
function waysIn(url: string, applicationName: string): Pick<Runtime, 'openAccessChannel'> {
  return { openAccessChannel: (told) => openAccessChannel({ url, applicationName, told }) };
}

function oauthSecrets(keys: readonly LocalKey[]): Omit<Runtime['oauth'], 'keyEncryption'> {
  return {
    sealer: deriveSealer(keys, 'oauth-artifact'),
    cookieKeys: deriveSecrets(keys, 'oauth-cookie'),
    dpopNonces: deriveSealer(keys, 'dpop-nonce'),
  };
}

function openFor(
  options: Required<Pick<RuntimeOptions, 'databaseUrl' | 'applicationName' | 'acrossTenants'>>,
): Database {
  const { databaseUrl: url, applicationName, acrossTenants } = options;
  const statementMs = acrossTenants ? WORKER_STATEMENT_MS : GATEWAY_STATEMENT_MS;
  return openDatabase({ url, poolSize: POOL_SIZE, applicationName, statementMs });
}

function openVault(keyEncryption: KeyEncryption, database: Database, logger: Logger): Vault {
  return createVault({
    keyEncryption,
    dataKeys: dataKeyStore(database),
    reportUnreadable: reportingUnreadable(logger),
  });
}

function reportingUnreadable(logger: Logger): (place: SealContext) => void {
  return (place) => {
    logger.error({ event: 'vault.unreadable', ...place }, 'security: a sealed value does not open at its place');
  };
}

function processNameOf(applicationName: string): string {
  return `${applicationName}@${hostname()}/${String(process.pid)}/${randomUUID().slice(0, 8)}`;
}

type Surroundings = 'now' | 'elapsed' | 'random' | 'sleep' | 'defaultClient';

/** Milliseconds that only run forward. */
const elapsed = () => performance.now();

/** Calls to a store are paced by one budget, whichever process makes them. */
function sharedPacer(database: Database): Pacer {
  const shared: SharedBudget = {
    take: (ask) => takeStoreCall(database, ask),
    end: (ask, outcome) => endStoreCall(database, ask, outcome),
  };
  return createPacer({ now: () => performance.now(), sleep, shared });
}

/** Clocks and chance. */
function surroundings(): Pick<ConnectionsContext, Surroundings> {
  return {
    now: () => new Date(),
    elapsed,
    random: Math.random,
    sleep,
    defaultClient: (platform) => defaultPlatformClient(platform),
  };
}

/** Where the vault keeps tenants' wrapped data keys. */
export function dataKeyStore(database: Database) {
  return {
    list: (tenantId: string) => listDataKeys(database, tenantId),
    add: (tenantId: string, key: Parameters<typeof addDataKey>[2]) => addDataKey(database, tenantId, key),
  };
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal });
}
