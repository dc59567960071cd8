import type { Coupon, VariationChoice } from '../shop.js';

/** A product or variation as an order line sees it at the moment it is sold. */
export interface SoldProduct {
  readonly productId: number;
  /** 0 when it is no variation. */
  readonly variationId: number;
  /** With the chosen attributes behind it for a variation. */
  readonly name: string;
  readonly parentName: string | null;
  readonly sku: string;
  readonly globalUniqueId: string;
  /** As the merchant entered it, with or without tax as the shop does; `''` = none. A decimal. */
  readonly price: string;
  readonly taxClass: string;
  readonly taxable: boolean;
  /** `''` for a simple product without a picture, 0 for a variation: recorded so. */
  readonly imageId: '' | 0;
  readonly choices: readonly VariationChoice[];
  /** Virtual and downloadable. */
  readonly isFile: boolean;
}

/** What a change of stock did. */
export interface StockChange {
  readonly from: number;
  readonly to: number;
}

/** All that orders need of the rest of the shop. */
export interface OrderCatalogue {
  /** @param id of a product or a variation */
  product(id: number): SoldProduct | undefined;
  /** The id of the product or variation with exactly this SKU. */
  idOfSku(sku: string): number | undefined;
  /**
   * Adds to the stock of whoever manages it for this product or variation, and reports it.
   * @returns undefined when nobody counts its stock
   */
  changeStock(id: number, difference: number): StockChange | undefined;
  hasCustomer(id: number): boolean;
  /** @param code in lower case */
  coupon(code: string): (Coupon & { readonly expiresAt: number | null }) | undefined;
}
