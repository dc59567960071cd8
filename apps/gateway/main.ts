import 'reflect-metadata';
import { readSettings } from '#config';
import { createLogger } from '#observability';
import { createRuntime } from '#runtime';
import { runProcess } from '#process';
import { createGateway } from './gateway.js';

await runProcess('gateway', async () => {
  const settings = readSettings();
  const logger = createLogger('gateway', settings.SHOPSPAN_LOG_LEVEL);
  const databaseUrl = settings.DATABASE_APP_URL;
  if (databaseUrl === undefined)
    throw new RangeError('DATABASE_APP_URL is not set. `npm start` sets it; `npm run migrate` prints it.');
  const runtime = await createRuntime({ settings, databaseUrl, applicationName: 'shopspan-gateway', logger });
  const app = await createGateway(runtime, logger);
  await app.listen(settings.SHOPSPAN_PORT, settings.SHOPSPAN_HOST);
  logger.info({ host: settings.SHOPSPAN_HOST, port: settings.SHOPSPAN_PORT }, 'the gateway listens');
  return {
    ready: `http://${settings.SHOPSPAN_HOST}:${settings.SHOPSPAN_PORT}`,
    async stop() {
      await app.close();
      await runtime.close();
    },
  };
});
