import 'reflect-metadata';
import { readSettings } from '#config';
import { createLogger } from '#observability';
import { runProcess } from '#process';
import { createRuntime } from '#runtime';
import { createWorker } from './worker.js';

await runProcess('worker', async () => {
  const settings = readSettings();
  const logger = createLogger('worker', settings.SHOPSPAN_LOG_LEVEL);
  const databaseUrl = settings.DATABASE_WORKER_URL;
  if (databaseUrl === undefined)
    throw new RangeError('DATABASE_WORKER_URL is not set. `npm start` sets it; `npm run migrate` prints it.');
  const applicationName = 'shopspan-worker';
  const runtime = await createRuntime({ settings, databaseUrl, applicationName, acrossTenants: true, logger });
  const app = await createWorker(runtime, logger);
  logger.info('the worker works');
  return {
    ready: 'worker',
    async stop() {
      await app.close();
      await runtime.close();
    },
  };
});
