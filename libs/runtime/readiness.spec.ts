import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createReadiness } from '#observability';
import { type Database, openDatabase } from '#persistence';
import { createQueueLook } from '../queue/queue-condition.js';
import { queueConnection } from '../queue/queue-connection.js';
import { readinessOf } from './readiness.js';

// A load balancer waits for a second; the machine that runs the tests has other things to do as well. Whoever waits for what
// the parts themselves take before they give up waits for five.
const A_SECOND_AND_SPARE_MS = 4_000;

/** Accepts every connection and never says a word. */
let silent: Server;
let port: number;
const sockets = new Set<Socket>();
let database: Database;
let queue: Queue;
let onPostgres: Queue;
beforeAll(async () => {
  silent = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.resume();
  });
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  ({ port } = silent.address() as AddressInfo);
  const url = `postgres://app:nobodyhears@127.0.0.1:${String(port)}/shop`;
  database = openDatabase({ url, poolSize: 2, applicationName: 'test' });
  const redisUrl = `redis://127.0.0.1:${String(port)}`;
  queue = new Queue('silent', { connection: queueConnection({ redisUrl, postgresUrl: undefined }).options });
  queue.on('error', () => undefined);
  onPostgres = new Queue('silent', { connection: queueConnection({ redisUrl: undefined, postgresUrl: url }).options });
  onPostgres.on('error', () => undefined);
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  silent.close();
  // Nobody says goodbye to a Redis that never said a word.
  for (const one of [queue, onPostgres]) void one.disconnect().catch(() => undefined);
  await database.close();
});

describe('case 166: readiness under outage', () => {
  it('says within a second that Postgres and Redis take connections and never answer', async () => {
    const queueLook = createQueueLook(queue);
    const look = readinessOf(database, () => queueLook.condition());
    const since = performance.now();
    const first = await look();
    expect(performance.now() - since).toBeLessThan(A_SECOND_AND_SPARE_MS);
    expect(first).toMatchObject({
      ready: false,
      parts: {
        database: { state: 'away', words: 'does not answer' },
        queue: { state: 'away', words: 'Redis does not answer; workers work without it' },
        recurringWork: { state: 'away', words: 'not known: the database does not answer' },
      },
    });
    const second = await look();
    expect(second.parts['database']?.since).toEqual(first.parts['database']?.since);
  });

  it('does not bury a queue that hangs in questions, however often it is asked', async () => {
    const asked = vi.spyOn(onPostgres, 'getJobCounts');
    const look = createQueueLook(onPostgres);
    for (let times = 0; times < 2; times += 1) {
      const [state, jobs] = await Promise.all([look.condition(), look.counts()]);
      expect([state.state, jobs]).toEqual(['away', undefined]);
    }
    expect(asked.mock.calls.length).toBeLessThan(4);
  });

  it('is not green before somebody has answered, and tells since when a part is as it is', async () => {
    let answers = false;
    let at = 0;
    const look = createReadiness(
      [
        {
          name: 'part',
          look: () =>
            answers ? Promise.resolve({ state: 'well', words: 'answers' }) : Promise.reject(new Error('away')),
          silent: 'does not answer',
        },
      ],
      () => new Date((at += 1000)),
    );
    expect(await look()).toMatchObject({ ready: false, parts: { part: { state: 'away', since: new Date(1000) } } });
    expect(await look()).toMatchObject({ parts: { part: { since: new Date(1000) } } });
    answers = true;
    expect(await look()).toMatchObject({ ready: true, parts: { part: { state: 'well', since: new Date(2000) } } });
  });

  it('goes on without a queue that is away, and not with one that loses jobs', async () => {
    const well = () => Promise.resolve({ state: 'well', words: '' } as const);
    const withQueue = (state: 'away' | 'unfit') =>
      createReadiness([
        { name: 'database', look: well, silent: '' },
        { name: 'queue', look: () => Promise.resolve({ state, words: '' }), silent: '', mayBeAway: true },
      ])();
    expect((await withQueue('away')).ready).toBe(true);
    expect((await withQueue('unfit')).ready).toBe(false);
  });

  it('asks once for all who ask at the same time', async () => {
    let asked = 0;
    const look = createReadiness([
      {
        name: 'part',
        look: () => {
          asked += 1;
          return new Promise<never>(() => undefined);
        },
        silent: 'does not answer',
      },
    ]);
    await Promise.all([look(), look(), look()]);
    expect(asked).toBe(1);
  });
});
