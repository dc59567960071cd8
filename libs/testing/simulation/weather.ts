import { GatewayError } from '#contract';
import { KINDS } from './simulated-connectors.js';
import type { SimulatedProcess } from './simulated-process.js';
import { keyOf } from './simulated-rows.js';
import { putGrant } from './put-grant.js';
import { HOUR, MINUTE, type Shop, type World } from './world-types.js';

/** Everything that happens to the product from outside, until the world is calm. */
export function beginWeather(world: World): void {
  const { time, between, chance, trace, judge } = world;
  /** Again and again, on the average every so many milliseconds. */
  const every = (mean: number, happen: () => void): void => {
    const again = () => {
      if (world.calm) return;
      happen();
      time.after(-Math.log(1 - world.random()) * mean, again);
    };
    time.after(-Math.log(1 - world.random()) * mean, again);
  };
  const now = () => time.now();

  for (const kind of KINDS) {
    every(16 * HOUR, () => {
      // Never longer than 25 minutes, and not one right after another.
      if (now() < (world.outageUntil.get(kind) ?? -2 * HOUR) + 2 * HOUR) return;
      world.outageUntil.set(kind, now() + between(1, 24.9) * MINUTE);
      trace(`the token endpoint of ${kind} goes down`);
    });
    every(10 * HOUR, () => {
      world.stormUntil.set(kind, now() + between(5, 40) * MINUTE);
      trace(`a storm begins at ${kind}`);
    });
  }
  every(14 * HOUR, () => {
    world.databaseDownUntil = now() + between(2, 300) * 1000;
    trace('the database goes down');
    judge.troubleAll();
  });
  every(6 * HOUR, () => void (world.databaseRough = !world.databaseRough && chance(0.3)));
  for (const process of [...world.workers, world.gateway]) {
    every(8 * HOUR, () => die(world, process));
    every(6 * HOUR, () => freeze(world, process));
  }
  for (const shop of world.shops) {
    every(1.2 * HOUR, () => {
      const readers = chance(0.1) ? 4 : 1;
      for (let count = 0; count < readers; count += 1) void read(world, shop);
    });
    every(40 * HOUR, () => {
      trace(`${shop.store.account} loses its access tokens early`);
      trouble(world, shop);
      shop.grant.dropAccess();
      shop.lostAccess = true;
    });
    every(60 * HOUR, () => {
      trouble(world, shop);
      shop.emptyUntil = now() + between(1, 10) * MINUTE;
    });
    every(50 * HOUR, () => {
      trace(`the merchant of ${shop.store.account} removes the app`);
      shop.grant.ended ??= 'uninstalled';
    });
    // Some of these fall into a renewal, see below.
    every(30 * HOUR, () => void reconnect(world, shop));
    every(3 * HOUR, () => {
      if (world.rows.find(shop.store)?.state !== 'refused' || chance(0.3)) return;
      void reconnect(world, shop);
    });
  }
}

/** Faults are aimed at what is under way: a random moment would seldom meet it. */
export function aim(world: World, shop: Shop, process: SimulatedProcess): void {
  if (world.calm) return;
  const { time, between, chance } = world;
  if (chance(0.006)) time.after(between(0, 900), () => die(world, process));
  if (chance(0.008)) time.after(between(0, 900), () => freeze(world, process));
  if (chance(0.006)) time.after(between(0, 900), () => void reconnect(world, shop));
}

/** It stands still with a claim in its hands that it has not seen yet. */
export function aimAtClaim(world: World, process: SimulatedProcess): void {
  if (!world.calm && world.chance(0.004)) freeze(world, process);
}

function trouble({ time }: World, shop: Shop): void {
  shop.troubledAt = Math.max(shop.troubledAt, time.now());
}

/** Whatever the process holds waits for the end of its lease. */
function troubleHeld(world: World, process: SimulatedProcess): void {
  for (const shop of world.shops) {
    const holder = world.rows.find(shop.store)?.leaseOwner ?? '';
    if (holder.startsWith(`${process.name}.`) || shop.onWire.some((one) => one.process === process))
      trouble(world, shop);
  }
  const running = world.workers.filter(({ state }) => state === 'running');
  if (running.length <= 1) world.judge.troubleAll();
}

function die(world: World, process: SimulatedProcess): void {
  if (process.state === 'dead' || world.calm) return;
  world.counts.kills += 1;
  troubleHeld(world, process);
  process.kill();
  world.time.after(world.between(1, 120) * 1000, () => {
    process.start();
    world.rearm();
  });
}

function freeze(world: World, process: SimulatedProcess): void {
  if (process.state !== 'running' || world.calm) return;
  world.counts.freezes += 1;
  troubleHeld(world, process);
  process.freeze();
  if (world.chance(0.1)) process.jump(world.between(1, 60) * MINUTE);
  world.time.after(world.between(1, 90) * 1000, () => {
    troubleHeld(world, process);
    process.thaw();
    world.rearm();
  });
}

// Calm may come while somebody waits.
const isCalm = ({ calm }: World): boolean => calm;

/** A merchant agrees anew. As in the product, which version is next is read before the shop is asked, and written after. */
async function reconnect(world: World, shop: Shop): Promise<void> {
  const { time, rows, trace, chance } = world;
  if (world.calm) return;
  const version = (rows.find(shop.store)?.version ?? 0) + 1;
  world.judge.loss(shop);
  trouble(world, shop);
  shop.grant.ended ??= 'replaced';
  await new Promise<void>((resolve) => {
    time.after(world.between(200, 5000), () => {
      time.touch();
      resolve();
    });
  });
  if (isCalm(world)) return;
  const anew = chance(0.1);
  if (anew) rows.remove(shop.store);
  trouble(world, shop);
  world.counts.reconnects += 1;
  trace(`the merchant of ${shop.store.account} connects again`);
  await putGrant(world, shop, world.newGrant(shop), anew ? 1 : version);
}

/** A caller who reads from a shop, as the gateway does it: renewed before it is over, and once after a refusal. */
async function read(world: World, shop: Shop): Promise<void> {
  const { gateway, rows, time, counts, judge } = world;
  if (gateway.state !== 'running') return;
  const { tenantId, storeId } = shop.store;
  const load = () =>
    gateway.statement('find', () => {
      const row = rows.find({ tenantId, storeId });
      if (row?.state !== 'active' || row.store.status !== 'active') return undefined;
      const left = row.accessExpiresAt === null ? Infinity : (row.accessExpiresAt - time.now()) / 1000;
      return {
        version: row.version,
        left,
        token: (JSON.parse(world.textOf(row.sealed)) as { accessToken: string }).accessToken,
      };
    });
  const { renewNow } = gateway;
  const renew = (version: number) => renewNow(tenantId, storeId, version, new AbortController().signal);
  counts.reads += 1;
  try {
    let row = await load();
    if (row !== undefined && row.left < 5) {
      await renew(row.version);
      row = await load();
    }
    if (row === undefined || shop.grant.call(row.token, time.now())) return;
    await renew(row.version);
    row = await load();
    if (row !== undefined && shop.kind !== 'lasting') shop.grant.call(row.token, time.now());
  } catch (error) {
    const code = GatewayError.is(error) ? error.code : String(error);
    world.trace(`a reader of ${keyOf(shop.store)} gets ${code}`);
    judge.readFailed(shop, code);
  }
}
