import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Task } from '#observability';
import type { Runtime } from '#runtime';

declare module 'fastify' {
  interface FastifyRequest {
    /** The request as a piece of work, for traces and log lines. */
    task?: Task;
  }
}

/** What a path that no route has is counted as. */
const UNMATCHED = 'unmatched';
// What is asked every few seconds by machines would bury the traces of everybody else.
const UNTRACED = new Set(['/healthz', '/readyz', '/metrics']);
const FIRST_SERVER_ERROR = 500;

/** Counts every answer, and makes every request a trace: a new one, or the caller's own (W3C Trace Context). */
export function observeRequests(fastify: FastifyInstance, { telemetry }: Pick<Runtime, 'telemetry'>): void {
  fastify.addHook('onReady', async () => {
    const templates = fastify.declaredRoutes.map(({ path }) => path);
    telemetry.metrics.allow('route', [...templates, UNMATCHED]);
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    const route = routeOf(request);
    if (UNTRACED.has(route)) {
      done();
      return;
    }
    const { traceparent } = request.headers;
    const carried = { requestId: request.id, ...(typeof traceparent === 'string' && { traceparent }) };
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    request.task = telemetry.tracing.begin('server', `${request.method} ${route}`, attributes, carried);
    request.task.within(done);
  });
  // Once more, because reading a body leaves the context in which that was begun.
  fastify.addHook('preHandler', (request, _reply, done) => {
    if (request.task === undefined) done();
    else request.task.within(done);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    telemetry.metrics.observe(
      'shopspan_http_request_duration_seconds',
      labelsOf(request, reply),
      reply.elapsedTime / 1000,
    );
    const { statusCode } = reply;
    request.task?.end({
      attributes: { 'http.response.status_code': statusCode, 'shopspan.request_id': request.id },
      failed: statusCode >= FIRST_SERVER_ERROR,
    });
  });
}

function labelsOf(request: FastifyRequest, { statusCode }: FastifyReply) {
  return { route: routeOf(request), method: request.method, status: `${String(Math.floor(statusCode / 100))}xx` };
}

function routeOf({ is404, routeOptions }: FastifyRequest): string {
  return is404 ? UNMATCHED : (routeOptions.url ?? UNMATCHED);
}
