import { type Queue, RedisQueueBackend } from 'bullmq';
import { sharing, withinTime } from '#observability';

/**
 * Whether the queue is fit to keep jobs. `away` costs nobody more than seconds, because rows are the truth and every worker does
 * late work without it; `unfit` loses jobs without a word until somebody changes its configuration.
 */
export interface QueueCondition {
  readonly state: 'well' | 'away' | 'unfit';
  /** For whoever runs it. */
  readonly words: string;
}

/** How many jobs are in which state. */
export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly completed: number;
}

/** Looks at a queue from outside. Whoever asks while a question is open gets its answer: a server that hangs is not buried in them. */
export interface QueueLook {
  /** Asks the queue's server, and waits for a moment. */
  condition(): Promise<QueueCondition>;
  /** As {@link condition}; undefined where it does not answer. */
  counts(): Promise<JobCounts | undefined>;
  /** How many jobs there are in each state that BullMQ knows, however long that takes. */
  states(): Promise<Readonly<Record<string, number>>>;
}

const PATIENCE_MS = 600;

export function createQueueLook(queue: Queue): QueueLook {
  const backend: unknown = queue.getBackend();
  const states = sharing(() => queue.getJobCounts());
  const askRedis =
    backend instanceof RedisQueueBackend ? sharing(async () => await (await backend.client).info()) : undefined;
  return {
    states,
    async condition() {
      if (askRedis === undefined) {
        if ((await answerOf(states())) !== undefined) return { state: 'well', words: 'on Postgres' };
        return { state: 'away', words: 'the queue’s Postgres does not answer; workers work without it' };
      }
      const info = await answerOf(askRedis());
      if (info === undefined) return { state: 'away', words: 'Redis does not answer; workers work without it' };
      return conditionOf(info);
    },
    async counts() {
      const counts = await answerOf(states());
      if (counts === undefined) return undefined;
      const { waiting = 0, active = 0, delayed = 0, failed = 0, completed = 0 } = counts;
      return { waiting, active, delayed, failed, completed };
    },
  };
}

async function answerOf<T>(asked: Promise<T>): Promise<T | undefined> {
  return await withinTime(PATIENCE_MS, asked).catch(() => undefined);
}

function conditionOf(info: string): QueueCondition {
  const value = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
  const policy = value('maxmemory_policy');
  if (policy !== 'noeviction') {
    return { state: 'unfit', words: `Redis may drop jobs: set its maxmemory-policy to noeviction, it is ${policy}` };
  }
  const [used, most] = [Number(value('used_memory')), Number(value('maxmemory'))];
  if (most > 0 && used >= most) return { state: 'unfit', words: 'Redis takes no jobs: its maxmemory is reached' };
  return { state: 'well', words: 'answers' };
}
