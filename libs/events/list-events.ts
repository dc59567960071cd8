import { type EventType, GatewayError, publicId, readPublicId, recordId, type RecordKind } from '#contract';
import { type EventRow, findEventSequence, listEvents as listEventRows } from '#persistence';
import type { Reader } from '#store';
import type { EventsContext } from './context.js';

export interface EventListRequest {
  /** Id of the last event that was read; what comes after it is listed. */
  readonly after: string | undefined;
  readonly storeId: string | undefined;
  readonly types: readonly EventType[] | undefined;
  readonly limit: number;
}

/** An event as the API shows it: it names records, whoever needs one reads it. */
export interface PresentedEvent {
  readonly id: string;
  readonly type: string;
  readonly storeId: string;
  /** The record it is about, where it is about one. */
  readonly record: { readonly kind: string; readonly id: string; readonly platformId: string } | null;
  readonly details: Readonly<Record<string, unknown>> | null;
  readonly occurredAt: string | null;
  readonly createdAt: string;
}

/**
 * Reads an app's event log in its order. The log has no end: a caller keeps the id of the last event and asks again.
 * @throws GatewayError `cursor_invalid` for an event that is not in this app's log
 */
export async function listEvents(
  { connections: { database } }: EventsContext,
  { tenantId, appId, storeId: only }: Reader,
  { after, storeId: asked, types, limit }: EventListRequest,
): Promise<{ readonly data: readonly PresentedEvent[]; readonly nextCursor: string | null }> {
  const afterId = after === undefined ? undefined : readPublicId('event', after);
  const storeId = only ?? asked;
  const rows = await database.withTenant(tenantId, async (tx) => {
    const sequence = afterId === undefined ? undefined : await findEventSequence(tx, appId, afterId, only);
    if (after !== undefined && sequence === undefined)
      throw new GatewayError('cursor_invalid', 'There is no such event in this log.');
    return await listEventRows(tx, { appId, after: sequence, storeId, types, limit: limit + 1 });
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > page.length && last !== undefined ? publicId('event', last.id) : null;
  return { data: page.map(present), nextCursor };
}

function present({
  id,
  type,
  storeId,
  recordKind,
  platformId,
  details,
  occurredAt,
  createdAt,
}: EventRow): PresentedEvent {
  // What was written there is a record's kind.
  const kind = recordKind as RecordKind | null;
  const record =
    kind === null || platformId === null ? null : { kind, id: recordId(kind, storeId, platformId), platformId };
  return {
    id: publicId('event', id),
    type,
    storeId: publicId('store', storeId),
    record,
    // The column holds objects only.
    details: details as Readonly<Record<string, unknown>> | null,
    occurredAt: occurredAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
