import 'reflect-metadata';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Queue } from 'bullmq';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { NO_JOBS } from '../../test/setup/no-jobs.js';
import { JOB_HANDLERS, type JobHandlers, JobProducer, queueModule, type QueueSettings } from './index.js';
import { queueConnection } from './queue-connection.js';
import { QUEUE_NAME } from './jobs.js';

const IDS = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  attemptId: '22222222-2222-4222-8222-222222222222',
};
const PATIENCE = { timeout: 20_000, interval: 50 };

class Handlers {}
class Root {}

// .ci/run sets it to a genuine Redis and runs this file once more.
const redisUrl = process.env['SHOPSPAN_TEST_REDIS_URL'];

/** Of two hundred. */
const FEW = 20;

describe(`the queue on ${redisUrl === undefined ? 'Postgres' : 'Redis'}`, () => {
  let database: FreshDatabase;
  let settings: QueueSettings;
  const running: INestApplicationContext[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
    settings = { redisUrl, postgresUrl: redisUrl === undefined ? database.urls.queue : undefined };
  });
  afterEach(async () => {
    for (const app of running.splice(0)) await app.close();
    await withQueue((queue) => queue.obliterate({ force: true }));
  });
  afterAll(() => database.drop());

  async function start(handlers: Partial<JobHandlers>, processing = true): Promise<JobProducer> {
    const all: JobHandlers = { ...NO_JOBS, ...handlers };
    const provided = { provide: JOB_HANDLERS, useValue: all };
    const handed: DynamicModule = { module: Handlers, global: true, providers: [provided], exports: [provided] };
    const root: DynamicModule = { module: Root, imports: [handed, queueModule(settings, { processing })] };
    const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
    running.push(app);
    return app.get(JobProducer);
  }

  async function withQueue<T>(work: (queue: Queue) => Promise<T>): Promise<T> {
    const queue = new Queue(QUEUE_NAME, { connection: queueConnection(settings).options });
    try {
      return await work(queue);
    } finally {
      await queue.close();
    }
  }

  it('hands a job to its handler, with its ids', async () => {
    const prove = vi.fn<JobHandlers['connect.prove']>(() => Promise.resolve());
    const producer = await start({ 'connect.prove': prove });
    await producer.add('connect.prove', IDS);
    await vi.waitFor(() => expect(prove).toHaveBeenCalledExactlyOnceWith(IDS), PATIENCE);
  });

  it('keeps jobs for a worker that comes later', async () => {
    const producer = await start({}, false);
    await producer.add('connect.prove', IDS);
    const prove = vi.fn<JobHandlers['connect.prove']>(() => Promise.resolve());
    await start({ 'connect.prove': prove });
    await vi.waitFor(() => expect(prove).toHaveBeenCalledExactlyOnceWith(IDS), PATIENCE);
  });

  it('tries a failing job again', async () => {
    let tries = 0;
    const producer = await start({
      'connect.prove': async () => {
        tries += 1;
        if (tries < 2) throw new Error('not yet');
      },
    });
    await producer.add('connect.prove', IDS);
    await vi.waitFor(() => expect(tries).toBe(2), PATIENCE);
  });

  it('makes a recurring job once, however many processes ask for it', async () => {
    const producers = [await start({}, false), await start({}, false)];
    await Promise.all(producers.map((producer) => producer.every('refresh.tick', 60)));
    await withQueue(async (queue) => expect(await queue.getJobSchedulersCount()).toBe(1));
  });

  it('case 55: makes it all the same when two processes ask for it a hundred times at once', async () => {
    const tick = vi.fn<JobHandlers['refresh.tick']>(() => Promise.resolve());
    const producers = [await start({ 'refresh.tick': tick }), await start({ 'refresh.tick': tick })];
    const asked = await Promise.allSettled(
      Array.from({ length: 100 }, () => producers.map((producer) => producer.every('refresh.tick', 1))).flat(),
    );
    // BullMQ itself may trip over so many at once, or lose the next job of the one there is: the worker's watch asks again.
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    expect(refused.filter((reason) => /collision|slots/i.test(reason))).toEqual([]);
    expect(refused.length).toBeLessThan(FEW);
    await vi.waitFor(() => producers[0]?.every('refresh.tick', 1), PATIENCE);
    await withQueue(async (queue) => expect(await queue.getJobSchedulersCount()).toBe(1));
    const before = tick.mock.calls.length;
    await vi.waitFor(() => expect(tick.mock.calls.length).toBeGreaterThanOrEqual(before + 3), PATIENCE);
  });

  it('works off recurring jobs', async () => {
    const tick = vi.fn<JobHandlers['refresh.tick']>(() => Promise.resolve());
    const producer = await start({ 'refresh.tick': tick });
    await producer.every('refresh.tick', 1);
    await vi.waitFor(() => expect(tick.mock.calls.length).toBeGreaterThanOrEqual(2), PATIENCE);
  });

  it('says which job nobody knows', async () => {
    await start({});
    await withQueue(async (queue) => {
      const job = await queue.add('no.such', {}, { attempts: 1 });
      const id = job.id ?? '';
      await vi.waitFor(async () => expect(await queue.getJobState(id)).toBe('failed'), PATIENCE);
      const failed = await queue.getJob(id);
      expect(failed?.failedReason).toContain('no handler for the job no.such');
    });
  });

  it('case 97: takes nothing that is longer than an id, or no text', async () => {
    const producer = await start({}, false);
    const token = { ...IDS, attemptId: 'a'.repeat(65) };
    await expect(producer.add('connect.prove', token)).rejects.toThrow('ids only, and attemptId is none');
    const nested: object = { ...IDS, attemptId: { token: 'a' } };
    await expect(producer.add('connect.prove', nested as typeof IDS)).rejects.toThrow('ids only');
    await withQueue(async (queue) => expect(await queue.getJobCountByTypes('waiting', 'delayed')).toBe(0));
  });

  it('case 97: carries ids only', async () => {
    const producer = await start({}, false);
    await producer.add('connect.prove', IDS);
    await producer.every('refresh.tick', 60);
    await withQueue(async (queue) => {
      const jobs = await queue.getJobs(['waiting', 'delayed', 'prioritized']);
      expect(jobs.length).toBeGreaterThanOrEqual(2);
      for (const { data } of jobs) {
        for (const value of Object.values<unknown>(data as Record<string, unknown>))
          expect(value).toMatch(/^[0-9a-f-]{36}$/);
      }
    });
  });
});

describe('without any place for the queue', () => {
  it('says which settings would give it one', () => {
    expect(() => queueConnection({ redisUrl: undefined, postgresUrl: undefined })).toThrow(
      /REDIS_URL or DATABASE_QUEUE_URL/,
    );
  });
});
