import { findVariant } from '../catalogue/catalogue-slice.js';
import { isStandalone } from '../catalogue/product.js';
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

const GRAMS: Readonly<Record<string, number>> = { GRAMS: 1, KILOGRAMS: 1_000, OUNCES: 28.349523125, POUNDS: 453.59237 };

/** The variant of that number, or undefined. */
export function orderVariant(data: ShopData, variantId: number): OrderVariant | undefined {
  const found = findVariant(data, variantId);
  if (found === undefined) return undefined;
  const { product, variant } = found;
  const { sku, price, taxable, requiresShipping, weight, values } = variant;
  return {
    ...{ variantId, sku, price, taxable, requiresShipping },
    productId: product.id,
    title: product.title,
    variantTitle: isStandalone(product) ? null : values.join(' / '),
    vendor: product.vendor,
    grams: Math.round(weight.value * (GRAMS[weight.unit] ?? 1)),
    isGiftCard: product.giftCard,
  };
}
