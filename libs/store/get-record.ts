import { GatewayError, type GetShape, readRecordId, type RecordKind, requireNamed, Unreadable } from '#contract';
import type { OpenedStore } from '#connections';
import type { StoreRow } from '#persistence';
import type { z } from 'zod';
import { callStore, requireStore } from './call-store.js';
import type { Reader, StoreContext } from './context.js';
import { type PresentedRecord, presentRecord } from './present-record.js';

export interface GetRequest {
  /** Such as `orders.get`. */
  readonly operation: string;
  readonly shape: GetShape<z.ZodType>;
  /** An id of our API. */
  readonly id: string;
  readonly personalData: boolean;
  readonly includeRaw: boolean;
}

/**
 * Reads one record live; its id is enough to find its store.
 * @throws GatewayError `not_found`, `record_unreadable` when the record does not add up, or what the platform answered
 */
export async function getRecord(
  context: StoreContext,
  reader: Reader,
  { operation, shape, id, personalData, includeRaw }: GetRequest,
  signal: AbortSignal,
): Promise<PresentedRecord> {
  const { row, platformId } = await storeOfRecord(context, reader, shape.kind, id);
  const read = async ({ connector, store }: OpenedStore) => {
    const found = requireNamed.get(connector, operation).run(store, { platformId });
    return await found.catch((error: unknown) => {
      if (!(error instanceof Unreadable)) throw error;
      const context = { platform: { id: connector.id }, operation, cause: error };
      throw new GatewayError('record_unreadable', `The ${shape.kind} cannot be trusted: ${error.message}`, context);
    });
  };
  const { record, raw } = await callStore(context, row, signal, read, { operation });
  const shown = presentRecord(row, { kind: shape.kind, schema: shape.record }, record, personalData);
  return includeRaw ? { ...shown, raw } : shown;
}

/**
 * The store a record's id leads to.
 * @throws GatewayError `not_found`, the same for a record of another tenant as for one that does not exist
 */
export async function storeOfRecord(
  context: StoreContext,
  reader: Reader,
  kind: RecordKind,
  id: string,
): Promise<{ readonly row: StoreRow; readonly platformId: string }> {
  const found = readRecordId(kind, id);
  const absent = () => new GatewayError('not_found', `There is no such ${kind}.`);
  if (found === undefined) throw absent();
  const row = await requireStore(context, reader, found.storeId).catch((error: unknown) => {
    throw GatewayError.is(error, 'not_found') ? absent() : error;
  });
  return { row, platformId: found.platformId };
}
