import { connection, type PageArguments } from '../graphql/connection.js';
import { printMoment, printMomentOrNull } from '../graphql/moment.js';
import { fulfillmentOrdersOf } from '../orders/fulfillment-orders.js';
import type { Order } from '../orders/order.js';
import { financialStatus, fulfillmentStatus, orderName, returnStatus } from '../orders/order-status.js';
import { orderTotals, refundedUnits } from '../orders/order-totals.js';
import type { RequestContext } from '../graphql/request-context.js';
import { addressView } from './address-view.js';
import { customerOfOrderView } from './customer-view.js';
import { discountView } from './discount-view.js';
import { gid } from './gid.js';
import { lineView } from './line-view.js';
import { orderMoneyView } from './order-money-view.js';
import { orderParts, type OrderParts } from './order-parts-view.js';
import { shippingView } from './shipping-view.js';
import { suggestedRefundView, type SuggestedRefundArguments } from './suggested-refund-view.js';
import { isCapturable } from './transaction-view.js';

interface FirstOnly {
  readonly first?: number | null;
}

function orderStatuses(order: Order) {
  const totals = orderTotals(order);
  const status = fulfillmentStatus(order);
  // recorded: an order without any payment has no financial status at all
  const hasStatus = order.transactions.length > 0 || totals.total.shop === 0;
  return {
    fullyPaid: totals.outstanding.shop <= 0,
    unpaid: totals.received.shop === 0 && totals.total.shop > 0,
    refundable: totals.received.shop > totals.refunded.shop,
    capturable: totals.capturable.shop > 0,
    fulfillable: order.cancelledAt === null && status !== 'FULFILLED',
    restockable: totals.currentTotal.shop > 0,
    canMarkAsPaid: totals.outstanding.shop > 0 && order.cancelledAt === null,
    displayFinancialStatus: hasStatus ? financialStatus(order) : null,
    displayFulfillmentStatus: status,
    returnStatus: returnStatus(order),
  };
}

function orderFlags(order: Order) {
  const { test, edited, taxesIncluded, lines, billingAddress, shippingAddress } = order;
  return {
    ...{ test, edited, taxesIncluded },
    confirmed: true,
    closed: order.closedAt !== null,
    requiresShipping: lines.some(({ requiresShipping }) => requiresShipping),
    canNotifyCustomer: order.email !== null,
    taxExempt: lines.every(({ taxable, isGiftCard }) => !taxable && !isGiftCard),
    dutiesIncluded: false,
    estimatedTaxes: false,
    customerAcceptsMarketing: false,
    billingAddressMatchesShippingAddress: billingAddress?.id === shippingAddress?.id,
  };
}

function orderQuantities(order: Order) {
  const current = (position: number): number => (order.lines[position]?.quantity ?? 0) - refundedUnits(order, position);
  const total = (units: (position: number) => number, per: (position: number) => number): number =>
    order.lines.reduce((whole, _line, position) => whole + units(position) * per(position), 0);
  const placed = (position: number): number => order.lines[position]?.quantity ?? 0;
  const grams = (position: number): number => order.lines[position]?.grams ?? 0;
  return {
    totalWeight: String(total(placed, grams)),
    currentTotalWeight: String(total(current, grams)),
    subtotalLineItemsQuantity: total(placed, () => 1),
    currentSubtotalLineItemsQuantity: total(current, () => 1),
  };
}

function orderDates({ createdAt, updatedAt, processedAt, closedAt, cancelledAt, staffNote }: Order) {
  return {
    createdAt: printMoment(createdAt),
    processedAt: printMoment(processedAt ?? createdAt),
    updatedAt: printMoment(updatedAt),
    closedAt: printMomentOrNull(closedAt),
    cancelledAt: printMomentOrNull(cancelledAt),
    cancellation: cancelledAt === null ? null : { staffNote },
  };
}

const POINT_OF_SALE = { id: gid('App', 129_785), name: 'Point of Sale' };
const OTHER_APP = { id: gid('App', 70_411_009), name: 'API client' };
const ONLINE_STORE = { id: gid('App', 580_111), name: 'Online Store' };

function orderTexts(order: Order, context: RequestContext) {
  const codes = order.discounts.filter(({ kind }) => kind === 'code').map(({ title }) => title);
  const { note, tags, email, phone, poNumber, sourceName, confirmationNumber, cancelReason } = order;
  return {
    ...{ note, tags, email, phone, poNumber, sourceName, confirmationNumber, cancelReason },
    id: gid('Order', order.id),
    legacyResourceId: String(order.id),
    name: orderName(order),
    number: order.number,
    sourceIdentifier: order.sourceIdentifier,
    registeredSourceUrl: order.sourceUrl,
    currencyCode: order.exchange.shopCurrency,
    presentmentCurrencyCode: order.exchange.presentmentCurrency,
    customerLocale: order.buyer?.locale ?? null,
    discountCode: codes[0] ?? null,
    discountCodes: codes,
    paymentGatewayNames: [...new Set(order.transactions.map(({ gateway }) => gateway))],
    statusPageUrl: `https://${context.shop.host}/${context.shop.id}/orders/${confirmationNumber.toLowerCase()}`,
    customAttributes: order.attributes,
    app: sourceName === 'pos' ? POINT_OF_SALE : sourceName === 'web' ? ONLINE_STORE : OTHER_APP,
  };
}

function orderLists(order: Order, context: RequestContext) {
  const { lines, shipping, discounts } = order;
  const idOf = ({ id }: { readonly id: number }): number => id;
  const kept = (includeRemovals: boolean) => shipping.filter(({ removed }) => includeRemovals || !removed);
  const ship = (line: (typeof shipping)[number]) => shippingView(line, shipping.indexOf(line), order);
  return {
    lineItems: (page: PageArguments) =>
      connection({ items: lines, idOf, view: (line) => lineView(line, lines.indexOf(line), order, context) }, page),
    shippingLine: () => kept(false).map(ship)[0] ?? null,
    shippingLines: (page: PageArguments & { includeRemovals: boolean }) =>
      connection({ items: kept(page.includeRemovals), idOf, view: ship }, page),
    discountApplications: (page: PageArguments) =>
      connection({ items: discounts, idOf: ({ index }) => index, view: (one) => discountView(one, order) }, page),
  };
}

/** What happened to an order. */
function orderHistory(order: Order, context: RequestContext, parts: OrderParts) {
  const { transactions, fulfillments, refunds, returns } = order;
  const idOf = ({ id }: { readonly id: number }): number => id;
  const exact = (count: number) => ({ count, precision: 'EXACT' });
  return {
    fulfillments: ({ first }: FirstOnly) => fulfillments.slice(0, first ?? undefined).map(parts.fulfillment),
    fulfillmentsCount: exact(fulfillments.length),
    fulfillmentOrders: (page: PageArguments) =>
      connection({ items: fulfillmentOrdersOf(order), idOf, view: parts.fulfillmentOrder }, page),
    refunds: ({ first }: FirstOnly) => refunds.slice(0, first ?? undefined).map(parts.refund),
    returns: (page: PageArguments) => connection({ items: returns, idOf, view: parts.return }, page),
    suggestedRefund: (asked: SuggestedRefundArguments) => suggestedRefundView(asked, order, context),
    transactions: ({ first, capturable }: FirstOnly & { capturable?: boolean | null }) =>
      transactions
        .filter((one) => capturable === undefined || capturable === null || isCapturable(one, order) === capturable)
        .slice(0, first ?? undefined)
        .map(parts.transaction),
    transactionsCount: exact(transactions.length),
  };
}

/** `Order`. */
export function orderView(order: Order, context: RequestContext): Record<string, unknown> {
  const parts = orderParts(order, context, () => orderView(order, context));
  const { buyer, billingAddress, shippingAddress } = order;
  const address = (value: typeof billingAddress) => () => (value === null ? null : addressView(value));
  return {
    ...orderTexts(order, context),
    ...orderDates(order),
    ...orderStatuses(order),
    ...orderFlags(order),
    ...orderMoneyView(order),
    ...orderQuantities(order),
    ...orderLists(order, context),
    ...orderHistory(order, context, parts),
    customer: () => (buyer === null ? null : customerOfOrderView(buyer, context)),
    billingAddress: address(billingAddress),
    shippingAddress: address(shippingAddress),
    displayAddress: address(shippingAddress ?? billingAddress),
  };
}
