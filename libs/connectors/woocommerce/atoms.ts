import { atoms } from '#kit';
import { z } from 'zod';

// What every schema of this folder is made of. Core prints amounts as strings (recorded: every order in
// captures/woocommerce); plugins print numbers as strings and strings as numbers. Empty texts, and ids that refer to
// nothing, become null here.

export const { id, list, quantity, reference, text } = atoms;

export const amount = z.union([z.string(), z.number()]);

export const optionalAmount = amount.nullish().transform((value) => value || '0');

/** An id that the platform prints as a number, wherever a path is made of it. */
export const PLATFORM_ID = /^[1-9]\d{0,17}$/;

export const meta = z.object({
  key: z.string(),
  value: z.unknown().optional(),
  display_key: z.unknown().optional(),
  display_value: z.unknown().optional(),
});
export type WooMeta = z.infer<typeof meta>;
