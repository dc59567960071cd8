import 'reflect-metadata';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Queue, Worker } from 'bullmq';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLogger } from '#observability';
import { type Database, listTicks, openDatabase } from '#persistence';
import { JOB_HANDLERS, JobProducer, queueModule, type TickName, type TickPeriods } from '#queue';
import { QUEUE_NAME } from '../../libs/queue/jobs.js';
import { queueConnection } from '../../libs/queue/queue-connection.js';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { NO_JOBS } from '../../test/setup/no-jobs.js';
import { noting, TickWatch } from './tick-watch.js';

const PATIENCE = { timeout: 25_000, interval: 50 };
const PERIODS: TickPeriods = {
  'refresh.tick': 1,
  'webhooks.tick': 1,
  'polls.tick': 1,
  'probes.tick': 1,
  'revocations.tick': 1,
  'alerts.tick': 1,
  'signingKeys.tick': 3600,
  'forget.tick': 3600,
};

// .ci/run sets it to a genuine Redis and runs this file once more.
const redisUrl = process.env['SHOPSPAN_TEST_REDIS_URL'];

class Root {}
class Handlers {}

describe(`recurring work, with the queue on ${redisUrl === undefined ? 'Postgres' : 'Redis'}`, () => {
  let fresh: FreshDatabase;
  let database: Database;
  const running: INestApplicationContext[] = [];
  const settings = () => ({ redisUrl, postgresUrl: redisUrl === undefined ? fresh.urls.queue : undefined });

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = openDatabase({ url: fresh.urls.worker, poolSize: 4, applicationName: 'tick-watch' });
  });
  afterEach(async () => {
    for (const app of running.splice(0)) await app.close();
    await withQueue((queue) => queue.obliterate({ force: true }));
    await database.shared.$queryRaw`UPDATE worker_ticks SET ran_at = now() - interval '1 hour' RETURNING name`;
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  async function withQueue<T>(work: (queue: Queue) => Promise<T>): Promise<T> {
    const queue = new Queue(QUEUE_NAME, { connection: queueConnection(settings()).options });
    try {
      return await work(queue);
    } finally {
      await queue.close();
    }
  }

  /** A worker with the real queue and database; what the jobs do is the test's. */
  async function start(refresh: () => Promise<void>, { processing = true } = {}): Promise<void> {
    const handlers = noting(database, { ...NO_JOBS, 'refresh.tick': refresh }, PERIODS);
    const logger = createLogger('test', 'silent');
    const provided = { provide: JOB_HANDLERS, useValue: handlers };
    const watch = {
      provide: TickWatch,
      useFactory: (jobs: JobProducer) => new TickWatch({ database, jobs, handlers, periods: PERIODS, logger }),
      inject: [JobProducer],
    };
    const handed: DynamicModule = { module: Handlers, global: true, providers: [provided], exports: [provided] };
    const root: DynamicModule = {
      module: Root,
      imports: [handed, queueModule(settings(), { processing })],
      providers: [watch],
    };
    running.push(await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false }));
  }

  const ageOf = async (name: TickName) => (await listTicks(database)).find((tick) => tick.name === name)?.ageSeconds;
  const schedulers = () => withQueue((queue) => queue.getJobSchedulersCount());

  it('is done by the queue, and the database knows', async () => {
    const refresh = vi.fn(() => Promise.resolve());
    await start(refresh);
    await vi.waitFor(() => expect(refresh.mock.calls.length).toBeGreaterThanOrEqual(2), PATIENCE);
    await vi.waitFor(async () => expect(await ageOf('refresh.tick')).toBeLessThan(2), PATIENCE);
    await vi.waitFor(async () => expect(await schedulers()).toBe(Object.keys(PERIODS).length), PATIENCE);
  });

  it('case 51: is in the queue again within seconds when that was emptied', async () => {
    const refresh = vi.fn(() => Promise.resolve());
    await start(refresh);
    await vi.waitFor(async () => expect(await schedulers()).toBe(Object.keys(PERIODS).length), PATIENCE);
    await withQueue((queue) => queue.obliterate({ force: true }));
    expect(await schedulers()).toBe(0);
    const before = refresh.mock.calls.length;
    // Of those that are late, that is: nobody misses the hourly ones yet.
    await vi.waitFor(async () => expect(await schedulers()).toBe(Object.keys(PERIODS).length - 2), PATIENCE);
    await vi.waitFor(() => expect(refresh.mock.calls.length).toBeGreaterThanOrEqual(before + 3), PATIENCE);
  });

  it('is done by each worker itself while the queue gives no jobs', async () => {
    await withQueue((queue) => queue.pause());
    const refresh = vi.fn(() => Promise.resolve());
    await start(refresh);
    await vi.waitFor(() => expect(refresh.mock.calls.length).toBeGreaterThanOrEqual(2), PATIENCE);
  });

  it('case 53: comes back when the queue gives it up, after whoever had it went silent twice', async () => {
    await withQueue((queue) =>
      queue.upsertJobScheduler('refresh.tick', { every: 3_600_000 }, { name: 'refresh.tick' }),
    );
    const { options: connection } = queueConnection(settings());
    // Takes the job, goes silent with it, and does so again when the queue takes it for stalled and gives it out anew.
    const lock = { lockDuration: 300, stalledInterval: 300, skipLockRenewal: true, concurrency: 2 };
    const silent = new Worker(QUEUE_NAME, () => new Promise<never>(() => undefined), { connection, ...lock });
    const stalls = () =>
      withQueue(async (queue) => (await queue.getWaiting()).map(({ stalledCounter }) => stalledCounter));
    await vi.waitFor(async () => expect(await stalls()).toEqual([2]), PATIENCE).finally(() => silent.close(true));
    const refresh = vi.fn(() => Promise.resolve());
    await start(refresh);
    await vi.waitFor(() => expect(refresh.mock.calls.length).toBeGreaterThanOrEqual(3), PATIENCE);
  });

  it('is known to go well while a run lasts longer than its period, and not when it fails', async () => {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const refresh = vi.fn(() => ended);
    await start(refresh);
    await vi.waitFor(() => expect(refresh).toHaveBeenCalled(), PATIENCE);
    const began = performance.now();
    await vi.waitFor(() => expect(performance.now() - began).toBeGreaterThan(4000), PATIENCE);
    expect(await ageOf('refresh.tick')).toBeLessThan(3);
    refresh.mockImplementation(() => Promise.reject(new Error('no')));
    end();
    await vi.waitFor(async () => expect(await ageOf('refresh.tick')).toBeGreaterThan(3), PATIENCE);
  });
});
