import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEgress, type Dialer, type EgressOptions } from './egress.js';
import { recorder } from './testing/recorder.js';
import { createTransport } from './transport.js';
import { TransportError } from './transport-error.js';

const LIMITS = { deadlineMs: 20_000, maxBytes: 1_000 };
const PUBLIC = '93.184.215.14';
const opened: { close(): unknown }[] = [];
// Room for a busy machine; nothing here waits for it.
vi.setConfig({ testTimeout: 30_000 });

afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

function sender(options: Partial<EgressOptions>) {
  const transport = createTransport({ egress: createEgress({ allow: [], ...options }), userAgent: 'test' });
  opened.push(transport);
  return (url: string, limits: Partial<typeof LIMITS> = {}) =>
    transport({ method: 'GET', url: new URL(url), headers: {} }, { ...LIMITS, ...limits });
}

/** The failure of a call that must fail. */
async function failureOf(call: Promise<unknown>): Promise<TransportError> {
  const outcome = await call.catch((error: unknown) => error);
  if (outcome instanceof TransportError) return outcome;
  throw new Error('expected a TransportError', { cause: outcome });
}

async function listen(server: Server): Promise<number> {
  opened.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // An IP server has no other kind of address.
  return (server.address() as AddressInfo).port;
}

/** A server that answers at once and counts the connections it gets. */
async function counting(): Promise<{ port: number; connections: () => number }> {
  let connections = 0;
  const server = createServer((_request, response) => response.end('ok'));
  server.on('connection', () => (connections += 1));
  return { port: await listen(server), connections: () => connections };
}

describe('the addresses of a name', () => {
  it.each([
    ['loopback', ['127.0.0.1']],
    ['private', ['10.0.0.7']],
    ['metadata', ['169.254.169.254']],
    ['IPv6 loopback', ['::1']],
    ['unique local', ['fd00:ec2::254']],
    ['mapped', ['::ffff:127.0.0.1']],
    ['zone id', ['fe80::1%eth0']],
    ['good then bad', [PUBLIC, '127.0.0.1']],
    ['bad then good', ['127.0.0.1', PUBLIC]],
    ['good IPv4, bad IPv6', [PUBLIC, '::1']],
    ['good IPv6, bad IPv4', ['2606:4700::1111', '192.168.1.1']],
    ['one bad among many', [...Array.from({ length: 40 }, (_, last) => `8.8.8.${last}`), '100.64.0.1']],
    ['a name instead of an address', ['localhost']],
    ['nonsense', ['']],
  ])('case 124: refuses %s before dialling', async (_kind, addresses) => {
    const { dial, asked } = recorder();
    const failure = await failureOf(
      sender({ resolve: async () => addresses, connect: dial })('https://shop.example.com/'),
    );
    expect(failure).toMatchObject({ reason: 'unresolvable', sent: 'no', host: 'shop.example.com' });
    expect(asked).toEqual([]);
  });

  it('dials the addresses found, and only those', async () => {
    const { dial, asked } = recorder();
    const failure = await failureOf(
      sender({ resolve: async () => [PUBLIC, '2606:4700::1111'], connect: dial })('https://shop.example.com/'),
    );
    expect(failure).toMatchObject({ reason: 'unreachable', sent: 'no' });
    expect(asked).toEqual([`${PUBLIC} 443`, '2606:4700::1111 443']);
  });

  it.each([
    ['answers none', async () => []],
    ['rejects', () => Promise.reject(new Error('ENOTFOUND 10.0.0.53'))],
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
  ])('knows a host as unresolvable when the resolver %s', async (_how, resolve) => {
    const { dial, asked } = recorder();
    const failure = await failureOf(sender({ resolve, connect: dial })('https://shop.example.com/'));
    expect(failure).toMatchObject({ reason: 'unresolvable', sent: 'no' });
    expect(failure.message).not.toContain('10.0.0.53');
    expect(asked).toEqual([]);
  });

  it('refuses a listed host that resolves to no address at all', async () => {
    const { dial, asked } = recorder();
    const send = sender({ allow: ['localhost:8080'], resolve: async () => ['localhost'], connect: dial });
    expect(await failureOf(send('http://localhost:8080/'))).toMatchObject({ reason: 'unresolvable', sent: 'no' });
    expect(asked).toEqual([]);
  });

  const toldOf = ({ reason, sent, code, message }: TransportError) => `${reason} ${sent} ${code} ${message}`;

  it('case 138: says the same of an inner host whatever its ports', async () => {
    const { dial, asked } = recorder();
    const send = sender({ resolve: async () => ['10.0.0.1'], connect: dial });
    const urls = [22, 80, 5432, 6379, 8443].map((port) => `https://in.example.com:${port}/`);
    const failures = await Promise.all([...urls, 'http://in.example.com/'].map((url) => failureOf(send(url))));
    expect([...new Set(failures.map(toldOf))]).toEqual([expect.stringMatching(/^refused no undefined /)]);
    expect(asked).toEqual([]);
  });

  it('case 138: says the same of a name, whether it leads to an inner address or to none', async () => {
    const { dial, asked } = recorder();
    const alarms: string[] = [];
    const found: (readonly string[] | Error)[] = [[], ['127.0.0.1'], ['10.0.0.1'], ['::1'], [PUBLIC, '10.0.0.2']];
    found.push(new Error('ENOTFOUND'), ['fd00::1'], ['localhost']);
    const inner = found.length - 2;
    const resolve = async () => {
      const next = found.shift() ?? [];
      if (next instanceof Error) throw next;
      return next;
    };
    const send = sender({ resolve, connect: dial, onInnerHost: (host) => alarms.push(host) });
    const told = new Set<string>();
    while (found.length > 0) told.add(toldOf(await failureOf(send('https://in.example.com/'))));
    expect([...told]).toEqual(['unresolvable no undefined in.example.com is not a known host on the public internet.']);
    expect(asked).toEqual([]);
    // Whoever operates the gateway is told the difference.
    expect(alarms).toHaveLength(inner);
  });

  it('case 125: asks for the checked address each time while the name is rebound 1,000 times', async () => {
    const { dial, asked } = recorder();
    let lookups = 0;
    // Good on the first look-up of a call, bad on the next: a second look-up would be caught.
    const resolve = async () => [lookups++ % 2 === 0 ? PUBLIC : '127.0.0.1'];
    const send = sender({ resolve, connect: dial });
    const reasons = new Map<string, number>();
    for (let round = 0; round < 1_000; round += 1) {
      const { reason } = await failureOf(send('https://shop.example.com/'));
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    expect(lookups).toBe(1_000);
    expect(Object.fromEntries(reasons)).toEqual({ unreachable: 500, unresolvable: 500 });
    expect(new Set(asked)).toEqual(new Set([`${PUBLIC} 443`]));
  });
});

describe('the connection', () => {
  it('case 125: is cut before a byte is written when it leads elsewhere than to the checked address', async () => {
    const received: string[] = [];
    const server = createServer((request, response) => response.end(String(received.push(request.url ?? ''))));
    const port = await listen(server);
    // A dialler that looks the name up again and gets another answer.
    const dial: Dialer = ({ host, lookup }) => {
      const socket = new Socket();
      lookup(host, { all: true }, () => socket.connect(port, '127.0.0.1'));
      return socket;
    };
    const allow = ['shop.example.com:8080'];
    const send = sender({ allow, resolve: async () => [PUBLIC], connect: dial });
    expect(await failureOf(send('http://shop.example.com:8080/'))).toMatchObject({ reason: 'refused', sent: 'no' });
    expect(received).toEqual([]);
  });

  it('is refused to whoever uses the agents past the transport', async () => {
    const { dial, asked } = recorder();
    const { httpAgent, httpsAgent } = createEgress({ allow: [], resolve: async () => ['127.0.0.1'], connect: dial });
    const refusals = [
      [httpAgent, 'shop.example.com', 80],
      [httpAgent, '127.0.0.1', 443],
      [httpsAgent, '127.0.0.1', 443],
      [httpsAgent, '::1', 443],
      [httpsAgent, 'shop.example.com', 8443],
      [httpsAgent, 'localhost', 443],
    ] as const;
    for (const [agent, host, port] of refusals) {
      const error = await new Promise((settle) => agent.createConnection({ host, port }, settle));
      expect(error, `${host}:${port}`).toMatchObject({ reason: 'refused' });
    }
    expect(asked).toEqual([]);
  });

  it('case 127: ignores a socket path', async () => {
    const { dial, asked } = recorder();
    const { httpsAgent } = createEgress({ allow: [], connect: dial });
    httpsAgent.createConnection({ host: '8.8.8.8', port: 443, socketPath: '/run/docker.sock' })?.on('error', () => {});
    await new Promise(setImmediate);
    expect(asked).toEqual(['8.8.8.8 443']);
  });

  it('is kept for its own name only, even where two names share an address', async () => {
    const { port, connections } = await counting();
    const allow = [`one.example.com:${port}`, `two.example.com:${port}`];
    const send = sender({ allow, resolve: async () => ['127.0.0.1'] });
    await send(`http://one.example.com:${port}/`);
    await send(`http://one.example.com:${port}/again`);
    expect(connections()).toBe(1);
    await send(`http://two.example.com:${port}/`);
    expect(connections()).toBe(2);
  });

  it('is bounded in number per host, however many calls wait', async () => {
    const { port, connections } = await counting();
    const send = sender({ allow: [`127.0.0.1:${port}`] });
    const answers = await Promise.all(Array.from({ length: 300 }, () => send(`http://127.0.0.1:${port}/`)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(connections()).toBeLessThanOrEqual(64);
  });

  it('falls back to the next address when one does not answer', async () => {
    const { port } = await counting();
    const send = sender({ allow: [`shop.example.com:${port}`], resolve: async () => ['::1', '127.0.0.1'] });
    expect((await send(`http://shop.example.com:${port}/`)).text()).toBe('ok');
  });

  it('is not made after the call was given up while its host was looked up', async () => {
    const { port, connections } = await counting();
    let found: (addresses: string[]) => void = () => {};
    const resolve = () => new Promise<string[]>((settle) => (found = settle));
    const call = sender({ allow: [`shop.example.com:${port}`], resolve })(`http://shop.example.com:${port}/`, {
      deadlineMs: 30,
    });
    expect(await failureOf(call)).toMatchObject({ reason: 'timeout', sent: 'no' });
    found(['127.0.0.1']);
    await new Promise(setImmediate);
    // The server accepts in order: whatever was dialled before this call is counted once this call is answered.
    await sender({ allow: [`127.0.0.1:${port}`] })(`http://127.0.0.1:${port}/`);
    expect(connections()).toBe(1);
  });
});

describe('the list of the operator', () => {
  it('opens its entry and neither another port, nor another name of the same machine', async () => {
    const { port, connections } = await counting();
    const { dial, asked } = recorder();
    const allow = [`localhost:${port}`, '127.0.0.1:443'];
    const resolve = async () => ['127.0.0.1'];
    expect((await sender({ allow, resolve })(`http://localhost:${port}/`)).status).toBe(200);
    const send = sender({ allow, resolve, connect: dial });
    for (const url of [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port + 1}/`,
      `http://other.example.com:${port}/`,
      'http://localhost/',
    ]) {
      expect(await failureOf(send(url)), url).toMatchObject({ reason: 'refused', sent: 'no' });
    }
    const other = await failureOf(send('https://other.example.com/'));
    expect(other).toMatchObject({ reason: 'unresolvable', sent: 'no' });
    expect(asked).toEqual([]);
    expect(connections()).toBe(1);
  });

  it('is given exactly or not at all', () => {
    expect(() => createEgress({ allow: ['localhost'] })).toThrow(RangeError);
  });
});
