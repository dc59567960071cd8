import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { freshDatabase } from '../../test/setup/database.js';
import { fillTenant, openSession } from '../../test/setup/tenants.js';
import type { CredentialWorld, StoredCredential } from '../testing/credential-world.js';
import { grantOf } from '../testing/credential-acts.js';
import { describeCredentialRepository } from '../testing/describe-credential-repository.js';
import { deleteCredential, putCredential } from './credentials.js';
import { openDatabase } from './database.js';
import { createSqlCredentials } from './sql-credentials.js';

const TIMES = ['access_expires_at', 'refresh_expires_at', 'due_at', 'lease_until', 'attempt_started_at', 'not_before'];

/** @param acrossTenants whether the repository under test is a worker's or a gateway's */
async function start(acrossTenants: boolean): Promise<CredentialWorld> {
  const database = await freshDatabase();
  const admin = await openSession(database.adminUrl);
  const tenants = [await fillTenant(admin, 'ada'), await fillTenant(admin, 'bob')];
  const gateway = openDatabase({ url: database.urls.app, poolSize: 4, applicationName: 'gateway' });
  const open = (name: string) => openDatabase({ url: database.urls.worker, poolSize: 2, applicationName: name });
  const processes = [open('worker-1'), open('worker-2'), open('worker-3')] as const;
  const worker = (index: 0 | 1 | 2) => createSqlCredentials(processes[index], { acrossTenants: true });
  const workers = [worker(0), worker(1), worker(2)] as const;
  const put: CredentialWorld['reconnect'] = ({ tenantId, storeId }, grant) =>
    gateway.withTenant(tenantId, (tx) => putCredential(tx, { id: randomUUID(), storeId }, grant));
  const setStatus: CredentialWorld['setStatus'] = async ({ storeId }, status) => {
    await admin.sql('UPDATE stores SET status = $2 WHERE id = $1', [storeId, status]);
  };
  return {
    credentials: acrossTenants ? workers[0] : createSqlCredentials(gateway, { acrossTenants: false }),
    workers,
    setStatus,
    async connect(grant, { tenant = 0, platform = 'example' } = {}) {
      const { tenantId, appId } = tenants[tenant] ?? { tenantId: '', appId: '' };
      const owner = { tenantId, storeId: randomUUID() };
      await admin.sql(
        "INSERT INTO stores (id, tenant_id, app_id, platform, client_key, account, api_root, platform_id, name, domain, currency, mode, status, status_since, updated_at) VALUES ($1::uuid, $2, $3, $4, 'c', ($1::uuid)::text, 'r', '1', 'n', 'd', 'EUR', 'test', 'active', now(), now())",
        [owner.storeId, tenantId, appId, platform],
      );
      await put(owner, grant);
      return owner;
    },
    async reconnect(owner, grant) {
      await put(owner, grant);
      await setStatus(owner, 'active');
    },
    async beginAnew(owner, grant) {
      await gateway.withTenant(owner.tenantId, (tx) => deleteCredential(tx, owner.storeId));
      await put(owner, grant);
    },
    async pass(seconds) {
      const earlier = TIMES.map((column) => `${column} = ${column} - make_interval(secs => $1)`).join(', ');
      await admin.sql(`UPDATE credentials SET ${earlier}`, [seconds]);
    },
    async look({ storeId }) {
      const from = (column: string) => `extract(epoch FROM c.${column} - now())::float8`;
      const [row] = await admin.sql(
        `SELECT convert_from(c.sealed, 'UTF8') AS text, c.version, c.state, s.status, c.attempt, c.refusals, c.lease_owner AS "leaseOwner",
          ${from('lease_until')} AS lease, ${from('access_expires_at')} AS access, ${from('refresh_expires_at')} AS refresh,
          ${from('due_at')} AS due, c.last_error_code AS "lastErrorCode", s.scopes_granted AS scopes
        FROM credentials c JOIN stores s ON s.id = c.store_id WHERE c.store_id = $1`,
        [storeId],
      );
      return row as StoredCredential | undefined;
    },
    async empty() {
      await admin.sql('DELETE FROM stores');
    },
    async close() {
      for (const one of [gateway, ...processes]) await one.close();
      await admin.end();
      await database.drop();
    },
  };
}

describeCredentialRepository('the repository of a worker', () => start(true));
describeCredentialRepository('the repository of a gateway', () => start(false));

it.each([true, false])(
  'what is claimed comes with the client of its app (across tenants: %s)',
  async (acrossTenants) => {
    const world = await start(acrossTenants);
    const { credentials, workers } = world;
    const owner = await world.connect(grantOf(1, { dueSeconds: -1 }));
    const ask = { claimer: 'c', leaseSeconds: 30 };
    const claimed = acrossTenants
      ? (await workers[1].claimDue({ ...ask, limit: 1, exceptPlatforms: [] }))[0]
      : await credentials.claim(owner, { ...ask, seenVersion: 1 });
    expect(claimed?.client).toMatchObject({ clientId: 'client', handle: 'handle-ada', version: 1 });
    await world.close();
  },
);
