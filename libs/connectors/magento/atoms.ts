import { atoms } from '#kit';
import { z } from 'zod';

// What every schema of this folder is made of. The platform prints amounts as JSON numbers and leaves out what is null
// (recorded: order-get-pending); extensions print either as texts. Ids of saved records often come as texts
// (recorded: shipment-create-partial). Empty texts, and ids that refer to nothing, become null here; a list may be
// null as well (recorded: orders-list-page-beyond-last).

export const { id, list, quantity, reference, text } = atoms;

// Kept with four or six decimals and printed as floats, at times with what floats leave over (fact sheet, 7).
export const amount = z
  .union([z.string(), z.number()])
  .transform((value) => (typeof value === 'number' ? value.toFixed(6).replace(/\.?0+$/, '') : value));

export const optionalAmount = amount.nullish().transform((value) => value || '0');

export const optionalQuantity = quantity.nullish().transform((value) => value ?? 0);

/** Yes and no come as 1 and 0, as texts of these, and as booleans. */
export const flag = z
  .union([z.boolean(), z.number(), z.string()])
  .nullish()
  .transform((value) => value === true || value === 1 || value === '1');

/** An id that the platform prints as a number, wherever a path is made of it. */
export const PLATFORM_ID = /^[1-9]\d{0,17}$/;
