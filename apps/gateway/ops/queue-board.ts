import { createBullBoard } from '@bull-board/api';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requireDone } from '#auth';
import { GatewayError } from '#contract';
import { actAsOperator, type Database } from '#persistence';
import type { JobProducer } from '#queue';
import { operatorOf } from '../http/operator-access.js';
import type { ProblemFilter } from '../http/problem.js';

const PREFIX = '/ops/queues/board';
// The queue may lose any job, so that these do no harm. What would put data of somebody's own into it, or stop it, is no button of ours.
const ALLOWED = /\/(?:retry|clean|promote)(?:\/|$)/;
const SAFE = new Set(['GET', 'HEAD']);

/**
 * Mounts the board that shows the queue itself. Who may come to it is judged where every request is, and what changes something
 * must come from a page of the gateway like everything else; what is changed is in the audit log.
 */
export function mountQueueBoard(
  fastify: FastifyInstance,
  database: Database,
  jobs: JobProducer,
  problems: ProblemFilter,
): void {
  const adapter = new FastifyAdapter();
  adapter.setBasePath(PREFIX);
  const uiConfig = { boardTitle: 'Shopspan', hideRedisDetails: true };
  createBullBoard({ queues: [jobs.boardAdapter()], serverAdapter: adapter, options: { uiConfig } });
  void fastify.register(
    async (board) => {
      // Before its own answer to errors, which would make each of ours a failure of the server.
      board.addHook('onRoute', (route) => {
        route.errorHandler = (error, request, reply) => problems.answer(error, request, reply);
      });
      board.addHook('preHandler', (request) => noteChange(database, request));
      await board.register(adapter.registerPlugin());
    },
    { prefix: PREFIX },
  );
}

async function noteChange(database: Database, request: FastifyRequest): Promise<void> {
  if (SAFE.has(request.method)) return;
  const [path = ''] = request.url.split('?');
  if (!ALLOWED.test(path))
    throw new GatewayError('operation_unsupported', 'Here jobs are tried again and cleaned up alone.');
  const details = { method: request.method, path: path.slice(PREFIX.length, PREFIX.length + 200) };
  const entry = { action: 'queue.changed', target: 'queue', details } as const;
  requireDone(await actAsOperator(database.shared, operatorOf(request).hash, entry), 'queue');
}
