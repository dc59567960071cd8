import { Big, decimal, minorUnitDecimals, type RefundInput, sum } from '#contract';
import type { WooLineItem, WooOrder } from './order-schema.js';
import { rejected } from './record-calls.js';
import { refundedLineId, type WooRefund } from './refunds.js';

/** What of one line of an order is given back. */
export interface RefundedPart {
  readonly lineId: string;
  readonly quantity?: number;
  /** Without tax. */
  readonly total: Big;
  readonly taxes: readonly { readonly rateId: string; readonly total: Big }[];
}

interface Wanted {
  readonly lineItems: NonNullable<RefundInput['lineItems']>;
  /** Without tax. */
  readonly shipping: string | undefined;
}

/**
 * What the wanted quantities and the wanted part of the shipping come to. The last piece of a line takes what is left of
 * it, so that the pieces add up to the line to the cent.
 * @throws GatewayError `request_rejected` for more than is left
 */
export function refundParts(order: WooOrder, refunds: readonly WooRefund[], wanted: Wanted): readonly RefundedPart[] {
  const quantities = new Map<string, number>();
  for (const { lineItemId, quantity } of wanted.lineItems)
    quantities.set(lineItemId, (quantities.get(lineItemId) ?? 0) + quantity);
  const lines = [...quantities].map(([lineId, quantity]) => {
    const line = order.line_items.find(({ id }) => id === lineId);
    if (line === undefined) throw rejected(`The order has no line ${lineId}.`, 'lineItems');
    return linePart(line, quantity, refunds, order.currency);
  });
  return [...lines, ...shippingParts(order, refunds, wanted.shipping)];
}

function linePart(line: WooLineItem, quantity: number, refunds: readonly WooRefund[], currency: string): RefundedPart {
  const given = refunds.flatMap((refund) => refund.line_items).filter((item) => refundedLineId(item) === line.id);
  const left = line.quantity - given.reduce((count, item) => count + Math.abs(item.quantity), 0);
  if (quantity > left) {
    throw rejected(`Of the line ${line.id} only ${Math.max(left, 0)} are left to be refunded.`, 'lineItems');
  }
  const share = (amount: string | number, before: readonly (string | number)[]): Big =>
    quantity === left
      ? decimal(amount).minus(sum(before.map((part) => decimal(part).abs())))
      : rounded(decimal(amount).times(quantity).div(line.quantity), currency);
  return {
    lineId: line.id,
    quantity,
    total: share(
      line.total,
      given.map(({ total }) => total),
    ),
    taxes: line.taxes.map((tax) => ({
      rateId: tax.id,
      total: share(
        tax.total,
        given.flatMap(({ taxes }) => taxes.filter(({ id }) => id === tax.id).map(({ total }) => total)),
      ),
    })),
  };
}

/** Shipping is taken from the lines in their order, as far as each goes. */
function shippingParts(
  { shipping_lines: lines, currency }: WooOrder,
  refunds: readonly WooRefund[],
  wanted: string | undefined,
): readonly RefundedPart[] {
  if (wanted === undefined) return [];
  let open = decimal(wanted);
  const parts = lines.flatMap((line): RefundedPart[] => {
    const total = decimal(line.total);
    const given = refunds
      .flatMap((refund) => refund.shipping_lines)
      .filter((item) => refundedLineId(item) === line.id)
      .map((item) => decimal(item.total).abs());
    const left = total.minus(sum(given));
    const part = open.gt(left) ? left : open;
    if (!part.gt(0)) return [];
    open = open.minus(part);
    const taxes = line.taxes.map((tax) => ({
      rateId: tax.id,
      total: rounded(decimal(tax.total).times(part).div(total), currency),
    }));
    return [{ lineId: line.id, total: part, taxes }];
  });
  if (open.gt(0)) throw rejected('That is more than is left of the shipping.', 'shipping');
  return parts;
}

function rounded(value: Big, currency: string): Big {
  return value.round(minorUnitDecimals(currency), Big.roundHalfUp);
}
