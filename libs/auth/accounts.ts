import { randomUUID } from 'node:crypto';
import { hashToken } from '#kit';
import { type Database, findApiKey, insertApp, insertTenant, type Mode } from '#persistence';

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

/** Whose a key is, as long as it is in force. */
export async function ownerOfKey(
  database: Database,
  text: string,
): Promise<{ readonly tenantId: string; readonly appId: string } | undefined> {
  const key = await findApiKey(database, hashToken(text));
  return key?.revokedAt === null && key.suspendedAt === null ? { tenantId: key.tenantId, appId: key.appId } : undefined;
}
