import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { JobProducer } from '#queue';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';

/** For Prometheus. Not public: metrics name platforms and volumes. */
@Controller()
export class MetricsController {
  constructor(
    @InjectRuntime() private readonly runtime: Runtime,
    jobs: JobProducer,
  ) {
    runtime.telemetry.metrics.read(jobs.gauges());
  }

  @ForOperator('viewer')
  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { metrics } = this.runtime.telemetry;
    void reply.type(metrics.contentType);
    return await metrics.text();
  }
}
