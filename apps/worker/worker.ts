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
import { type Logger, nestLogger } from '#observability';
import { pollChanges, processDelivery, watchSubscriptions } from '#events';
import { probeStore } from '#health';
import {
  claimDuePolls,
  claimDueProbes,
  claimDueRevocations,
  claimDueWebhookChannels,
  claimDueWebhookDeliveries,
  forgetOldOauthArtifacts,
  forgetOldWebhookDeliveries,
  forgetOldWrites,
} from '#persistence';
import { JOB_HANDLERS, type JobHandlers, JobProducer, queueModule, type TickPeriods } from '#queue';
import type { Runtime } from '#runtime';
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
    },
  };
}

/** What the worker does for every job. */
export function jobHandlers(runtime: Runtime, refreshes: RefreshPool): JobHandlers {
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
    (data: never) => actingAs({ who: 'worker', why: name, requestId: null }, () => work(data)),
  ]);
  const whole: unknown = Object.fromEntries(named);
  // The same names and the same data.
  return whole as JobHandlers;
}

export interface RunningWorker {
  /** Takes no more jobs and ends what is under way: a pair that is on its way is saved. */
  close(): Promise<void>;
}

/** Builds the worker: it works on jobs as soon as it exists. */
export async function createWorker(runtime: Runtime, logger: Logger): Promise<RunningWorker> {
  const { settings, database } = runtime;
  const { REDIS_URL: redisUrl, DATABASE_QUEUE_URL: postgresUrl, SHOPSPAN_REFRESH_TICK_SECONDS: seconds } = settings;
  const periods: TickPeriods = {
    'refresh.tick': seconds,
    'webhooks.tick': seconds,
    'polls.tick': seconds,
    'probes.tick': seconds,
    'revocations.tick': seconds,
    'signingKeys.tick': HOURLY_SECONDS,
    'forget.tick': HOURLY_SECONDS,
  };
  const refreshes = createRefreshPool(lifecycleOf(runtime.stores.connections));
  const noted = noting(database, attributed(jobHandlers(runtime, refreshes)), periods);
  const handlers: Provider = { provide: JOB_HANDLERS, useValue: noted };
  const ticks: Provider = {
    provide: TickWatch,
    useFactory: (jobs: JobProducer) => new TickWatch({ database, jobs, handlers: noted, periods, logger }),
    inject: [JobProducer],
  };
  const provided: DynamicModule = { module: HandlersModule, global: true, providers: [handlers], exports: [handlers] };
  const module: DynamicModule = {
    module: WorkerModule,
    imports: [provided, queueModule({ redisUrl, postgresUrl }, { processing: true })],
    providers: [ticks],
  };
  const app = await NestFactory.createApplicationContext(module, { logger: nestLogger(logger), abortOnError: false });
  const close = async () => {
    await app.close();
    await refreshes.idle();
  };
  return { close };
}
