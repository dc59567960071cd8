import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { type NamedFunction, OPERATOR_FUNCTIONS } from '../../test/setup/operator-functions.js';
import { fillTenant, openSession, type Session, type TenantRows } from '../../test/setup/tenants.js';
import { openDatabase } from './database.js';
import {
  findApiKey,
  findOperatorToken,
  insertOperatorToken,
  listStoresForOperator,
  locateConnectAttempt,
  locateConnectSession,
} from './index.js';

const OPERATORS_LIST = (
  'id tenant_name app_name mode platform account name status status_reason status_since last_success_at access_expires_at ' +
  'refresh_expires_at due_at last_refreshed_at credential_version credential_state attempt last_error_code last_error_message last_error_at'
).split(' ');

const counting = (name: string, tells: string) => ({
  [name]: { role: 'both' as const, call: `${name}()`, tells: tells.split(' ') },
});

/** The functions that look across tenants: who may call them, and everything they tell. */
const FUNCTIONS: Readonly<Record<string, NamedFunction>> = {
  find_api_key: {
    role: 'app',
    call: "find_api_key('\\x00')",
    tells: ['id', 'tenant_id', 'app_id', 'mode', 'scopes', 'expires_at', 'revoked_at', 'suspended_at', 'last_used_at'],
  },
  find_api_keys: {
    role: 'app',
    call: "find_api_keys('{}')",
    tells: [
      ...['hash', 'id', 'tenant_id', 'app_id', 'mode', 'scopes', 'allowed_addresses'],
      ...['expires_at', 'revoked_at', 'suspended_at'],
    ],
  },
  touch_api_keys: { role: 'app', call: "touch_api_keys('{}')", tells: [] },
  list_suspended: { role: 'app', call: 'list_suspended()', tells: ['kind', 'target'] },
  find_connect_session: { role: 'app', call: "find_connect_session('\\x00')", tells: ['id', 'tenant_id'] },
  find_connect_attempt: { role: 'app', call: "find_connect_attempt('\\x00')", tells: ['id', 'tenant_id'] },
  find_operator: { role: 'app', call: "find_operator('\\x00')", tells: ['id', 'name', 'role'] },
  find_operator_session: {
    role: 'app',
    call: "find_operator_session('\\x00', now(), 60)",
    tells: ['id', 'operator_id', 'name', 'role', 'created_at', 'ends_at', 'stepped_up_at'],
  },
  sign_in_operator: {
    role: 'app',
    call: "sign_in_operator('i', 's', 'n', NULL, 'viewer', gen_random_uuid(), '\\x00', now(), 1, 1, NULL, NULL, '')",
    tells: [],
  },
  find_sign_in_link: { role: 'app', call: "find_sign_in_link('\\x00', now())", tells: ['role', 'name'] },
  use_sign_in_link: {
    role: 'app',
    call: "use_sign_in_link('\\x00', gen_random_uuid(), '\\x00', now(), 1, 1, NULL, '')",
    tells: [],
  },
  list_operator_sessions: {
    role: 'app',
    call: "list_operator_sessions('\\x00')",
    tells: 'id operator_id name agent created_at last_seen_at ends_at is_own is_this'.split(' '),
  },
  end_operator_session: { role: 'app', call: "end_operator_session('\\x00', NULL)", tells: [] },
  list_operators: {
    role: 'app',
    call: "list_operators('\\x00')",
    tells: ['id', 'issuer', 'name', 'email', 'role', 'signed_in_at', 'disabled_at'],
  },
  change_operator: {
    role: 'app',
    call: "change_operator('\\x00', gen_random_uuid(), 'viewer', NULL)",
    tells: [],
  },
  note_credential_uses: { role: 'both', call: "note_credential_uses('me', '[]')", tells: [] },
  list_stores_for_operator: {
    role: 'app',
    call: "list_stores_for_operator('00000000-0000-0000-0000-000000000000', 10)",
    tells: OPERATORS_LIST,
  },
  list_stores_with_health: {
    role: 'app',
    call: "list_stores_with_health('00000000-0000-0000-0000-000000000000', 10)",
    tells: [...OPERATORS_LIST, 'health_state', 'health_reason', 'health_since', 'dies_at', 'tenant_id', 'app_id'],
  },
  claim_due_probes: { role: 'worker', call: 'claim_due_probes(0, 30)', tells: ['id', 'tenant_id'] },
  find_webhook_channel: { role: 'app', call: "find_webhook_channel('x')", tells: ['id', 'tenant_id', 'store_id'] },
  find_client_by_handle: {
    role: 'app',
    call: "find_client_by_handle('x')",
    tells: ['id', 'tenant_id', 'app_id', 'platform'],
  },
  claim_due_polls: {
    role: 'worker',
    call: 'claim_due_polls(0, 30)',
    tells: ['id', 'tenant_id', 'store_id'],
  },
  claim_due_webhook_channels: {
    role: 'worker',
    call: 'claim_due_webhook_channels(0, 30)',
    tells: ['id', 'tenant_id', 'store_id'],
  },
  claim_due_webhook_deliveries: {
    role: 'worker',
    call: 'claim_due_webhook_deliveries(0, 30)',
    tells: ['id', 'tenant_id'],
  },
  forget_old_writes: { role: 'worker', call: 'forget_old_writes()', tells: [] },
  forget_old_webhook_deliveries: {
    role: 'worker',
    call: 'forget_old_webhook_deliveries()',
    tells: [],
  },
  take_store_call: {
    role: 'both',
    call: 'take_store_call(gen_random_uuid(), gen_random_uuid(), 1, NULL, NULL, 1, 1, 1)',
    tells: [],
  },
  end_store_call: {
    role: 'both',
    call: 'end_store_call(gen_random_uuid(), gen_random_uuid(), NULL, 1, NULL, NULL, NULL)',
    tells: [],
  },
  claim_due_credentials: {
    role: 'worker',
    call: "claim_due_credentials('me', 10, 30, '{}')",
    tells: ['tenant_id', 'store_id'],
  },
  count_data_keys: { role: 'owner', call: 'count_data_keys()', tells: ['kek_id', 'held'] },
  count_values_of_old_keys: { role: 'owner', call: 'count_values_of_old_keys(NULL)', tells: [] },
  list_data_keys_to_rewrap: {
    role: 'owner',
    call: "list_data_keys_to_rewrap('kek', '', 10)",
    tells: ['id', 'tenant_id'],
  },
  list_tenants_to_rotate: {
    role: 'owner',
    call: 'list_tenants_to_rotate(now(), gen_random_uuid(), 10)',
    tells: ['tenant_id'],
  },
  list_tenants_with_old_keys: {
    role: 'owner',
    call: 'list_tenants_with_old_keys(gen_random_uuid(), 10)',
    tells: ['tenant_id'],
  },
  claim_due_revocations: { role: 'worker', call: 'claim_due_revocations(0, 30)', tells: ['id', 'tenant_id'] },
  void_revocations: { role: 'app', call: "void_revocations('a', 'b', 'c')", tells: [] },
  list_stops: {
    role: 'both',
    call: 'list_stops(true)',
    tells: 'id scope target reason set_by set_at lifted_by lifted_at lift_asked_by lift_asked_at'.split(' '),
  },
  stop_as_operator: {
    role: 'app',
    call: "stop_as_operator('\\x00', gen_random_uuid(), 'everything', '', 'why')",
    tells: [],
  },
  lift_as_operator: { role: 'app', call: "lift_as_operator('\\x00', gen_random_uuid())", tells: [] },
  write_stop: { role: 'owner', call: "write_stop(gen_random_uuid(), 'everything', '', 'why', 'me')", tells: [] },
  list_app_origins: { role: 'app', call: 'list_app_origins()', tells: ['app_id', 'origin'] },
  list_browser_origins: { role: 'app', call: 'list_browser_origins()', tells: ['origin'] },
  stop_other_shop: { role: 'worker', call: "stop_other_shop(gen_random_uuid(), 'why')", tells: [] },
  cut_off_access: { role: 'both', call: "cut_off_access('token', 'x', 3600)", tells: [] },
  list_access_cutoffs: { role: 'both', call: 'list_access_cutoffs(now())', tells: ['kind', 'target', 'cut_at'] },
  find_oauth_client: { role: 'app', call: 'find_oauth_client(gen_random_uuid())', tells: ['tenant_id'] },
  rotate_signing_keys: {
    role: 'worker',
    call: "rotate_signing_keys('k', '{}', 'kek', '\\x00', 0, 0, 0)",
    tells: [],
  },
  ...OPERATOR_FUNCTIONS,
  add_activity_minutes: { role: 'both', call: "add_activity_minutes('[]')", tells: [] },
  forget_old_activity: { role: 'worker', call: 'forget_old_activity()', tells: [] },
  ...counting('count_stores_by_health', 'platform state reason stores'),
  ...counting('count_credentials', 'platform renewable due overdue oldest_overdue_seconds dying neglected'),
  ...counting('count_waiting_deliveries', 'platform waiting oldest_seconds'),
  check_newest_audit: { role: 'both', call: 'check_newest_audit(10)', tells: ['entries', 'holds'] },
  write_lift: { role: 'owner', call: "write_lift(gen_random_uuid(), 'me')", tells: [] },
};
const SIGNING_KEY_COLUMNS = ['kek_id', 'retired_at', 'state', 'wrapped', 'current_at'].sort();
/** Columns that no function may read, so that none can tell them. */
const SEALED = [
  'credentials.sealed',
  'credentials.strategy',
  'connect_attempts.sealed',
  'connect_attempts.browser_hash',
  'platform_clients.sealed_secret',
  'platform_clients.sealed_previous_secret',
  'data_keys.wrapped',
  'vault_canaries.canary',
  'connect_sessions.return_url',
  'writes.sealed_answer',
  'writes.idempotency_key',
  'webhook_channels.sealed_secret',
  'webhook_deliveries.sealed_payload',
  'events.details',
  'polls.seen',
  'revocations.sealed',
  'oauth_clients.secret_hash',
  'oauth_artifacts.payload',
];

let database: FreshDatabase;
let admin: Session;
let ada: TenantRows;
let bob: TenantRows;
beforeAll(async () => {
  database = await freshDatabase();
  admin = await openSession(database.adminUrl);
  ada = await fillTenant(admin, 'ada');
  bob = await fillTenant(admin, 'bob');
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

async function attempt(role: 'app' | 'worker' | 'queue' | 'owner', sql: string): Promise<unknown> {
  const session = await openSession(database.urls[role]);
  try {
    return await session.sql(sql).catch((error: unknown) => (error instanceof Error ? error.message : error));
  } finally {
    await session.end();
  }
}

describe('the functions that look across tenants', () => {
  it('are these and no others', async () => {
    const rows = await admin.sql(
      "SELECT proname FROM pg_proc WHERE prosecdef AND prorettype <> 'trigger'::regtype AND pronamespace = 'public'::regnamespace ORDER BY proname",
    );
    expect(rows.map(({ proname }) => proname)).toEqual(Object.keys(FUNCTIONS).sort());
  });

  it('look nowhere but where they mean to, and act as a role that cannot log in', async () => {
    const rows =
      await admin.sql(`SELECT proconfig::text AS settings, rolname, rolcanlogin OR rolsuper OR rolbypassrls AS mighty
      FROM pg_proc JOIN pg_roles r ON r.oid = proowner WHERE prosecdef AND pronamespace = 'public'::regnamespace`);
    for (const row of rows)
      expect(row).toEqual({
        settings: '{"search_path=pg_catalog, public"}',
        rolname: 'shopspan_claims',
        mighty: false,
      });
  });

  it.each(Object.entries(FUNCTIONS))('%s is called by those alone who need it', async (_, { role, call }) => {
    for (const one of ['app', 'worker', 'queue', 'owner'] as const) {
      // The owner could always change what it owns: what it may call says nothing, but for what only it calls.
      if (one === 'owner' && role !== 'owner') continue;
      const answer = await attempt(one, `SELECT * FROM public.${call}`);
      if (one === role || (role === 'both' && one !== 'queue')) expect(answer).toBeInstanceOf(Array);
      else expect(answer).toMatch(/^permission denied/);
    }
  });

  it.each(Object.entries(FUNCTIONS))('%s tells what it is declared to tell', async (name, { tells }) => {
    const [row] = await admin.sql('SELECT proargnames[pronargs + 1:] AS told FROM pg_proc WHERE proname = $1', [name]);
    expect(row?.['told'] ?? []).toEqual(tells);
  });

  it('cannot read what is sealed, whoever writes them anew', async () => {
    for (const column of SEALED) {
      const [table = '', name = ''] = column.split('.');
      const [row] = await admin.sql("SELECT has_column_privilege('shopspan_claims', $1, $2, 'SELECT') AS may", [
        table,
        name,
      ]);
      expect([column, row?.['may']]).toEqual([column, false]);
    }
  });

  it('change nothing but leases, paces, minutes, stops, signing keys and when an operator or a key came; delete nothing but what is forgotten', async () => {
    const rows =
      await admin.sql(`SELECT c.relname || '.' || a.attname AS changed FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND has_column_privilege('shopspan_claims', c.oid, a.attnum, 'UPDATE') ORDER BY 1`);
    const leases = ['attempt', 'attempt_started_at', 'lease_owner', 'lease_until'].map((name) => `credentials.${name}`);
    const counted = (table: string) => [`${table}.attempt`, `${table}.lease_until`];
    const others = [
      ...counted('polls'),
      'stores.probe_lease_until',
      ...['webhook_channels', 'webhook_deliveries'].flatMap(counted),
    ];
    const isPace = (changed: unknown): boolean => /^store_(paces|calls)\./.test(String(changed));
    expect(rows.map(({ changed }) => changed).filter((changed) => !isPace(changed))).toEqual([
      'access_cutoffs.cut_at',
      ...['buckets', 'count', 'max_ms', 'sum_ms'].map((name) => `activity_minutes.${name}`),
      'api_keys.last_used_at',
      ...['app_id', 'hour', 'last_at', 'refused', 'tenant_id'].map((name) => `app_refusals.${name}`),
      'audit_heads.hash',
      'audit_heads.sequence',
      ...leases,
      ...SIGNING_KEY_COLUMNS.map((name) => `oauth_signing_keys.${name}`),
      ...['ended_at', 'idle_ends_at', 'last_seen_at'].map((name) => `operator_sessions.${name}`),
      'operator_sign_in_links.used_at',
      'operator_tokens.last_used_at',
      ...['disabled_at', 'email', 'name', 'role', 'role_set_by', 'signed_in_at'].map((name) => `operators.${name}`),
      ...others.filter((changed) => changed < 'stops'),
      ...['attempt', 'ended_at', 'lease_until', 'sealed', 'state'].map((name) => `revocations.${name}`),
      ...['lift_asked_at', 'lift_asked_by', 'lift_asked_name', 'lifted_at', 'lifted_by'].map((name) => `stops.${name}`),
      ...others.filter((changed) => changed > 'stops'),
    ]);
    const allowed: readonly (readonly [string, readonly string[]])[] = [
      [
        'INSERT',
        [
          ...[
            'access_cutoffs',
            'activity_minutes',
            'app_refusals',
            'audit_entries',
            'oauth_signing_keys',
            'operator_sessions',
            'operators',
            'stops',
          ],
          ...['store_calls', 'store_paces'],
        ],
      ],
      [
        'DELETE',
        [
          ...['access_cutoffs', 'activity_minutes', 'app_refusals', 'oauth_signing_keys', 'store_calls', 'store_paces'],
          ...['webhook_deliveries', 'writes'],
        ],
      ],
      ['TRUNCATE', []],
    ];
    for (const [right, expected] of allowed) {
      const tables = await admin.sql(
        `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege('shopspan_claims', oid, '${right}') ORDER BY 1`,
      );
      expect(tables.map(({ relname }) => relname)).toEqual(expected);
    }
  });

  it('make nothing: their role may create neither table nor function', async () => {
    const [row] = await admin.sql("SELECT has_schema_privilege('shopspan_claims', 'public', 'CREATE') AS may");
    expect(row).toEqual({ may: false });
  });
});

describe('what they find', () => {
  it('is one row by its hash, of whatever tenant, and nothing by anything else', async () => {
    const product = openDatabase({ url: database.urls.app, poolSize: 2, applicationName: 'test' });
    try {
      for (const { tenantId, appId, keyHash, sessionHash, sessionId, stateHash, attemptId } of [ada, bob]) {
        expect(await findApiKey(product, keyHash)).toMatchObject({ tenantId, appId, mode: 'test' });
        expect(await locateConnectSession(product, sessionHash)).toEqual({ id: sessionId, tenantId });
        expect(await locateConnectAttempt(product, stateHash)).toEqual({ id: attemptId, tenantId });
      }
      for (const hash of [
        Buffer.alloc(0),
        Buffer.alloc(32),
        Uint8Array.from(ada.keyHash.subarray(0, 31)),
        Uint8Array.from([...ada.keyHash, 0]),
      ]) {
        expect(await findApiKey(product, hash)).toBeUndefined();
        expect(await locateConnectSession(product, hash)).toBeUndefined();
        expect(await locateConnectAttempt(product, hash)).toBeUndefined();
        expect(await findOperatorToken(product, hash)).toBeUndefined();
      }
    } finally {
      await product.close();
    }
  });

  it("is an operator's token until it is revoked", async () => {
    const [owner, product] = [database.urls.owner, database.urls.app].map((url) =>
      openDatabase({ url, poolSize: 1, applicationName: 'test' }),
    );
    if (owner === undefined || product === undefined) throw new Error('unreachable');
    const hash = Buffer.alloc(32, 7);
    try {
      const token = { id: '22222222-2222-4222-8222-222222222222', name: 'Night shift', role: 'viewer' } as const;
      await insertOperatorToken(owner, 'somebody at the shell', { ...token, hash });
      expect(await findOperatorToken(product, hash)).toEqual(token);
      expect(await admin.sql('SELECT last_used_at IS NOT NULL AS used FROM operator_tokens')).toEqual([{ used: true }]);
      await admin.sql('UPDATE operator_tokens SET revoked_at = now()');
      expect(await findOperatorToken(product, hash)).toBeUndefined();
    } finally {
      await Promise.all([owner.close(), product.close()]);
    }
  });

  it('for an operator is every store in pages, with the state of its credential and without the credential', async () => {
    const product = openDatabase({ url: database.urls.app, poolSize: 1, applicationName: 'test' });
    try {
      const all = await listStoresForOperator(product);
      expect(all.map(({ id, tenantName }) => [id, tenantName]).sort()).toEqual(
        [
          [ada.storeId, 'ada'],
          [bob.storeId, 'bob'],
        ].sort(),
      );
      const [first] = await listStoresForOperator(product, undefined, 1);
      expect(await listStoresForOperator(product, first?.id, 10)).toEqual(all.slice(1));
      expect(first).toMatchObject({
        credentialVersion: 1,
        credentialState: 'active',
        platform: 'example',
        account: 'shop',
      });
    } finally {
      await product.close();
    }
  });
});
