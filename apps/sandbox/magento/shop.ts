/** A storefront in one language; the store segment of a REST path names it. */
export interface StoreView {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly locale: string;
  /** What its buyers pay in. */
  readonly currency: string;
}

/** One tax rate of the shop, for a whole country or for one of its regions. */
export interface TaxRate {
  readonly id: number;
  readonly country: string;
  /** 0 = the whole country. */
  readonly regionId: number;
  readonly regionName?: string;
  readonly percent: number;
  readonly code: string;
}

/** How one simulated shop differs from the others. */
export interface MagentoShop {
  readonly host: string;
  /** Folder of the installation with a leading slash, `''` for the root. */
  readonly path: string;
  /** Without web server rewrites every address of the shop has `index.php/` in it. */
  readonly hasRewrites: boolean;
  readonly name: string;
  readonly currency: string;
  readonly currencySymbol: string;
  /** Decimals that prices are rounded to. */
  readonly decimals: number;
  /** How many of a view's currency one of the base currency is; 1 where absent. */
  readonly rates: Readonly<Record<string, number>>;
  readonly timezone: string;
  readonly weightUnit: 'kgs' | 'lbs';
  readonly country: string;
  readonly pricesIncludeTax: boolean;
  readonly websiteName: string;
  readonly groupName: string;
  readonly views: readonly [StoreView, ...StoreView[]];
  readonly taxRates: readonly TaxRate[];
  /** Statuses the merchant added, each assigned to one state. */
  readonly customStatuses: readonly { readonly status: string; readonly state: string }[];
  /** What one shipped piece costs, before tax; `flat` is for the whole order. */
  readonly shipping: { readonly amount: number; readonly per: 'order' | 'item' };
  /** `oauth/consumer/enable_integration_as_bearer`, off by default since 2.4.4 (fact sheet, section 2.3). */
  readonly allowsBearer: boolean;
  /** `webapi/validation/input_limit_enabled`, off by default (fact sheet, section 3). */
  readonly limitsInput: boolean;
  /** 2.4.6 and 2.4.7 check the signature of a decoded path (fact sheet, section 2.2; issue #37278). */
  readonly breaksEscapedSignatures: boolean;
  readonly prefix: 'US' | 'DE' | 'JP';
}

/** The base URL as the shop's own configuration has it: folder and, without rewrites, `index.php/`. */
export function basePath(shop: MagentoShop): string {
  return `${shop.path}/${shop.hasRewrites ? '' : 'index.php/'}`;
}
