import { randomUUID } from 'node:crypto';
import { randomInteger, randomNumbers } from '../../../test/setup/random.js';
import type { CredentialWorld } from '../credential-world.js';
import { describeCredentialRepository } from '../describe-credential-repository.js';
import { createSimulatedCredentials } from './simulated-credentials.js';
import { createSimulatedRows, keyOf, type SimulatedStore } from './simulated-rows.js';

/** Statements of all processes take effect in an order that chance decides. */
async function start(): Promise<CredentialWorld> {
  const random = randomNumbers(1);
  let now = 1_000_000;
  let rows = createSimulatedRows(() => now);
  let stores = new Map<string, SimulatedStore>();
  const tenants = [randomUUID(), randomUUID()];
  const turns = async () => {
    for (let turn = randomInteger(random, 0, 20); turn > 0; turn -= 1) await Promise.resolve();
  };
  // The rows are replaced between tests.
  const proxied = new Proxy(rows, { get: (_, name) => Reflect.get(rows, name) as unknown });
  const worker = () =>
    createSimulatedCredentials(proxied, async (_, run) => {
      await turns();
      const result = run();
      await turns();
      return result;
    });
  const storeAt = (owner: Parameters<typeof keyOf>[0]): SimulatedStore => {
    const store = stores.get(keyOf(owner));
    if (store === undefined) throw new Error('there is no such store');
    return store;
  };
  const seconds = (at: number | null) => (at === null ? null : (at - now) / 1000);
  return {
    credentials: worker(),
    workers: [worker(), worker(), worker()],
    async connect(grant, { tenant = 0, platform = 'example' } = {}) {
      const storeId = randomUUID();
      const owner = { tenantId: tenants[tenant] ?? '', storeId };
      const place = { appId: 'app', platform, account: storeId, apiRoot: 'https://shop.example.com/', client: null };
      const store = { ...owner, ...place, scopesGranted: [], status: 'active' };
      stores.set(keyOf(owner), store);
      rows.put(store, randomUUID(), grant);
      return owner;
    },
    async reconnect(owner, grant) {
      const store = storeAt(owner);
      store.status = 'active';
      rows.put(store, randomUUID(), grant);
    },
    async beginAnew(owner, grant) {
      rows.remove(owner);
      rows.put(storeAt(owner), randomUUID(), grant);
    },
    async setStatus(owner, status) {
      storeAt(owner).status = status;
    },
    async pass(passing) {
      now += passing * 1000;
    },
    async look(owner) {
      const row = rows.find(owner);
      if (row === undefined) return undefined;
      const { version, state, attempt, refusals, leaseOwner, lastErrorCode, store } = row;
      const times = {
        lease: row.leaseUntil,
        access: row.accessExpiresAt,
        refresh: row.refreshExpiresAt,
        due: row.dueAt,
      };
      const [lease = null, access = null, refresh = null, due = null] = Object.values(times).map(seconds);
      const kept = { version, state, attempt, refusals, leaseOwner, lastErrorCode, lease, access, refresh, due };
      return { ...kept, text: Buffer.from(row.sealed).toString(), status: store.status, scopes: store.scopesGranted };
    },
    async empty() {
      rows = createSimulatedRows(() => now);
      stores = new Map();
    },
    close: () => Promise.resolve(),
  };
}

describeCredentialRepository('the simulated repository', start);
