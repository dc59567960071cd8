import type { DynamicModule } from '@nestjs/common';
import type { AuthorizationServer } from '#auth';
import type { Logger } from '#observability';
import { queueModule } from '#queue';
import type { Runtime } from '#runtime';
import { ConnectController } from './connect/connect.controller.js';
import { EmbedController } from './connect/embed.controller.js';
import { PlatformCallsController } from './connect/platform-calls.controller.js';
import { AUTHORIZATION_SERVER, LOGGER, RUNTIME } from './http/inject.js';
import { OPERATOR_CONTROLLERS } from './ops/controllers.js';
import { AuthorizationSessionsController } from './routes/authorization-sessions.controller.js';
import { BrandingController } from './routes/branding.controller.js';
import { ConnectSessionsController } from './routes/connect-sessions.controller.js';
import { HealthController } from './routes/health.controller.js';
import { MetricsController } from './routes/metrics.controller.js';
import { RecordsController } from './records/records.controller.js';
import { PlatformClientsController } from './routes/platform-clients.controller.js';
import { PlatformsController } from './routes/platforms.controller.js';
import { StoreHealthController } from './routes/store-health.controller.js';
import { StoresController } from './routes/stores.controller.js';
import { PassthroughController } from './routes/passthrough.controller.js';
import { EventsController } from './routes/events.controller.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

class GatewayModule {}

/** The gateway's routes over parts that were built before. */
export function gatewayModule(
  runtime: Runtime,
  logger: Logger,
  authorizationServer: AuthorizationServer,
): DynamicModule {
  const { REDIS_URL: redisUrl, DATABASE_QUEUE_URL: postgresUrl } = runtime.settings;
  return {
    module: GatewayModule,
    imports: [queueModule({ redisUrl, postgresUrl }, { processing: false })],
    controllers: [
      RecordsController,
      StoresController,
      StoreHealthController,
      EventsController,
      PassthroughController,
      WebhooksController,
      PlatformsController,
      ConnectSessionsController,
      AuthorizationSessionsController,
      PlatformClientsController,
      BrandingController,
      HealthController,
      ...OPERATOR_CONTROLLERS,
      EmbedController,
      MetricsController,
      PlatformCallsController,
      ConnectController,
    ],
    providers: [
      { provide: RUNTIME, useValue: runtime },
      { provide: LOGGER, useValue: logger },
      { provide: AUTHORIZATION_SERVER, useValue: authorizationServer },
    ],
  };
}
