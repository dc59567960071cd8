import { StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { GatewayError } from '#contract';
import { type Logger, nestLogger } from '#observability';
import { listAppOrigins } from '#persistence';
import { JobProducer } from '#queue';
import { loopNameOf, type Runtime } from '#runtime';
import { gatewayModule } from './gateway-module.js';
import { guardRoutes } from './http/access.js';
import { attributeRequests } from './http/attribute-requests.js';
import { keepDoors } from './http/keep-doors.js';
import { allowBrowserApps } from './http/cors.js';
import { mountConsole } from './console/mount.js';
import { readJsonBody } from './http/json-body.js';
import { LIMITS, limitRequests, serverOptions } from './http/limits.js';
import { logRequests } from './http/log-requests.js';
import { observeRequests } from './http/observe-requests.js';
import { requestIdOf } from './http/request-id.js';
import { refuseOtherMethods } from './http/methods.js';
import { frameworkErrors, ProblemFilter } from './http/problem.js';
import { addSecurityHeaders } from './http/security-headers.js';
import { followSigningKeys, mountAuthorizationServer, openAuthorizationServer } from './oauth/mount.js';
import { mountQueueBoard } from './ops/queue-board.js';

/** Builds the gateway; the caller listens. */
export async function createGateway(runtime: Runtime, logger: Logger): Promise<NestFastifyApplication> {
  const https = runtime.publicUrl.startsWith('https://');
  const adapter = openServer(runtime, https);
  const fastify = adapter.getInstance();
  observeRequests(fastify, runtime);
  logRequests(fastify, logger);
  addSecurityHeaders(fastify, https);
  limitRequests(fastify, LIMITS, loopNameOf(runtime.publicUrl));
  const isOriginOf = allowBrowserApps(
    fastify,
    () => listAppOrigins(runtime.database),
    () => performance.now(),
  );
  refuseOtherMethods(fastify);
  const signingKeys = await followSigningKeys(runtime, logger);
  fastify.addHook('onClose', () => signingKeys.close());
  const { callers, limits, refusals } = keepDoors(runtime, signingKeys);
  fastify.addHook('onClose', () => callers.close());
  fastify.addHook('onClose', () => refusals.close());
  guardRoutes(fastify, { database: runtime.database, callers, limits, publicUrl: runtime.publicUrl });
  attributeRequests(fastify);
  const authorizationServer = await openAuthorizationServer(runtime, { signingKeys, isOriginOf }, logger);
  mountAuthorizationServer(fastify, authorizationServer, runtime.publicUrl, logger);
  mountConsole(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(
    gatewayModule(runtime, logger, authorizationServer),
    adapter,
    { logger: nestLogger(logger), abortOnError: false },
  );
  app.useBodyParser('application/json', { bodyLimit: LIMITS.bodyBytes }, (_request, body, done) => {
    done(null, readJsonBody(body));
  });
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: asRequestInvalid }));
  const problems = new ProblemFilter(logger);
  app.useGlobalFilters(problems);
  mountQueueBoard(fastify, runtime.database, app.get(JobProducer), problems);
  addDocs(app);
  app.enableShutdownHooks([]);
  return app;
}

function openServer({ settings }: Runtime, https: boolean): FastifyAdapter {
  const proxies = settings.SHOPSPAN_TRUSTED_PROXIES;
  return new FastifyAdapter({
    ...serverOptions(LIMITS, https),
    trustProxy: proxies.length === 0 ? false : [...proxies],
    genReqId: requestIdOf,
    routerOptions: { maxParamLength: LIMITS.parameterCharacters },
    frameworkErrors: frameworkErrors(https),
  });
}

interface Issue {
  readonly message: string;
  readonly path?: readonly unknown[] | undefined;
}

function asRequestInvalid(issues: readonly Issue[]): GatewayError<'request_invalid'> {
  const fields = issues.slice(0, 20).map(({ path = [], message }) => ({ path: pathOf(path), message }));
  const [first] = fields;
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `;
  return new GatewayError('request_invalid', `${where}${first?.message ?? 'The request is not well-formed.'}`, {
    fields,
  });
}

function pathOf(path: readonly unknown[]): string {
  return path
    .map((part) => String(typeof part === 'object' && part !== null && 'key' in part ? part.key : part))
    .join('.');
}

function addDocs(app: NestFastifyApplication): void {
  const config = new DocumentBuilder()
    .setTitle('Shopspan')
    .setDescription('One API in front of every online-store platform.')
    .setVersion('0.1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'API key: ssk_live_... or ssk_test_...' })
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config), {
    jsonDocumentUrl: 'docs/openapi.json',
  });
}
