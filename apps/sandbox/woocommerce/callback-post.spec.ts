import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isLoopbackHost, postToCallback } from './callback-post.js';

let server: Server;
let port = 0;

beforeEach(async () => {
  server = createServer((request, response) => {
    // `/silent` is never answered.
    if (request.url !== '/silent') response.writeHead(200).end('x'.repeat(1_000_000));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const post = (url: string, timeoutMs = 10_000): ReturnType<typeof postToCallback> =>
  postToCallback(new URL(url), '{}', 'spec', timeoutMs);

describe('postToCallback', () => {
  it('does not look localhost up, and does not read what is answered', async () => {
    expect(await post(`http://localhost:${port}/`)).toEqual({ status: 200 });
  });

  it('gives up on a callback that never answers', async () => {
    expect(await post(`http://127.0.0.1:${port}/silent`, 50)).toEqual({
      status: 0,
      reason: 'cURL error 28: Operation timed out after 50 milliseconds with 0 bytes received',
    });
  });

  // The port is the server's: were names not refused, the look-up that only knows this machine would lead to it.
  it.each([
    'http://example.test',
    'http://127.0.0.1.example.test',
    'http://localhost@example.test',
    'http://127.0.0.2',
  ])('sends nothing to %s', async (origin) => {
    const url = `${origin}:${port}/`;
    const { hostname } = new URL(url);
    expect(await post(url)).toEqual({
      status: 0,
      reason: `cURL error 7: Failed to connect to ${hostname} port ${port} after 0 ms: Couldn't connect to server`,
    });
  });

  it('knows this machine by three names only', () => {
    expect(['127.0.0.1', 'LOCALHOST', '[::1]'].every(isLoopbackHost)).toBe(true);
    expect(['127.0.0.2', '10.0.0.1', 'localhost.example.test', '0.0.0.0', '[::]'].some(isLoopbackHost)).toBe(false);
  });
});
