import { connection, type PageArguments } from '../graphql/connection.js';
import { printMoment, printMomentOrNull } from '../graphql/moment.js';
import type { RequestContext } from '../graphql/request-context.js';
import { checkoutTotals, type AbandonedCheckout } from '../orders/abandoned-checkouts.js';
import { minus, portion, times } from '../orders/bag.js';
import type { Line } from '../orders/order.js';
import { netOfLine } from '../orders/order-totals.js';
import type { Shop } from '../shops.js';
import { addressView } from './address-view.js';
import { customerOfOrderView } from './customer-view.js';
import { gid } from './gid.js';
import { productOfLine, variantOfLine } from './line-view.js';
import { moneyBagView, taxView } from './money-view.js';

function lineView(line: Line, { exchange }: AbandonedCheckout, context: RequestContext) {
  const { id, title, variantTitle, sku, quantity, unitPrice, attributes } = line;
  const bag = (value: typeof unitPrice) => moneyBagView(value, exchange);
  const gross = times(unitPrice, quantity);
  const net = netOfLine(line);
  return {
    ...{ title, variantTitle, sku, quantity },
    id: gid('AbandonedCheckoutLineItem', id),
    product: () => productOfLine(line, context),
    variant: () => variantOfLine(line, context),
    customAttributes: attributes,
    originalUnitPriceSet: bag(unitPrice),
    originalTotalPriceSet: bag(gross),
    discountedTotalPriceSet: bag(gross),
    discountedTotalPriceWithCodeDiscount: bag(net),
    discountedUnitPriceSet: bag(unitPrice),
    discountedUnitPriceWithCodeDiscount: bag(portion(net, 1, quantity)),
  };
}

function amounts(checkout: AbandonedCheckout, shop: Shop) {
  const { items, subtotal, tax, total } = checkoutTotals(checkout, shop);
  const bag = (value: typeof items) => moneyBagView(value, checkout.exchange);
  return {
    totalLineItemsPriceSet: bag(items),
    subtotalPriceSet: bag(subtotal),
    totalDiscountSet: bag(minus(items, subtotal)),
    totalTaxSet: bag(tax),
    totalDutiesSet: null,
    totalPriceSet: bag(total),
    taxLines: checkout.lines.flatMap(({ taxes }) => taxes.map((one) => taxView(one, checkout.exchange))),
  };
}

/** `AbandonedCheckout`. */
export function abandonedCheckoutView(checkout: AbandonedCheckout, context: RequestContext) {
  const { id, createdAt, updatedAt, completedAt, buyer, lines, codes } = checkout;
  const { shop } = context;
  return {
    ...amounts(checkout, shop),
    id: gid('AbandonedCheckout', id),
    name: `#${id}`,
    abandonedCheckoutUrl: `https://${shop.host}/${shop.id}/checkouts/ac/${id.toString(36)}/recover`,
    createdAt: printMoment(createdAt),
    updatedAt: printMoment(updatedAt),
    completedAt: printMomentOrNull(completedAt),
    note: '',
    taxesIncluded: shop.taxesIncluded,
    discountCodes: codes,
    customAttributes: [],
    customer: () => customerOfOrderView(buyer, context),
    billingAddress: () => addressView(buyer.address),
    shippingAddress: () => addressView(buyer.address),
    lineItems: (page: PageArguments) =>
      connection({ items: lines, idOf: (line) => line.id, view: (line) => lineView(line, checkout, context) }, page),
  };
}
