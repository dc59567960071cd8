import type { TenantTransaction } from './database.js';

export interface PlatformClientRow {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly platform: string;
  /** The unguessable part of its callback addresses. */
  readonly handle: string;
  readonly clientId: string;
  readonly sealedSecret: Uint8Array<ArrayBuffer>;
  readonly sealedPreviousSecret: Uint8Array<ArrayBuffer> | null;
  readonly previousUntil: Date | null;
  /** What a merchant who starts at the platform is asked for, in scopes of our own API. */
  readonly installAccess: readonly string[];
  /** Counts the secrets this client has had; part of what seals them. */
  readonly version: number;
}

export async function findPlatformClient(
  tx: TenantTransaction,
  appId: string,
  platform: string,
): Promise<PlatformClientRow | undefined> {
  return (await tx.platformClient.findUnique({ where: { appId_platform: { appId, platform } } })) ?? undefined;
}

export async function listPlatformClients(tx: TenantTransaction, appId: string): Promise<readonly PlatformClientRow[]> {
  return await tx.platformClient.findMany({ where: { appId }, orderBy: { platform: 'asc' } });
}

export async function insertPlatformClient(tx: TenantTransaction, row: PlatformClientRow): Promise<void> {
  await tx.platformClient.create({ data: { ...row, installAccess: [...row.installAccess] } });
}

/** Replaces client id and secrets when nobody else did since `row.version - 1` was read. */
export async function replacePlatformClient(tx: TenantTransaction, row: PlatformClientRow): Promise<boolean> {
  const { id, clientId, sealedSecret, sealedPreviousSecret, previousUntil, version } = row;
  const installAccess = [...row.installAccess];
  const { count } = await tx.platformClient.updateMany({
    where: { id, version: version - 1 },
    data: { clientId, sealedSecret, sealedPreviousSecret, previousUntil, installAccess, version },
  });
  return count > 0;
}

export async function deletePlatformClient(tx: TenantTransaction, appId: string, platform: string): Promise<boolean> {
  const { count } = await tx.platformClient.deleteMany({ where: { appId, platform } });
  return count > 0;
}
