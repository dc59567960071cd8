import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Faults } from './faults.js';
import { serve } from './process-calls.js';
import { readToken, secretOf, tokenOf } from './tokens.js';

/** The platform's books, by which everything else is judged. */
export interface Ledger {
  /** Shop and the generation of its newest pair. */
  readonly generations: readonly (readonly [shop: string, generation: number])[];
  readonly calls: number;
  /** Calls with a refresh token that had been redeemed already. */
  readonly double: number;
  readonly refused: number;
  readonly wrongClient: number;
  readonly connections: number;
  /** Most calls under way at once. */
  readonly mostAtOnce: number;
  /** Answers by second since the start. */
  readonly bySecond: readonly number[];
  readonly cpuSeconds: number;
}

const state = { latencyMs: 300, faults: undefined as Faults | undefined };
/** How many pairs each shop was given; the newest is in force, and the one before it until the newest is used. */
const grants = new Map<string, number>();
const counts = { calls: 0, double: 0, refused: 0, wrongClient: 0, connections: 0, mostAtOnce: 0 };
const bySecond: number[] = [];
let underWay = 0;
let startedAt = performance.now();

function answer(form: URLSearchParams): { status: number; body: object } {
  counts.calls += 1;
  const clientId = form.get('client_id') ?? '';
  if (form.get('client_secret') !== secretOf(clientId)) {
    counts.wrongClient += 1;
    return { status: 401, body: { error: 'invalid_client' } };
  }
  const { shop, generation: sent } = readToken(form.get('refresh_token') ?? '');
  const known = grants.get(shop) ?? 0;
  if (sent !== known && sent !== known - 1) {
    counts.refused += 1;
    return { status: 400, body: { error: 'invalid_grant' } };
  }
  if (sent !== known) counts.double += 1;
  const generation = sent + 1;
  grants.set(shop, generation);
  const pair = { access_token: tokenOf('at', shop, generation), refresh_token: tokenOf('rt', shop, generation) };
  const scope = 'read_orders,read_products';
  return { status: 200, body: { ...pair, scope, expires_in: 3600, refresh_token_expires_in: 7_776_000 } };
}

function countSecond(): void {
  const second = Math.floor((performance.now() - startedAt) / 1000);
  bySecond[second] = (bySecond[second] ?? 0) + 1;
}

/** Redeems at once and answers later, as a platform does whose way back is long. */
function take(incoming: IncomingMessage, response: ServerResponse): void {
  let text = '';
  incoming.setEncoding('latin1');
  incoming.on('data', (part: string) => (text += part));
  incoming.on('end', () => {
    underWay += 1;
    counts.mostAtOnce = Math.max(counts.mostAtOnce, underWay);
    const fault = state.faults?.next();
    const { status, body } =
      fault?.kind === 'unavailable' ? { status: 503, body: {} } : answer(new URLSearchParams(text));
    setTimeout(
      () => {
        underWay -= 1;
        countSecond();
        if (fault?.kind === 'lost') incoming.socket.destroy();
        else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      },
      fault?.kind === 'slow' ? fault.milliseconds : state.latencyMs,
    );
  });
}

async function listen(): Promise<number> {
  const server = createServer(take);
  server.on('connection', () => (counts.connections += 1));
  server.keepAliveTimeout = 5000;
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

serve({
  /** @returns the ports it listens on */
  async open({ ports, latencyMs }: { readonly ports: number; readonly latencyMs: number }): Promise<readonly number[]> {
    state.latencyMs = latencyMs;
    return await Promise.all(Array.from({ length: ports }, listen));
  },
  /** Begins the books' seconds anew; what is known of tokens stays. */
  reset(): void {
    startedAt = performance.now();
    bySecond.length = 0;
  },
  ledger(): Ledger {
    const { user, system } = process.cpuUsage();
    const generations = [...grants];
    return {
      ...counts,
      generations,
      bySecond: Array.from(bySecond, (count) => count || 0),
      cpuSeconds: (user + system) / 1e6,
    };
  },
});
