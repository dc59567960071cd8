import { type Connector, type Credentials, GatewayError, type HttpCall, Secret } from '#contract';
import { type CallReport, createEgress, createPacer, createStoreHttp, createTransport } from '#kit';
import { z } from 'zod';
import { exampleConnector } from '../../libs/testing/example-connector.js';
import { type Loopback, type Reply, type SeenRequest, startLoopback } from './loopback.js';

/** The platform that does not exist, at any host. */
export const connector: Connector = {
  ...exampleConnector,
  hosting: { kind: 'merchant' },
  deadlineMs: 20_000,
  limits: [{ kind: 'cost', capacity: 1_000, perSecond: 100, why: 'test' }],
  budget: (_, header) => {
    const remaining = header('x-remaining');
    return remaining === undefined ? undefined : { remaining: Number(remaining), capacity: 1_000, perSecond: 100 };
  },
};
export const read: HttpCall<unknown> = { path: 'v1/shop', effect: 'read', expect: z.unknown() };
export const write: HttpCall<unknown> = { ...read, method: 'POST', body: { x: 1 }, effect: 'write' };
export const pair = (version: number): Credentials => ({
  kind: 'keyPair',
  key: new Secret('k'),
  secret: new Secret(`s${version}`),
});

type StoreHttpOptions = Parameters<typeof createStoreHttp>[0];

/** A store of that platform on a server of this process. */
export interface LoopbackStore {
  readonly http: ReturnType<typeof createStoreHttp>;
  readonly server: Loopback;
  readonly waits: number[];
  readonly reports: CallReport[];
  readonly renewals: number[];
  close(): Promise<void>;
}

/** A store on a loopback server, over the real transport; waiting takes no time and is written down. */
export async function storeThat(
  reply: (request: SeenRequest, count: number) => Reply,
  options: Partial<StoreHttpOptions> = {},
): Promise<LoopbackStore> {
  const server = await startLoopback(reply);
  const transport = createTransport({ egress: createEgress({ allow: [server.host] }), userAgent: 'Shopspan/test' });
  const [waits, reports, renewals]: [number[], CallReport[], number[]] = [[], [], []];
  let version = 1;
  const sleep = (milliseconds: number): Promise<void> => Promise.resolve(void waits.push(milliseconds));
  const http = createStoreHttp({
    storeId: 'store-1',
    connector,
    strategy: connector.auth[0],
    apiRoot: new URL(`${server.origin}/root/`),
    credential: {
      current: () => Promise.resolve({ credentials: pair(version), version }),
      renew: (seen) => Promise.resolve(void (renewals.push(seen), (version = seen + 1))),
    },
    transport,
    pacer: createPacer({ now: () => performance.now(), sleep: () => Promise.reject(new Error('not paced here')) }),
    signal: new AbortController().signal,
    moment: () => ({ timestamp: 0, nonce: 'n' }),
    sleep,
    now: () => performance.now(),
    random: () => 0.5,
    report: (call) => void reports.push(call),
    ...options,
  });
  const close = async (): Promise<void> => {
    transport.close();
    await server.close();
  };
  return { http, server, waits, reports, renewals, close };
}

/** The code a call was refused with, or `answered`. */
export const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'answered',
    (error: unknown) => (GatewayError.is(error) ? error.code : error),
  );

/** Answers the first so many requests with one reply, the others with 200. */
export const first =
  (reply: Reply, count = 1) =>
  (_: SeenRequest, at: number) =>
    at <= count ? reply : {};
