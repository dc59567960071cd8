import { minus, sum } from '../orders/bag.js';
import type { Order, Shipping } from '../orders/order.js';
import { netOfShipping } from '../orders/order-totals.js';
import { allocationViews } from './discount-view.js';
import { gid } from './gid.js';
import { moneyBagView, taxView } from './money-view.js';

/** `ShippingLine`. @param position of the line in its order */
export function shippingView(line: Shipping, position: number, order: Order) {
  const back = order.refunds.flatMap(({ shipping }) => shipping).filter((part) => part.line === position);
  const net = netOfShipping(line);
  return {
    id: gid('ShippingLine', line.id),
    title: line.title,
    code: line.code,
    source: line.source,
    carrierIdentifier: null,
    custom: false,
    deliveryCategory: null,
    isRemoved: line.removed,
    phone: null,
    originalPriceSet: moneyBagView(line.price, order.exchange),
    discountedPriceSet: moneyBagView(net, order.exchange),
    currentDiscountedPriceSet: moneyBagView(minus(net, sum(back.map(({ subtotal }) => subtotal))), order.exchange),
    taxLines: line.taxes.map((tax) => taxView(tax, order.exchange)),
    discountAllocations: allocationViews(line.allocations, order),
  };
}
