import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEgress } from './egress.js';
import { createTransport, type Transport } from './transport.js';
import { TransportError } from './transport-error.js';

const LIMITS = { deadlineMs: 20_000, maxBytes: 100_000 };
const SECRET = 'Bearer shpat_c0ffee';
const opened: { close(): unknown }[] = [];
// Room for a busy machine; nothing here waits for it.
vi.setConfig({ testTimeout: 30_000 });

afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

interface Peer {
  readonly server: Server;
  readonly transport: Transport;
  readonly url: URL;
  /** Resolves when the peer's first connection is closed. */
  readonly closed: Promise<void>;
}

/** A peer that speaks raw bytes, called as each request's headers arrive. */
async function peer(speak: (socket: Socket) => void): Promise<Peer> {
  let settle = () => {};
  const closed = new Promise<void>((resolve) => (settle = resolve));
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('close', settle);
    socket.on('data', () => speak(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // An IP server has no other kind of address.
  const { port } = server.address() as AddressInfo;
  const transport = createTransport({ egress: createEgress({ allow: [`127.0.0.1:${port}`] }), userAgent: 'test' });
  opened.push(transport, server);
  return { server, transport, url: new URL(`http://127.0.0.1:${port}/orders`), closed };
}

async function failure({ transport, url }: Peer, limits: Partial<typeof LIMITS> & { signal?: AbortSignal } = {}) {
  const message = { method: 'POST', url, headers: { authorization: SECRET }, body: '{"card":"4242"}' };
  const outcome = await transport(message, { ...LIMITS, ...limits }).catch((error: unknown) => error);
  if (outcome instanceof TransportError) return outcome;
  throw new Error('expected a TransportError', { cause: outcome });
}

function endlessly(bytes: Buffer, socket: Socket): void {
  const source = new Readable({ read: () => source.push(bytes) });
  source.on('error', () => {}).pipe(socket);
  socket.once('close', () => source.destroy());
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

describe('an exchange that ends early', () => {
  it('is unreachable and not sent when nobody listens', async () => {
    const gone = await peer(() => {});
    gone.server.close();
    await once(gone.server, 'close');
    const error = await failure(gone);
    expect(error).toMatchObject({ reason: 'unreachable', sent: 'no', code: 'ECONNREFUSED' });
    expect(error.message).toBe('127.0.0.1 could not be reached.');
  });

  it.each([
    ['closed without an answer', (socket: Socket) => socket.end()],
    ['reset without an answer', (socket: Socket) => socket.resetAndDestroy()],
    ['closed within the headers', (socket: Socket) => socket.end(`${HEAD}Content-Le`)],
    ['closed within the body', (socket: Socket) => socket.end(`${HEAD}Content-Length: 100\r\n\r\n{"id":1`)],
    ['closed within a chunk', (socket: Socket) => socket.end(`${HEAD}Transfer-Encoding: chunked\r\n\r\n20\r\n{"id":1`)],
    [
      'closed before the last chunk',
      (socket: Socket) => socket.end(`${HEAD}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`),
    ],
    [
      'reset within the body',
      (socket: Socket) =>
        socket.write(`${HEAD}Content-Length: 100\r\n\r\n{"id":1`, () => setImmediate(() => socket.resetAndDestroy())),
    ],
    [
      'complete but with compressed data cut off',
      (socket: Socket) => {
        const cut = gzipSync('x'.repeat(1_000)).subarray(0, 20);
        socket.write(`${HEAD}Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n`);
        socket.write(cut);
      },
    ],
  ])('is interrupted, perhaps sent, when %s', async (_how, speak) => {
    expect(await failure(await peer(speak))).toMatchObject({ reason: 'interrupted', sent: 'maybe' });
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['another HTTP', 'HTTP/9.9 200 OK\r\n\r\n'],
    ['a status of letters', 'HTTP/1.1 OK\r\n\r\n'],
    ['two lengths', `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['length and chunks', `${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a bare line feed in a header', `${HEAD}X-A: b\n c\r\nContent-Length: 0\r\n\r\n`],
    ['gzip that is none', `${HEAD}Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\nnot gzip ...`],
    ['br that is none', `${HEAD}Content-Encoding: br\r\nContent-Length: 24\r\n\r\nhello world, this is not`],
  ])('is malformed when the peer speaks %s', async (_what, text) => {
    expect(await failure(await peer((socket) => socket.write(text)))).toMatchObject({
      reason: 'malformed',
      sent: 'maybe',
    });
  });
});

describe('an answer in an encoding nobody asked for', () => {
  it('is not read: the connection is closed', async () => {
    const odd = await peer((socket) => socket.write(`${HEAD}Content-Encoding: zstd\r\nContent-Length: 100\r\n\r\n(`));
    expect(await failure(odd)).toMatchObject({ reason: 'malformed', sent: 'maybe' });
    await odd.closed;
  });
});

describe('an answer that is too large', () => {
  it('case 133: is refused by its announced length', async () => {
    const big = await peer((socket) => socket.write(`${HEAD}Content-Length: 10000000000\r\n\r\n`));
    expect(await failure(big)).toMatchObject({ reason: 'tooLarge', sent: 'maybe' });
    await big.closed;
  });

  it('case 133: is cut when it never ends', async () => {
    const endless = await peer((socket) => {
      socket.write(`${HEAD}\r\n`);
      endlessly(Buffer.alloc(16_384, 'x'), socket);
    });
    expect(await failure(endless)).toMatchObject({ reason: 'tooLarge', sent: 'maybe' });
    await endless.closed;
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(50_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000))],
    ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(50_000_000)))],
  ])('case 119: is cut while it unfolds (%s)', async (encoding, bomb) => {
    expect(bomb.byteLength).toBeLessThan(LIMITS.maxBytes);
    const bomber = await peer((socket) => {
      socket.write(`${HEAD}Content-Encoding: ${encoding}\r\nContent-Length: ${bomb.byteLength}\r\n\r\n`);
      socket.write(bomb);
    });
    expect(await failure(bomber)).toMatchObject({ reason: 'tooLarge', sent: 'maybe' });
  });

  it('case 119: is cut by what arrives when it unfolds to nothing', async () => {
    const empty = await peer((socket) => {
      socket.write(`${HEAD}Content-Encoding: gzip\r\n\r\n`);
      socket.write(Buffer.from('1f8b0800000000000003', 'hex'));
      // Empty stored blocks of RFC 1951: bytes on the wire, none in the answer.
      endlessly(Buffer.from('000000ffff'.repeat(2_000), 'hex'), socket);
    });
    expect(await failure(empty)).toMatchObject({ reason: 'tooLarge', sent: 'maybe' });
    await empty.closed;
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(5_000, 'x'))],
    ['identity', Buffer.alloc(5_000, 'x')],
  ])('is accepted up to the very cap and no byte further (%s)', async (encoding, body) => {
    const answer = async (maxBytes: number) => {
      const { transport, url } = await peer((socket) => {
        socket.write(`${HEAD}Content-Encoding: ${encoding}\r\nConnection: close\r\n\r\n`);
        socket.end(body);
      });
      return transport({ method: 'GET', url, headers: {} }, { ...LIMITS, maxBytes });
    };
    expect((await answer(5_000)).body.byteLength).toBe(5_000);
    await expect(answer(4_999)).rejects.toMatchObject({ reason: 'tooLarge' });
    await expect(answer(Number.NaN)).rejects.toMatchObject({ reason: 'tooLarge' });
  });

  it.each([
    ['many headers', 'X-A: b\r\n'.repeat(300)],
    ['very many headers', 'A:\r\n'.repeat(3_000)],
    ['a long header', `X-A: ${'b'.repeat(40_000)}\r\n`],
  ])('case 133: is refused for %s', async (_what, headers) => {
    const peerOf = await peer((socket) => socket.write(`${HEAD}${headers}Content-Length: 0\r\n\r\n`));
    expect(await failure(peerOf)).toMatchObject({ reason: 'tooLarge', sent: 'maybe' });
  });
});

describe('an exchange that takes too long', () => {
  const dripping = (start: string, drop: string) => (socket: Socket) => {
    socket.write(start);
    const timer = setInterval(() => socket.write(drop), 5);
    socket.once('close', () => clearInterval(timer));
  };

  it('case 133: is cut, whatever keeps the connection busy meanwhile', async () => {
    const peers = {
      'says nothing': () => {},
      'drips headers': dripping(HEAD, 'X'),
      'drips interim answers': dripping('', 'HTTP/1.1 103 Early Hints\r\n\r\n'),
      'drips a body': dripping(`${HEAD}Content-Length: 100000\r\n\r\n`, 'x'),
      'drips chunks': dripping(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'),
    };
    const outcomes = Object.entries(peers).map(async ([kind, speak]) => {
      const slow = await peer(speak);
      const { reason, sent } = await failure(slow, { deadlineMs: 1_500 });
      await slow.closed;
      return [kind, `${reason} ${sent}`];
    });
    const expected = Object.keys(peers).map((kind) => [kind, 'timeout maybe']);
    expect(await Promise.all(outcomes)).toEqual(expected);
  });

  it('is not sent when no connection came free in time', async () => {
    const silent = await peer(() => {});
    const busy = Array.from({ length: 64 }, () => failure(silent));
    const waiting = await Promise.all(Array.from({ length: 16 }, () => failure(silent, { deadlineMs: 60 })));
    expect(waiting.map(({ reason, sent }) => `${reason} ${sent}`)).toEqual(Array(16).fill('timeout no'));
    silent.transport.close();
    await Promise.all(busy);
  });

  it.each([0, -1, Number.NaN])('is not begun with a deadline of %d', async (deadlineMs) => {
    let arrived = false;
    const quick = await peer(() => (arrived = true));
    expect(await failure(quick, { deadlineMs })).toMatchObject({ reason: 'timeout', sent: 'no' });
    expect(arrived).toBe(false);
  });

  it('may have a deadline beyond the reach of a timer', async () => {
    const { transport, url } = await peer((socket) => socket.write(`${HEAD}Content-Length: 0\r\n\r\n`));
    const answer = await transport({ method: 'GET', url, headers: {} }, { ...LIMITS, deadlineMs: Number.MAX_VALUE });
    expect(answer.status).toBe(200);
  });
});

describe('an exchange that is called off', () => {
  it('is not begun when the signal has fired', async () => {
    let arrived = false;
    const quick = await peer(() => (arrived = true));
    expect(await failure(quick, { signal: AbortSignal.abort(SECRET) })).toMatchObject({
      reason: 'aborted',
      sent: 'no',
    });
    expect(arrived).toBe(false);
  });

  it.each([
    ['before an answer', ''],
    ['within the headers', HEAD],
    ['within the body', `${HEAD}Content-Length: 100\r\n\r\n{`],
    ['within a compressed body', `${HEAD}Content-Encoding: gzip\r\nContent-Length: 100\r\n\r\n\x1f`],
  ])('ends %s and closes the connection', async (_when, words) => {
    const controller = new AbortController();
    const talking = await peer((socket) => socket.write(words, () => setImmediate(() => controller.abort())));
    expect(await failure(talking, { signal: controller.signal })).toMatchObject({ reason: 'aborted', sent: 'maybe' });
    await talking.closed;
  });

  it('ends with the transport, which then refuses all that comes', async () => {
    const silent = await peer(() => silent.transport.close());
    expect(await failure(silent)).toMatchObject({ sent: 'maybe' });
    await silent.closed;
    expect(await failure(silent)).toMatchObject({ reason: 'aborted', sent: 'no' });
  });
});

describe('a failure', () => {
  it('holds nothing of the request and no error of a library', async () => {
    const error = await failure(await peer((socket) => socket.resetAndDestroy()));
    const everything = [
      error.stack,
      JSON.stringify(error),
      ...Reflect.ownKeys(error).map((key) => String(Reflect.get(error, key))),
    ];
    expect(everything.join('\n')).not.toMatch(/shpat|4242|authorization|\/orders/i);
    expect(error.cause).toBeUndefined();
  });

  it('leaves the next call alone', async () => {
    let calls = 0;
    const moody = await peer((socket) => {
      calls += 1;
      if (calls === 1) socket.resetAndDestroy();
      else socket.write(`${HEAD}Content-Length: 2\r\n\r\n{}`);
    });
    expect(await failure(moody)).toMatchObject({ reason: 'interrupted' });
    const answer = await moody.transport({ method: 'GET', url: moody.url, headers: {} }, LIMITS);
    expect(answer.text()).toBe('{}');
  });
});
