import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { type JobHandlers, type JobName, type Jobs, QUEUE_NAME } from './jobs.js';

export const JOB_HANDLERS = Symbol('JOB_HANDLERS');

/** Hands every job to its handler. */
@Processor(QUEUE_NAME, { concurrency: 8 })
export class JobProcessor extends WorkerHost {
  private readonly logger = new Logger('jobs');

  constructor(@Inject(JOB_HANDLERS) private readonly handlers: JobHandlers) {
    super();
  }

  override async process(job: Job): Promise<void> {
    if (!isJobName(this.handlers, job.name)) throw new RangeError(`there is no handler for the job ${job.name}`);
    // What was put in under this name; the producer's types say so.
    await runJob(this.handlers, job.name, job.data as Jobs[JobName]);
  }

  /** The queue keeps what failed to itself: whoever runs it reads logs. */
  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.error(`${job?.name ?? 'a job'} failed: ${error.message}`, error.stack);
  }
}

function isJobName(handlers: JobHandlers, name: string): name is JobName {
  return Object.hasOwn(handlers, name);
}

function runJob<Name extends JobName>(handlers: JobHandlers, name: Name, data: Jobs[Name]): Promise<void> {
  return handlers[name](data);
}
