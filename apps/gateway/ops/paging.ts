import { z } from 'zod';
import { GatewayError, type JsonValue } from '#contract';
import { openCursor, queryDigest, sealCursor } from '#store';
import type { Runtime } from '#runtime';

/** What a list is asked for, its cursor and its size included. */
interface ListQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Nobody's tenant: these lists are operators'. */
const reader = (list: string) => ({ tenantId: 'operators', appId: list });
// Postgres holds no NUL, and half of a pair stands for nothing.
const NOT_TEXT = /[\p{Surrogate}\0]/u;

/** Where lists stand, in cursors that are good for the same list with the same filters alone. */
export interface Paging<Key extends JsonValue> {
  /** @throws GatewayError `cursor_invalid` */
  readonly after: Key | undefined;
  /** Cuts what was read, one more than was asked for, to a page. */
  page<Row>(
    rows: readonly Row[],
    keyOf: (row: Row) => Key,
  ): { readonly rows: readonly Row[]; readonly nextCursor: string | null };
  /** The cursor of a place. */
  cursorAt(key: Key): string;
}

/**
 * Reads where a list is to go on.
 * @throws GatewayError `request_invalid` for texts that no row can hold, `cursor_invalid`
 */
export function pagingOf<Schema extends z.ZodType<JsonValue>>(
  { stores: { cursors } }: Pick<Runtime, 'stores'>,
  list: string,
  query: ListQuery,
  key: Schema,
): Paging<z.infer<Schema>> {
  const { cursor, limit, ...filters } = query;
  requireWords(filters);
  const digest = queryDigest(reader(list), filters);
  const cursorAt = (state: z.infer<Schema>): string => sealCursor(cursors, digest, { store: 0, state });
  return {
    // It was sealed here, so it has the form that it had then.
    after: cursor === undefined ? undefined : key.parse(openCursor(cursors, digest, cursor).state),
    cursorAt,
    page(rows, keyOf) {
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        rows: shown,
        nextCursor: rows.length > shown.length && last !== undefined ? cursorAt(keyOf(last)) : null,
      };
    },
  };
}

/** @throws GatewayError `request_invalid` */
export function requireWords(filters: object): void {
  for (const [path, value] of Object.entries(filters)) {
    if (typeof value !== 'string' || !NOT_TEXT.test(value)) continue;
    const message = 'has a sign that stands for nothing';
    throw new GatewayError('request_invalid', `${path}: ${message}`, { fields: [{ path, message }] });
  }
}

export const sortKey = z.object({ number: z.number(), text: z.string(), id: z.string() });
