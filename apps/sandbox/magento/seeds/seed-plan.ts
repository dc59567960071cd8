import type { Row } from '../row.js';

export interface SeedProduct {
  readonly sku: string;
  readonly name: string;
  readonly price: number;
  readonly type: 'simple' | 'virtual' | 'downloadable' | 'configurable';
  /** Names of categories. */
  readonly categories: readonly string[];
  readonly quantity: number;
  readonly weight?: number;
  readonly isDisabled?: true;
  /** Codes of the attributes a configurable product's children differ in; a child is made of every combination. */
  readonly options?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  /** The name in the shop's second view. */
  readonly otherName?: string;
}

/** @param address street, postcode, city, country and region (name, code, id) */
export interface SeedBuyer {
  readonly firstname: string;
  readonly lastname: string;
  readonly email: string;
  readonly telephone: string;
  readonly street: readonly string[];
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
  readonly region?: readonly [name: string, code: string, id: number];
  readonly company?: string;
  readonly vatId?: string;
  /** A guest has no account. */
  readonly isGuest?: true;
}

/** What a shop is filled with at its first start. */
export interface SeedPlan {
  /** Parent first; `''` = below the root category. */
  readonly categories: readonly (readonly [name: string, parent: string])[];
  readonly attributes: readonly {
    readonly code: string;
    readonly label: string;
    readonly options: readonly string[];
  }[];
  readonly products: readonly SeedProduct[];
  readonly buyers: readonly SeedBuyer[];
  readonly rules: readonly { readonly name: string; readonly percent: number; readonly code: string }[];
  readonly orders: number;
  /** Over how many days before the first start they are spread. */
  readonly days: number;
  readonly payments: readonly string[];
  /** A second place with stock beside `default`. */
  readonly source: { readonly code: string; readonly name: string; readonly city: string; readonly postcode: string };
  readonly comments: readonly string[];
}

/** An address as orders keep it. */
export function addressOf(buyer: SeedBuyer): Row {
  const [region, code, id] = buyer.region ?? [];
  return {
    city: buyer.city,
    ...(buyer.company === undefined ? {} : { company: buyer.company }),
    country_id: buyer.country,
    firstname: buyer.firstname,
    lastname: buyer.lastname,
    postcode: buyer.postcode,
    ...(region === undefined ? {} : { region, region_code: code ?? '', region_id: id ?? 0 }),
    street: [...buyer.street],
    telephone: buyer.telephone,
    ...(buyer.vatId === undefined ? {} : { vat_id: buyer.vatId }),
  };
}
