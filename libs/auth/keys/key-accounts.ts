import { randomUUID } from 'node:crypto';
import { GatewayError, type Scope, SCOPES } from '#contract';
import {
  type Database,
  endApiKey,
  findApiKeyById,
  findApp,
  insertApiKey,
  listApiKeys as listRows,
  type ListedApiKey,
  type Mode,
  revokeApiKey as revokeRow,
  setSuspended as setRowSuspended,
} from '#persistence';
import { generateApiKey } from './api-key.js';

export interface CreatedKey {
  readonly id: string;
  /** Shown once; only its hash is kept. */
  readonly text: string;
}

export interface NewKey {
  /** What people know it by. */
  readonly name?: string;
  readonly scopes?: readonly Scope[];
  readonly expiresAt?: Date | null;
  /** Addresses and networks it may be used from; none: from everywhere. */
  readonly allowedAddresses?: readonly string[];
}

/**
 * Makes an API key for an app, with all scopes unless told otherwise.
 * @throws GatewayError `not_found` when the tenant has no such app
 */
export async function createApiKey(
  database: Database,
  tenantId: string,
  appId: string,
  { name = '', scopes = SCOPES, expiresAt = null, allowedAddresses = [] }: NewKey = {},
): Promise<CreatedKey> {
  return await database.withTenant(tenantId, async (tx) => {
    const mode = await modeOfApp(tx, appId);
    const { text, ...stored } = newRow(mode);
    const key = { tenantId, appId, name, scopes, expiresAt, allowedAddresses, rotatedFrom: null };
    await insertApiKey(tx, { ...key, ...stored });
    return { id: stored.id, text };
  });
}

/**
 * Makes a key that may do what the old one may, which ends after the overlap.
 * @throws GatewayError `not_found` when the tenant has no such key in force
 */
export async function rotateApiKey(
  database: Database,
  tenantId: string,
  keyId: string,
  overlapSeconds: number,
): Promise<CreatedKey & { readonly oldEndsAt: Date }> {
  return await database.withTenant(tenantId, async (tx) => {
    const old = await findApiKeyById(tx, keyId);
    if (old === undefined || (old.expiresAt !== null && old.expiresAt <= new Date())) throw noSuchKey();
    const { text, ...stored } = newRow(await modeOfApp(tx, old.appId));
    await insertApiKey(tx, { ...old, ...stored, rotatedFrom: old.id });
    return { id: stored.id, text, oldEndsAt: await endApiKey(tx, old.id, overlapSeconds) };
  });
}

export async function listApiKeys(
  database: Database,
  tenantId: string,
  appId: string | undefined,
): Promise<readonly ListedApiKey[]> {
  return await database.withTenant(tenantId, (tx) => listRows(tx, appId));
}

/** @throws GatewayError `not_found` when the tenant has no such key in force */
export async function revokeApiKey(database: Database, tenantId: string, keyId: string): Promise<void> {
  if (!(await database.withTenant(tenantId, (tx) => revokeRow(tx, keyId)))) throw noSuchKey();
}

/**
 * Suspends a tenant or one of its apps: its keys and tokens are refused everywhere within a second, until it is taken back.
 * Needs the owner's role.
 * @returns false when there is none
 */
export async function setSuspended(
  database: Database,
  tenantId: string,
  appId: string | undefined,
  suspended: boolean,
): Promise<boolean> {
  return await database.withTenant(tenantId, (tx) => setRowSuspended(tx, appId, suspended));
}

async function modeOfApp(tx: Parameters<typeof findApp>[0], appId: string): Promise<Mode> {
  const app = await findApp(tx, appId);
  if (app === undefined) throw new GatewayError('not_found', 'The tenant has no such app.');
  return app.mode;
}

function newRow(mode: Mode) {
  const { text, hash, lastFour } = generateApiKey(mode);
  return { id: randomUUID(), text, hash, lastFour };
}

function noSuchKey(): GatewayError<'not_found'> {
  return new GatewayError('not_found', 'The tenant has no such key, or it was revoked already.');
}
