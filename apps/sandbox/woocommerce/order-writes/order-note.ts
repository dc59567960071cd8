import { z } from 'zod';

/** Whom WooCommerce names as the author of what it writes itself. */
export const SHOP_AUTHOR = 'WooCommerce';
/** The user every key of the sandbox belongs to. */
export const USER_AUTHOR = 'admin';

export const orderNoteSchema = z.object({
  id: z.number().int(),
  orderId: z.number().int(),
  author: z.string(),
  /** Seconds since 1970. */
  createdAt: z.number().int(),
  text: z.string(),
  forCustomer: z.boolean(),
});

/** A remark on an order; WooCommerce writes most of them itself. */
export type OrderNote = Readonly<z.infer<typeof orderNoteSchema>>;
