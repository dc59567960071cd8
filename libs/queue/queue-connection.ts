import { createPostgresBackend, setDefaultBackendFactory } from 'bullmq';

export interface QueueSettings {
  readonly redisUrl: string | undefined;
  readonly postgresUrl: string | undefined;
}

/** What BullMQ connects with. */
export interface QueueConnection {
  readonly kind: 'redis' | 'postgres';
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Decides where the queue lives: on Redis when there is one, else in a schema of its own on Postgres. Must be called
 * before any queue is made.
 * @throws RangeError when neither is configured
 */
export function queueConnection({ redisUrl, postgresUrl }: QueueSettings): QueueConnection {
  if (redisUrl !== undefined) {
    setDefaultBackendFactory();
    return { kind: 'redis', options: { url: redisUrl, maxRetriesPerRequest: null } };
  }
  if (postgresUrl === undefined)
    throw new RangeError('Set REDIS_URL or DATABASE_QUEUE_URL: the queue needs one of them.');
  setDefaultBackendFactory(createPostgresBackend);
  return { kind: 'postgres', options: { connectionString: postgresUrl, schema: 'queue', migrate: true, max: 4 } };
}
