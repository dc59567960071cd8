import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { openSession, type Session } from '../../test/setup/tenants.js';
import { claimCredential, type Database, findCredential, openDatabase, saveRenewed } from '#persistence';
import { checkKeys, dataKeyStore } from '#runtime';
import { createVault, keysFromText, localKeyEncryption, places, type Vault } from '#vault';
import type { Progress } from './progress.js';

/** 3,000 here; for the million of the case: `SHOPSPAN_ROTATION_ROWS=1000000 npm test -- libs/rotation/rotate-under-load`. */
const ROWS = Number(process.env['SHOPSPAN_ROTATION_ROWS'] ?? 3000);
const TENANTS = 100;
const KILLS = 20;
// The load's processes forget a key after half a second; in production it is five minutes, and ten until keys go.
const CACHE = { maxEntries: 1000, ttlMs: 500 };
const GRACE_SECONDS = 2;

/** The program of `npm run admin -- keys:rotate`, but for its words and how long it waits. */
const PROGRAM = `
  const { addDataKey, listDataKeys, openDatabase } = await import('#persistence');
  const { rotateDataKeys, rotateWrapping } = await import('#rotation');
  const { createVault, keysFromText, localKeyEncryption } = await import('#vault');
  const { OWNER_URL, KEYS, WHAT, GRACE_SECONDS } = process.env;
  const say = (value) => void process.stdout.write(JSON.stringify(value) + '\\n');
  const owner = openDatabase({ url: OWNER_URL, poolSize: 4, applicationName: 'rotation' });
  const keyEncryption = localKeyEncryption(keysFromText(KEYS));
  const dataKeys = { list: (tenant) => listDataKeys(owner, tenant), add: (tenant, key) => addDataKey(owner, tenant, key) };
  const vault = createVault({ keyEncryption, dataKeys });
  const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const done = WHAT === 'wrapping' ? await rotateWrapping(owner, keyEncryption, say)
    : await rotateDataKeys(owner, vault, { graceSeconds: Number(GRACE_SECONDS), sleep, report: say });
  say({ ...done, finished: true });
  await owner.close();
`;

interface Kept {
  readonly tenantId: string;
  readonly storeId: string;
  version: number;
  text: string;
}

let database: FreshDatabase;
let session: Session;
let product: Database;
const [oldKey = '', newKey = ''] = [0, 1].map(() => randomBytes(32).toString('base64'));
const [oldId, newId] = [keysFromText(oldKey)[0]?.id ?? '', keysFromText(newKey)[0]?.id ?? ''];
const kept: Kept[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  session = await openSession(database.adminUrl);
  product = openDatabase({ url: database.urls.app, poolSize: 6, applicationName: 'load' });
  const vault = createVault({
    keyEncryption: await checkKeys(product, keysFromText(oldKey)),
    dataKeys: dataKeyStore(product),
  });
  for (let tenant = 0; tenant < TENANTS; tenant += 1) kept.push(...(await fill(vault, Math.ceil(ROWS / TENANTS))));
}, 600_000);
afterAll(async () => {
  await product.close();
  await session.end();
  await database.drop();
});

async function fill(vault: Vault, stores: number): Promise<readonly Kept[]> {
  const [tenantId, appId] = [randomUUID(), randomUUID()];
  await session.sql("INSERT INTO tenants (id, name) VALUES ($1, 't')", [tenantId]);
  await session.sql("INSERT INTO apps (id, tenant_id, name, mode) VALUES ($1, $2, 'a', 'test')", [appId, tenantId]);
  await vault.createTenantKey(tenantId);
  const made = Array.from({ length: stores }, () => ({ tenantId, storeId: randomUUID(), version: 1, text: 'token 1' }));
  const blobs = await Promise.all(
    made.map(({ storeId, text }) => vault.seal(places.credential(tenantId, storeId, 1), text)),
  );
  await session.sql(
    `INSERT INTO stores (id, tenant_id, app_id, platform, client_key, account, api_root, platform_id, name, domain, currency, mode, status, status_since, updated_at)
     SELECT id, $1, $2, 'example', 'c', id::text, 'r', '1', 'n', 'd', 'EUR', 'test', 'active', now(), now() FROM unnest($3::uuid[]) AS id`,
    [tenantId, appId, made.map(({ storeId }) => storeId)],
  );
  await session.sql(
    `INSERT INTO credentials (id, tenant_id, store_id, strategy, sealed, version)
     SELECT gen_random_uuid(), $1, v.id, 's', decode(v.sealed, 'hex'), 1 FROM unnest($2::uuid[], $3::text[]) AS v (id, sealed)`,
    [tenantId, made.map(({ storeId }) => storeId), blobs.map((blob) => Buffer.from(blob).toString('hex'))],
  );
  return made;
}

interface Load {
  readonly failures: unknown[];
  readonly counts: { reads: number; renewals: number };
  stop(): Promise<void>;
}

/** Two processes that read and renew without a pause, each with a memory of its own. A store is renewed by one at a time. */
function startLoad(keys: string): Load {
  const failures: unknown[] = [];
  const counts = { reads: 0, renewals: 0 };
  const ending = new AbortController();
  const busy = new Set<Kept>();
  const any = () => kept[Math.floor(Math.random() * kept.length)] as Kept;
  const hand = async (vault: Vault, renews: boolean) => {
    while (!ending.signal.aborted) {
      const one = any();
      if (busy.has(one)) continue;
      busy.add(one);
      try {
        if (renews) await renew(vault, one);
        else await read(vault, one);
        counts[renews ? 'renewals' : 'reads'] += 1;
      } catch (error) {
        failures.push(error);
      } finally {
        busy.delete(one);
      }
    }
  };
  const hands = Array.from({ length: 2 }, () => {
    const keyEncryption = localKeyEncryption(keysFromText(keys));
    const vault = createVault({ keyEncryption, dataKeys: dataKeyStore(product), cache: CACHE });
    return [hand(vault, false), hand(vault, true)];
  });
  return {
    failures,
    counts,
    async stop() {
      ending.abort();
      await Promise.all(hands.flat());
    },
  };
}

async function read(vault: Vault, { tenantId, storeId, version, text }: Kept): Promise<void> {
  const row = await product.withTenant(tenantId, (tx) => findCredential(tx, storeId));
  const opened = await vault.open(
    places.credential(tenantId, storeId, row?.version ?? 0),
    row?.sealed ?? new Uint8Array(),
  );
  if (row?.version !== version || opened.expose() !== text)
    throw new Error(`version ${String(row?.version)} for ${text}`);
}

async function renew(vault: Vault, one: Kept): Promise<void> {
  const { tenantId, storeId, version } = one;
  const claim = { claimer: 'load', seenVersion: version, leaseSeconds: 60 };
  await product.withTenant(tenantId, (tx) => claimCredential(tx, storeId, claim));
  await read(vault, one);
  const [next, text] = [version + 1, `token ${String(version + 1)}`];
  const sealed = await vault.seal(places.credential(tenantId, storeId, next), text);
  const grant = { strategy: 's', sealed, version: next, accessSeconds: null, refreshSeconds: null, dueSeconds: null };
  const saved = await product.withTenant(tenantId, async (tx) => {
    const row = await findCredential(tx, storeId);
    return row !== undefined && (await saveRenewed(tx, { id: row.id, claimer: 'load' }, grant));
  });
  if (!saved) throw new Error('not saved');
  Object.assign(one, { version: next, text });
}

/** The fastest that each step went, in pieces a second: a figure for the log, judged by nobody. */
const rates: Record<string, number> = {};
function note(line: string): void {
  const { step, perSecond } = JSON.parse(line) as Partial<Progress>;
  if (step !== undefined) rates[step] = Math.max(rates[step] ?? 0, perSecond ?? 0);
}

/** How many credentials open, at the version and with the text that was saved last. */
async function countOpening(vault: Vault): Promise<number> {
  const known = new Map(kept.map((one) => [one.storeId, one]));
  let opening = 0;
  for (const tenantId of new Set(kept.map((one) => one.tenantId))) {
    const rows = await session.sql('SELECT store_id, version, sealed FROM credentials WHERE tenant_id = $1', [
      tenantId,
    ]);
    for (const { store_id: storeId, version, sealed } of rows) {
      const opened = await vault.open(places.credential(tenantId, String(storeId), Number(version)), sealed as Buffer);
      const one = known.get(String(storeId));
      if (one?.version === version && one?.text === opened.expose()) opening += 1;
    }
  }
  return opening;
}

/** Starts the program and ends it with SIGKILL after so many reports; without a number it may finish. */
async function rotate(what: 'wrapping' | 'data keys', keys: string, killAfter = Infinity): Promise<string> {
  const env = { OWNER_URL: database.urls.owner, KEYS: keys, WHAT: what, GRACE_SECONDS: String(GRACE_SECONDS) };
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let reports = 0;
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    note(line);
    reports += 1;
    if (reports === killAfter) child.kill('SIGKILL');
  }
  const [code] = (await closed) as [number | null];
  if (code !== null && code !== 0) throw new Error(`the program ended with ${String(code)}`);
  return code === 0 ? last : 'killed';
}

it(
  'case 102: keys of both kinds change under load, killed 20 times: no read fails and no old key is used',
  { timeout: 600_000 },
  async () => {
    // As every process does when it starts with both keys.
    await checkKeys(product, keysFromText(`${newKey},${oldKey}`));
    const load = startLoad(`${newKey},${oldKey}`);
    const startedAt = performance.now();
    let kills = 0;
    try {
      for (const [what, share] of [
        ['wrapping', 5],
        ['data keys', KILLS - 5],
      ] as const) {
        for (let turn = 1; turn <= share; turn += 1) {
          const outcome = await rotate(what, `${newKey},${oldKey}`, what === 'wrapping' ? 1 : 2 + turn);
          if (outcome === 'killed') kills += 1;
        }
        expect(JSON.parse(await rotate(what, `${newKey},${oldKey}`))).toMatchObject({ finished: true });
      }
      // What has sealed with an old key in its memory had time to show itself.
      await delay(CACHE.ttlMs);
    } finally {
      await load.stop();
    }
    const { reads, renewals } = load.counts;
    console.log(
      JSON.stringify({
        rows: kept.length,
        kills,
        reads,
        renewals,
        rates,
        seconds: Math.round((performance.now() - startedAt) / 1000),
      }),
    );
    expect(load.failures).toEqual([]);
    expect(kills).toBe(KILLS);
    expect(Math.min(reads, renewals)).toBeGreaterThan(KILLS);
    expect(await session.sql('SELECT kek_id, count(*)::int AS held FROM data_keys GROUP BY kek_id')).toEqual([
      { kek_id: newId, held: TENANTS },
    ]);
    expect(await session.sql('SELECT kek_id FROM vault_canaries')).toEqual([{ kek_id: newId }]);
    expect(newId).not.toBe(oldId);
    const old = await session.sql(
      'SELECT count(*)::int AS held FROM credentials c WHERE c.data_key_id IS DISTINCT FROM (SELECT k.id FROM data_keys k WHERE k.tenant_id = c.tenant_id ORDER BY generation DESC LIMIT 1)',
    );
    expect(old).toEqual([{ held: 0 }]);
    const fresh = createVault({
      keyEncryption: await checkKeys(product, keysFromText(newKey)),
      dataKeys: dataKeyStore(product),
    });
    expect(await countOpening(fresh)).toBe(kept.length);
  },
);
