import type { Bag, Exchange } from './bag.js';

/** Moments are milliseconds since 1970, always whole seconds. */
export type Moment = number;

export interface Attribute {
  readonly key: string;
  readonly value: string | null;
}

export interface Address {
  readonly id: number;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
  readonly address1: string | null;
  readonly address2: string | null;
  readonly city: string | null;
  readonly province: string | null;
  readonly provinceCode: string | null;
  readonly zip: string | null;
  readonly country: string;
  readonly countryCode: string;
  readonly phone: string | null;
}

export interface Buyer {
  readonly id: number;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly locale: string;
  readonly createdAt: Moment;
  readonly address: Address;
}

/** A discount as it was entered; what it took off each line is in the allocations. */
export interface Discount {
  readonly index: number;
  readonly kind: 'code' | 'automatic' | 'manual';
  /** The code, or the title of an automatic or manual discount. */
  readonly title: string;
  readonly target: 'LINE_ITEM' | 'SHIPPING_LINE';
  readonly method: 'ACROSS' | 'EACH';
  readonly selection: 'ALL' | 'ENTITLED' | 'EXPLICIT';
  readonly value: { readonly percent: number } | { readonly amount: Bag };
}

export interface Allocation {
  readonly discount: number;
  readonly amount: Bag;
}

export interface TaxAmount {
  readonly title: string;
  readonly ppm: number;
  readonly amount: Bag;
}

export interface Line {
  readonly id: number;
  readonly title: string;
  readonly variantTitle: string | null;
  readonly sku: string | null;
  readonly vendor: string | null;
  /** Null after the merchant deleted it. */
  readonly productId: number | null;
  readonly variantId: number | null;
  readonly quantity: number;
  readonly unitPrice: Bag;
  readonly allocations: readonly Allocation[];
  readonly taxes: readonly TaxAmount[];
  readonly duty: Bag;
  readonly taxable: boolean;
  readonly requiresShipping: boolean;
  readonly isGiftCard: boolean;
  readonly grams: number;
  readonly attributes: readonly Attribute[];
}

export interface Shipping {
  readonly id: number;
  readonly title: string;
  readonly code: string | null;
  readonly source: string;
  readonly price: Bag;
  readonly allocations: readonly Allocation[];
  readonly taxes: readonly TaxAmount[];
  /** Taken off the order by an edit; counts in no total. */
  readonly removed: boolean;
}

export interface Fee {
  readonly id: number;
  readonly name: string;
  readonly price: Bag;
}

export interface Transaction {
  readonly id: number;
  readonly kind: 'SALE' | 'AUTHORIZATION' | 'CAPTURE' | 'REFUND' | 'VOID' | 'CHANGE' | 'EMV_AUTHORIZATION';
  readonly status: 'SUCCESS' | 'PENDING' | 'FAILURE' | 'ERROR' | 'AWAITING_RESPONSE' | 'UNKNOWN';
  readonly gateway: string;
  readonly gatewayTitle: string;
  readonly manual: boolean;
  readonly amount: Bag;
  /** What rounding to coins added; only of cash. */
  readonly rounding: Bag | null;
  readonly parentId: number | null;
  readonly errorCode: string | null;
  readonly authorizationCode: string | null;
  readonly at: Moment;
}

/** Something a carrier or the merchant reported of a parcel. */
export interface ParcelEvent {
  readonly id: number;
  readonly status: string;
  readonly happenedAt: Moment;
  readonly createdAt: Moment;
  readonly estimatedDeliveryAt: Moment | null;
  readonly message: string | null;
  readonly address1: string | null;
  readonly city: string | null;
  readonly province: string | null;
  readonly country: string | null;
  readonly zip: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

export interface Fulfillment {
  readonly id: number;
  readonly lines: readonly { readonly id: number; readonly line: number; readonly quantity: number }[];
  readonly status: 'SUCCESS' | 'CANCELLED' | 'FAILURE';
  readonly displayStatus: string;
  readonly at: Moment;
  readonly inTransitAt: Moment | null;
  readonly deliveredAt: Moment | null;
  /** When it was changed last; null = when its last step happened. */
  readonly changedAt: Moment | null;
  readonly events: readonly ParcelEvent[];
  readonly tracking: readonly {
    readonly company: string | null;
    readonly number: string | null;
    readonly url: string | null;
  }[];
}

export interface ReturnLine {
  readonly id: number;
  /** Id of the fulfillment line the units were sent with. */
  readonly fulfillmentLineId: number;
  readonly quantity: number;
  readonly reason: string;
  readonly note: string;
  readonly customerNote: string | null;
  /** Units that were looked at when they came back; absent = none, or all of a closed return. */
  readonly processed?: number;
}

/** Goods on their way back. */
export interface Return {
  readonly id: number;
  readonly status: 'REQUESTED' | 'OPEN' | 'CLOSED' | 'DECLINED' | 'CANCELED';
  readonly createdAt: Moment;
  readonly approvedAt: Moment | null;
  readonly closedAt: Moment | null;
  readonly decline: { readonly reason: string; readonly note: string | null } | null;
  readonly lines: readonly ReturnLine[];
}

export interface RefundLine {
  readonly id: number;
  /** Position in {@link Order.lines}. */
  readonly line: number;
  readonly quantity: number;
  readonly restockType: 'RETURN' | 'CANCEL' | 'NO_RESTOCK';
  readonly subtotal: Bag;
  readonly taxes: readonly TaxAmount[];
}

export interface Refund {
  readonly id: number;
  readonly at: Moment;
  readonly note: string | null;
  readonly lines: readonly RefundLine[];
  readonly shipping: readonly {
    readonly id: number;
    readonly line: number;
    readonly subtotal: Bag;
    readonly tax: Bag;
  }[];
  /** Calculated minus actual amount, when they differ. */
  readonly discrepancy: { readonly id: number; readonly amount: Bag } | null;
  readonly transactionIds: readonly number[];
}

/** A stored order. What can be calculated from it is not stored; see order-totals.ts. */
export interface Order {
  readonly id: number;
  readonly number: number;
  /** What it is called when not after its number. */
  readonly name: string | null;
  readonly confirmationNumber: string;
  readonly exchange: Exchange;
  readonly taxesIncluded: boolean;
  readonly createdAt: Moment;
  readonly updatedAt: Moment;
  /** When the buyer ordered, if that was before it was put into the shop. */
  readonly processedAt: Moment | null;
  readonly closedAt: Moment | null;
  readonly cancelledAt: Moment | null;
  readonly cancelReason: string | null;
  readonly staffNote: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly note: string | null;
  readonly poNumber: string | null;
  readonly sourceName: string;
  readonly sourceIdentifier: string | null;
  readonly sourceUrl: string | null;
  readonly tags: readonly string[];
  readonly test: boolean;
  readonly edited: boolean;
  readonly attributes: readonly Attribute[];
  readonly buyer: Buyer | null;
  readonly billingAddress: Address | null;
  readonly shippingAddress: Address | null;
  readonly lines: readonly Line[];
  readonly shipping: readonly Shipping[];
  readonly discounts: readonly Discount[];
  readonly tip: Bag;
  readonly fees: readonly Fee[];
  readonly transactions: readonly Transaction[];
  readonly fulfillments: readonly Fulfillment[];
  readonly refunds: readonly Refund[];
  readonly returns: readonly Return[];
  /** A fulfilment status that quantities alone do not tell. */
  readonly fulfillmentHold: 'ON_HOLD' | 'SCHEDULED' | 'IN_PROGRESS' | null;
  /** The authorization ran out before it was captured. */
  readonly authorizationExpired: boolean;
}
