import type { Shop } from '../shops.js';

/** The place a shop's orders are sent from. */
export function homeLocationOf({ id, address }: Shop): { readonly id: number; readonly name: string } {
  return { id: id + 17, name: address.address1 };
}
