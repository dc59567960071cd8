import { GatewayError, type JsonValue, type Mapped, type PageState, Unreadable } from '#contract';
import { z } from 'zod';
import { readRecord, type RecordReading } from './records.js';

/** Any value out of a parsed JSON document. What a record must hold is its own schema's business, one by one. */
export const anyJson: z.ZodType<JsonValue> = z.custom<JsonValue>((value) => value !== undefined);

/** @throws GatewayError `cursor_invalid` for a state that this list did not make */
export function readPageState<T>(schema: z.ZodType<T>, state: PageState | undefined): T | undefined {
  if (state === undefined) return undefined;
  const read = schema.safeParse(state);
  if (!read.success) throw new GatewayError('cursor_invalid', 'This cursor does not belong to this list.');
  return read.data;
}

/** One record that was asked for by itself. @throws GatewayError `record_unreadable` with the reason */
export function mapOne<Raw, T>(
  platform: string,
  operation: string,
  raw: JsonValue,
  reading: RecordReading<Raw, T>,
): Mapped<T> {
  try {
    return { record: readRecord(raw, reading), raw };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const context = { platform: { id: platform }, operation, cause: error };
    throw new GatewayError('record_unreadable', error.message, context);
  }
}
