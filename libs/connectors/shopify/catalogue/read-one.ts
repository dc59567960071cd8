import { type ConnectedStore, type JsonValue, type Mapped, type Operation, type Sort, type Written } from '#contract';
import { graphql, mapOne, type RecordReading } from '#kit';
import { z } from 'zod';
import { json } from '../connection.js';
import { GRAPHQL_PATH } from '../documents.js';
import { globalId, notFound } from '../global-id.js';

/** How one record is read by its id; such a look-up does not lag behind a write, as searches do. */
export interface OneSource<Raw, T> {
  /** The type in its global id. */
  readonly type: string;
  readonly document: string;
  readonly root: string;
  readonly cost: number;
  readonly reading: (store: ConnectedStore) => RecordReading<Raw, T>;
  /** Where ids are more than `globalId` knows. */
  readonly idOf?: (platformId: string) => string;
}

export async function readRaw<Raw, T>(
  store: ConnectedStore,
  { type, document, root, cost, idOf }: OneSource<Raw, T>,
  platformId: string,
): Promise<JsonValue> {
  const data = await graphql(store, {
    path: GRAPHQL_PATH,
    document,
    variables: { id: idOf === undefined ? globalId(type, platformId) : idOf(platformId) },
    effect: 'read',
    expect: z.object({ [root]: json.nullable() }),
    cost,
  });
  return data[root] ?? null;
}

/** @throws GatewayError `not_found`; `record_unreadable` with the reason */
export async function readOne<Raw, T>(
  store: ConnectedStore,
  operation: string,
  source: OneSource<Raw, T>,
  platformId: string,
): Promise<Written<T>> {
  const raw = await readRaw(store, source, platformId);
  if (raw === null) throw notFound(source.type, platformId);
  return mapOne('shopify', operation, raw, source.reading(store));
}

export function getOf<Raw, T>(
  operation: string,
  source: OneSource<Raw, T>,
): Operation<{ readonly platformId: string }, Mapped<T>> {
  return { run: (store, { platformId }) => readOne(store, operation, source, platformId) };
}

/** The id of any raw record. */
export function identify(raw: JsonValue): string | null {
  const read = z.object({ id: z.string() }).safeParse(raw);
  return read.success ? read.data.id : null;
}

/** The platform's sort for ours. Ids grow with time: where nothing sorts by creation, they do. */
export function sortKeys(sort: Sort, created = 'CREATED_AT') {
  return { sortKey: sort.endsWith('updatedAt') ? 'UPDATED_AT' : created, reverse: sort.startsWith('-') };
}

/** A text that a shop leaves empty is there as an empty one. */
export function nonEmpty(text: string | null): string | null {
  return text === '' ? null : text;
}
