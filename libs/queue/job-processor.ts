import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger, Optional } from '@nestjs/common';
import type { Job } from 'bullmq';
import { z } from 'zod';
import type { Carried } from '#observability';
import { type JobHandlers, type JobName, type Jobs, QUEUE_NAME } from './jobs.js';

export const JOB_HANDLERS = Symbol('JOB_HANDLERS');
export const JOB_FRAME = Symbol('JOB_FRAME');

/** Does a job within what is to be known of it, such as the request that asked for it. */
export type JobFrame = (name: JobName, carried: Carried, work: () => Promise<void>) => Promise<void>;

/** Hands every job to its handler. */
@Processor(QUEUE_NAME, { concurrency: 8 })
export class JobProcessor extends WorkerHost {
  private readonly logger = new Logger('jobs');

  constructor(
    @Inject(JOB_HANDLERS) private readonly handlers: JobHandlers,
    @Optional() @Inject(JOB_FRAME) private readonly frame: JobFrame = (_name, _carried, work) => work(),
  ) {
    super();
  }

  override async process(job: Job): Promise<void> {
    if (!isJobName(this.handlers, job.name)) throw new RangeError(`there is no handler for the job ${job.name}`);
    const { name } = job;
    // What was put in under this name; the producer's types say so.
    await this.frame(name, carriedBy(job), () => runJob(this.handlers, name, job.data as Jobs[JobName]));
  }

  /** The queue keeps what failed to itself: whoever runs it reads logs. */
  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.error(`${job?.name ?? 'a job'} failed: ${error.message}`, error.stack);
  }
}

const carried = z.object({ requestId: z.string().max(200).optional(), traceparent: z.string().max(200).optional() });

/** Jobs of an older version, and recurring ones, carry nothing. */
function carriedBy({ opts }: Job): Carried {
  try {
    const { requestId, traceparent } = carried.parse(JSON.parse(opts.telemetry?.metadata ?? '{}'));
    return { ...(requestId !== undefined && { requestId }), ...(traceparent !== undefined && { traceparent }) };
  } catch {
    return {};
  }
}

function isJobName(handlers: JobHandlers, name: string): name is JobName {
  return Object.hasOwn(handlers, name);
}

function runJob<Name extends JobName>(handlers: JobHandlers, name: Name, data: Jobs[Name]): Promise<void> {
  return handlers[name](data);
}
