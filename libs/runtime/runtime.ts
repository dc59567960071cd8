import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { createCredentialUses, type CredentialUses } from '#audit';
import { createOperatorsProvider, type OperatorsProvider } from '#auth';
import { allowsSignInLinks, defaultPlatformClient, type Settings } from '#config';
import {
  type ConnectionsContext,
  createRenewNow,
  createStandInSwitch,
  lifecycleOf,
  type RefreshReport,
  createStopGate,
  gatedTransport,
} from '#connections';
import { connectors } from '#connectors';
import {
  type CallReport,
  createEgress,
  createPacer,
  createTransport,
  type Egress,
  isGloballyReachable,
  type Pacer,
  type SharedBudget,
  type Transport,
} from '#kit';
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
import { refuseMightyRole } from './refuse-mighty-role.js';

/** Everything a process of the product works with, built once at start and closed at its end. */
export interface Runtime {
  readonly settings: Settings;
  readonly database: Database;
  readonly vault: Vault;
  readonly publicUrl: string;
  readonly stores: StoreContext;
  /** What operators sign in with; undefined where no provider is set. */
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

const USER_AGENT = 'Shopspan/0.1 (+https://github.com/shopspan/shopspan)';
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
  const statementMs = acrossTenants ? WORKER_STATEMENT_MS : GATEWAY_STATEMENT_MS;
  const database = openDatabase({ url: databaseUrl, poolSize: POOL_SIZE, applicationName, statementMs });
  try {
    await refuseMightyRole(database, acrossTenants ? 'DATABASE_WORKER_URL' : 'DATABASE_APP_URL');
    const keyEncryption = await checkKeys(database, keys);
    const reportUnreadable = reportingUnreadable(logger);
    const vault = createVault({ keyEncryption, dataKeys: dataKeyStore(database), reportUnreadable });
    const publicUrl = publicUrlOf(settings);
    const egress = openEgress(settings, publicUrl, logger);
    const ways = waysOut(settings, egress, loopNameOf(publicUrl));
    const processName = processNameOf(applicationName);
    const onConnected = (tx: TenantTransaction, store: StoreRow) => noteConnected(tx, vault, store, new Date());
    const credentials = createSqlCredentials(database, { acrossTenants });
    const stopReader = openStopReader(databaseUrl, `${applicationName}-stops`);
    const stops = createStopGate({ read: () => stopReader.read(), elapsed, sleep });
    const uses = credentialUses(database, processName, logger);
    const wayOut = gatedWays(ways, stops, uses);
    const parts = { database, credentials, stops, wayOut, vault, egress, publicUrl, processName, onConnected };
    const connections = { ...surroundings(logger), standIn: ways.standIn, ...parts, pacer: sharedPacer(database) };
    const stores: StoreContext = {
      connections,
      renewNow: createRenewNow(lifecycleOf(connections)),
      cursors: deriveSealer(keys, 'list-cursor'),
    };
    const { live: transport } = ways.transports;
    const operatorsProvider = createOperatorsProvider({
      ...{ settings, transport, elapsed, redirectUri: `${publicUrl}/ops/callback` },
    });
    const close = () => closeInTurn({ stops, stopReader, uses, ways, database });
    const oauth = { keyEncryption, ...oauthSecrets(keys) };
    const channel = waysIn(databaseUrl, applicationName);
    return { settings, database, vault, publicUrl, stores, operatorsProvider, oauth, ...channel, close };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What is closed with a runtime. */
interface Parts {
  readonly stops: ReturnType<typeof createStopGate>;
  readonly stopReader: ReturnType<typeof openStopReader>;
  readonly uses: CredentialUses;
  readonly ways: ReturnType<typeof waysOut>;
  readonly database: Database;
}

/** What was noted is written before the database goes. */
async function closeInTurn({ stops, stopReader, uses, ways, database }: Parts): Promise<void> {
  stops.close();
  await stopReader.close();
  await uses.close();
  ways.transports.live.close();
  ways.transports.test.close();
  await database.close();
}

/** Every way out is stopped where an operator stops it, and noted where a credential leaves by it. */
function gatedWays(
  { transports }: Parts['ways'],
  gate: Parts['stops'],
  uses: CredentialUses,
): ConnectionsContext['wayOut'] {
  return (user, why) => {
    const asked = { gate, elapsed, beginUse: () => uses.begin(user, why) };
    return gatedTransport(transports[user.mode], asked, user);
  };
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

function reportingUnreadable(logger: Logger): (place: SealContext) => void {
  return (place) => {
    logger.error({ event: 'vault.unreadable', ...place }, 'security: a sealed value does not open at its place');
  };
}

function processNameOf(applicationName: string): string {
  return `${applicationName}@${hostname()}/${String(process.pid)}/${randomUUID().slice(0, 8)}`;
}

function openEgress({ SHOPSPAN_EGRESS_ALLOW: allow }: Settings, publicUrl: string, logger: Logger): Egress {
  const onInnerHost = (host: string) => {
    logger.warn({ event: 'egress.refused', host }, 'security: a call to an inner host was refused');
  };
  return createEgress({ allow, refuse: ownNames(publicUrl), onInnerHost });
}

/** A shop can never be ourselves. Inner addresses are judged by the egress rules, names and public addresses have to be told. */
function ownNames(publicUrl: string): string[] {
  const { hostname } = new URL(publicUrl);
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) === 0 || isGloballyReachable(address) ? [hostname] : [];
}

/** Apps in live mode never meet the sandbox: their transport does not know it. */
function waysOut(
  settings: Settings,
  egress: Egress,
  loopName: string,
): Pick<ConnectionsContext, 'standIn'> & {
  readonly transports: { readonly live: Transport; readonly test: Transport };
} {
  const standIn = createStandInSwitch(settings.SHOPSPAN_SANDBOX_URL, connectors);
  const usual = { egress, userAgent: USER_AGENT, loopName };
  const live = createTransport(usual);
  const test = standIn.standIn === undefined ? live : createTransport({ ...usual, standIn: standIn.standIn });
  return { standIn, transports: { live, test } };
}

type Surroundings = 'now' | 'elapsed' | 'random' | 'sleep' | 'defaultClient' | 'reportCall' | 'reportRefresh';

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

/** Clocks, chance and the log. */
function surroundings(logger: Logger): Pick<ConnectionsContext, Surroundings> {
  return {
    now: () => new Date(),
    elapsed,
    random: Math.random,
    sleep,
    defaultClient: (platform) => defaultPlatformClient(platform),
    reportCall: (call) => logCall(logger, call),
    reportRefresh: (report) => logRefresh(logger, report),
  };
}

/** Where the vault keeps tenants' wrapped data keys. */
export function dataKeyStore(database: Database) {
  return {
    list: (tenantId: string) => listDataKeys(database, tenantId),
    add: (tenantId: string, key: Parameters<typeof addDataKey>[2]) => addDataKey(database, tenantId, key),
  };
}

/** How this gateway names itself in `CDN-Loop` (RFC 8586): by where it is reached. */
export function loopNameOf(publicUrl: string): string {
  return new URL(publicUrl).host;
}

/** Where merchants and platforms reach us, without a slash at the end. */
export function publicUrlOf(settings: Settings): string {
  const url = settings.SHOPSPAN_PUBLIC_URL ?? `http://127.0.0.1:${settings.SHOPSPAN_PORT}`;
  return url.replace(/\/+$/, '');
}

/** What one-time sign-in links of operators begin with; undefined where there may be none. */
export function signInLinksOf(settings: Settings): string | undefined {
  return allowsSignInLinks(settings) ? `${publicUrlOf(settings)}/ops/link/` : undefined;
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal });
}

function logCall(logger: Logger, call: CallReport): void {
  if (call.code === null) logger.debug(call, 'platform call');
  else logger.warn(call, `platform call failed: ${call.code}`);
}

function logRefresh(logger: Logger, report: RefreshReport): void {
  const text = `token ${report.outcome}${report.code === null ? '' : `: ${report.code}`}`;
  if (report.outcome === 'renewed' || report.outcome === 'superseded') logger.info(report, text);
  else logger.warn(report, text);
}
