import { minus, portion, sum, times, type Bag } from '../orders/bag.js';
import type { Line, Order } from '../orders/order.js';
import { unfulfilledUnits } from '../orders/order-status.js';
import { netOfLine, refundedUnits } from '../orders/order-totals.js';
import type { Shop } from '../shops.js';
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

const OPTION_NAMES = ['Size', 'Color', 'Style'] as const;

/** docs: a product without variants has the one option "Title" with the value "Default Title". */
function optionsOf(variantTitle: string | null) {
  if (variantTitle === null) return [{ name: 'Title', value: 'Default Title' }];
  return variantTitle.split(' / ').map((value, index) => ({ name: OPTION_NAMES[index] ?? 'Option', value }));
}

/** The product of a line, or null after it was deleted. */
export function productView({ productId, title }: Line) {
  if (productId === null) return null;
  return { id: gid('Product', productId), legacyResourceId: String(productId), title, handle: `item-${productId}` };
}

/** The variant of a line, or null after it was deleted. */
export function variantView({ variantId, variantTitle, title, sku }: Line) {
  if (variantId === null) return null;
  const own = variantTitle ?? 'Default Title';
  return {
    id: gid('ProductVariant', variantId),
    legacyResourceId: String(variantId),
    title: own,
    displayName: `${title} - ${own}`,
    sku,
    barcode: null,
    selectedOptions: optionsOf(variantTitle),
  };
}

function dutyViews({ duty, id }: Line, { exchange }: Order) {
  if (duty.shop === 0) return [];
  const origin = { countryCodeOfOrigin: 'US', harmonizedSystemCode: '640411' };
  return [{ id: gid('Duty', id), ...origin, price: moneyBagView(duty, exchange), taxLines: [] }];
}

/** `LineItem`. @param position of the line in its order */
export function lineView(line: Line, position: number, order: Order, shop: Shop) {
  const unfulfilled = unfulfilledUnits(order, position);
  const current = line.quantity - refundedUnits(order, position);
  const { title, variantTitle, sku, vendor, quantity, requiresShipping, taxable, isGiftCard } = line;
  return {
    ...lineMoney(line, order, unfulfilled),
    product: () => productView(line),
    variant: () => variantView(line),
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
    weight: { value: Number((line.grams / GRAMS_PER_UNIT[shop.weightUnit]).toFixed(4)), unit: shop.weightUnit },
  };
}
