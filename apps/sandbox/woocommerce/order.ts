import type { Big, JsonValue } from '#contract';
import type { Address, Buyer, Coupon } from './shop.js';

export interface MetaDatum {
  readonly id: number;
  readonly key: string;
  readonly value: JsonValue;
  /** What a person reads instead of key and value; only on items. */
  readonly display?: { readonly key: string; readonly value: string };
}

/** One rate's tax on one line. `subtotal` is before discounts; shipping and fees have none. */
export interface LineTax {
  readonly rateId: number;
  readonly total: Big;
  readonly subtotal?: Big;
}

export interface LineItem {
  readonly id: number;
  readonly name: string;
  readonly productId: number;
  readonly variationId: number;
  readonly quantity: number;
  readonly taxClass: string;
  readonly subtotal: Big;
  readonly total: Big;
  readonly taxes: readonly LineTax[];
  readonly meta: readonly MetaDatum[];
  readonly sku: string | null;
  readonly globalUniqueId: string | null;
  /** `''` for a simple product without a picture, 0 for a variation: recorded so. */
  readonly imageId: '' | 0;
  readonly parentName: string | null;
  /** Virtual and downloadable: there is nothing to pack. */
  readonly isFile?: true;
}

/** Whether there is anything to pack. A line whose product is gone does not count (recorded: err-400-order-bad-product.json). */
export function needsProcessing({ lines }: Pick<WooOrder, 'lines'>): boolean {
  return lines.some((line) => line.sku !== null && line.isFile !== true);
}

export interface TaxLine {
  readonly id: number;
  readonly rateId: number;
  readonly rateCode: string;
  readonly label: string;
  readonly percent: string;
  readonly total: Big;
  readonly shippingTotal: Big;
}

export interface ShippingLine {
  readonly id: number;
  readonly title: string;
  readonly methodId: string;
  /** Absent = `''`. */
  readonly instanceId?: string;
  readonly total: Big;
  readonly taxes: readonly LineTax[];
  readonly meta?: readonly MetaDatum[];
}

export interface FeeLine {
  readonly id: number;
  readonly name: string;
  /** Absent = the standard class. */
  readonly taxClass?: string;
  /** Present on a fee that no tax applies to. */
  readonly untaxed?: true;
  readonly total: Big;
  readonly taxes: readonly LineTax[];
  readonly meta?: readonly MetaDatum[];
}

export interface CouponLine {
  readonly id: number;
  readonly metaId: number;
  readonly coupon: Coupon;
  readonly discount: Big;
  readonly discountTax: Big;
}

/** A refund; amounts are positive here and printed negative where WooCommerce does. */
export interface Refund {
  readonly id: number;
  readonly orderId: number;
  readonly createdAt: number;
  readonly amount: Big;
  /** Neither amount nor lines were named: the amount is printed as `""`. */
  readonly blank?: true;
  readonly reason: string;
  readonly metaId: number;
  readonly full: boolean;
  /** Whether the gateway paid it back. */
  readonly paidBack?: boolean;
  readonly lines: readonly RefundedLine[];
  readonly taxLines: readonly TaxLine[];
  /** Meta data beside the type of the refund. */
  readonly meta?: readonly MetaDatum[];
  readonly shippingLines?: readonly RefundedCost<ShippingLine>[];
  readonly feeLines?: readonly RefundedCost<FeeLine>[];
}

/** What of a shipping or fee line went back; amounts are positive. */
export interface RefundedCost<Line> {
  readonly id: number;
  readonly metaId: number;
  readonly item: Line;
  readonly total: Big;
  readonly taxes: readonly LineTax[];
}

export interface RefundedLine {
  readonly id: number;
  readonly metaId: number;
  readonly item: LineItem;
  readonly quantity: number;
  readonly total: Big;
  readonly taxes: readonly LineTax[];
}

export interface OrderTotals {
  readonly discount: Big;
  readonly discountTax: Big;
  readonly shipping: Big;
  readonly shippingTax: Big;
  readonly cartTax: Big;
  readonly total: Big;
  readonly totalTax: Big;
}

/** An order as the simulated database holds it. Instants are seconds since 1970. */
export interface WooOrder {
  readonly id: number;
  readonly number: string;
  readonly status: string;
  readonly orderKey: string;
  readonly createdVia: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly paidAt: number | null;
  readonly completedAt: number | null;
  readonly buyer: Buyer;
  readonly shipTo: Address & { readonly phone?: string };
  readonly gateway: { readonly id: string; readonly title: string };
  readonly transactionId: string;
  readonly note: string;
  readonly meta: readonly MetaDatum[];
  readonly lines: readonly LineItem[];
  readonly taxLines: readonly TaxLine[];
  readonly shippingLines: readonly ShippingLine[];
  readonly feeLines: readonly FeeLine[];
  readonly couponLines: readonly CouponLine[];
  /** Newest first, as recorded. */
  readonly refunds: readonly Refund[];
  readonly totals: OrderTotals;
  /** Absent = 0. */
  readonly parentId?: number;
  /** Absent = the shop's own. */
  readonly currency?: string;
  /** Whether the order took its goods from stock; absent = what its lines say. */
  readonly stockReduced?: boolean;
  readonly fulfillments?: readonly Fulfillment[];
}

/** A shipment of the core feature "fulfillments"; what was packed and its tracking are meta data. */
export interface Fulfillment {
  readonly id: number;
  readonly isFulfilled: boolean;
  readonly updatedAt: number;
  readonly meta: readonly MetaDatum[];
}
