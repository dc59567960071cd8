import type { Big, JsonValue } from '#contract';
import type { Price } from '../amounts.js';
import type { Order, OrderAddress, OrderLine, Rows } from '../state/rows.js';

/** What every address of an order and of a shipment holds. */
export const PERSON_FIELDS = [
  'first_name',
  'last_name',
  'company',
  'street_1',
  'street_2',
  'city',
  'state',
  'zip',
  'country',
  'country_iso2',
  'phone',
  'email',
] as const;

export type Person = Readonly<Record<string, JsonValue>>;

/** One line of an order that is to be made. */
export interface LinePlan {
  readonly productId: number;
  readonly variantId: number;
  readonly name: string;
  readonly sku: string;
  readonly type: string;
  readonly quantity: number;
  /** Of one unit. */
  readonly price: Price;
  readonly weight: number;
  readonly brand: string;
  readonly upc?: string;
  readonly externalId?: string;
  readonly options: readonly Readonly<Record<string, JsonValue>>[];
  /** Which of the addresses it goes to. */
  readonly address: number;
}

export interface CouponPlan {
  readonly couponId: number;
  readonly code: string;
  readonly name: string;
  /** docs: 0 per item, 1 percentage, 2 per total, 3 shipping, 4 free shipping, 5 promotion. */
  readonly type: number;
  readonly amount: string;
  /** What it takes off, in the form prices are entered in. */
  readonly discount: Big;
}

export interface FeePlan {
  readonly name: string;
  readonly cost: Price;
}

/** An order that is to be made. */
export interface OrderPlan {
  readonly at: number;
  readonly statusId: number;
  readonly customerId: number;
  readonly billing: Person;
  readonly addresses: readonly { readonly person: Person; readonly method: string; readonly cost: Price }[];
  readonly lines: readonly LinePlan[];
  readonly handling: Price;
  readonly discount: Big;
  readonly coupon?: CouponPlan;
  readonly fees: readonly FeePlan[];
  readonly paymentMethod: string;
  readonly paymentStatus: string;
  /** Anything the order is to say in place of what is worked out. */
  readonly fields: Readonly<Record<string, JsonValue>>;
}

/** Where new ids come from, by table. */
export type NextId = (table: 'orders' | 'lines' | 'orderAddresses' | 'orderCoupons' | 'orderTaxes' | 'fees') => number;

/** All rows of one order. */
export interface OrderRows {
  readonly order: Order;
  readonly lines: readonly OrderLine[];
  readonly addresses: readonly OrderAddress[];
  readonly coupons: readonly Rows['orderCoupons'][];
  readonly taxes: readonly Rows['orderTaxes'][];
  readonly fees: readonly Rows['fees'][];
}
