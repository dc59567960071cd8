import { readPublicId, recordId } from '#contract';
import type { Json } from './run.js';

/** What differs between shops, not between what is asked of them. */
export interface Shop {
  readonly storeId: string;
  readonly currency: string;
  readonly countryCode: string;
  readonly provinceCode?: string;
  readonly postalCode: string;
  /** Whether a shipment can hold a part of an order. */
  readonly shipsParts: boolean;
  /** Whether an order cannot be made without saying where it goes. */
  readonly ordersNeedAddress?: true;
  /** The platform's id of a cart, where none are listed. */
  readonly cart?: string;
  /** How money goes back in a way the shop can keep. */
  readonly refundBy: 'original' | 'none';
  /** Whether an order cannot be without somebody who bought it. */
  readonly needsBuyer?: true;
}

/** The id under which a caller hears of that cart. */
export function cartIdOf({ storeId, cart }: Shop): string | undefined {
  const uuid = readPublicId('store', storeId);
  return cart === undefined || uuid === undefined ? undefined : recordId('cart', uuid, cart);
}

export const idOf = (record: Json | undefined): string => (typeof record?.['id'] === 'string' ? record['id'] : '');
export const rowsOf = (record: Json | undefined, name: string): readonly Json[] => {
  const rows = record?.[name];
  return Array.isArray(rows) ? (rows as Json[]) : [];
};

/** An address full of what real ones hold. */
export function addressOf(shop: Shop): Json {
  return {
    firstName: 'Zoë',
    lastName: "O'Brien-Łukasz",
    company: 'Quill & Sons 📚',
    address1: '12 Harbour Rd.',
    address2: 'Flat 3/4',
    city: 'Springfield',
    countryCode: shop.countryCode,
    ...(shop.provinceCode === undefined ? {} : { provinceCode: shop.provinceCode }),
    postalCode: shop.postalCode,
    phone: '+15555550142',
  };
}

/** What the product scenario has made. */
export interface Variant {
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
}
