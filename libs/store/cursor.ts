import { createHash } from 'node:crypto';
import { GatewayError, type JsonValue } from '#contract';
import { z } from 'zod';
import type { Sealer } from '#vault';

/** Where a list over one or more stores stands. */
export interface Position {
  /** Which of the stores asked for is being read. */
  readonly store: number;
  /** The connector's own state within that store; undefined at its beginning. */
  readonly state: JsonValue | undefined;
}

const position = z.strictObject({ store: z.number().int().min(0), state: z.json().optional() });

/** What a cursor is tied to: one tenant's app and one set of filters. */
export function queryDigest(reader: { readonly tenantId: string; readonly appId: string }, query: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([reader.tenantId, reader.appId, query]))
    .digest('base64url');
}

export function sealCursor(sealer: Sealer, digest: string, { store, state }: Position): string {
  return sealer.seal(JSON.stringify(state === undefined ? { store } : { store, state }), digest);
}

/** @throws GatewayError `cursor_invalid` for anything that was not made for exactly this query */
export function openCursor(sealer: Sealer, digest: string, cursor: string): Position {
  const text = sealer.open(cursor, digest);
  if (text === undefined) {
    throw new GatewayError(
      'cursor_invalid',
      'The cursor was altered, or was made for other filters. Start without one.',
    );
  }
  const { store, state } = position.parse(JSON.parse(text));
  return { store, state };
}
