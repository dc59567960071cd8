import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '#config';
import { createLogger } from '#observability';
import { noteTick, openDatabase } from '#persistence';
import { createRuntime } from '#runtime';
import { createGateway } from '../../apps/gateway/gateway.js';
import { type FreshDatabase, freshDatabase } from '../setup/database.js';
import { until } from './until.js';

// A load balancer waits for a second; the machine that runs the tests has other things to do as well. Whoever waits for what
// the parts themselves take before they give up waits for five.
const A_SECOND_AND_SPARE_MS = 4_000;

/** The way to a Postgres that can fall silent: connections are taken and kept, and nobody says a word on them. */
interface QuietableWay {
  at(url: string): string;
  fallSilent(): void;
  speakAgain(): void;
  close(): Promise<unknown>;
}

async function startWay(target: URL): Promise<QuietableWay> {
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('data', (bytes) => void to.write(bytes));
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      if (isSilent) from.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    at(url) {
      const through = new URL(url);
      through.host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
      return through.href;
    },
    fallSilent() {
      isSilent = true;
      for (const socket of sockets) socket.pause();
    },
    speakAgain() {
      isSilent = false;
      for (const socket of sockets) socket.resume();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return once(server.close(), 'close');
    },
  };
}

let database: FreshDatabase;
let way: QuietableWay;
let url: string;
const stops: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'shopspan-outage-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  database = await freshDatabase();
  stops.push(() => database.drop());
  way = await startWay(new URL(database.urls.app));
  stops.push(() => way.close());
  const settings = readSettings({
    NODE_ENV: 'test',
    SHOPSPAN_KEY_FILE: path.join(folder, 'keys.json'),
    DATABASE_QUEUE_URL: way.at(database.urls.queue),
  });
  const logger = createLogger('gateway', 'silent');
  const place = { settings, applicationName: 'e2e-gateway', logger };
  const runtime = await createRuntime({ ...place, databaseUrl: way.at(database.urls.app) });
  stops.push(() => runtime.close());
  const gateway = await createGateway(runtime, logger);
  stops.push(() => gateway.close());
  await gateway.listen(0, '127.0.0.1');
  url = await gateway.getUrl();
});
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

const ready = async () => {
  const answer = await fetch(`${url}/readyz`);
  return { status: answer.status, body: await answer.json() };
};

describe('case 166: a whole gateway whose database takes connections and never answers', () => {
  it('says so in time, says that it lives, and is ready again when the database speaks', async () => {
    const worker = openDatabase({ url: database.urls.worker, poolSize: 1, applicationName: 'e2e-worker' });
    await noteTick(worker, 'refresh.tick', 300);
    await worker.close();
    await until('the gateway is ready', async () => (await ready()).status === 200);
    way.fallSilent();
    // The first finds connections that are open, the others find none.
    for (let times = 0; times < 3; times += 1) {
      const since = performance.now();
      const [answer, alive] = await Promise.all([ready(), fetch(`${url}/healthz`)]);
      expect(performance.now() - since).toBeLessThan(A_SECOND_AND_SPARE_MS);
      expect(answer).toMatchObject({
        status: 503,
        body: {
          status: 'not ready',
          database: { state: 'away', words: 'does not answer' },
          queue: { state: 'away', words: 'the queue’s Postgres does not answer; workers work without it' },
          recurringWork: { state: 'away', words: 'not known: the database does not answer' },
        },
      });
      expect([alive.status, await alive.json()]).toMatchObject([200, { status: 'ok' }]);
    }
    way.speakAgain();
    await until('the gateway is ready again', async () => (await ready()).status === 200);
  });
});
