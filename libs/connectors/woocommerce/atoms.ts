import { z } from 'zod';

// What every schema of this folder is made of. Core prints amounts as strings (recorded: every order in
// captures/woocommerce); plugins print numbers as strings and strings as numbers. Empty texts, and ids that refer to
// nothing, become null here.

export const id = z.union([z.string().min(1), z.int()]).transform(String);

export const reference = z
  .union([z.string(), z.int()])
  .nullish()
  .transform((value) => (value && value !== '0' ? String(value) : null));

export const text = z
  .string()
  .nullish()
  .transform((value) => value || null);

export const amount = z.union([z.string(), z.number()]);

export const optionalAmount = amount.nullish().transform((value) => value || '0');

export const quantity = z.union([z.number(), z.string().regex(/^-?\d{1,15}(?:\.\d{1,15})?$/)]).transform(Number);

/** An id that the platform prints as a number, wherever a path is made of it. */
export const PLATFORM_ID = /^[1-9]\d{0,17}$/;

export function list<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
}

export const meta = z.object({
  key: z.string(),
  value: z.unknown().optional(),
  display_key: z.unknown().optional(),
  display_value: z.unknown().optional(),
});
export type WooMeta = z.infer<typeof meta>;
