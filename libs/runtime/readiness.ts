import { createReadiness, type Part, type Readiness, sharing } from '#observability';
import { type Database, listTicks } from '#persistence';
import { lateTick } from './late-tick.js';

/**
 * What a process of the product needs: the database, a queue that keeps what it is given, and somebody who does the
 * recurring work.
 * @param queue how the queue is
 */
export function readinessOf(database: Database, queue: Part['look']): () => Promise<Readiness> {
  const ticks = sharing(() => listTicks(database));
  return createReadiness([
    {
      name: 'database',
      look: async () => {
        await ticks();
        return { state: 'well', words: 'answers' };
      },
      silent: 'does not answer',
    },
    { name: 'queue', look: queue, silent: 'does not answer; workers work without it', mayBeAway: true },
    {
      name: 'recurringWork',
      look: async () => {
        const late = lateTick(await ticks());
        return late === undefined ? { state: 'well', words: 'runs' } : { state: 'unfit', words: late };
      },
      silent: 'not known: the database does not answer',
    },
  ]);
}
