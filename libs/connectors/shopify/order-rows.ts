import { Big, type Fulfillment, type LineItem, type Refund, minorUnitDecimals, moneyOf, unitPrice } from '#contract';
import { utcInstant } from '#kit';
import { type ReadAmount, allocated, lineAmount, taxOf } from './order-amounts.js';
import type { PlatformFulfillment, PlatformLine, PlatformOrder, PlatformRefund } from './order-schema.js';
import { PARCEL, SHIPMENT, statusOf } from './order-status.js';
import { reasonIn } from './refund-note.js';

/** How many units of each line were sent and given back; `shipped` is null where the shipments are not known. */
export interface UnitsByLine {
  readonly shipped: ReadonlyMap<string, number> | null;
  readonly refunded: ReadonlyMap<string, number>;
}

/** Only a request to ship that succeeded has put units on their way; one still open or failed has not. */
const SHIPPED = 'SUCCESS';

export function unitsByLine({ fulfillments, refunds }: PlatformOrder): UnitsByLine {
  const sent = fulfillments?.filter(({ status }) => status === SHIPPED);
  return {
    shipped: sent === undefined ? null : units(sent.flatMap((one) => one.fulfillmentLineItems?.nodes ?? [])),
    refunded: units(refunds.flatMap((one) => one.refundLineItems?.nodes ?? [])),
  };
}

function units(rows: readonly { readonly quantity: number | null; readonly lineItem: { readonly id: string } }[]) {
  const counted = new Map<string, number>();
  for (const { quantity, lineItem } of rows)
    counted.set(lineItem.id, (counted.get(lineItem.id) ?? 0) + (quantity ?? 0));
  return counted;
}

export function lineItemOf(line: PlatformLine, units: UnitsByLine, currency: string, read: ReadAmount): LineItem {
  return {
    id: line.id,
    productId: line.product?.id ?? null,
    variantId: line.variant?.id ?? null,
    sku: line.sku,
    name: line.name,
    options: optionsOf(line),
    quantity: line.quantity,
    fulfilledQuantity: units.shipped === null ? null : (units.shipped.get(line.id) ?? 0),
    refundedQuantity: units.refunded.get(line.id) ?? 0,
    ...lineMoney(line, currency, read),
  };
}

function lineMoney(line: PlatformLine, currency: string, read: ReadAmount) {
  const amount = lineAmount(line, currency, read);
  const asked = read(line.originalUnitPriceSet);
  const price = asked.times(line.quantity).eq(amount) ? asked : unitPrice(amount, new Big(line.quantity), currency);
  const discount = allocated(line.discountAllocations, read);
  return {
    unitPrice: moneyOf(price, currency),
    discount: moneyOf(discount, currency),
    tax: moneyOf(taxOf(line, read), currency),
    total: moneyOf(amount.minus(discount).round(minorUnitDecimals(currency), Big.roundHalfUp), currency),
  };
}

/**
 * The options of the variant as it is today: the order itself keeps only their joined titles, which are part of the
 * line's name. A product without options has one named Title, which says nothing. A line's
 * `customAttributes` are what the buyer typed, an engraving say; they are no options.
 */
function optionsOf({ variant }: PlatformLine): LineItem['options'] {
  return (variant?.selectedOptions ?? []).filter(({ name, value }) => name !== 'Title' || value !== 'Default Title');
}

/** While the request to ship stands, the parcel's own status says more. */
export function fulfillmentOf(shipment: PlatformFulfillment): Fulfillment {
  const request = statusOf(SHIPMENT, shipment.status);
  const parcel = shipment.displayStatus ? statusOf(PARCEL, shipment.displayStatus) : request;
  return {
    id: shipment.id,
    status: request === 'shipped' ? parcel : request,
    platformStatus: shipment.displayStatus ?? shipment.status,
    tracking: shipment.trackingInfo,
    lineItems: (shipment.fulfillmentLineItems?.nodes ?? []).map(({ quantity, lineItem }) => ({
      lineItemId: lineItem.id,
      quantity: quantity ?? 0,
    })),
    createdAt: instantOf(shipment.createdAt),
    updatedAt: instantOf(shipment.updatedAt),
  };
}

export function refundOf(refund: PlatformRefund, currency: string, read: ReadAmount): Refund {
  return {
    id: refund.id,
    amount: moneyOf(read(refund.totalRefundedSet), currency),
    reason: reasonIn(refund.note),
    lineItems: (refund.refundLineItems?.nodes ?? []).map(({ quantity, lineItem, subtotalSet }) => ({
      lineItemId: lineItem.id,
      quantity,
      amount: subtotalSet ? moneyOf(read(subtotalSet), currency) : null,
    })),
    createdAt: instantOf(refund.createdAt),
  };
}

export function instantOf(text: string | null): string | null {
  return text === null ? null : utcInstant(text);
}
