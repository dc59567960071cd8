/** How a tax of a shop applies; several with different priorities apply together. */
export interface TaxRate {
  readonly id: number;
  readonly country: string;
  /** WooCommerce state code, `''` = the whole country. */
  readonly state: string;
  readonly name: string;
  /** A decimal, e.g. `'8.875'`. */
  readonly percent: string;
  readonly priority: number;
  /** `''` is the standard class. */
  readonly taxClass: string;
}

/** A chosen attribute of a variation, printed as `meta_data` of the line. */
export interface VariationChoice {
  /** Attribute key, e.g. `pa_farbe`. */
  readonly key: string;
  readonly label: string;
  readonly slug: string;
  readonly name: string;
}

export interface Variation {
  readonly id: number;
  readonly sku: string;
  readonly choices: readonly VariationChoice[];
}

export interface Product {
  readonly id: number;
  readonly name: string;
  readonly sku: string;
  /** EAN, UPC or ISBN; `''` when the shop has none. */
  readonly globalUniqueId: string;
  /** As the merchant entered it, with or without tax as the shop does. A decimal. */
  readonly price: string;
  readonly taxClass: string;
  readonly taxable: boolean;
  /** Deleted since: orders keep the name but lose the link. */
  readonly deleted?: true;
  readonly variations: readonly Variation[];
}

export interface Address {
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
  readonly address1: string;
  readonly address2: string;
  readonly city: string;
  readonly state: string;
  readonly postcode: string;
  readonly country: string;
}

export interface Buyer extends Address {
  /** 0 for a guest. */
  readonly customerId: number;
  readonly email: string;
  readonly phone: string;
}

export interface Coupon {
  readonly id: number;
  readonly code: string;
  readonly type: 'percent' | 'fixed_cart' | 'fixed_product';
  /** Percent, or an amount as the shop enters prices. */
  readonly amount: string;
}

export interface Gateway {
  readonly id: string;
  readonly title: string;
  /** Whether it hands out a transaction id. */
  readonly online: boolean;
}

/** What the seeding writes; see seeds/. */
interface SeedPlan {
  readonly orders: number;
  /** Over how many days before the first start they are spread. */
  readonly days: number;
  /** Further orders that an import touched all in one second. */
  readonly imported: number;
  /** A sequential-number plugin's prefix; absent = the number is the id. */
  readonly numberPrefix?: string;
  readonly firstOrderId: number;
  readonly products: readonly Product[];
  readonly buyers: readonly Buyer[];
  readonly coupons: readonly Coupon[];
  readonly gateways: readonly Gateway[];
  /** Flat rate: what the customer pays before tax. */
  readonly shipping: { readonly title: string; readonly freeTitle: string; readonly price: string };
  readonly fee: { readonly name: string; readonly amount: string };
  /** A hand-made line of three for this much before tax: a unit price that never ends. */
  readonly bundle: string;
  readonly allowance: { readonly name: string; readonly amount: string };
  readonly notes: readonly string[];
  readonly refundReasons: readonly string[];
}

/** One simulated shop. */
export interface WooShop {
  readonly host: string;
  /** Folder of the site with a leading slash, `''` for the root. */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly language: string;
  /** IANA name; dates without `_gmt` are printed in it. */
  readonly timeZone: string;
  readonly currency: string;
  readonly currencyName: string;
  readonly currencySymbol: string;
  /** As settings and `data/currencies/current` print it. */
  readonly currencySymbolHtml: string;
  /** Decimals that lines and taxes are rounded to. */
  readonly decimals: number;
  /**
   * The `number_of_decimals` setting, and so the default of `dp`. Differs from {@link decimals} in the yen shop: its
   * owner left the setting at 2, so whole yen are printed as `1980.00` (recorded: captures/woocommerce/order-get-jpy.json).
   */
  readonly printedDecimals: number;
  readonly pricesIncludeTax: boolean;
  /** `DE:DE-BE`, as `woocommerce_default_country` stores it. */
  readonly baseCountry: string;
  readonly address: { readonly street: string; readonly city: string; readonly postcode: string };
  readonly taxRates: readonly TaxRate[];
  /** Statuses a plugin added, slug without `wc-`, and what the shop calls them. */
  readonly customStatuses: readonly { readonly slug: string; readonly name: string }[];
  readonly storeId: string;
  /** Plugins and features that add routes; absent = none. */
  readonly extras?: readonly ('shipment-tracking' | 'fulfillments')[];
  readonly plan: SeedPlan;
}

/** WooCommerce's own statuses in the order it lists them. */
export const CORE_STATUSES = [
  { slug: 'pending', name: 'Pending payment' },
  { slug: 'processing', name: 'Processing' },
  { slug: 'on-hold', name: 'On hold' },
  { slug: 'completed', name: 'Completed' },
  { slug: 'cancelled', name: 'Cancelled' },
  { slug: 'refunded', name: 'Refunded' },
  { slug: 'failed', name: 'Failed' },
  { slug: 'checkout-draft', name: 'Draft' },
] as const;
