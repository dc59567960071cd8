import { setTimeout as delay } from 'node:timers/promises';
import { readSettings } from '#config';
import { createRefreshPool, type LifecycleContext, lifecycleOf, type RefreshReport } from '#connections';
import { createEgress, createTransport, type Transport } from '#kit';
import { createLogger } from '#observability';
import { createRuntime } from '#runtime';
import { LEASE_SECONDS } from '../../libs/connections/lifecycle/policy.js';
import { renewClaimed } from '../../libs/connections/lifecycle/renew-credential.js';
import { serve } from './process-calls.js';

export interface WorkerOptions {
  readonly databaseUrl: string;
  readonly keyFile: string;
  /** The hosts of all shops; all of them lead to this machine. */
  readonly hosts: readonly string[];
  /** Where the platform listens. */
  readonly ports: readonly number[];
}

/** What a worker did since it was last asked. */
export interface WorkerFigures {
  readonly renewed: number;
  readonly otherwise: number;
  readonly codes: Readonly<Record<string, number>>;
  readonly durationsMs: readonly number[];
  readonly cpuSeconds: number;
}

let context: LifecycleContext | undefined;
let running: AbortController | undefined;
let work: Promise<void> = Promise.resolve();
let renewed = 0;
let otherwise = 0;
let codes: Record<string, number> = {};
let durationsMs: number[] = [];

function report({ outcome, code, durationMs }: RefreshReport): void {
  if (outcome === 'renewed') {
    renewed += 1;
    durationsMs.push(durationMs);
    return;
  }
  otherwise += 1;
  const word = `${outcome}: ${code ?? ''}`;
  codes[word] = (codes[word] ?? 0) + 1;
}

/** As the product's worker does, whose queue ticks. */
async function product(within: LifecycleContext, { signal }: AbortController): Promise<void> {
  const pool = createRefreshPool(within);
  while (!signal.aborted) {
    await pool.fill();
    await delay(200);
  }
  await pool.idle();
}

/** As a job of cron does: one after the other, each with the same steps. */
async function sequential(within: LifecycleContext, { signal }: AbortController): Promise<void> {
  const { credentials, elapsed } = within;
  for (let count = 1; !signal.aborted; count += 1) {
    const askedAt = elapsed();
    const ask = { claimer: `sequential/${String(count)}`, limit: 1, leaseSeconds: LEASE_SECONDS, exceptPlatforms: [] };
    const [claimed] = await credentials.claimDue(ask);
    if (claimed === undefined) return;
    await renewClaimed(within, claimed, askedAt);
  }
}

/**
 * The product's transport, and each shop a host of its own as at the platform: a renewal opens a connection and hardly
 * ever finds one open. Only TLS is left out: the last step calls by http.
 */
function transportTo({ hosts, ports }: WorkerOptions): Transport {
  const placed = new Map(hosts.map((host, index) => [host, `${host}:${String(ports[index % ports.length])}`]));
  const egress = createEgress({ allow: [...placed.values()], resolve: () => Promise.resolve(['127.0.0.1']) });
  const transport = createTransport({ egress, userAgent: 'Shopspan/bench' });
  const send: (...given: Parameters<Transport>) => ReturnType<Transport> = ({ url, ...message }, limits) => {
    const { hostname, pathname, search } = url;
    return transport({ ...message, url: new URL(`http://${placed.get(hostname) ?? ''}${pathname}${search}`) }, limits);
  };
  return Object.assign(send, { close: () => transport.close() });
}

serve({
  async open(options: WorkerOptions): Promise<void> {
    const { databaseUrl, keyFile } = options;
    const settings = readSettings({ NODE_ENV: 'test', SHOPSPAN_KEY_FILE: keyFile });
    // Its own lines cost what they cost in production; they go nowhere.
    const logger = createLogger('bench', 'info', { write: () => undefined });
    const applicationName = 'bench-worker';
    const runtime = await createRuntime({ settings, databaseUrl, applicationName, acrossTenants: true, logger });
    const transport = transportTo(options);
    const usual = lifecycleOf(runtime.stores.connections);
    const reportRefresh = (one: RefreshReport): void => {
      usual.reportRefresh(one);
      report(one);
    };
    context = { ...usual, wayOut: () => transport, reportRefresh };
  },
  begin(way: 'product' | 'sequential'): void {
    if (context === undefined) throw new Error('not open');
    running = new AbortController();
    work = way === 'product' ? product(context, running) : sequential(context, running);
  },
  /** Ends when nothing is under way any more. */
  async end(): Promise<void> {
    running?.abort();
    await work;
  },
  figures(): WorkerFigures {
    const { user, system } = process.cpuUsage();
    const figures = { renewed, otherwise, codes, durationsMs, cpuSeconds: (user + system) / 1e6 };
    renewed = otherwise = 0;
    codes = {};
    durationsMs = [];
    return figures;
  },
});
