import { z } from 'zod';

// What schemas of platforms' records are made of, where numbers come as texts and nothing comes as an empty text or a zero.

export const id = z.union([z.string().min(1), z.int()]).transform(String);

/** An id that may refer to nothing: null then, as for an empty text and for 0. */
export const reference = z
  .union([z.string(), z.int()])
  .nullish()
  .transform((value) => (value && value !== '0' ? String(value) : null));

/** null for an empty one. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value || null);

export const quantity = z.union([z.number(), z.string().regex(/^-?\d{1,15}(?:\.\d{1,15})?$/)]).transform(Number);

/** A list that may be absent or null. */
export function list<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
}
