import { catalogueSlice, findVariant } from '../catalogue/catalogue-slice.js';
import { productView, variantView } from '../catalogue/views.js';
import type { RequestContext } from '../graphql/request-context.js';
import { minus, portion, sum, times, type Bag } from '../orders/bag.js';
import type { Line, Order } from '../orders/order.js';
import { unfulfilledUnits } from '../orders/order-status.js';
import { netOfLine, refundedUnits } from '../orders/order-totals.js';
import { allocationViews } from './discount-view.js';
import { gid } from './gid.js';
import { moneyBagView, taxView } from './money-view.js';

const GRAMS_PER_UNIT = { POUNDS: 453.59237, KILOGRAMS: 1_000, GRAMS: 1 } as const;

function lineDiscounts(line: Line, order: Order, withCodes: boolean): Bag {
  const counted = line.allocations.filter(({ discount: index }) => {
    const discount = order.discounts[index];
    return discount?.method === 'EACH' && (withCodes || discount.kind !== 'code');
  });
  return sum(counted.map(({ amount }) => amount));
}

function lineMoney(line: Line, order: Order, unfulfilled: number) {
  const { quantity, unitPrice } = line;
  const original = times(unitPrice, quantity);
  const afterLine = (withCodes: boolean): Bag => minus(original, lineDiscounts(line, order, withCodes));
  const bag = (value: Bag) => moneyBagView(value, order.exchange);
  // Functions, so that only what is asked for is worked out.
  return {
    originalUnitPriceSet: () => bag(unitPrice),
    originalTotalSet: () => bag(original),
    discountedUnitPriceSet: () => bag(portion(afterLine(false), 1, quantity)),
    discountedUnitPriceAfterAllDiscountsSet: () => bag(portion(netOfLine(line), 1, quantity)),
    discountedTotalSet: (args: { withCodeDiscounts: boolean }) => bag(afterLine(args.withCodeDiscounts)),
    totalDiscountSet: () => bag(lineDiscounts(line, order, true)),
    unfulfilledOriginalTotalSet: () => bag(times(unitPrice, unfulfilled)),
    unfulfilledDiscountedTotalSet: () => bag(portion(afterLine(false), unfulfilled, quantity)),
  };
}

/** A line's product as it is today, or null after it was deleted. */
export function productOfLine({ productId }: Pick<Line, 'productId'>, context: RequestContext) {
  const found = catalogueSlice.read(context.data).products.find(({ id }) => id === productId);
  return found === undefined ? null : productView(found, context);
}

/** A line's variant as it is today, or null after it was deleted. */
export function variantOfLine({ variantId }: Pick<Line, 'variantId'>, context: RequestContext) {
  if (variantId === null) return null;
  const found = findVariant(context.data, variantId);
  return found === undefined ? null : variantView(found.variant, found.product, context);
}

function dutyViews({ duty, id }: Line, { exchange }: Order) {
  if (duty.shop === 0) return [];
  const origin = { countryCodeOfOrigin: 'US', harmonizedSystemCode: '640411' };
  return [{ id: gid('Duty', id), ...origin, price: moneyBagView(duty, exchange), taxLines: [] }];
}

/** `LineItem`. @param position of the line in its order */
export function lineView(line: Line, position: number, order: Order, context: RequestContext) {
  const unfulfilled = unfulfilledUnits(order, position);
  const current = line.quantity - refundedUnits(order, position);
  const { title, variantTitle, sku, vendor, quantity, requiresShipping, taxable, isGiftCard } = line;
  const { weightUnit: unit } = context.shop;
  return {
    ...lineMoney(line, order, unfulfilled),
    product: () => productOfLine(line, context),
    variant: () => variantOfLine(line, context),
    ...{ title, variantTitle, sku, vendor, quantity, requiresShipping, taxable, isGiftCard },
    id: gid('LineItem', line.id),
    name: variantTitle === null ? title : `${title} - ${variantTitle}`,
    currentQuantity: current,
    refundableQuantity: current,
    unfulfilledQuantity: unfulfilled,
    nonFulfillableQuantity: refundedUnits(order, position, ['CANCEL']),
    restockable: current > 0 && line.productId !== null,
    taxLines: ({ first }: { first?: number | null }) =>
      line.taxes.slice(0, first ?? undefined).map((tax) => taxView(tax, order.exchange)),
    duties: () => dutyViews(line, order),
    discountAllocations: () => allocationViews(line.allocations, order),
    customAttributes: line.attributes,
    weight: { value: Number((line.grams / GRAMS_PER_UNIT[unit]).toFixed(4)), unit },
  };
}
