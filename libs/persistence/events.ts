import { randomUUID } from 'node:crypto';
import type { Prisma } from './generated/client.js';
import type { TenantTransaction } from './database.js';

export interface EventRow {
  readonly id: string;
  readonly sequence: bigint;
  readonly storeId: string;
  readonly type: string;
  readonly recordKind: string | null;
  readonly platformId: string | null;
  readonly details: unknown;
  readonly occurredAt: Date | null;
  readonly createdAt: Date;
}

export interface NewEvent {
  readonly tenantId: string;
  readonly appId: string;
  readonly storeId: string;
  readonly type: string;
  readonly recordKind: string | null;
  readonly platformId: string | null;
  /** Ids and words only, never a record. */
  readonly details: Prisma.InputJsonObject | null;
  readonly occurredAt: Date | null;
}

/**
 * Appends events of one app. An app's events are written one transaction after the other, so that a reader who asks for
 * what comes after an event never misses one that was numbered before it and committed later.
 */
export async function appendEvents(tx: TenantTransaction, appId: string, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('events:' || ${appId}, 0))`;
  for (const event of events) {
    const { details, ...columns } = event;
    await tx.event.create({ data: { ...columns, id: randomUUID(), ...(details === null ? {} : { details }) } });
  }
}

/** The place of an event in its app's log; undefined when the app, or its store where one is named, has no such event. */
export async function findEventSequence(
  tx: TenantTransaction,
  appId: string,
  id: string,
  storeId: string | null,
): Promise<bigint | undefined> {
  const row = await tx.event.findFirst({
    where: { id, appId, ...(storeId === null ? {} : { storeId }) },
    select: { sequence: true },
  });
  return row?.sequence;
}

export interface EventQuery {
  readonly appId: string;
  readonly after: bigint | undefined;
  readonly storeId: string | undefined;
  readonly types: readonly string[] | undefined;
  readonly limit: number;
}

/** One page of an app's log in its order. */
export async function listEvents(
  tx: TenantTransaction,
  { appId, after, storeId, types, limit }: EventQuery,
): Promise<readonly EventRow[]> {
  return await tx.event.findMany({
    where: {
      appId,
      ...(after === undefined ? {} : { sequence: { gt: after } }),
      ...(storeId === undefined ? {} : { storeId }),
      ...(types === undefined ? {} : { type: { in: [...types] } }),
    },
    orderBy: { sequence: 'asc' },
    take: limit,
  });
}
