import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import type { Caller } from '#auth';
import { allowBrowserApps } from './cors.js';

const ORIGIN = 'https://app.example';

/** @param appId whose caller asks; nobody is known, unless told */
function gateway(list: () => Promise<readonly string[]>, appId?: string) {
  let now = 0;
  const server = fastify();
  const apps = async () => (await list()).map((origin) => ({ appId: 'mine', origin }));
  const isOriginOf = allowBrowserApps(server, apps, () => now);
  server.addHook('onRequest', async (request) => {
    // Nothing more of a caller is looked at.
    if (appId !== undefined) request.caller = { appId } as Caller;
  });
  server.get('/v1/stores', () => 'ok');
  const ask = async (origin: string, method: 'OPTIONS' | 'GET' = 'OPTIONS') => {
    const headers = { origin, 'access-control-request-method': 'GET' };
    const { headers: answered } = await server.inject({ method, url: '/v1/stores', headers });
    return answered['access-control-allow-origin'];
  };
  return { ask, isOriginOf, pass: (milliseconds: number) => (now += milliseconds) };
}

describe('the list of origins', () => {
  it('case 153: is read once in five seconds, however many preflights and origins there are', async () => {
    let reads = 0;
    const { ask, pass } = gateway(() => Promise.resolve([[ORIGIN], (reads += 1)][0] as string[]));
    await Promise.all(Array.from({ length: 500 }, (_, at) => ask(`https://evil-${at}.example`)));
    expect(await ask(ORIGIN)).toBe(ORIGIN);
    expect(reads).toBe(1);
    pass(4_999);
    await ask(ORIGIN);
    expect(reads).toBe(1);
    pass(1);
    await ask(ORIGIN);
    expect(reads).toBe(2);
  });

  it('case 153: is left by an origin within five seconds, and held on to while the database is away', async () => {
    const answers: (readonly string[] | Error)[] = [[ORIGIN], new Error('away'), []];
    const { ask, pass } = gateway(() => {
      const next = answers.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next ?? []);
    });
    expect(await ask(ORIGIN)).toBe(ORIGIN);
    pass(5_000);
    expect(await ask(ORIGIN)).toBe(ORIGIN);
    pass(5_000);
    expect([await ask(ORIGIN), await ask(ORIGIN, 'GET')]).toEqual([undefined, undefined]);
  });

  it.each([
    'null',
    '*',
    'https://app.example/',
    'https://app.example.evil.example',
    'HTTPS://APP.EXAMPLE',
    '',
    'app.example',
  ])('case 153: does not open the API to %j, even where somebody registered it', async (origin) => {
    const { ask } = gateway(() => Promise.resolve([ORIGIN, 'null', '*', 'https://app.example/', 'app.example', '']));
    expect([await ask(origin), await ask(origin, 'GET')]).toEqual([undefined, undefined]);
  });

  it('case 153: shows what a caller is answered to pages of the caller’s own app alone', async () => {
    const list = () => Promise.resolve([ORIGIN]);
    expect(await gateway(list, 'mine').ask(ORIGIN, 'GET')).toBe(ORIGIN);
    expect(await gateway(list, 'another').ask(ORIGIN, 'GET')).toBeUndefined();
    const { ask, isOriginOf } = gateway(list);
    // Whoever is not known is told that it is not, whichever page it is.
    expect(await ask(ORIGIN, 'GET')).toBe(ORIGIN);
    expect([isOriginOf(ORIGIN, 'mine'), isOriginOf(ORIGIN, 'another'), isOriginOf('null', 'mine')]).toEqual([
      ...[true, false, false],
    ]);
  });
});
