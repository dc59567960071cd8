import { type DynamicModule, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  createRefreshPool,
  lifecycleOf,
  proveAttempt,
  REVOCATION_LEASE_SECONDS,
  revokeGrant,
  type RefreshPool,
} from '#connections';
import { actingAs } from '#audit';
import { rotateSigningKeys } from '#auth';
import { type AlertHook, createAlertHook, tellOperator } from '#alerts';
import { currentWork, type Logger, nestLogger } from '#observability';
import { pollChanges, processDelivery, watchSubscriptions } from '#events';
import { probeStore } from '#health';
import {
  claimDuePolls,
  claimDueProbes,
  claimDueRevocations,
  claimDueWebhookChannels,
  claimDueWebhookDeliveries,
  forgetOldActivity,
  forgetOldOauthArtifacts,
  forgetOldWebhookDeliveries,
  forgetOldWrites,
} from '#persistence';
import {
  JOB_FRAME,
  JOB_HANDLERS,
  type JobFrame,
  type JobHandlers,
  JobProducer,
  queueModule,
  type TickPeriods,
} from '#queue';
import { readinessOf, type Runtime } from '#runtime';
import { startMonitoringServer } from './monitoring-server.js';
import { noting, TickWatch } from './tick-watch.js';

// A batch is worked on at once and must end within its lease.
const BATCH = 20;
const BATCH_LEASE_SECONDS = 30;
// Looking at a store's subscriptions takes several calls, each as slow as its shop.
const CHANNEL_BATCH = 5;
const CHANNEL_LEASE_SECONDS = 180;
const POLL_BATCH = 5;
const POLL_LEASE_SECONDS = 180;
// A probe takes one call, or several that meet a shop that is down.
const PROBE_BATCH = 20;
const PROBE_LEASE_SECONDS = 180;
const REVOCATION_BATCH = 20;
const HOURLY_SECONDS = 3600;

class WorkerModule {}
class HandlersModule {}

/** Claims and does, a batch at a time, until a claim brings less than it asked for. */
async function workOff<T>(
  most: number,
  claim: () => Promise<readonly T[]>,
  work: (claimed: T) => Promise<unknown>,
): Promise<void> {
  for (;;) {
    const claimed = await claim();
    await Promise.all(claimed.map((one) => work(one)));
    if (claimed.length < most) return;
  }
}

/** What is kept for a time only, and keys that have their time. */
function keepingHandlers({
  database,
  oauth,
  settings,
}: Runtime): Pick<JobHandlers, 'signingKeys.tick' | 'forget.tick'> {
  return {
    async 'signingKeys.tick'() {
      await rotateSigningKeys(database, oauth.keyEncryption, settings.SHOPSPAN_SIGNING_KEY_DAYS * 24 * 3600);
    },
    async 'forget.tick'() {
      await forgetOldWrites(database);
      await forgetOldWebhookDeliveries(database);
      await forgetOldOauthArtifacts(database);
      await forgetOldActivity(database);
    },
  };
}

/** Where alerts go, where the settings name an address. */
function openAlertHook({ settings }: Runtime): AlertHook | undefined {
  const { SHOPSPAN_ALERT_WEBHOOK_URL: url, SHOPSPAN_ALERT_WEBHOOK_SECRET: secret } = settings;
  if (url === undefined || secret === undefined) return undefined;
  const isPrivate = settings.SHOPSPAN_ALERT_WEBHOOK_PRIVATE === 'allow';
  return createAlertHook({ url, secret, isPrivate, now: () => new Date() });
}

function alertHandler(
  { database, publicUrl }: Runtime,
  hook: AlertHook | undefined,
  logger: Logger,
): Pick<JobHandlers, 'alerts.tick'> {
  const report = ({ code }: { readonly code: string }, error: unknown) =>
    logger.warn({ err: error, code }, 'an alert was not taken; it is sent again');
  return { 'alerts.tick': () => tellOperator({ database, hook, publicUrl, report }) };
}

/** What the worker does for every job, but for alerts. */
export function jobHandlers(runtime: Runtime, refreshes: RefreshPool): Omit<JobHandlers, 'alerts.tick'> {
  const { connections } = runtime.stores;
  return {
    'refresh.tick': () => refreshes.fill(),
    async 'webhooks.tick'() {
      const { stores: events, database } = runtime;
      for (;;) {
        const waiting = await claimDueWebhookDeliveries(database, BATCH, BATCH_LEASE_SECONDS);
        await Promise.all(waiting.map(({ tenantId, id }) => processDelivery(events, tenantId, id)));
        const channels = await claimDueWebhookChannels(database, CHANNEL_BATCH, CHANNEL_LEASE_SECONDS);
        await Promise.all(channels.map(({ tenantId, storeId }) => watchSubscriptions(events, tenantId, storeId)));
        if (waiting.length < BATCH && channels.length < CHANNEL_BATCH) return;
      }
    },
    'polls.tick': () =>
      workOff(
        POLL_BATCH,
        () => claimDuePolls(runtime.database, POLL_BATCH, POLL_LEASE_SECONDS),
        ({ tenantId, id }) => pollChanges(runtime.stores, tenantId, id),
      ),
    'probes.tick': () =>
      workOff(
        PROBE_BATCH,
        () => claimDueProbes(runtime.database, PROBE_BATCH, PROBE_LEASE_SECONDS),
        ({ tenantId, id }) => probeStore(runtime.stores, tenantId, id),
      ),
    'revocations.tick': () =>
      workOff(
        REVOCATION_BATCH,
        () => claimDueRevocations(runtime.database, REVOCATION_BATCH, REVOCATION_LEASE_SECONDS),
        ({ tenantId, id }) => revokeGrant(connections, tenantId, id),
      ),
    async 'webhook.process'({ tenantId, deliveryId }) {
      await processDelivery(runtime.stores, tenantId, deliveryId);
    },
    ...keepingHandlers(runtime),
    async 'connect.prove'({ tenantId, attemptId }) {
      await proveAttempt(connections, tenantId, attemptId);
    },
  };
}

/** Whatever a job makes the worker do is done in the job's name. */
function attributed(handlers: JobHandlers): JobHandlers {
  const named = Object.entries(handlers).map(([name, work]: [string, (data: never) => Promise<void>]) => [
    name,
    (data: never) =>
      actingAs({ who: 'worker', why: name, requestId: currentWork().requestId ?? null }, () => work(data)),
  ]);
  const whole: unknown = Object.fromEntries(named);
  // The same names and the same data.
  return whole as JobHandlers;
}

/** Each job is a piece of work of the request that asked for it, in traces and log lines alike. */
function framing({ telemetry }: Runtime): JobFrame {
  return async (name, carried, work) => {
    const task = telemetry.tracing.begin('consumer', `job ${name}`, { 'shopspan.job': name }, carried);
    try {
      await task.within(work);
      task.end({});
    } catch (error) {
      task.end({ failed: true });
      throw error;
    }
  };
}

/** Listens where the settings say so; a worker does not otherwise. @returns what ends it */
async function listen({ settings, telemetry, database }: Runtime, jobs: JobProducer): Promise<() => Promise<void>> {
  const { SHOPSPAN_WORKER_HOST: host, SHOPSPAN_WORKER_PORT: port } = settings;
  if (port === undefined) return () => Promise.resolve();
  const { metrics } = telemetry;
  metrics.read(jobs.gauges());
  const ready = readinessOf(database, () => jobs.condition());
  const server = await startMonitoringServer({ host, port, metrics, ready });
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}

export interface RunningWorker {
  /** Takes no more jobs and ends what is under way: a pair that is on its way is saved. */
  close(): Promise<void>;
}

/** @param seconds between two looks for what is due */
function periodsOf(seconds: number): TickPeriods {
  return {
    'refresh.tick': seconds,
    'webhooks.tick': seconds,
    'polls.tick': seconds,
    'probes.tick': seconds,
    'revocations.tick': seconds,
    'alerts.tick': seconds,
    'signingKeys.tick': HOURLY_SECONDS,
    'forget.tick': HOURLY_SECONDS,
  };
}

/** Builds the worker: it works on jobs as soon as it exists. */
export async function createWorker(runtime: Runtime, logger: Logger): Promise<RunningWorker> {
  const { settings, database } = runtime;
  const { REDIS_URL: redisUrl, DATABASE_QUEUE_URL: postgresUrl, SHOPSPAN_REFRESH_TICK_SECONDS: seconds } = settings;
  const periods = periodsOf(seconds);
  const refreshes = createRefreshPool(lifecycleOf(runtime.stores.connections));
  const hook = openAlertHook(runtime);
  const work = { ...jobHandlers(runtime, refreshes), ...alertHandler(runtime, hook, logger) };
  const noted = noting(database, attributed(work), periods);
  const handlers: readonly Provider[] = [
    { provide: JOB_HANDLERS, useValue: noted },
    { provide: JOB_FRAME, useValue: framing(runtime) },
  ];
  const ticks: Provider = {
    provide: TickWatch,
    useFactory: (jobs: JobProducer) => new TickWatch({ database, jobs, handlers: noted, periods, logger }),
    inject: [JobProducer],
  };
  const provided: DynamicModule = {
    module: HandlersModule,
    global: true,
    providers: [...handlers],
    exports: [JOB_HANDLERS, JOB_FRAME],
  };
  const module: DynamicModule = {
    module: WorkerModule,
    imports: [provided, queueModule({ redisUrl, postgresUrl }, { processing: true })],
    providers: [ticks],
  };
  const app = await NestFactory.createApplicationContext(module, { logger: nestLogger(logger), abortOnError: false });
  const silence = await listen(runtime, app.get(JobProducer)).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const close = async () => {
    await silence();
    await app.close();
    hook?.close();
    await refreshes.idle();
  };
  return { close };
}
