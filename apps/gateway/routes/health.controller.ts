import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Runtime } from '#runtime';
import { Public } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';

const BECAUSE = 'load balancers ask without a credential; the answer holds no data';

/** Alive: the process answers. Ready: what it needs answers too. */
@Controller()
export class HealthController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @Public(BECAUSE)
  @Get('healthz')
  alive(): object {
    return { status: 'ok' };
  }

  @Public(BECAUSE)
  @Get('readyz')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    try {
      await this.runtime.database.ping();
      return { status: 'ready', database: 'answers' };
    } catch {
      void reply.status(503);
      return { status: 'not ready', database: 'does not answer' };
    }
  }
}
