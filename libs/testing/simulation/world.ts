import { Secret } from '#contract';
import { createVault, localKey, localKeyEncryption, type StoredDataKey, type Vault } from '#vault';
import { randomNumbers } from '../../../test/setup/random.js';
import { createJudge } from './judge.js';
import { putGrant } from './put-grant.js';
import type { Shop, World } from './world-types.js';
import { KINDS, simulatedConnector } from './simulated-connectors.js';
import { createGrant } from './simulated-grant.js';
import { createSimulatedProcess, type SimulatedProcess } from './simulated-process.js';
import { createSimulatedRows, type SimulatedStore } from './simulated-rows.js';
import { aimAtClaim } from './weather.js';
import { simulatedTransport } from './simulated-network.js';
import { createVirtualTime } from './virtual-time.js';

const TICK_MS = 5000;

// Sealing costs the same in every world; keys are made once.
const dataKeys = new Map<string, StoredDataKey[]>();
const keyring = createVault({
  keyEncryption: localKeyEncryption([localKey(Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)))]),
  dataKeys: {
    list: (tenantId) => Promise.resolve(dataKeys.get(tenantId) ?? []),
    add: (tenantId, key) => {
      dataKeys.set(tenantId, [key]);
      return Promise.resolve(key);
    },
  },
  now: () => 0,
});
const TENANTS = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'] as const;

export async function createWorld(seed: number, connections: number): Promise<World> {
  for (const tenant of TENANTS) await keyring.createTenantKey(tenant);
  const random = randomNumbers(seed * 7919 + 13);
  const time = createVirtualTime();
  const texts = new WeakMap<Uint8Array, string>();
  const vault: Vault = {
    ...keyring,
    async seal(context, text) {
      time.touch();
      const blob = await keyring.seal(context, text);
      texts.set(blob, text);
      return blob;
    },
    open(context, blob) {
      time.touch();
      return keyring.open(context, blob);
    },
  };
  const log: string[] = [];
  let hash = 2_166_136_261;
  const trace = (text: string): void => {
    const line = `${(time.now() / 1000).toFixed(3)} ${text}`;
    for (let index = 0; index < line.length; index += 1) hash = Math.imul(hash ^ line.charCodeAt(index), 16_777_619);
    log.push(line);
    if (log.length > 4000) log.splice(0, 2000);
  };
  const world: World = {
    time,
    random,
    vault,
    trace,
    rows: createSimulatedRows(
      () => time.now(),
      (row) => {
        world.judge.written(row);
        world.rearm();
      },
    ),
    shops: [],
    workers: [],
    gateway: undefined as never,
    judge: undefined as never,
    outageUntil: new Map(),
    stormUntil: new Map(),
    databaseDownUntil: 0,
    databaseRough: false,
    calm: false,
    counts: { redemptions: 0, calls: 0, reads: 0, readErrors: 0, unavoidable: 0, reconnects: 0, kills: 0, freezes: 0 },
    hash: () => (hash >>> 0).toString(16).padStart(8, '0'),
    recent(shop) {
      const { account, storeId, platform } = shop?.store ?? { account: '-', storeId: '-', platform: '-' };
      const about = log.filter((line) => line.includes(`${account} `) || line.includes(`${platform} ${storeId}:`));
      return [...about.slice(-25), '...', ...log.slice(-15)];
    },
    textOf: (sealed) => texts.get(sealed) ?? '',
    newGrant(shop) {
      shop.grants += 1;
      const grant = createGrant(`${shop.store.account}.g${shop.grants}`, shop.kind, shop.lifetimeSeconds, time.now());
      grant.newest.fate = 'delivered';
      return { grant, pair: grant.newest };
    },
    credentialsOf({ kind, store }, { accessToken, refreshToken }) {
      if (kind === 'minting') {
        return JSON.stringify({ kind: 'client', clientId: store.account, clientSecret: refreshToken, accessToken });
      }
      return JSON.stringify({ kind: 'oauth2', accessToken, refreshToken: kind === 'lasting' ? null : refreshToken });
    },
    rearm: () => undefined,
    chance: (probability) => random() < probability,
    between: (least, most) => least + (most - least) * random(),
  };
  Object.assign(world, { judge: createJudge(world) });
  const parts = {
    vault,
    connectorOf: simulatedConnector,
    identityOf: () => Promise.resolve({ handle: 'h', clientId: 'c', secrets: [new Secret('s')] as const }),
  };
  const around = {
    time,
    random,
    trace,
    parts,
    rows: world.rows,
    transport: (process: SimulatedProcess) => simulatedTransport(world, process),
    failureOf: (process: SimulatedProcess, name: string) => {
      if (name.startsWith('claim')) aimAtClaim(world, process);
      const down = time.now() < world.databaseDownUntil;
      const rough = world.databaseRough && !world.calm && random() < 0.05;
      if (!down && !rough) return null;
      const when = down || random() < 0.5 ? ('before' as const) : ('after' as const);
      trace(`${process.life} ${name}: the database fails ${when} it`);
      world.judge.troubleAll();
      return when;
    },
  };
  const start = (name: string) => createSimulatedProcess(name, around);
  Object.assign(world, { workers: [start('w1'), start('w2'), start('w3')], gateway: start('gateway') });
  Object.assign(world, { rearm: createTicks(world) });
  Object.assign(world, { shops: await connectShops(world, connections) });
  return world;
}

async function connectShops(world: World, count: number): Promise<Shop[]> {
  const shops: Shop[] = [];
  for (let index = 0; index < count; index += 1) {
    // Half of them rotate by the hour; two tenants have stores with equal ids.
    const kind = KINDS[index % 2 === 0 ? (index / 2) % 3 : ((index - 1) / 2) % KINDS.length] ?? 'strict';
    const hours = kind === 'lasting' ? null : index % 2 === 0 ? 1 : Math.ceil(world.between(0, 12));
    const account = `shop${index}`;
    const store: SimulatedStore = {
      tenantId: TENANTS[index % 2 === 0 ? 0 : 1],
      storeId: `store-${Math.floor(index / 2)}`,
      appId: 'app',
      platform: kind,
      account,
      apiRoot: `https://${account}.example.com/`,
      client: null,
      scopesGranted: [],
      status: 'active',
    };
    const shop: Shop = {
      store,
      kind,
      lifetimeSeconds: hours === null ? null : hours * 3600,
      grant: undefined as never,
      grants: 0,
      onWire: [],
      troubledAt: -Infinity,
      asked: null,
      firstRefusalAt: null,
      refusals: 0,
      calls: [],
      emptyUntil: 0,
      lagsUntil: 0,
      lostAccess: false,
    };
    await putGrant(world, shop, world.newGrant(shop), 1);
    shops.push(shop);
  }
  return shops;
}

/** Workers look for work every five seconds; looks that would find none are left out. */
function createTicks(world: World): () => void {
  const armed = new Map<SimulatedProcess, number>();
  const nextDue = (): number => {
    let soonest = Infinity;
    for (const { state, store, dueAt, leaseUntil } of world.rows.all.values()) {
      if (state !== 'active' || store.status !== 'active' || dueAt === null) continue;
      soonest = Math.min(soonest, Math.max(dueAt, leaseUntil === null ? 0 : leaseUntil + 1));
    }
    return soonest;
  };
  const rearm = (): void => {
    const due = nextDue();
    if (due === Infinity) return;
    for (const [index, worker] of world.workers.entries()) {
      const phase = (index * TICK_MS) / world.workers.length;
      const from = Math.max(due, world.time.now() + 1);
      const at = Math.ceil((from - phase) / TICK_MS) * TICK_MS + phase;
      if ((armed.get(worker) ?? Infinity) <= at) continue;
      armed.set(worker, at);
      world.time.after(at - world.time.now(), () => {
        if (armed.get(worker) !== at) return;
        armed.delete(worker);
        if (worker.state === 'running') {
          world.time.touch();
          worker.pool.fill().catch(() => undefined);
        }
        // Whatever came of it, the next look is five seconds from now at the soonest.
        world.time.after(1, rearm);
      });
    }
  };
  return rearm;
}
