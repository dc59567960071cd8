import { Big, type Discount, type Fee, Unreadable, decimal, minorUnitDecimals, moneyOf, sum } from '#contract';
import type { Allocation, MoneyBag, PlatformLine, PlatformOrder } from './order-schema.js';

/** Reads an amount in the shop's currency. */
export type ReadAmount = (bag: MoneyBag) => Big;

/** @throws Unreadable for an amount in another currency than the order's, or a currency that is not ISO 4217. */
export function amountsIn(currency: string): ReadAmount {
  requireCurrency(currency);
  return ({ shopMoney }) => {
    if (shopMoney.currencyCode !== undefined && shopMoney.currencyCode !== currency) {
      throw new Unreadable(`an amount is in ${shopMoney.currencyCode.slice(0, 20)}, the order in ${currency}`);
    }
    return decimal(shopMoney.amount);
  };
}

/** The platform also knows digital currencies, such as USDC, which our amounts do not. @throws Unreadable */
export function requireCurrency(code: string): void {
  if (!/^[A-Z]{3}$/.test(code)) throw new Unreadable(`no ISO 4217 currency: ${code.slice(0, 20)}`);
}

export function allocated(allocations: readonly Allocation[], read: ReadAmount): Big {
  return sum(allocations.map(({ allocatedAmountSet }) => read(allocatedAmountSet)));
}

export function taxOf({ taxLines }: Pick<PlatformLine, 'taxLines'>, read: ReadAmount): Big {
  return sum(taxLines.map(({ priceSet }) => read(priceSet)));
}

/**
 * A line before discounts: price x quantity, units refunded or removed by an edit included, because `totalPriceSet`
 * includes them too (recorded at a live shop: an edit from two units to one leaves `quantity` and the total as they
 * were). In an order paid in another currency the price was converted and rounded by itself, so the amount of the whole
 * line wins where it differs by no more than that rounding.
 */
export function lineAmount(line: PlatformLine, currency: string, read: ReadAmount): Big {
  const product = read(line.originalUnitPriceSet).times(line.quantity);
  if (line.originalTotalSet === null) return product;
  const whole = read(line.originalTotalSet);
  const halfMinorUnit = new Big('0.5').div(new Big(10).pow(minorUnitDecimals(currency)));
  return whole.minus(product).abs().lte(halfMinorUnit.times(line.quantity)) ? whole : product;
}

/**
 * The line that is a tip, if there is one. A tip given at the checkout is one of the order's lines (schema: a tip is
 * the example of what cannot be fulfilled; issue Ventmere/shopify #7) and also `totalTipReceivedSet`; it must not be
 * counted twice. Nothing names such a line, so it is known by having no product, nothing to ship and that very amount.
 */
export function tipLine(order: PlatformOrder, read: ReadAmount): PlatformLine | undefined {
  const tip = amountOf(order.totalTipReceivedSet, read);
  if (tip.eq(0)) return undefined;
  return order.lineItems.nodes.findLast(
    (line) =>
      !line.product &&
      !line.variant &&
      line.requiresShipping !== true &&
      (line.nonFulfillableQuantity ?? line.quantity) > 0 &&
      lineAmount(line, order.currencyCode, read).eq(tip),
  );
}

/** What is charged beside goods, shipping and tax. Duties that the prices already contain are no fee. */
export function feesOf(order: PlatformOrder, tip: PlatformLine | undefined, read: ReadAmount): Fee[] {
  const fee = (kind: Fee['kind'], name: string, amount: Big): Fee[] =>
    amount.eq(0) ? [] : [{ kind, name, amount: moneyOf(amount, order.currencyCode), tax: null }];
  return [
    ...fee('tip', tip?.name ?? 'Tip', amountOf(order.totalTipReceivedSet, read)),
    ...(order.dutiesIncluded ? [] : fee('duty', 'Duties', amountOf(order.originalTotalDutiesSet, read))),
    ...order.additionalFees.flatMap(({ name, price }) => fee('fee', name, read(price))),
  ];
}

export function amountOf(bag: MoneyBag | null, read: ReadAmount): Big {
  return bag ? read(bag) : new Big(0);
}

/**
 * Each discount with what it took off, lines and shipping together; null where the recording does not say which discount
 * an amount belongs to.
 */
export function discountsOf(order: PlatformOrder, read: ReadAmount): Discount[] {
  const applications = order.discountApplications?.nodes;
  if (applications === undefined) return order.discountCodes.map((code) => ({ code, name: code, amount: null }));
  const taken = new Map<number | undefined, Big>();
  for (const { discountAllocations } of [...order.lineItems.nodes, ...order.shippingLines.nodes]) {
    for (const { allocatedAmountSet, discountApplication } of discountAllocations) {
      const index = discountApplication?.index;
      taken.set(index, read(allocatedAmountSet).plus(taken.get(index) ?? 0));
    }
  }
  return applications.map(({ index, code, title }) => ({
    code,
    name: code ?? title ?? 'Discount',
    amount: taken.has(undefined) ? null : moneyOf(taken.get(index) ?? new Big(0), order.currencyCode),
  }));
}
