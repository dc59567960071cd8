import { isNothing, minus, NOTHING, sum, type Bag } from '../orders/bag.js';
import type { Fee, Order, TaxAmount } from '../orders/order.js';
import { orderTotals, sumOfAllocations } from '../orders/order-totals.js';
import { gid } from './gid.js';
import { moneyBagView, taxView } from './money-view.js';

interface Printer {
  readonly bag: (value: Bag) => ReturnType<typeof moneyBagView>;
  /** Null where Shopify has no such amount at all. */
  readonly orNull: (value: Bag) => ReturnType<typeof moneyBagView> | null;
}

function feeView({ id, name, price }: Fee, { bag }: Printer) {
  return { id: gid('AdditionalFee', id), name, price: bag(price), taxLines: [] };
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

function placedMoney(order: Order, { bag, orNull }: Printer) {
  const totals = orderTotals(order);
  return {
    subtotalPriceSet: () => bag(totals.subtotal),
    cartDiscountAmountSet: () => orNull(orderWideDiscount(order)),
    totalDiscountsSet: () => bag(totals.discounts),
    totalShippingPriceSet: () => bag(totals.shipping),
    totalTaxSet: () => bag(totals.tax),
    totalTipReceivedSet: () => bag(order.tip),
    totalPriceSet: () => bag(totals.total),
    originalTotalPriceSet: () => bag(totals.total),
    originalTotalDutiesSet: () => orNull(totals.duties),
    originalTotalAdditionalFeesSet: () => orNull(totals.fees),
  };
}

function currentMoney(order: Order, { bag, orNull }: Printer) {
  const totals = orderTotals(order);
  return {
    currentSubtotalPriceSet: () => bag(totals.currentSubtotal),
    currentTotalDiscountsSet: () => bag(totals.currentDiscounts),
    currentShippingPriceSet: () => bag(totals.currentShipping),
    currentTotalTaxSet: () => bag(totals.currentTax),
    currentTotalDutiesSet: () => orNull(totals.duties),
    currentTotalAdditionalFeesSet: () => orNull(totals.fees),
    currentTotalPriceSet: () => bag(totals.currentTotal),
  };
}

function movedMoney(order: Order, { bag }: Printer) {
  const totals = orderTotals(order);
  const rounding = (): Bag => sum(order.transactions.map((transaction) => transaction.rounding ?? NOTHING));
  return {
    totalRefundedSet: () => bag(totals.refunded),
    totalRefundedShippingSet: () => bag(totals.refundedShipping),
    refundDiscrepancySet: () => bag(totals.discrepancy),
    totalReceivedSet: () => bag(totals.received),
    totalOutstandingSet: () => bag(totals.outstanding),
    totalCapturableSet: () => bag(totals.capturable),
    netPaymentSet: () => bag(minus(totals.received, totals.refunded)),
    totalCashRoundingAdjustment: () => ({ paymentSet: bag(rounding()), refundSet: bag(NOTHING) }),
  };
}

/** The fields of `Order` that are amounts: functions, so that only what is asked for is worked out. */
export function orderMoneyView(order: Order) {
  const bag = (value: Bag) => moneyBagView(value, order.exchange);
  const printer: Printer = { bag, orNull: (value) => (isNothing(value) ? null : bag(value)) };
  return {
    ...placedMoney(order, printer),
    ...currentMoney(order, printer),
    ...movedMoney(order, printer),
    ...orderTaxes(order),
    additionalFees: () => order.fees.map((fee) => feeView(fee, printer)),
  };
}
