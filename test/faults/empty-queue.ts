import { Redis } from 'ioredis';
import type { FaultSystem } from './fault-system.js';

/** Empties the queue behind everybody's back, wherever it is. */
export async function emptyQueue(system: FaultSystem): Promise<void> {
  const url = process.env['SHOPSPAN_TEST_REDIS_URL'];
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
