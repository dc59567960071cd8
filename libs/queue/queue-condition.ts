import { type Queue, RedisQueueBackend } from 'bullmq';

/**
 * Whether the queue is fit to keep jobs. `away` costs nobody more than seconds, because rows are the truth and every worker does
 * late work without it; `unfit` loses jobs without a word until somebody changes its configuration.
 */
export interface QueueCondition {
  readonly state: 'well' | 'away' | 'unfit';
  /** For whoever runs it. */
  readonly words: string;
}

const PATIENCE_MS = 2000;

/** Asks the queue's server. On Postgres there is nothing to ask: it is the database, or one like it. */
export async function queueCondition(queue: Queue): Promise<QueueCondition> {
  const backend: unknown = queue.getBackend();
  if (!(backend instanceof RedisQueueBackend)) return { state: 'well', words: 'on Postgres' };
  const info = await withinPatience(backend.client.then((client) => client.info()));
  if (info === undefined) return { state: 'away', words: 'Redis does not answer; workers work without it' };
  return conditionOf(info);
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
  const counts = await withinPatience(queue.getJobCounts('waiting', 'active', 'delayed', 'failed', 'completed'));
  if (counts === undefined) return undefined;
  const { waiting = 0, active = 0, delayed = 0, failed = 0, completed = 0 } = counts;
  return { waiting, active, delayed, failed, completed };
}

/** A queue that is away keeps nobody waiting for longer. */
async function withinPatience<T>(asked: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const away = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), PATIENCE_MS)));
  const answered = asked.catch(() => undefined);
  return await Promise.race([answered, away]).finally(() => clearTimeout(timer));
}
