import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEgress } from './egress.js';
import { createTransport } from './transport.js';
import { TransportError } from './transport-error.js';

const LIMITS = { deadlineMs: 20_000, maxBytes: 1_000 };
const opened: { close(): unknown }[] = [];
// Room for a busy machine; nothing here waits for it.
vi.setConfig({ testTimeout: 30_000 });

afterEach(() => {
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

/** A transport whose egress itself opens nothing and resolves nothing. */
function standingIn(origin: string, rewrite: (url: URL) => URL | undefined) {
  const egress = createEgress({ allow: [], resolve: () => Promise.reject(new Error('asked')) });
  const transport = createTransport({ egress, userAgent: 'test', standIn: { origin, rewrite } });
  opened.push(transport);
  return transport;
}

async function failureOf(call: Promise<unknown>): Promise<TransportError> {
  const outcome = await call.catch((error: unknown) => error);
  if (outcome instanceof TransportError) return outcome;
  throw new Error('expected a TransportError', { cause: outcome });
}

describe('the stand-in', () => {
  const real = new URL('https://shop.example.com/admin/orders.json?limit=1');
  const into = (origin: string) => (url: URL) => new URL(`${origin}/${url.host}${url.pathname}${url.search}`);

  it('answers for the host a message is meant for, and the message keeps its address', async () => {
    const paths: (string | undefined)[] = [];
    const origin = await serve((request, response) => response.end(String(paths.push(request.url))));
    const message = { method: 'GET', url: real, headers: {} };
    expect((await standingIn(origin, into(origin))(message, LIMITS)).status).toBe(200);
    expect(paths).toEqual(['/shop.example.com/admin/orders.json?limit=1']);
    expect(message.url.href).toBe('https://shop.example.com/admin/orders.json?limit=1');
  });

  it('is reached by rewriting only: naming its address is refused', async () => {
    const arrived = vi.fn<RequestListener>((_request, response) => response.end());
    const origin = await serve(arrived);
    const transport = standingIn(origin, () => undefined);
    const failure = await failureOf(transport({ method: 'GET', url: new URL(origin), headers: {} }, LIMITS));
    expect(failure).toMatchObject({ reason: 'refused', sent: 'no' });
    expect(arrived).not.toHaveBeenCalled();
  });

  it('leaves alone what is not rewritten: that goes out by the rules', async () => {
    const arrived = vi.fn<RequestListener>((_request, response) => response.end());
    const origin = await serve(arrived);
    const failure = await failureOf(
      standingIn(origin, () => undefined)({ method: 'GET', url: real, headers: {} }, LIMITS),
    );
    expect(failure).toMatchObject({ reason: 'unresolvable', sent: 'no', host: 'shop.example.com' });
    expect(arrived).not.toHaveBeenCalled();
  });

  it.each([
    ['another port', (origin: string) => origin.replace(/\d+$/, '1')],
    ['another name of the machine', (origin: string) => origin.replace('127.0.0.1', 'localhost')],
    ['another scheme', (origin: string) => origin.replace('http:', 'https:')],
    ['a user name', (origin: string) => origin.replace('//', '//user@')],
  ])('opens nothing but its own origin: %s', async (_what, elsewhere) => {
    const arrived = vi.fn<RequestListener>((_request, response) => response.end());
    const origin = await serve(arrived);
    const transport = standingIn(origin, () => new URL(elsewhere(origin)));
    const failure = await failureOf(transport({ method: 'GET', url: real, headers: {} }, LIMITS));
    expect(failure).toMatchObject({ reason: 'refused', sent: 'no', host: 'shop.example.com' });
    expect(arrived).not.toHaveBeenCalled();
  });

  it('is left with the transport', async () => {
    const origin = await serve(() => transport.close());
    const transport = standingIn(origin, into(origin));
    const message = { method: 'GET', url: real, headers: {} };
    expect(await failureOf(transport(message, LIMITS))).toMatchObject({ reason: 'interrupted', sent: 'maybe' });
    expect(await failureOf(transport(message, LIMITS))).toMatchObject({ reason: 'aborted', sent: 'no' });
  });

  it.each(['', '127.0.0.1:4000', 'ftp:', 'data:text/plain,x', 'unix:/run/x.sock'])(
    'is no address like %j',
    (origin) => {
      expect(() => standingIn(origin, () => undefined)).toThrow();
    },
  );
});
