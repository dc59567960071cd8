import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { listTicks } from '#persistence';
import { JobProducer } from '#queue';
import type { Runtime } from '#runtime';
import { Public } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { lateTick } from './readiness.js';

const BECAUSE = 'load balancers ask without a credential; the answer holds no data';

/** Alive: the process answers. Ready: what it needs answers too, loses nothing, and somebody does the recurring work. */
@Controller()
export class HealthController {
  constructor(
    @InjectRuntime() private readonly runtime: Runtime,
    private readonly jobs: JobProducer,
  ) {}

  @Public(BECAUSE)
  @Get('healthz')
  alive(): object {
    return { status: 'ok' };
  }

  @Public(BECAUSE)
  @Get('readyz')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const [ticks, queue] = await Promise.all([this.ticks(), this.jobs.condition()]);
    const late = ticks === undefined ? 'not known' : lateTick(ticks);
    const ready = ticks !== undefined && late === undefined && queue.state !== 'unfit';
    if (!ready) void reply.status(503);
    return {
      status: ready ? 'ready' : 'not ready',
      database: ticks === undefined ? 'does not answer' : 'answers',
      queue: queue.words,
      recurringWork: late ?? 'runs',
    };
  }

  private async ticks() {
    return await listTicks(this.runtime.database).catch(() => undefined);
  }
}
