import { setTimeout as delay } from 'node:timers/promises';
import { type Fleet, startFleet, shopOf } from './fleet.js';
import { cpuSecondsOf } from './machine.js';
import type { Ledger } from './platform.js';
import { type Helper, startHelper } from './process-calls.js';
import type { WorkerFigures, WorkerOptions } from './worker.js';

/** Everything a measurement needs, each in a process of its own. */
export interface Ground {
  readonly fleet: Fleet;
  readonly platform: Helper;
  readonly workers: readonly Helper[];
  close(): Promise<void>;
}

export interface GroundOptions {
  readonly stores: number;
  readonly workers: number;
  readonly latencyMs: number;
  /** As many ports of this machine as stand for all the shops' hosts. */
  readonly ports: number;
  readonly nodeOptions: readonly string[];
}

/** What one side did in one round. */
export interface Round {
  readonly seconds: number;
  readonly renewed: number;
  readonly otherwise: number;
  readonly perSecond: number;
  readonly durationsMs: readonly number[];
  readonly codes: Readonly<Record<string, number>>;
  readonly cpuSeconds: { readonly workers: number; readonly postgres: number | null; readonly platform: number };
}

/** A name for each shop, as at the platform. */
function hostOf(shop: string): string {
  return `${shop}.shops.example`;
}

export async function openGround({ stores, workers, latencyMs, ports, nodeOptions }: GroundOptions): Promise<Ground> {
  const platform = startHelper('platform');
  const opened = await platform.call<readonly number[]>('open', { ports, latencyMs });
  const fleet = await startFleet({
    stores,
    tenants: 5,
    appsPerTenant: 2,
    rootOf: (shop) => `https://${hostOf(shop)}/`,
  });
  const { workerUrl: databaseUrl, keyFile } = fleet;
  const helpers = Array.from({ length: workers }, () => startHelper('worker', nodeOptions));
  const hosts = Array.from({ length: stores }, (_, index) => hostOf(shopOf(index)));
  const given: WorkerOptions = { databaseUrl, keyFile, hosts, ports: opened };
  await Promise.all(helpers.map((worker) => worker.call('open', given)));
  return {
    fleet,
    platform,
    workers: helpers,
    async close() {
      for (const helper of [...helpers, platform]) await helper.stop();
      await fleet.close();
    },
  };
}

/** Makes these stores due, most of an hour before their tokens expire, and nobody else. */
export async function makeDue({ fleet }: Ground, from: number, count: number): Promise<void> {
  await fleet.sql(
    `UPDATE credentials c SET due_at = now(), access_expires_at = now() + interval '30 minutes' + random() * interval '10 minutes'
     FROM stores s WHERE s.id = c.store_id AND s.platform_id::int >= $1 AND s.platform_id::int < $2`,
    [from, from + count],
  );
  await fleet.sql('VACUUM ANALYZE credentials');
}

/** Whatever nobody has begun is due no more. */
export async function calmDown({ fleet }: Ground): Promise<void> {
  await fleet.sql(
    "UPDATE credentials SET due_at = now() + interval '12 hours' WHERE due_at <= now() AND lease_owner IS NULL",
  );
}

/** Lets one side work for so long, and counts what was saved in that time. */
export async function runRound(
  { fleet, platform, workers }: Ground,
  way: 'product' | 'sequential',
  seconds: number,
  until: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<Round> {
  const working = way === 'product' ? workers : workers.slice(0, 1);
  const figures = (): Promise<readonly WorkerFigures[]> =>
    Promise.all(working.map((worker) => worker.call<WorkerFigures>('figures')));
  const books = (): Promise<Ledger> => platform.call<Ledger>('ledger');
  const [before, booksBefore, postgresBefore] = [await figures(), await books(), cpuSecondsOf(fleet.postgresPid)];
  const startedAt = performance.now();
  await Promise.all(working.map((worker) => worker.call('begin', way)));
  const isOver = (): boolean => performance.now() - startedAt >= seconds * 1000;
  while (!isOver() && !(await until())) await delay(Math.min(500, seconds * 100));
  const after = await figures();
  const took = (performance.now() - startedAt) / 1000;
  const [booksAfter, postgresAfter] = [await books(), cpuSecondsOf(fleet.postgresPid)];
  const sum = (of: (one: WorkerFigures) => number, all = after): number =>
    all.reduce((total, one) => total + of(one), 0);
  const renewed = sum((one) => one.renewed);
  return {
    seconds: took,
    renewed,
    otherwise: sum((one) => one.otherwise),
    perSecond: renewed / took,
    durationsMs: after.flatMap((one) => [...one.durationsMs]),
    codes: Object.assign({}, ...after.map((one) => one.codes)) as Record<string, number>,
    cpuSeconds: {
      workers: sum((one) => one.cpuSeconds) - sum((one) => one.cpuSeconds, before),
      postgres: postgresAfter === null || postgresBefore === null ? null : postgresAfter - postgresBefore,
      platform: booksAfter.cpuSeconds - booksBefore.cpuSeconds,
    },
  };
}

/** Ends the side that works, with all that is under way. */
export async function endRound(ground: Ground): Promise<void> {
  await calmDown(ground);
  await Promise.all(ground.workers.map((worker) => worker.call('end')));
}
