import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Queue } from 'bullmq';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mountConsole } from '../../apps/gateway/console/mount.js';
import { queueConnection } from '../../libs/queue/queue-connection.js';
import { startSystem, type System } from '../system.js';
import { signedIn } from './operator-way.js';
import { until } from './until.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shopspan-console-'));
  await mkdir(path.join(folder, 'assets'));
  await writeFile(
    path.join(folder, 'index.html'),
    '<style nonce="__NONCE__"></style><script src="/console/assets/a-1.js">',
  );
  await writeFile(path.join(folder, 'assets', 'a-1.js'), 'export {};');
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the built console', () => {
  it('is one page at every address, with a nonce of its own each time', async () => {
    const server = fastify();
    mountConsole(server, folder);
    const nonces: string[] = [];
    for (const url of ['/console', '/console/', '/console/stores/sto_1?x=1']) {
      const { statusCode, headers, body } = await server.inject({ url });
      const [, nonce = ''] =
        /style-src 'self' 'nonce-([^']{20,})'/.exec(String(headers['content-security-policy'])) ?? [];
      expect([url, statusCode, body]).toEqual([url, 200, expect.stringContaining(`nonce="${nonce}"`)]);
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
      expect(headers['cache-control']).toBe('no-store');
      nonces.push(nonce);
    }
    expect([nonces.includes(''), new Set(nonces).size]).toEqual([false, 3]);
    await server.close();
  });

  it('has assets that are kept for good, and nothing beside them', async () => {
    const server = fastify();
    mountConsole(server, folder);
    const { statusCode, headers } = await server.inject({ url: '/console/assets/a-1.js' });
    expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    for (const url of [
      '/console/assets/b.js',
      '/console/assets/../secret.txt',
      '/console/assets/%2e%2e/secret.txt',
      '/console/assets/',
    ]) {
      const answer = await server.inject({ url });
      expect([url, answer.body.includes('secret')]).toEqual([url, false]);
    }
    expect((await server.inject({ url: '/console/assets/b.js' })).statusCode).toBe(404);
    await server.close();
  });

  it('says how to build it where it is not built', async () => {
    const server = fastify();
    mountConsole(server, path.join(folder, 'nowhere'));
    const { statusCode, body } = await server.inject({ url: '/console' });
    expect([statusCode, body]).toEqual([503, expect.stringContaining('npm run build:console')]);
    await server.close();
  });
});

describe('the board of the queue', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
    return () => system.stop();
  });
  const BOARD = '/ops/queues/board';
  const queues = z.object({
    queues: z.array(
      z.object({
        name: z.string(),
        counts: z.record(z.string(), z.number()),
        jobs: z.array(z.looseObject({ id: z.string() })),
      }),
    ),
  });

  it('is closed to whoever is no operator, and its writes to other sites', async () => {
    expect((await fetch(`${system.url}${BOARD}/api/queues`)).status).toBe(401);
    const page = await fetch(`${system.url}${BOARD}`, { headers: { accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([401, expect.stringContaining('/ops/sign-in')]);
    const viewer = await signedIn(system, { name: 'Vera', role: 'viewer' });
    for (const [method, way] of [
      ['GET', ''],
      ['GET', '/api/queues'],
      ['PUT', '/api/queues/shopspan/retry/failed'],
    ] as const)
      expect([method, way, (await viewer.call(method, `${BOARD}${way}`)).status]).toEqual([method, way, 403]);
    const { cookie } = await signedIn(system, { name: 'Olga', role: 'operator' });
    const foreign = { method: 'PUT', headers: { cookie, 'sec-fetch-site': 'cross-site' } };
    expect((await fetch(`${system.url}${BOARD}/api/queues/shopspan/retry/failed`, foreign)).status).toBe(403);
  });

  it('shows the queue with its own assets alone, and has a failed job tried again, which is in the audit log', async () => {
    const operator = await signedIn(system, { name: 'Olga', role: 'operator' });
    const page = await operator.call('GET', BOARD);
    expect([page.status, page.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringContaining("script-src 'self';"),
    ]);
    const [, script = ''] = /src="(static\/js\/main[^"]+)"/.exec(page.text) ?? [];
    expect((await operator.call('GET', `${BOARD}/${script}`)).status).toBe(200);
    const read = async () => {
      const { json } = await operator.call(
        'GET',
        `${BOARD}/api/queues?activeQueue=shopspan&status=failed&page=1&jobsPerPage=10`,
      );
      return queues.parse(json).queues[0];
    };
    const { options } = queueConnection({ redisUrl: undefined, postgresUrl: system.queueUrl });
    const queue = new Queue('shopspan', { connection: options });
    // Nobody has a handler for it, so that it fails each time.
    const { id = '' } = await queue.add('nothing.known', {});
    const failures = async () => (await queue.getJob(id))?.attemptsMade ?? 0;
    await until('failed', async () => (await read())?.jobs.some((job) => job.id === id) === true);
    const before = await failures();
    expect((await operator.call('PUT', `${BOARD}/api/queues/shopspan/${id}/retry`)).status).toBeLessThan(300);
    await until('tried again', async () => (await failures()) > before);
    await queue.close();
    const [entry] = await system.sql("SELECT actor, details FROM audit_entries WHERE action = 'queue.changed'");
    expect(entry).toMatchObject({
      actor: expect.stringMatching(/Olga$/),
      details: expect.stringContaining(`${id}/retry`),
    });
    for (const way of ['add', 'obliterate', 'pause', 'empty'])
      expect([
        way,
        (await operator.call(way === 'add' ? 'POST' : 'PUT', `${BOARD}/api/queues/shopspan/${way}`)).status,
      ]).toEqual([way, 422]);
  });
});
