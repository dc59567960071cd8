import { Big, type Fulfillment, type LineItem, type Refund, minorUnitDecimals, moneyOf, unitPrice } from '#contract';
import { utcInstant } from '#kit';
import { type ReadAmount, allocated, lineAmount, taxOf } from './order-amounts.js';
import type { PlatformFulfillment, PlatformLine, PlatformOrder, PlatformRefund } from './order-schema.js';
import { PARCEL, SHIPMENT, statusOf } from './order-status.js';

/** Only a request to ship that succeeded has put units on their way; one still open or failed has not. */
const SHIPPED = 'SUCCESS';

export function lineItemOf(line: PlatformLine, order: PlatformOrder, read: ReadAmount): LineItem {
  const shipments = order.fulfillments?.filter(({ status }) => status === SHIPPED);
  return {
    id: line.id,
    productId: line.product?.id ?? null,
    variantId: line.variant?.id ?? null,
    sku: line.sku,
    name: line.name,
    options: optionsOf(line),
    quantity: line.quantity,
    fulfilledQuantity:
      shipments === undefined
        ? null
        : units(
            shipments.flatMap((one) => one.fulfillmentLineItems?.nodes ?? []),
            line.id,
          ),
    refundedQuantity: units(
      order.refunds.flatMap((one) => one.refundLineItems?.nodes ?? []),
      line.id,
    ),
    ...lineMoney(line, order.currencyCode, read),
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

interface Units {
  readonly quantity: number | null;
  readonly lineItem: { readonly id: string };
}

function units(rows: readonly Units[], lineId: string): number {
  return rows.reduce((total, { quantity, lineItem }) => total + (lineItem.id === lineId ? (quantity ?? 0) : 0), 0);
}

/**
 * The options of the variant as it is today: the order itself keeps only their joined titles, which are part of the
 * line's name. A product without options has one named Title (sheet d.6), which says nothing. A line's
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
    reason: refund.note,
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
