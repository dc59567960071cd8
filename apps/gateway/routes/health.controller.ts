import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Readiness } from '#observability';
import { JobProducer } from '#queue';
import { readinessOf, type Runtime } from '#runtime';
import { Public } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';

const BECAUSE = 'load balancers ask without a credential; the answer holds no data';

/** Alive: the process answers. Ready: what it needs answers too, loses nothing, and somebody does the recurring work. */
@Controller()
export class HealthController {
  private readonly startedAt = new Date();
  private readonly look: () => Promise<Readiness>;

  constructor(@InjectRuntime() runtime: Runtime, jobs: JobProducer) {
    this.look = readinessOf(runtime.database, () => jobs.condition());
  }

  @Public(BECAUSE)
  @Get('healthz')
  alive(): object {
    return { status: 'ok', since: this.startedAt };
  }

  @Public(BECAUSE)
  @Get('readyz')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { ready, parts } = await this.look();
    if (!ready) void reply.status(503);
    return { status: ready ? 'ready' : 'not ready', ...parts };
  }
}
