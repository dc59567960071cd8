import type { Database } from './database.js';

/** What a call asks of a store's shared budget. */
export interface PaceRequest {
  readonly storeId: string;
  readonly callId: string;
  /** Units of the bucket. */
  readonly cost: number;
  readonly bucket: { readonly capacity: number; readonly perSecond: number } | undefined;
  readonly places: { readonly first: number; readonly most: number } | undefined;
  /** How long the call may take at the very most. */
  readonly seconds: number;
}

/** What an answer said. */
export interface PaceOutcome {
  /** Whether the shop showed strain; undefined: the answer says nothing of it. */
  readonly strained: boolean | undefined;
  readonly budget: { readonly remaining: number; readonly capacity: number; readonly perSecond: number } | undefined;
}

/** @returns milliseconds to wait before asking again, 0 to go, undefined for a store that has no row yet */
export async function takeStoreCall(database: Database, request: PaceRequest): Promise<number | undefined> {
  const { storeId, callId, cost, bucket, places, seconds } = request;
  const [row] = await database.shared.$queryRaw<{ wait: number | null }[]>`
    SELECT take_store_call(${storeId}::uuid, ${callId}::uuid, ${cost}::float8, ${bucket?.capacity ?? null}::float8,
      ${bucket?.perSecond ?? null}::float8, ${places?.first ?? 1}::int, ${places?.most ?? 0}::int, ${seconds}::int) AS wait`;
  return row?.wait ?? undefined;
}

export async function endStoreCall(
  database: Database,
  { storeId, callId, places }: PaceRequest,
  { strained, budget }: PaceOutcome,
): Promise<void> {
  await database.shared.$queryRaw`
    SELECT end_store_call(${storeId}::uuid, ${callId}::uuid, ${strained ?? null}::boolean, ${places?.most ?? 1}::int,
      ${budget?.remaining ?? null}::float8, ${budget?.capacity ?? null}::float8, ${budget?.perSecond ?? null}::float8)::text`;
}
