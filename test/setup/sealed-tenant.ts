import { randomBytes } from 'node:crypto';
import { places, type Vault } from '#vault';
import { fillTenant, type Session } from './tenants.js';

/** A tenant whose every sealed column holds a value that opens to the name of its place. */
export interface SealedTenant {
  readonly tenantId: string;
  readonly storeId: string;
  /** Opens all of them with what lies in the database now; `text@data key` by place. */
  open(vault: Vault): Promise<Readonly<Record<string, string>>>;
}

const COLUMNS = [
  ['credential', 'credentials', 'sealed'],
  ['receivedKeys', 'connect_attempts', 'sealed'],
  ['clientSecret', 'platform_clients', 'sealed_secret'],
  ['previousClientSecret', 'platform_clients', 'sealed_previous_secret'],
  ['revocation', 'revocations', 'sealed'],
  ['writeAnswer', 'writes', 'sealed_answer'],
  ['webhookSecret', 'webhook_channels', 'sealed_secret'],
  ['webhookPayload', 'webhook_deliveries', 'sealed_payload'],
] as const;

/** Fills a tenant's rows as {@link fillTenant} does, and seals a value into each place of them. */
export async function fillSealedTenant(session: Session, vault: Vault): Promise<SealedTenant> {
  const { tenantId, storeId } = await fillTenant(session, `sealed-${randomBytes(4).toString('hex')}`);
  await session.sql('DELETE FROM data_keys WHERE tenant_id = $1', [tenantId]);
  await vault.createTenantKey(tenantId);
  const [client] = await session.sql('UPDATE platform_clients SET version = 2 WHERE tenant_id = $1 RETURNING id', [
    tenantId,
  ]);
  const place = async (kind: (typeof COLUMNS)[number][0], table: string) => {
    if (kind === 'credential') return places.credential(tenantId, storeId, 1);
    if (kind === 'clientSecret') return places.clientSecret(tenantId, String(client?.['id']), 2);
    if (kind === 'previousClientSecret') return places.clientSecret(tenantId, String(client?.['id']), 1);
    const [row] = await session.sql(`SELECT id FROM ${table} WHERE tenant_id = $1`, [tenantId]);
    if (kind === 'revocation') return places.revocation(tenantId, String(row?.['id']), 1);
    return places[kind](tenantId, String(row?.['id']));
  };
  for (const [kind, table, column] of COLUMNS) {
    const sealed = await vault.seal(await place(kind, table), kind);
    await session.sql(`UPDATE ${table} SET ${column} = $2 WHERE tenant_id = $1`, [tenantId, Buffer.from(sealed)]);
  }
  return {
    tenantId,
    storeId,
    async open(opener) {
      const opened: Record<string, string> = {};
      for (const [kind, table, column] of COLUMNS) {
        const [row] = await session.sql(`SELECT ${column} AS sealed FROM ${table} WHERE tenant_id = $1`, [tenantId]);
        const blob = row?.['sealed'] as Buffer;
        const text = await opener.open(await place(kind, table), blob);
        opened[kind] = `${text.expose()}@dek_${blob.subarray(1, 13).toString('hex')}`;
      }
      return opened;
    },
  };
}
