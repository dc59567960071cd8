import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';

/** One session of one role, for saying things the product never says. */
export interface Session {
  /** @throws the database's own error */
  readonly sql: (text: string, values?: readonly unknown[]) => Promise<Readonly<Record<string, unknown>>[]>;
  end(): Promise<void>;
}

export async function openSession(url: string): Promise<Session> {
  const client = new pg.Client({ connectionString: url });
  // A session that was ended by the server must not end the test run.
  client.on('error', () => undefined);
  await client.connect();
  return {
    sql: async (text, values = []) => (await client.query<Record<string, unknown>>(text, [...values])).rows,
    end: () => client.end(),
  };
}

/** The rows of one tenant, one in each table. */
export interface TenantRows {
  readonly tenantId: string;
  readonly appId: string;
  readonly keyHash: Buffer;
  readonly sessionId: string;
  readonly sessionHash: Buffer;
  readonly attemptId: string;
  readonly stateHash: Buffer;
  readonly storeId: string;
  readonly credentialId: string;
}

/** Gives a tenant one row in each of its tables, as the superuser. */
export async function fillTenant({ sql }: Session, name: string): Promise<TenantRows> {
  const [tenantId = '', appId = '', sessionId = '', attemptId = '', storeId = '', credentialId = ''] = Array.from(
    { length: 6 },
    () => randomUUID(),
  );
  const hash = (): Buffer => randomBytes(32);
  const [keyHash, sessionHash, stateHash] = [hash(), hash(), hash()];
  await sql('INSERT INTO tenants (id, name) VALUES ($1, $2)', [tenantId, name]);
  await sql("INSERT INTO apps (id, tenant_id, name, mode) VALUES ($1, $2, $3, 'test')", [appId, tenantId, name]);
  await sql(
    'INSERT INTO api_keys (id, tenant_id, app_id, hash, last_four) VALUES (gen_random_uuid(), $1, $2, $3, $4)',
    [tenantId, appId, keyHash, 'abcd'],
  );
  await sql('INSERT INTO data_keys (id, tenant_id, kek_id, wrapped, generation) VALUES ($1, $2, $3, $4, 1)', [
    `dek_${name}`,
    tenantId,
    'kek',
    hash(),
  ]);
  await sql(
    'INSERT INTO platform_clients (id, tenant_id, app_id, platform, handle, client_id, sealed_secret, updated_at) VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, now())',
    [tenantId, appId, 'example', `handle-${name}`, 'client', hash()],
  );
  await sql(
    "INSERT INTO brands (id, app_id, tenant_id, name, logo, logo_type, logo_width, logo_height, updated_at) VALUES (gen_random_uuid(), $1, $2, $3, $4, 'image/png', 16, 16, now())",
    [appId, tenantId, name, hash()],
  );
  await sql(
    'INSERT INTO connect_sessions (id, tenant_id, app_id, token_hash, expires_at) VALUES ($1, $2, $3, $4, now())',
    [sessionId, tenantId, appId, sessionHash],
  );
  await sql(
    "INSERT INTO connect_attempts (id, tenant_id, session_id, platform, strategy, account, api_root, state_hash, browser_hash, expires_at) VALUES ($1, $2, $3, 'example', 's', 'a', 'r', $4, $5, now())",
    [attemptId, tenantId, sessionId, stateHash, hash()],
  );
  await sql(
    "INSERT INTO stores (id, tenant_id, app_id, platform, client_key, account, api_root, platform_id, name, domain, currency, mode, status, status_since, updated_at) VALUES ($1, $2, $3, 'example', $4, 'shop', 'r', '1', 'n', 'd', 'EUR', 'test', 'active', now(), now())",
    [storeId, tenantId, appId, `client-${name}`],
  );
  await sql(
    "INSERT INTO credentials (id, tenant_id, store_id, strategy, sealed, version) VALUES ($1, $2, $3, 's', $4, 1)",
    [credentialId, tenantId, storeId, hash()],
  );
  await fillStore(sql, { tenantId, appId, storeId }, name);
  return { tenantId, appId, keyHash, sessionId, sessionHash, attemptId, stateHash, storeId, credentialId };
}

/** What is kept beside a store: writes, webhooks, events and its pace. */
async function fillStore(
  sql: Session['sql'],
  { tenantId, appId, storeId }: Pick<TenantRows, 'tenantId' | 'appId' | 'storeId'>,
  name: string,
): Promise<void> {
  const sealed = randomBytes(32);
  await sql(
    "INSERT INTO writes (id, tenant_id, app_id, store_id, idempotency_key, operation, request_hash, status) VALUES (gen_random_uuid(), $1, $2, $3, 'key', 'orders.create', $4, 'running')",
    [tenantId, appId, storeId, sealed],
  );
  await sql(
    'INSERT INTO webhook_channels (id, tenant_id, store_id, handle, sealed_secret, due_at) VALUES (gen_random_uuid(), $1, $2, $3, $4, now())',
    [tenantId, storeId, `channel-${name}`, sealed],
  );
  await sql(
    "INSERT INTO polls (id, tenant_id, store_id, operation, changed_to, seen, due_at) VALUES (gen_random_uuid(), $1, $2, 'orders.list', now(), '{}', now())",
    [tenantId, storeId],
  );
  await sql(
    "INSERT INTO webhook_subscriptions (id, tenant_id, store_id, topic, platform_id) VALUES (gen_random_uuid(), $1, $2, 'orders', '1')",
    [tenantId, storeId],
  );
  await sql(
    "INSERT INTO webhook_deliveries (id, tenant_id, app_id, store_id, origin, platform, topic, dedupe_key, sealed_payload, status, due_at) VALUES (gen_random_uuid(), $1, $2, $3, gen_random_uuid(), 'example', 'orders', 'd', $4, 'received', now())",
    [tenantId, appId, storeId, sealed],
  );
  await sql(
    "INSERT INTO oauth_clients (id, tenant_id, app_id, name, kind, secret_hash) VALUES (gen_random_uuid(), $1, $2, 'Back end', 'confidential', $3)",
    [tenantId, appId, sealed],
  );
  await sql(
    "INSERT INTO revocations (id, tenant_id, store_id, strategy, sealed, version) VALUES (gen_random_uuid(), $1, $2, 's', $3, 1)",
    [tenantId, storeId, sealed],
  );
  await sql(
    "INSERT INTO events (id, tenant_id, app_id, store_id, type) VALUES (gen_random_uuid(), $1, $2, $3, 'store.connected')",
    [tenantId, appId, storeId],
  );
  await sql('INSERT INTO app_refusals (app_id, hour, tenant_id, refused, last_at) VALUES ($1, now(), $2, 1, now())', [
    appId,
    tenantId,
  ]);
  await sql('INSERT INTO store_paces (store_id, tenant_id, refilled_at, places) VALUES ($1, $2, now(), 2)', [
    storeId,
    tenantId,
  ]);
  await sql(
    "INSERT INTO store_calls (id, store_id, tenant_id, ends_at) VALUES (gen_random_uuid(), $1, $2, now() + interval '1 minute')",
    [storeId, tenantId],
  );
}
