import { connection, type PageArguments } from '../graphql/connection.js';
import { printMoment, printMomentOrNull } from '../graphql/moment.js';
import { NOTHING, sum, type Bag } from '../orders/bag.js';
import type { Order, TaxAmount } from '../orders/order.js';
import { financialStatus, fulfillmentStatus } from '../orders/order-status.js';
import { orderTotals, refundedUnits, sumOfAllocations } from '../orders/order-totals.js';
import type { Shop } from '../shops.js';
import { addressView } from './address-view.js';
import { customerView } from './customer-view.js';
import { discountView } from './discount-view.js';
import { fulfillmentView } from './fulfillment-view.js';
import { gid } from './gid.js';
import { lineView } from './line-view.js';
import { moneyBagView, taxView } from './money-view.js';
import { refundView } from './refund-view.js';
import { shippingView } from './shipping-view.js';
import { isCapturable, transactionView } from './transaction-view.js';

interface FirstOnly {
  readonly first?: number | null;
}

/** Taxes of the same title and rate added up. */
function mergedTaxes(taxes: readonly TaxAmount[]): readonly TaxAmount[] {
  const merged = new Map<string, TaxAmount>();
  for (const tax of taxes) {
    const key = `${tax.title} ${tax.ppm}`;
    merged.set(key, { ...tax, amount: sum([merged.get(key)?.amount ?? NOTHING, tax.amount]) });
  }
  return [...merged.values()];
}

function negative(tax: TaxAmount): TaxAmount {
  return { ...tax, amount: { shop: -tax.amount.shop, presentment: -tax.amount.presentment } };
}

function orderTaxes(order: Order) {
  const shipping = order.shipping.filter(({ removed }) => !removed);
  const placed = (): readonly TaxAmount[] => [...order.lines, ...shipping].flatMap(({ taxes }) => taxes);
  const back = (): readonly TaxAmount[] => order.refunds.flatMap(({ lines }) => lines).flatMap(({ taxes }) => taxes);
  const view = (tax: TaxAmount) => taxView(tax, order.exchange);
  return {
    taxLines: () => mergedTaxes(placed()).map(view),
    currentTaxLines: () => mergedTaxes([...placed(), ...back().map(negative)]).map(view),
  };
}

function orderWideDiscount(order: Order): Bag {
  const wide = order.lines.flatMap(({ allocations }) =>
    allocations.filter(({ discount }) => order.discounts[discount]?.method === 'ACROSS'),
  );
  return sumOfAllocations(wide);
}

/** The fields that are amounts. */
function orderMoney(order: Order) {
  const totals = orderTotals(order);
  const bag = (value: Bag) => moneyBagView(value, order.exchange);
  const has = (value: Bag) => (value.shop === 0 ? null : bag(value));
  const rounding = (): Bag => sum(order.transactions.map((transaction) => transaction.rounding ?? NOTHING));
  // Functions, so that only what is asked for is printed.
  return {
    subtotalPriceSet: () => bag(totals.subtotal),
    cartDiscountAmountSet: () => has(orderWideDiscount(order)),
    totalDiscountsSet: () => bag(totals.discounts),
    totalShippingPriceSet: () => bag(totals.shipping),
    totalTaxSet: () => bag(totals.tax),
    totalTipReceivedSet: () => bag(order.tip),
    totalPriceSet: () => bag(totals.total),
    originalTotalPriceSet: () => bag(totals.total),
    originalTotalDutiesSet: () => has(totals.duties),
    originalTotalAdditionalFeesSet: () => has(totals.fees),
    currentSubtotalPriceSet: () => bag(totals.currentSubtotal),
    currentTotalDiscountsSet: () => bag(totals.currentDiscounts),
    currentShippingPriceSet: () => bag(totals.currentShipping),
    currentTotalTaxSet: () => bag(totals.currentTax),
    currentTotalDutiesSet: () => has(totals.duties),
    currentTotalAdditionalFeesSet: () => has(totals.fees),
    currentTotalPriceSet: () => bag(totals.currentTotal),
    totalRefundedSet: () => bag(totals.refunded),
    totalRefundedShippingSet: () => bag(totals.refundedShipping),
    refundDiscrepancySet: () => bag(totals.discrepancy),
    totalReceivedSet: () => bag(totals.received),
    totalOutstandingSet: () => bag(totals.outstanding),
    totalCapturableSet: () => bag(totals.capturable),
    netPaymentSet: () =>
      bag({
        shop: totals.received.shop - totals.refunded.shop,
        presentment: totals.received.presentment - totals.refunded.presentment,
      }),
    totalCashRoundingAdjustment: () => ({ paymentSet: bag(rounding()), refundSet: bag(NOTHING) }),
  };
}

function orderFlags(order: Order) {
  const totals = orderTotals(order);
  const net = totals.received.shop - totals.refunded.shop;
  const status = fulfillmentStatus(order);
  // recorded: an order without any payment has no financial status at all
  const paid = order.transactions.length > 0 || totals.total.shop === 0;
  return {
    test: order.test,
    confirmed: true,
    closed: order.closedAt !== null,
    edited: order.edited,
    fullyPaid: totals.outstanding.shop <= 0,
    unpaid: totals.received.shop === 0 && totals.total.shop > 0,
    refundable: net > 0,
    capturable: totals.capturable.shop > 0,
    fulfillable: order.cancelledAt === null && status !== 'FULFILLED',
    restockable: totals.currentTotal.shop > 0,
    requiresShipping: order.lines.some(({ requiresShipping }) => requiresShipping),
    canMarkAsPaid: totals.outstanding.shop > 0 && order.cancelledAt === null,
    canNotifyCustomer: order.email !== null,
    taxesIncluded: order.taxesIncluded,
    taxExempt: order.lines.every(({ taxable, isGiftCard }) => !taxable && !isGiftCard),
    dutiesIncluded: false,
    estimatedTaxes: false,
    customerAcceptsMarketing: false,
    billingAddressMatchesShippingAddress: order.billingAddress?.id === order.shippingAddress?.id,
    displayFinancialStatus: paid ? financialStatus(order) : null,
    displayFulfillmentStatus: status,
    returnStatus: 'NO_RETURN',
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

function orderTexts(order: Order, shop: Shop) {
  const codes = order.discounts.filter(({ kind }) => kind === 'code').map(({ title }) => title);
  const { note, tags, email, phone, poNumber, sourceName, confirmationNumber, cancelReason } = order;
  return {
    ...{ note, tags, email, phone, poNumber, sourceName, confirmationNumber, cancelReason },
    id: gid('Order', order.id),
    legacyResourceId: String(order.id),
    name: `#${order.number}`,
    number: order.number,
    sourceIdentifier: null,
    registeredSourceUrl: null,
    currencyCode: order.exchange.shopCurrency,
    presentmentCurrencyCode: order.exchange.presentmentCurrency,
    createdAt: printMoment(order.createdAt),
    processedAt: printMoment(order.createdAt),
    updatedAt: printMoment(order.updatedAt),
    closedAt: printMomentOrNull(order.closedAt),
    cancelledAt: printMomentOrNull(order.cancelledAt),
    cancellation: order.cancelledAt === null ? null : { staffNote: null },
    customerLocale: order.buyer?.locale ?? null,
    discountCode: codes[0] ?? null,
    discountCodes: codes,
    paymentGatewayNames: [...new Set(order.transactions.map(({ gateway }) => gateway))],
    statusPageUrl: `https://${shop.host}/${shop.id}/orders/${confirmationNumber.toLowerCase()}`,
    customAttributes: order.attributes,
    app:
      order.sourceName === 'pos'
        ? { id: gid('App', 129_785), name: 'Point of Sale' }
        : { id: gid('App', 580_111), name: 'Online Store' },
  };
}

function orderLists(order: Order, shop: Shop) {
  const { lines, shipping, discounts, transactions, fulfillments, refunds } = order;
  const idOf = ({ id }: { readonly id: number }): number => id;
  const kept = (includeRemovals: boolean) => shipping.filter(({ removed }) => includeRemovals || !removed);
  const ship = (line: (typeof shipping)[number]) => shippingView(line, shipping.indexOf(line), order);
  const exact = (count: number) => ({ count, precision: 'EXACT' });
  return {
    lineItems: (page: PageArguments) =>
      connection({ items: lines, idOf, view: (line) => lineView(line, lines.indexOf(line), order, shop) }, page),
    shippingLine: () => kept(false).map(ship)[0] ?? null,
    shippingLines: (page: PageArguments & { includeRemovals: boolean }) =>
      connection({ items: kept(page.includeRemovals), idOf, view: ship }, page),
    discountApplications: (page: PageArguments) =>
      connection({ items: discounts, idOf: ({ index }) => index, view: (one) => discountView(one, order) }, page),
    fulfillments: ({ first }: FirstOnly) =>
      fulfillments.slice(0, first ?? undefined).map((one, position) => fulfillmentView(one, position, order, shop)),
    fulfillmentsCount: exact(fulfillments.length),
    refunds: ({ first }: FirstOnly) => refunds.slice(0, first ?? undefined).map((one) => refundView(one, order, shop)),
    transactions: ({ first, capturable }: FirstOnly & { capturable?: boolean | null }) =>
      transactions
        .filter((one) => capturable === undefined || capturable === null || isCapturable(one, order) === capturable)
        .slice(0, first ?? undefined)
        .map((one) => transactionView(one, order)),
    transactionsCount: exact(transactions.length),
  };
}

/** `Order`. @param orders all orders of the shop, for what its customer bought before */
export function orderView(order: Order, orders: readonly Order[], shop: Shop) {
  const { buyer, billingAddress, shippingAddress } = order;
  const address = (value: typeof billingAddress) => () => (value === null ? null : addressView(value));
  return {
    ...orderTexts(order, shop),
    ...orderFlags(order),
    ...orderMoney(order),
    ...orderTaxes(order),
    ...orderQuantities(order),
    ...orderLists(order, shop),
    customer: () => (buyer === null ? null : customerView(buyer, orders, shop)),
    billingAddress: address(billingAddress),
    shippingAddress: address(shippingAddress),
    displayAddress: address(shippingAddress ?? billingAddress),
    additionalFees: order.fees.map(({ id, name, price }) => ({
      id: gid('AdditionalFee', id),
      name,
      price: moneyBagView(price, order.exchange),
      taxLines: [],
    })),
  };
}
