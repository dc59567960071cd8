import type { Allocation, Discount, Order } from '../orders/order.js';
import { moneyBagView, moneyView } from './money-view.js';

const TYPES = {
  code: 'DiscountCodeApplication',
  automatic: 'AutomaticDiscountApplication',
  manual: 'ManualDiscountApplication',
} as const;

/** `DiscountApplication`. An amount is given in the currency the buyer saw. */
export function discountView(discount: Discount, { exchange }: Order) {
  const { value } = discount;
  return {
    __typename: TYPES[discount.kind],
    index: discount.index,
    allocationMethod: discount.method,
    targetSelection: discount.selection,
    targetType: discount.target,
    code: discount.title,
    title: discount.title,
    description: discount.kind === 'manual' ? discount.title : null,
    value:
      'percent' in value
        ? { __typename: 'PricingPercentageValue', percentage: value.percent }
        : moneyView(value.amount.presentment, exchange.presentmentCurrency),
  };
}

/** `DiscountAllocation`s of a line or shipping line. */
export function allocationViews(allocations: readonly Allocation[], order: Order) {
  return allocations.flatMap(({ discount: index, amount }) => {
    const discount = order.discounts[index];
    if (discount === undefined) return [];
    return [
      { allocatedAmountSet: moneyBagView(amount, order.exchange), discountApplication: discountView(discount, order) },
    ];
  });
}
