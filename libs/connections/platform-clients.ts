import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type Connector, GatewayError, isUnsupported, type Scope, Secret } from '#contract';
import { connectorOf } from '#connectors';
import {
  type ClaimedCredential,
  deletePlatformClient,
  findPlatformClient,
  insertPlatformClient,
  listPlatformClients,
  type PlatformClientRow,
  replacePlatformClient,
} from '#persistence';
import type { ConnectionsContext } from './context.js';
import { openClientSecret, sealClientSecret } from './sealing.js';

/** Who we are at a platform. Two secrets while one is being replaced: the platform may still sign with the older. */
export interface PlatformIdentity {
  /** The unguessable part of this client's callback addresses. */
  readonly handle: string;
  readonly clientId: string;
  /** The current one first. */
  readonly secrets: readonly [Secret, ...Secret[]];
}

/** What may be told about a client. */
export interface PlatformClientView {
  readonly platform: string;
  readonly clientId: string;
  readonly callbackUrl: string;
  /** Where the platform sends a merchant who installs the app there; null where nobody can begin there. */
  readonly installUrl: string | null;
  /** Where the platform says that a merchant removed the app; null where it says so in another way, or not at all. */
  readonly uninstallUrl: string | null;
  /** Where the platform sends what concerns the whole app; null where it sends nothing of that kind. */
  readonly webhookUrl: string | null;
  readonly installAccess: readonly string[];
  readonly previousSecretUntil: Date | null;
}

/** An app's client as it registered it at the platform. */
export interface NewClient {
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** What a merchant who starts at the platform is asked for. */
  readonly installAccess?: readonly Scope[] | undefined;
}

interface Owner {
  readonly tenantId: string;
  readonly appId: string;
}

type Needs = Pick<ConnectionsContext, 'database' | 'vault' | 'publicUrl' | 'now' | 'defaultClient'>;

// A platform goes on signing with the older secret for a while after it was replaced.
const OVERLAP_MS = 24 * 3600 * 1000;

export function callbackUrl({ publicUrl }: Pick<ConnectionsContext, 'publicUrl'>, handle: string): URL {
  return new URL(`${publicUrl}/connect/callback/${handle}`);
}

const viewOf = (context: Needs, row: PlatformClientRow): PlatformClientView => ({
  platform: row.platform,
  clientId: row.clientId,
  callbackUrl: callbackUrl(context, row.handle).href,
  ...addressesOf(context, row),
  installAccess: row.installAccess,
  previousSecretUntil: row.previousUntil !== null && row.previousUntil > context.now() ? row.previousUntil : null,
});

function addressesOf(
  { publicUrl }: Needs,
  { platform, handle }: PlatformClientRow,
): Pick<PlatformClientView, 'installUrl' | 'uninstallUrl' | 'webhookUrl'> {
  const { auth, webhooks } = connectorOf(platform);
  const removes = auth.some(({ kind }) => kind === 'installedApp');
  const starts =
    removes || auth.some((strategy) => strategy.kind === 'oauth2Code' && strategy.startedAtPlatform !== undefined);
  const { signature } = isUnsupported(webhooks) ? {} : webhooks;
  const sends = signature?.kind === 'hmacBody' && signature.key === 'client';
  return {
    installUrl: starts ? `${publicUrl}/connect/start/${handle}` : null,
    uninstallUrl: removes ? `${publicUrl}/connect/uninstalled/${handle}` : null,
    webhookUrl: sends ? `${publicUrl}/webhooks/c/${handle}` : null,
  };
}

/**
 * Stores or replaces an app's client at a platform. A replaced secret stays valid for a day beside the new one.
 * @throws GatewayError `not_found` for an unknown platform, `request_invalid` where the platform has no clients,
 * `conflict` when somebody else replaced it at the same time
 */
export async function putPlatformClient(
  context: Needs,
  owner: Owner,
  platform: string,
  client: NewClient,
): Promise<PlatformClientView> {
  const connector = connectorOf(platform);
  if (connector.client === 'none') {
    throw new GatewayError('request_invalid', `${connector.name} knows no clients: shops are connected without one.`);
  }
  const known = await context.database.withTenant(owner.tenantId, (tx) =>
    findPlatformClient(tx, owner.appId, platform),
  );
  const row =
    known === undefined ? await newRow(context, owner, platform, client) : await nextRow(context, known, client);
  const stored = await context.database.withTenant(owner.tenantId, async (tx) => {
    if (known !== undefined) return await replacePlatformClient(tx, row);
    await insertPlatformClient(tx, row);
    return true;
  });
  if (!stored) throw new GatewayError('conflict', 'The client was replaced by somebody else at the same time.');
  return viewOf(context, row);
}

async function newRow({ vault }: Needs, owner: Owner, platform: string, client: NewClient): Promise<PlatformClientRow> {
  const { tenantId, appId } = owner;
  const id = randomUUID();
  const sealedSecret = await sealClientSecret(vault, tenantId, id, 1, client.clientSecret.expose());
  const handle = randomBytes(16).toString('base64url');
  const { clientId } = client;
  return {
    id,
    tenantId,
    appId,
    platform,
    handle,
    clientId,
    sealedSecret,
    sealedPreviousSecret: null,
    previousUntil: null,
    installAccess: client.installAccess ?? [],
    version: 1,
  };
}

async function nextRow({ vault, now }: Needs, known: PlatformClientRow, client: NewClient): Promise<PlatformClientRow> {
  const version = known.version + 1;
  const sealedSecret = await sealClientSecret(vault, known.tenantId, known.id, version, client.clientSecret.expose());
  const overlaps = known.clientId === client.clientId;
  return {
    ...known,
    clientId: client.clientId,
    sealedSecret,
    sealedPreviousSecret: overlaps ? known.sealedSecret : null,
    previousUntil: overlaps ? new Date(now().getTime() + OVERLAP_MS) : null,
    installAccess: client.installAccess ?? known.installAccess,
    version,
  };
}

export async function listClients(context: Needs, owner: Owner): Promise<readonly PlatformClientView[]> {
  const rows = await context.database.withTenant(owner.tenantId, (tx) => listPlatformClients(tx, owner.appId));
  return rows.map((row) => viewOf(context, row));
}

/** @throws GatewayError `not_found` */
export async function getPlatformClient(context: Needs, owner: Owner, platform: string): Promise<PlatformClientView> {
  const row = await context.database.withTenant(owner.tenantId, (tx) => findPlatformClient(tx, owner.appId, platform));
  if (row === undefined) throw new GatewayError('not_found', `The app has no client of its own at ${platform}.`);
  return viewOf(context, row);
}

/** @throws GatewayError `not_found` */
export async function removePlatformClient(context: Needs, owner: Owner, platform: string): Promise<void> {
  const removed = await context.database.withTenant(owner.tenantId, (tx) =>
    deletePlatformClient(tx, owner.appId, platform),
  );
  if (!removed) throw new GatewayError('not_found', `The app has no client of its own at ${platform}.`);
}

/**
 * The client an app acts as: its own, else the gateway's default.
 * @throws GatewayError `platform_client_missing`
 */
export async function identityOf(context: Needs, owner: Owner, connector: Connector): Promise<PlatformIdentity> {
  const row = await context.database.withTenant(owner.tenantId, (tx) =>
    findPlatformClient(tx, owner.appId, connector.id),
  );
  return row === undefined ? fallbackIdentity(context, connector) : await openIdentity(context, row);
}

/**
 * The same for a credential that was claimed together with its client.
 * @throws GatewayError `platform_client_missing`
 */
export async function claimedIdentity(
  context: Pick<Needs, 'vault' | 'defaultClient'>,
  { tenantId, client }: Pick<ClaimedCredential, 'tenantId' | 'client'>,
  connector: Connector,
): Promise<PlatformIdentity> {
  if (client === null) return fallbackIdentity(context, connector);
  const { id, handle, clientId, sealedSecret, version } = client;
  return { handle, clientId, secrets: [await openClientSecret(context.vault, tenantId, id, version, sealedSecret)] };
}

function fallbackIdentity(context: Pick<Needs, 'defaultClient'>, connector: Connector): PlatformIdentity {
  const fallback = context.defaultClient(connector.id);
  if (fallback === undefined) {
    throw new GatewayError('platform_client_missing', `This app has no client at ${connector.name} yet.`, {
      platform: { id: connector.id },
    });
  }
  const digest = createHash('sha256').update(`${connector.id}\n${fallback.clientId}`).digest('base64url');
  return { handle: digest.slice(0, 22), clientId: fallback.clientId, secrets: [new Secret(fallback.clientSecret)] };
}

async function openIdentity({ vault, now }: Needs, row: PlatformClientRow): Promise<PlatformIdentity> {
  const { tenantId, id, version } = row;
  const current = await openClientSecret(vault, tenantId, id, version, row.sealedSecret);
  const overlapping = row.previousUntil !== null && row.previousUntil > now() ? row.sealedPreviousSecret : null;
  const previous = overlapping === null ? [] : [await openClientSecret(vault, tenantId, id, version - 1, overlapping)];
  return { handle: row.handle, clientId: row.clientId, secrets: [current, ...previous] };
}
