import { catalogueOf } from '../orders/catalogue.js';
import type { ShopData } from '../shop-slice.js';

/** What an order keeps of the variant it sells. */
export interface OrderVariant {
  readonly productId: number;
  readonly variantId: number;
  readonly title: string;
  readonly variantTitle: string | null;
  readonly sku: string | null;
  readonly vendor: string | null;
  /** Minor units of the shop's currency. */
  readonly price: number;
  readonly grams: number;
  readonly taxable: boolean;
  readonly requiresShipping: boolean;
  readonly isGiftCard: boolean;
}

/** The variant of that number, or undefined. */
export function orderVariant({ shop }: ShopData, variantId: number): OrderVariant | undefined {
  const number = variantId - shop.id * 100 - 5_000;
  const item = catalogueOf(shop)[number - 1];
  if (item === undefined) return undefined;
  const { title, variantTitle, sku, vendor, price, grams, kind } = item;
  return {
    ...{ title, variantTitle, sku, vendor, price, grams, variantId },
    productId: shop.id * 100 + number,
    taxable: kind !== 'giftCard',
    requiresShipping: kind === undefined,
    isGiftCard: kind === 'giftCard',
  };
}
