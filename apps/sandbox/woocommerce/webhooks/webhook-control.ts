import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SANDBOX_HOST_HEADER, type WebhookChoice } from '../../platform.js';
import type { SandboxState } from '../sandbox-state.js';

const cronSchema = z.strictObject({ running: z.boolean() });

/**
 * `PUT /control/cron {"running": false}`: the shop's cron stops, as on a site nobody visits, and deliveries wait;
 * `GET /control/cron` says how many. `POST /control/deliveries/<host>` of the root sends them all the same.
 */
export function registerWebhookControl(server: FastifyInstance, state: SandboxState): void {
  server.get('/control/cron', (request, reply) => {
    const host = hostOf(request, state);
    if (host === undefined) return reply.code(404).send();
    return { running: state.webhooks.isCronRunning(host), waiting: state.deliveries.waiting(host) };
  });
  server.put('/control/cron', async (request, reply) => {
    const host = hostOf(request, state);
    if (host === undefined) return reply.code(404).send();
    const asked = cronSchema.safeParse(jsonOf(request.body));
    if (!asked.success) return reply.code(400).send({ error: z.prettifyError(asked.error) });
    state.webhooks.setCron(host, asked.data.running);
    if (asked.data.running) await state.deliveries.run(host);
    return reply.code(204).send();
  });
}

/** Somebody deletes webhooks in the shop's own pages; nobody is told. @returns how many */
export function forgetWebhooks({ webhooks }: SandboxState, host: string, { topic, address }: WebhookChoice): number {
  const meant = webhooks
    .of(host)
    .filter((one) => (topic === undefined || one.topic === topic) && (address ?? one.deliveryUrl) === one.deliveryUrl);
  for (const { id } of meant) webhooks.remove(host, id);
  return meant.length;
}

function hostOf(request: FastifyRequest, state: SandboxState): string | undefined {
  const host = request.headers[SANDBOX_HOST_HEADER];
  return typeof host === 'string' && state.registry.find(host) ? host : undefined;
}

function jsonOf(body: unknown): unknown {
  try {
    return Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}
