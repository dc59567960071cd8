import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { QUEUE_NAME } from '../../libs/queue/jobs.js';
import { queueConnection } from '../../libs/queue/queue-connection.js';
import type { FaultSystem } from './fault-system.js';

/** Empties the queue behind everybody's back, wherever it is. */
export async function emptyQueue(system: FaultSystem): Promise<void> {
  const url = system.queue.redisUrl;
  if (url !== undefined) {
    const redis = new Redis(url);
    await redis.flushall().finally(() => redis.disconnect());
    return;
  }
  const rows = await system.sql(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'queue' AND tablename !~ 'migration'",
  );
  if (rows.length === 0) throw new Error('the queue has no tables');
  await system.sql(`TRUNCATE ${rows.map(({ name }) => `queue."${String(name)}"`).join(', ')} CASCADE`);
}

/** Wakes all workers so many times at once, as a queue does that hands a job out again because it heard nothing of it. */
export async function wakeWorkers({ queue: settings }: FaultSystem, times: number): Promise<void> {
  const queue = new Queue(QUEUE_NAME, { connection: queueConnection(settings).options });
  try {
    await Promise.all(Array.from({ length: times }, () => queue.add('refresh.tick', {})));
  } finally {
    await queue.close();
  }
}
