import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { Queue } from 'bullmq';
import { type JobName, type Jobs, QUEUE_NAME } from './jobs.js';

const KEEP = { removeOnComplete: { count: 100 }, removeOnFail: { count: 1000 } } as const;

/** Puts jobs into the queue. */
@Injectable()
export class JobProducer {
  constructor(@InjectQueue(QUEUE_NAME) private readonly queue: Queue) {}

  async add<Name extends JobName>(name: Name, data: Jobs[Name]): Promise<void> {
    await this.queue.add(name, data, { ...KEEP, attempts: 3, backoff: { type: 'exponential', delay: 1000 } });
  }

  /** Has a job made every so many seconds, however many processes ask for it. */
  async every(name: `${string}.tick` & JobName, seconds: number): Promise<void> {
    await this.queue.upsertJobScheduler(name, { every: seconds * 1000 }, { name, data: {}, opts: KEEP });
  }
}
