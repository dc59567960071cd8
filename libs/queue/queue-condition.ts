import { type Queue, RedisQueueBackend } from 'bullmq';
import { withinTime } from '#observability';

/**
 * Whether the queue is fit to keep jobs. `away` costs nobody more than seconds, because rows are the truth and every worker does
 * late work without it; `unfit` loses jobs without a word until somebody changes its configuration.
 */
export interface QueueCondition {
  readonly state: 'well' | 'away' | 'unfit';
  /** For whoever runs it. */
  readonly words: string;
}

const PATIENCE_MS = 600;

/** Asks the queue's server, and waits for a moment. */
export async function queueCondition(queue: Queue): Promise<QueueCondition> {
  const backend: unknown = queue.getBackend();
  if (!(backend instanceof RedisQueueBackend)) {
    const counted = await answerOf(queue.getJobCounts('waiting'));
    if (counted !== undefined) return { state: 'well', words: 'on Postgres' };
    return { state: 'away', words: 'the queue’s Postgres does not answer; workers work without it' };
  }
  const info = await answerOf(backend.client.then((client) => client.info()));
  if (info === undefined) return { state: 'away', words: 'Redis does not answer; workers work without it' };
  return conditionOf(info);
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

/** How many jobs are in which state. */
export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly completed: number;
}

export async function jobCounts(queue: Queue): Promise<JobCounts | undefined> {
  const counts = await answerOf(queue.getJobCounts('waiting', 'active', 'delayed', 'failed', 'completed'));
  if (counts === undefined) return undefined;
  const { waiting = 0, active = 0, delayed = 0, failed = 0, completed = 0 } = counts;
  return { waiting, active, delayed, failed, completed };
}
