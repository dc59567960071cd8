import { z } from 'zod';
import { GatewayError, isScope, readPublicId, repeatable, type Scope } from '#contract';

export const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(250)
  .default(50)
  .meta({ description: 'The most records in one answer. A page may hold fewer; go on while nextCursor is not null.' });

export const cursor = z
  .string()
  .max(8000)
  .optional()
  .meta({ description: 'nextCursor of the page before, with the same filters.' });

export const include = repeatable(z.enum(['raw']), 1).meta({ description: "raw: adds the platform's own payload." });

/** Where a path does not tell the store. */
export const storeParameter = (most: number) => ({
  store: repeatable(z.string().max(100), most).meta({
    description: most > 1 ? 'Id of a store; repeatable.' : 'Id of the store.',
  }),
});

export const storeListQuery = z.strictObject({ limit, cursor });

export const scope = z.string().refine((value): value is Scope => isScope(value), 'is no scope');

/** @throws GatewayError `not_found`, the same as for a store that does not exist */
export function storeUuid(text: string): string {
  const id = readPublicId('store', text);
  if (id === undefined) throw new GatewayError('not_found', 'There is no such store.');
  return id;
}

/** What was given, without the keys that were not. */
export function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Leaving out the undefined ones is exactly what the type says.
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as never;
}
