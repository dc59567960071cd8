import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { ErrorCode, Queue } from 'bullmq';
import { carriedWork, type Metrics } from '#observability';
import { type JobName, type Jobs, QUEUE_NAME, type TickName } from './jobs.js';
import { createQueueLook, type JobCounts, type QueueCondition, type QueueLook } from './queue-condition.js';

const KEEP = { removeOnComplete: { count: 100 }, removeOnFail: { count: 1000 } } as const;

/** Puts jobs into the queue. */
@Injectable()
export class JobProducer {
  private readonly look: QueueLook;

  constructor(@InjectQueue(QUEUE_NAME) private readonly queue: Queue) {
    this.look = createQueueLook(queue);
  }

  /** @throws TypeError for data that is more than ids: whoever runs the queue may read it */
  async add<Name extends JobName>(name: Name, data: Jobs[Name]): Promise<void> {
    requireIds(name, data);
    // Beside the data, which is ids alone: under which request and trace it was asked for. Neither says anything of a person.
    const telemetry = { metadata: JSON.stringify(carriedWork()) };
    const again = { attempts: 3, backoff: { type: 'exponential', delay: 1000 } };
    await this.queue.add(name, data, { ...KEEP, ...again, telemetry });
  }

  /** Whether the queue is fit to keep jobs; answers within seconds. */
  async condition(): Promise<QueueCondition> {
    return await this.look.condition();
  }

  /** The queue as a board of Bull's shows it. Jobs hold ids only, so that it shows nothing of anybody. */
  boardAdapter(): BullMQAdapter {
    return new BullMQAdapter(this.queue);
  }

  /** How many jobs there are; undefined where the queue does not answer within seconds. */
  async counts(): Promise<JobCounts | undefined> {
    return await this.look.counts();
  }

  /** How many jobs are in which state, for metrics. */
  gauges(): Parameters<Metrics['read']>[0] {
    return {
      name: 'queue',
      gauges: ['shopspan_queue_jobs'],
      read: async () =>
        Object.entries(await this.look.states()).map(([jobs, value]) => {
          return { name: 'shopspan_queue_jobs', labels: { jobs }, value };
        }),
    };
  }

  /** Has a job made every so many seconds, however many processes ask for it. */
  async every(name: TickName, seconds: number): Promise<void> {
    try {
      await this.queue.upsertJobScheduler(name, { every: seconds * 1000 }, { name, data: {}, opts: KEEP });
    } catch (error) {
      if (!isMadeAlready(error)) throw error;
    }
  }
}

/** Somebody else asked for it within the same moment, and the job of that moment is there. */
function isMadeAlready(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === ErrorCode.SchedulerJobIdCollision || code === ErrorCode.SchedulerJobSlotsBusy;
}

const LONGEST_ID = 64;

function requireIds(name: JobName, data: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(data)) {
    if (typeof value !== 'string' || value.length > LONGEST_ID)
      throw new TypeError(`the job ${name} may carry ids only, and ${field} is none`);
  }
}
