import type { FastifyInstance, FastifyRequest } from 'fastify';
import { actingAs } from '#audit';
import type { Caller } from '#auth';
import { publicId } from '#contract';

/** Whatever a request makes the gateway do is done in its caller's name. */
export function attributeRequests(fastify: FastifyInstance): void {
  // Not before: reading a body leaves the context in which that was begun.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const why = `${request.method} ${request.routeOptions.url ?? ''}`;
    actingAs({ who: whoIs(request), why, requestId: request.id }, done);
  });
}

function nameOf({ credential: { kind, id, clientId } }: Caller): string {
  // Tokens come and go; their client stays, and the request's id leads to the rest.
  return kind === 'apiKey' ? publicId('apiKey', id) : (clientId ?? id);
}

function whoIs({ caller, operator }: FastifyRequest): string {
  if (caller !== undefined) return nameOf(caller);
  if (operator !== undefined) return `operator ${operator.id}`;
  // Merchants on the connect screens, and platforms that deliver.
  return 'nobody of ours';
}
