import { getEventListeners, once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEgress } from './egress.js';
import type { OutgoingMessage } from './outgoing-message.js';
import { createTransport, type TransportOptions } from './transport.js';
import { TransportError } from './transport-error.js';

const LIMITS = { deadlineMs: 20_000, maxBytes: 1_000_000 };
const opened: { close(): unknown }[] = [];
// Room for a busy machine; nothing here waits for it.
vi.setConfig({ testTimeout: 30_000 });

afterEach(() => {
  vi.unstubAllEnvs();
  for (const one of opened.splice(0)) one.close();
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  opened.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // An IP server has no other kind of address.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function transportTo(origin: string, options: Partial<TransportOptions> = {}) {
  const egress = createEgress({ allow: [new URL(origin).host] });
  const transport = createTransport({ egress, userAgent: 'Shopspan/test', ...options });
  opened.push(transport);
  return transport;
}

/** Sends to a server that answers as given, and gives what it saw and said. */
async function roundTrip(message: Partial<OutgoingMessage> & { path?: string }, answer?: RequestListener) {
  const seen: { method?: string; url?: string; headers: IncomingMessage['headers']; raw: string[]; body: string }[] =
    [];
  const origin = await serve((request, response) => {
    const { method = '', url = '', headers, rawHeaders } = request;
    void text(request).then((body) => {
      seen.push({ method, url, headers, raw: rawHeaders, body });
      if (answer === undefined) response.end('{}');
      else answer(request, response);
    });
  });
  const { path = '/', ...rest } = message;
  const reply = await transportTo(origin)({ method: 'GET', headers: {}, url: new URL(origin + path), ...rest }, LIMITS);
  const [request] = seen;
  if (request === undefined || seen.length > 1) throw new Error(`${seen.length} requests`);
  return { reply, request, origin };
}

async function failureOf(call: Promise<unknown>): Promise<TransportError> {
  const outcome = await call.catch((error: unknown) => error);
  if (outcome instanceof TransportError) return outcome;
  throw new Error('expected a TransportError', { cause: outcome });
}

describe('what is sent', () => {
  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'is the method, path, headers and body of a %s',
    async (method) => {
      const { request } = await roundTrip({
        method,
        path: '/wp-json/wc/v3/orders?after=a%20b&x[]=1&empty=#fragment',
        headers: { Authorization: 'Bearer t', 'content-type': 'application/json', 'X-Shop': 'ä' },
        body: '{"name":"Müller"}',
      });
      expect(request).toMatchObject({
        method,
        url: '/wp-json/wc/v3/orders?after=a%20b&x[]=1&empty=',
        body: '{"name":"Müller"}',
      });
      expect(request.headers).toMatchObject({
        authorization: 'Bearer t',
        'content-type': 'application/json',
        'x-shop': 'ä',
      });
      expect(request.headers['content-length']).toBe('18');
    },
  );

  it.each([' {"a": 1}\n', 'no json', '""', '{"a":1e999}'])('is the very text that was signed: %j', async (body) => {
    const { request } = await roundTrip({ method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(request.body).toBe(body);
  });

  it('is bytes as they are', async () => {
    const { request } = await roundTrip({ method: 'POST', body: new TextEncoder().encode('-ä-').subarray(1, 3) });
    expect(request.body).toBe('ä');
  });

  it('says who we are, unless the message does', async () => {
    expect((await roundTrip({})).request.headers['user-agent']).toBe('Shopspan/test');
    expect((await roundTrip({ headers: { 'User-Agent': 'own' } })).request.headers['user-agent']).toBe('own');
  });

  it('names no media type where there is none, and asks for what it can read', async () => {
    const { request } = await roundTrip({ method: 'POST', headers: { accept: 'application/json' } });
    expect(request.headers['content-type']).toBeUndefined();
    expect(request.headers).toMatchObject({
      accept: 'application/json',
      'accept-encoding': 'gzip, br',
      'content-length': '0',
    });
  });

  it.each([
    'Cookie',
    'cookie2',
    'Host',
    'Connection',
    'Keep-Alive',
    'Transfer-Encoding',
    'Content-Length',
    'TE',
    'Trailer',
    'Upgrade',
    'Expect',
    'Proxy-Authorization',
    'Proxy-Connection',
    'X-Forwarded-For',
    'X-Forwarded-Host',
    'Forwarded',
    'Via',
    'X-Real-IP',
    'Accept-Encoding',
  ])('case 137: does not pass on %s', async (name) => {
    const { request, origin } = await roundTrip({ headers: { [name]: 'chunked' } });
    expect(request.headers.host).toBe(new URL(origin).host);
    expect(request.raw.join('\n')).not.toContain('chunked');
  });

  it('is nothing at all when a header or the method is not valid HTTP', async () => {
    const arrived = vi.fn<RequestListener>((_request, response) => response.end());
    const url = new URL(await serve(arrived));
    const injected = { method: 'GET', url, headers: { 'x-a': 'a\r\nInjected: 1' } };
    const traced = { method: 'TRACE', url, headers: {} };
    for (const message of [injected, traced]) {
      const failure = await failureOf(transportTo(url.origin)(message, LIMITS));
      expect(failure).toMatchObject({ reason: 'malformed', sent: 'no' });
    }
    expect(arrived).not.toHaveBeenCalled();
  });

  it.each([
    '//evil.example.net/x',
    '/https://evil.example.net/x',
    '/\\evil.example.net',
    '/@evil.example.net',
    '/x?url=http://evil.example.net',
  ])('case 134: stays at its host whatever the path looks like: %s', async (path) => {
    const { request, origin } = await roundTrip({ path });
    expect(request.headers.host).toBe(new URL(origin).host);
    expect(request.url).toBe(path.replace('\\', '/'));
  });

  it.each(['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy', 'HTTPS_PROXY'])(
    'case 135: takes no way round by %s',
    async (name) => {
      const proxied = vi.fn<RequestListener>((_request, response) => response.end());
      vi.stubEnv(name, await serve(proxied));
      vi.stubEnv('NO_PROXY', '');
      const { reply } = await roundTrip({});
      expect(reply.status).toBe(200);
      expect(proxied).not.toHaveBeenCalled();
    },
  );
});

describe('the answer', () => {
  it.each([200, 201, 204, 304, 400, 401, 403, 404, 409, 418, 422, 429, 500, 502, 503, 599, 999])(
    'may have status %i',
    async (status) => {
      const { reply } = await roundTrip({}, (_request, response) => response.writeHead(status).end());
      expect(reply.status).toBe(status);
    },
  );

  it.each([301, 302, 303, 307, 308])('case 126: of a redirect (%i) is the redirect itself', async (status) => {
    const followed = vi.fn<RequestListener>((_request, response) => response.end());
    const target = await serve(followed);
    const { reply } = await roundTrip({ headers: { authorization: 'Bearer t' } }, (_request, response) =>
      response.writeHead(status, { location: `${target}/x` }).end(),
    );
    expect(reply.status).toBe(status);
    expect(reply.header('location')).toBe(`${target}/x`);
    expect(followed).not.toHaveBeenCalled();
  });

  it('has all values of a repeated header, whatever its name', async () => {
    const { reply } = await roundTrip({}, (_request, response) => {
      response
        .writeHead(200, ['Link', '</a>; rel=next', 'LINK', '</b>; rel=prev', 'Retry-After', '1', 'retry-after', '2'])
        .end();
    });
    expect(reply.headers.get('link')).toEqual(['</a>; rel=next', '</b>; rel=prev']);
    expect(reply.header('Link')).toBe('</a>; rel=next, </b>; rel=prev');
    expect(reply.header('RETRY-AFTER')).toBe('1, 2');
    expect(reply.header('x-missing')).toBeUndefined();
  });

  it('case 137: has no cookies', async () => {
    const { reply } = await roundTrip({}, (_request, response) =>
      response.setHeader('set-cookie', ['a=1', 'b=2']).end(),
    );
    expect([...reply.headers.keys()]).not.toContain('set-cookie');
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['br', brotliCompressSync],
    ['identity', (bytes: Buffer) => bytes],
    ['br, gzip', (bytes: Buffer) => gzipSync(brotliCompressSync(bytes))],
  ])('is unpacked from %s', async (encoding, pack) => {
    const text = JSON.stringify({ name: 'Müller', filling: 'x'.repeat(100_000) });
    const { reply } = await roundTrip({}, (_request, response) => {
      response.setHeader('content-encoding', encoding).end(pack(Buffer.from(text)));
    });
    expect(reply.text()).toBe(text);
    expect([reply.header('content-encoding'), reply.header('content-length')]).toEqual([undefined, undefined]);
  });

  it.each([
    ['HEAD', 200],
    ['GET', 304],
    ['GET', 204],
    ['GET', 200],
  ])('to %s with status %i may announce gzip and be empty', async (method, status) => {
    const { reply } = await roundTrip({ method }, (_request, response) =>
      response.writeHead(status, { 'content-encoding': 'gzip' }).end(),
    );
    expect(reply.status).toBe(status);
    expect(reply.body.byteLength).toBe(0);
  });

  it('to HEAD may announce a body larger than the cap, for it brings none', async () => {
    const { reply } = await roundTrip({ method: 'HEAD' }, (_request, response) =>
      response.writeHead(200, { 'content-length': String(LIMITS.maxBytes + 1) }).end(),
    );
    expect(reply.header('content-length')).toBe(String(LIMITS.maxBytes + 1));
  });

  it('to HEAD may announce an encoding nobody here reads, and keeps the header', async () => {
    const { reply } = await roundTrip({ method: 'HEAD' }, (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'zstd' }).end(),
    );
    expect(reply.header('content-encoding')).toBe('zstd');
  });

  it.each([
    ['deflate', deflateSync('x')],
    ['zstd', Buffer.from('28b52ffd0401000078', 'hex')],
    ['constructor', gzipSync('x')],
    ['gzip, gzip, gzip', gzipSync(gzipSync(gzipSync('x')))],
  ])('in the encoding %s is not accepted', async (encoding, bytes) => {
    const call = roundTrip({}, (_request, response) => response.setHeader('content-encoding', encoding).end(bytes));
    expect(await failureOf(call)).toMatchObject({ reason: 'malformed', sent: 'maybe' });
  });

  it('keeps the bytes that are no UTF-8 and reads them as replacement characters', async () => {
    const { reply } = await roundTrip({}, (_request, response) =>
      response.end(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff])),
    );
    expect([...reply.body]).toEqual([0xef, 0xbb, 0xbf, 0x61, 0xff]);
    expect(reply.text()).toBe('a\ufffd');
  });

  it('leaves no listener on the signal behind', async () => {
    const origin = await serve((_request, response) => response.end('{}'));
    const { signal } = new AbortController();
    await transportTo(origin)({ method: 'GET', url: new URL(origin), headers: {} }, { ...LIMITS, signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
