import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createHttpClient } from './http-client.js';
import { askingBeforeItLeaves } from './last-moment.js';

// Two things keep redirects from being followed: each is seen here with the other out of the way.
const opened: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

/** Redirects every request to another path of its own. */
async function redirecting(status: number): Promise<{ readonly url: string; readonly seen: string[] }> {
  const seen: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    seen.push(url);
    if (url === '/elsewhere') response.end('followed');
    else response.writeHead(status, { location: '/elsewhere' }).end();
  });
  opened.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // An IP server has no other kind of address.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, seen };
}

it.each([301, 302, 303, 307, 308])('case 126: the client by itself follows no %i', async (status) => {
  const { url, seen } = await redirecting(status);
  expect((await createHttpClient().request({ url })).status).toBe(status);
  expect(seen).toEqual(['/']);
});

it.each([301, 302, 303, 307, 308])(
  'case 126: nor does the maker of requests, whatever the client would (%i)',
  async (status) => {
    const { url, seen } = await redirecting(status);
    const transport = askingBeforeItLeaves(false, () => undefined);
    expect((await createHttpClient().request({ url, transport, maxRedirects: 5 })).status).toBe(status);
    expect(seen).toEqual(['/']);
  },
);
