import 'reflect-metadata';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '#local-postgres';
import { queueConnection } from './queue-connection.js';
import { createQueueLook, type QueueLook } from './queue-condition.js';

const PATIENCE = { timeout: 20_000, interval: 50 };

function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write('skipped: there is no redis-server here (apt-get install redis-server); .ci/run brings it\n');
    return false;
  }
}

describe.skipIf(!hasRedis())('case 54: a Redis that may lose jobs', () => {
  let folder = '';
  let server: ChildProcess;
  let queue: Queue;
  let look: QueueLook;
  let redis: Redis;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shopspan-redis-'));
    const port = String(await freePort());
    const place = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    server = spawn('redis-server', [...place, '--maxmemory-policy', 'allkeys-lru'], { stdio: 'ignore' });
    const redisUrl = `redis://127.0.0.1:${port}`;
    redis = new Redis(redisUrl);
    redis.on('error', () => undefined);
    queue = new Queue('condition', { connection: queueConnection({ redisUrl, postgresUrl: undefined }).options });
    queue.on('error', () => undefined);
    await vi.waitFor(() => redis.ping(), PATIENCE);
    // Its own connection pauses between tries, for longer than the condition waits.
    await queue.waitUntilReady();
    look = createQueueLook(queue);
  });
  afterAll(async () => {
    // Its server is gone, and it would wait for it.
    queue.close().catch(() => undefined);
    redis.disconnect();
    server.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('is unfit when it drops what it likes, and says what to set', async () => {
    expect(await look.condition()).toEqual({
      state: 'unfit',
      words: 'Redis may drop jobs: set its maxmemory-policy to noeviction, it is allkeys-lru',
    });
  });

  it('is well with noeviction, and unfit when its memory is full', async () => {
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    expect(await look.condition()).toEqual({ state: 'well', words: 'answers' });
    await redis.config('SET', 'maxmemory', '100kb');
    expect(await look.condition()).toMatchObject({ state: 'unfit', words: expect.stringContaining('maxmemory') });
    await redis.config('SET', 'maxmemory', '0');
  });

  it('is away when it does not answer, which is told in time', async () => {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    expect((await look.condition()).state).toBe('away');
  });
});
