import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { asFetch } from './as-fetch.js';
import { createEgress } from './egress.js';
import { createTransport } from './transport.js';

const LIMITS = { deadlineMs: 20_000, maxBytes: 10_000 };
const opened: { close(): unknown }[] = [];
// Room for a busy machine; nothing here waits for it.
vi.setConfig({ testTimeout: 30_000 });

afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

async function fetchFrom(answer: RequestListener) {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // An IP server has no other kind of address.
  const { port } = server.address() as AddressInfo;
  const transport = createTransport({ egress: createEgress({ allow: [`127.0.0.1:${port}`] }), userAgent: 'test' });
  opened.push(transport, server);
  const stopped = asFetch(transport, { ...LIMITS, signal: AbortSignal.abort() });
  return { fetch: asFetch(transport, LIMITS), stopped, origin: `http://127.0.0.1:${port}` };
}

describe('asFetch', () => {
  it('sends what the Fetch API describes and answers a real Response', async () => {
    const { fetch, origin } = await fetchFrom((request, response) => {
      const { authorization, 'content-type': type } = request.headers;
      response.writeHead(201, ['link', '<a>', 'link', '<b>', 'content-encoding', 'gzip']);
      void text(request).then((body) => {
        response.end(gzipSync(JSON.stringify({ method: request.method, url: request.url, authorization, type, body })));
      });
    });
    const reply = await fetch(`${origin}/token?x=1`, {
      method: 'post',
      headers: new Headers({ Authorization: 'Basic YQ==' }),
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'ä&=' }),
      redirect: 'manual',
    });
    expect(reply).toBeInstanceOf(Response);
    expect([reply.status, reply.ok, reply.headers.get('link')]).toEqual([201, true, '<a>, <b>']);
    expect(await reply.json()).toEqual({
      method: 'POST',
      url: '/token?x=1',
      authorization: 'Basic YQ==',
      type: 'application/x-www-form-urlencoded;charset=UTF-8',
      body: 'grant_type=refresh_token&refresh_token=%C3%A4%26%3D',
    });
  });

  it.each([204, 205, 304])('answers a status without a body: %i', async (status) => {
    const { fetch, origin } = await fetchFrom((_request, response) => response.writeHead(status).end());
    const reply = await fetch(origin);
    expect([reply.status, await reply.text()]).toEqual([status, '']);
  });

  it('returns a redirect instead of following it', async () => {
    const { fetch, origin } = await fetchFrom((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/next' }).end();
      else response.end('followed');
    });
    const reply = await fetch(new Request(`${origin}/`, { redirect: 'follow' }));
    expect([reply.status, reply.headers.get('location')]).toEqual([302, '/next']);
  });

  it('refuses what the transport refuses', async () => {
    const { fetch } = await fetchFrom((_request, response) => response.end());
    await expect(fetch('http://127.0.0.1:1/')).rejects.toMatchObject({ reason: 'refused', sent: 'no' });
    await expect(fetch('https://169.254.169.254/')).rejects.toMatchObject({ reason: 'refused', sent: 'no' });
    await expect(fetch('data:text/plain,x')).rejects.toMatchObject({ reason: 'refused', sent: 'no' });
    await expect(fetch('file:///etc/passwd')).rejects.toMatchObject({ reason: 'refused', sent: 'no' });
    await expect(fetch('https://user:secret@shop.example.com/')).rejects.toThrow(TypeError);
    await expect(fetch('/relative')).rejects.toThrow(TypeError);
  });

  it('has no answer for a status the Fetch API cannot hold', async () => {
    const { fetch, origin } = await fetchFrom((_request, response) => response.writeHead(999).end());
    await expect(fetch(origin)).rejects.toMatchObject({ reason: 'malformed', sent: 'maybe' });
  });

  it('keeps the cap and both signals', async () => {
    const { fetch, stopped, origin } = await fetchFrom((request, response) => {
      if (request.url === '/big') response.end('x'.repeat(LIMITS.maxBytes + 1));
    });
    await expect(fetch(`${origin}/big`)).rejects.toMatchObject({ reason: 'tooLarge' });
    await expect(fetch(origin, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      reason: 'aborted',
      sent: 'no',
    });
    await expect(stopped(origin)).rejects.toMatchObject({ reason: 'aborted', sent: 'no' });
    await expect(fetch(origin, { signal: AbortSignal.timeout(30) })).rejects.toMatchObject({ reason: 'aborted' });
  });

  it('takes the call of a library that gives every option, undefined ones too', async () => {
    const { fetch, origin } = await fetchFrom((request, response) => response.end(request.method));
    const options = {
      body: undefined,
      headers: { accept: 'application/json' },
      method: 'GET',
      redirect: 'manual',
    } as const;
    expect(await (await fetch(origin, options)).text()).toBe('GET');
  });
});
