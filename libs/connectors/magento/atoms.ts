import { z } from 'zod';

// What every schema of this folder is made of. The platform prints amounts as JSON numbers and leaves out what is null
// (recorded: order-get-pending); extensions print either as texts. Ids of saved records often come as texts
// (recorded: shipment-create-partial). Empty texts, and ids that refer to nothing, become null here.

export const id = z.union([z.string().min(1), z.int()]).transform(String);

export const reference = z
  .union([z.string(), z.int()])
  .nullish()
  .transform((value) => (value && value !== '0' ? String(value) : null));

export const text = z
  .string()
  .nullish()
  .transform((value) => value || null);

// Kept with four or six decimals and printed as floats, at times with what floats leave over (fact sheet, 7).
export const amount = z
  .union([z.string(), z.number()])
  .transform((value) => (typeof value === 'number' ? value.toFixed(6).replace(/\.?0+$/, '') : value));

export const optionalAmount = amount.nullish().transform((value) => value || '0');

export const quantity = z.union([z.number(), z.string().regex(/^-?\d{1,15}(?:\.\d{1,15})?$/)]).transform(Number);

export const optionalQuantity = quantity.nullish().transform((value) => value ?? 0);

/** Yes and no come as 1 and 0, as texts of these, and as booleans. */
export const flag = z
  .union([z.boolean(), z.number(), z.string()])
  .nullish()
  .transform((value) => value === true || value === 1 || value === '1');

/** An id that the platform prints as a number, wherever a path is made of it. */
export const PLATFORM_ID = /^[1-9]\d{0,17}$/;

/** A list that may be absent or null (recorded: orders-list-page-beyond-last). */
export function list<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
}
