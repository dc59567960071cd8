import { randomUUID } from 'node:crypto';
import { GatewayError, type Scope, SCOPES } from '#contract';
import {
  type Database,
  findApiKey,
  findApp,
  insertApiKey,
  insertApp,
  insertTenant,
  type Mode,
  revokeApiKey as revokeRow,
} from '#persistence';
import { generateApiKey, hashKey } from './keys/api-key.js';

/** Makes a tenant. Needs the owner's role; the caller gives the tenant its data key. */
export async function createTenant(owner: Database, name: string): Promise<string> {
  const id = randomUUID();
  await insertTenant(owner, { id, name });
  return id;
}

export async function createApp(
  database: Database,
  tenantId: string,
  app: { readonly name: string; readonly mode: Mode; readonly returnOrigins: readonly string[] },
): Promise<string> {
  const id = randomUUID();
  await database.withTenant(tenantId, (tx) => insertApp(tx, { id, tenantId, ...app }));
  return id;
}

export interface CreatedKey {
  readonly id: string;
  /** Shown once; only its hash is kept. */
  readonly text: string;
}

/**
 * Makes an API key for an app, with all scopes unless told otherwise.
 * @throws GatewayError `not_found` when the tenant has no such app
 */
export async function createApiKey(
  database: Database,
  tenantId: string,
  appId: string,
  { scopes = SCOPES, expiresAt = null }: { readonly scopes?: readonly Scope[]; readonly expiresAt?: Date | null } = {},
): Promise<CreatedKey> {
  return await database.withTenant(tenantId, async (tx) => {
    const app = await findApp(tx, appId);
    if (app === undefined) throw new GatewayError('not_found', 'The tenant has no such app.');
    const id = randomUUID();
    const { text, hash, lastFour } = generateApiKey(app.mode);
    await insertApiKey(tx, { id, tenantId, appId, hash, lastFour, scopes, expiresAt });
    return { id, text };
  });
}

/** @throws GatewayError `not_found` when the tenant has no such key in force */
export async function revokeApiKey(database: Database, tenantId: string, keyId: string): Promise<void> {
  const revoked = await database.withTenant(tenantId, (tx) => revokeRow(tx, keyId));
  if (!revoked) throw new GatewayError('not_found', 'The tenant has no such key, or it was revoked already.');
}

/** Whose a key is, as long as it is in force. */
export async function ownerOfKey(
  database: Database,
  text: string,
): Promise<{ readonly tenantId: string; readonly appId: string } | undefined> {
  const key = await findApiKey(database, hashKey(text));
  return key?.revokedAt === null && key.suspendedAt === null ? { tenantId: key.tenantId, appId: key.appId } : undefined;
}
