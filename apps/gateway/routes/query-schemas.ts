import { z } from 'zod';
import {
  GatewayError,
  isScope,
  ORDER_FULFILLMENT_STATUSES,
  ORDER_STATUSES,
  PAYMENT_STATUSES,
  readPublicId,
  type Scope,
  SORTS,
} from '#contract';

/** A parameter that may be repeated; one value counts as a list of one. */
const repeatable = <T extends z.ZodType>(item: T, most: number) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(most).optional(),
  );

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

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

const include = repeatable(z.enum(['raw']), 1).meta({ description: "raw: adds the platform's own payload." });

/** The parameters of the list of orders. Unknown ones are refused: a misspelt filter must not silently return everything. */
export const orderListQuery = z.strictObject({
  store: repeatable(z.string().max(100), 50).meta({ description: 'Id of a store; repeatable.' }),
  updatedSince: moment.optional().meta({ description: 'Inclusive. With it, the default sort is updatedAt.' }),
  createdSince: moment.optional().meta({ description: 'Inclusive.' }),
  createdUntil: moment.optional().meta({ description: 'Exclusive.' }),
  status: repeatable(z.enum(ORDER_STATUSES), ORDER_STATUSES.length),
  paymentStatus: repeatable(z.enum(PAYMENT_STATUSES), PAYMENT_STATUSES.length),
  fulfillmentStatus: repeatable(z.enum(ORDER_FULFILLMENT_STATUSES), ORDER_FULFILLMENT_STATUSES.length),
  customerEmail: z.string().min(1).max(320).optional(),
  number: z.string().min(1).max(100).optional(),
  sort: z.enum(SORTS).optional(),
  limit,
  cursor,
  include,
});

export const recordQuery = z.strictObject({ include });

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
