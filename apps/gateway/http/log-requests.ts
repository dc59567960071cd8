import type { FastifyInstance } from 'fastify';
import type { Logger } from '#observability';

/** One line for every answer: method, path without secrets and query, status, duration, who called. */
export function logRequests(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onResponse', async (request, reply) => {
    const line = {
      requestId: request.id,
      req: { id: request.id, method: request.method, url: request.url },
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
      traceId: request.task?.traceId,
      credential: request.caller?.credential.id,
    };
    // What load balancers and Prometheus ask every few seconds is no news; whoever is refused is.
    const isAsked = /^\/(healthz|readyz)/.test(request.url) || (request.url === '/metrics' && reply.statusCode < 400);
    if (isAsked) logger.debug(line, 'answered');
    else logger.info(line, 'answered');
  });
}
