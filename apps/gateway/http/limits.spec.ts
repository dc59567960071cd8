import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { fastify, type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LIMITS, type Limits, limitRequests, serverOptions } from './limits.js';
import { asGatewayError } from './problem.js';

const opened: { close(): unknown }[] = [];
const HOST = 'Host: gateway.example\r\n';
// Room for a busy machine; nothing here waits for it.
vi.setConfig({ testTimeout: 30_000 });

afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function serve(limits: Partial<Limits>): Promise<{ server: FastifyInstance; port: number }> {
  const all = { ...LIMITS, checkMs: 20, ...limits };
  const server = fastify({ ...serverOptions(all, true), forceCloseConnections: true });
  limitRequests(server, all, 'gateway.example');
  server.setErrorHandler((error, _request, reply) => reply.status(asGatewayError(error).traits.http).send('refused'));
  server.get('/', () => 'ok');
  server.post('/', ({ body }) => JSON.stringify(body).length.toString());
  await server.listen({ port: 0, host: '127.0.0.1' });
  opened.push(server);
  // An IP server has no other kind of address.
  return { server, port: (server.server.address() as AddressInfo).port };
}

function open(port: number): { socket: Socket; heard: () => string; closed: Promise<unknown> } {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  opened.push({ close: () => socket.destroy() });
  return { socket, heard: () => text, closed: once(socket, 'close') };
}

/** Sends bytes as they are, and gives all that comes until the server hangs up. */
async function exchange(port: number, text: string): Promise<string> {
  const { socket, heard, closed } = open(port);
  socket.write(text);
  await closed;
  return heard();
}

describe('a slow client', () => {
  it.each([
    ['says nothing at all', '', '', { headersMs: 400 }],
    ['drips its headers', `GET / HTTP/1.1\r\n${HOST}`, 'X', { headersMs: 400 }],
    [
      'drips its body',
      `POST / HTTP/1.1\r\n${HOST}Content-Type: text/plain\r\nContent-Length: 100000\r\n\r\n`,
      'x',
      { requestMs: 600, headersMs: 600 },
    ],
  ])('case 117: that %s is cut off, and others are served meanwhile', async (_what, start, drop, limits) => {
    const { port } = await serve(limits);
    const slow = open(port);
    slow.socket.write(start);
    const dripping = setInterval(() => drop !== '' && slow.socket.writable && slow.socket.write(drop), 20);
    let served = 0;
    while (!slow.socket.closed) {
      served += (await fetch(`http://127.0.0.1:${port}/`)).status === 200 ? 1 : 0;
    }
    clearInterval(dripping);
    expect(served).toBeGreaterThan(1);
    expect(slow.heard()).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
  });

  it('case 117: that only keeps its connection is let go', async () => {
    const { port } = await serve({ idleMs: 100 });
    expect(await exchange(port, `GET / HTTP/1.1\r\n${HOST}\r\n`)).toMatch(/^HTTP\/1\.1 200 [\s\S]*ok$/);
  });

  it('case 117: has no more connections than there may be', async () => {
    const { port, server } = await serve({ connections: 20, headersMs: 29_000 });
    const many = Array.from({ length: 60 }, () => open(port));
    const connected = await Promise.all(
      many.map(({ socket, closed }) => Promise.race([once(socket, 'connect'), closed])),
    );
    expect(connected).toHaveLength(60);
    await vi.waitUntil(() => many.filter(({ socket }) => socket.closed).length >= 40, { timeout: 15_000 });
    const count = await new Promise<number>((resolve, reject) =>
      server.server.getConnections((error, found) => (error ? reject(error) : resolve(found))),
    );
    expect(count).toBeLessThanOrEqual(20);
  });
});

/** What 99 of 100 requests wait for at most, one after another over a connection that is kept. Milliseconds. */
async function slowest(port: number): Promise<number> {
  const times: number[] = [];
  for (let asked = 0; asked < 200; asked += 1) {
    const began = performance.now();
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[197] ?? 0;
}

it('case 117: whoever holds connections up to the cap, idle or in the midst of a request, slows nobody else', async () => {
  const held = 500;
  const { port } = await serve({ connections: held + 10, headersMs: 29_000, requestMs: 29_000 });
  const [free, beside] = [[] as number[], [] as number[]];
  // The best of several turns each: what else this machine does meanwhile is no matter of ours.
  for (let turn = 0; turn < 3; turn += 1) {
    free.push(await slowest(port));
    const many = Array.from({ length: held }, () => open(port));
    await Promise.all(many.map(({ socket }) => once(socket, 'connect')));
    for (const [at, { socket }] of many.entries()) if (at % 2 === 0) socket.write(`GET / HTTP/1.1\r\n${HOST}X`);
    beside.push(await slowest(port));
    expect(many.filter(({ socket }) => socket.closed)).toEqual([]);
    for (const { socket } of many) socket.destroy();
    await Promise.all(many.map(({ closed }) => closed));
  }
  expect(Math.min(...beside) / Math.min(...free)).toBeLessThan(5);
});

describe('a connection', () => {
  it('case 117: carries so many requests in a row, pipelined or not, and ends', async () => {
    const { port } = await serve({ requestsPerConnection: 5, idleMs: 100 });
    const answers = await exchange(port, `GET / HTTP/1.1\r\n${HOST}\r\n`.repeat(50));
    expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(5);
  });

  it('case 117: does not speak HTTP/2', async () => {
    const { port } = await serve({});
    expect(await exchange(port, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toMatch(/^HTTP\/1\.1 4\d\d /);
  });
});

describe('a request', () => {
  it.each([
    ['a header too long', `GET / HTTP/1.1\r\n${HOST}X: ${'x'.repeat(17_000)}\r\n\r\n`, 431],
    ['headers too many', `GET / HTTP/1.1\r\n${HOST}${'X: y\r\n'.repeat(101)}Connection: close\r\n\r\n`, 431],
    ['an address too long', `GET /?${'x'.repeat(10_001)} HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, 400],
    ['a query of a megabyte', `GET /?${'x'.repeat(1_000_000)} HTTP/1.1\r\n${HOST}\r\n`, 431],
    ['two lengths', `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nx`, 400],
    [
      'length and chunks',
      `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n', 400],
    ['a method nobody knows', `BREW / HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['a body too long', `POST / HTTP/1.1\r\n${HOST}Content-Type: text/plain\r\nContent-Length: 300000\r\n\r\n`, 413],
  ])('cases 116 and 117: with %s is refused', async (_what, text, status) => {
    const { port } = await serve({});
    expect(await exchange(port, text)).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
  });

  it('case 152: that Node cannot read is answered with the headers that protect, as a problem', async () => {
    const { port } = await serve({});
    const answer = await exchange(port, 'nonsense\r\n\r\n');
    const names = ['strict-transport-security', 'x-content-type-options', 'content-security-policy', 'referrer-policy'];
    for (const name of [...names, 'cross-origin-opener-policy', 'cache-control: no-store', 'x-request-id'])
      expect(answer).toContain(name);
    expect(answer).toContain('application/problem+json');
    expect(answer).toMatch(/"code":"request_invalid"/);
    expect(answer).not.toMatch(/server:|x-powered-by|nonsense|HPE_/i);
  });

  it.each(['gzip', 'br', 'deflate', 'GZIP', 'gzip, gzip', 'zstd'])(
    'case 119: with a body in %s is refused before a byte is unpacked',
    async (encoding) => {
      const { port } = await serve({});
      const bomb = gzipSync(Buffer.alloc(50_000_000));
      const headers = { 'content-encoding': encoding, 'content-type': 'text/plain' };
      const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: bomb });
      expect(answer.status).toBe(415);
    },
  );

  it.each([
    ['gateway.example', 508],
    ['cdn.example, Gateway.Example; v=1', 508],
    ['cdn.example', 200],
    ['notgateway.example', 200],
  ])('case 130: that this gateway sent itself is refused: CDN-Loop %s', async (name, status) => {
    const { port } = await serve({});
    expect((await fetch(`http://127.0.0.1:${port}/`, { headers: { 'cdn-loop': name } })).status).toBe(status);
  });
});
