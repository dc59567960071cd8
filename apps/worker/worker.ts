import { type DynamicModule, type INestApplicationContext, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LEASE_SECONDS, proveAttempt, renewClaimed } from '#connections';
import { type Logger, nestLogger } from '#observability';
import { claimDueCredentials } from '#persistence';
import { JOB_HANDLERS, type JobHandlers, JobProducer, queueModule } from '#queue';
import type { Runtime } from '#runtime';

// A batch is worked on at once and must end within its lease.
const BATCH = 20;

class WorkerModule {}
class HandlersModule {}

/** What the worker does for every job. */
export function jobHandlers(runtime: Runtime): JobHandlers {
  const { connections } = runtime.stores;
  return {
    async 'refresh.tick'() {
      const claimer = connections.processName;
      for (;;) {
        const claimed = await claimDueCredentials(runtime.database, claimer, BATCH, LEASE_SECONDS);
        await Promise.all(
          claimed.map(({ tenantId, storeId }) => renewClaimed(connections, { tenantId, storeId, claimer })),
        );
        if (claimed.length < BATCH) return;
      }
    },
    async 'connect.prove'({ tenantId, attemptId }) {
      await proveAttempt(connections, tenantId, attemptId);
    },
  };
}

/** Builds the worker: it works on jobs as soon as it exists. */
export async function createWorker(runtime: Runtime, logger: Logger): Promise<INestApplicationContext> {
  const {
    REDIS_URL: redisUrl,
    DATABASE_QUEUE_URL: postgresUrl,
    SHOPSPAN_REFRESH_TICK_SECONDS: seconds,
  } = runtime.settings;
  const handlers: Provider = { provide: JOB_HANDLERS, useValue: jobHandlers(runtime) };
  const provided: DynamicModule = { module: HandlersModule, global: true, providers: [handlers], exports: [handlers] };
  const module: DynamicModule = {
    module: WorkerModule,
    imports: [provided, queueModule({ redisUrl, postgresUrl }, { processing: true })],
  };
  const app = await NestFactory.createApplicationContext(module, { logger: nestLogger(logger), abortOnError: false });
  await app.get(JobProducer).every('refresh.tick', seconds);
  return app;
}
