import { Big, decimal, minorUnitDecimals, sum } from '#contract';
import type { MagentoItem, MagentoOrder } from './order-schema.js';

type Printed = string | null | undefined;

/**
 * Every amount is kept twice: as the shop keeps its books (`base_`) and as the buyer saw it. Records are in the first;
 * an order that came from elsewhere may lack it where both are the same.
 */
export interface Side {
  readonly currency: string;
  readonly isBase: boolean;
  readonly pick: (base: Printed, seen: Printed) => Big;
}

/** @throws RangeError for an order that names no currency */
export function sideOf(
  order: Pick<MagentoOrder, 'base_currency_code' | 'order_currency_code' | 'base_grand_total'>,
): Side {
  const { base_currency_code: base, order_currency_code: seen } = order;
  const currency = base ?? seen;
  if (currency === null) throw new RangeError('the order names no currency');
  const isBase = base !== null && order.base_grand_total !== null;
  const isSame = seen === null || seen === base;
  if (!isBase && !isSame) return { currency: seen, isBase, pick: (_base, amount) => decimal(amount ?? '0') };
  return { currency, isBase, pick: (first, second) => decimal(first ?? (isSame ? second : null) ?? '0') };
}

/** What one line comes to, without tax. */
export interface LineAmounts {
  readonly before: Big;
  readonly discount: Big;
  readonly tax: Big;
}

/**
 * Where prices are kept with tax, a discount is taken from the price with tax, and the tax in it is given back as
 * compensation (fact sheet, 7); so what is taken off without tax is the discount less that.
 */
export function lineAmounts(item: MagentoItem, { pick, currency }: Side): LineAmounts {
  const discount = pick(item.base_discount_amount, item.discount_amount);
  const row = pick(item.base_row_total, item.row_total);
  const price = pick(item.base_price, item.price);
  const compensation = pick(item.base_discount_tax_compensation_amount, item.discount_tax_compensation_amount);
  return {
    before: beforeDiscount(row, price.times(new Big(item.qty_ordered)), discount, currency),
    discount: discount.minus(compensation),
    tax: pick(item.base_tax_amount, item.tax_amount),
  };
}

// A row total is documented as before the discount, and is that where tax applies; where none does it comes after it
// (recorded: order-get-holded). An order that came from elsewhere may have none at all.
function beforeDiscount(row: Big, priced: Big, discount: Big, currency: string): Big {
  const step = new Big(10).pow(-minorUnitDecimals(currency));
  const isNear = (value: Big) => value.minus(priced).abs().lte(step);
  if (isNear(row)) return row;
  if (isNear(row.plus(discount))) return row.plus(discount);
  return row.eq(0) ? priced.round(minorUnitDecimals(currency), Big.roundHalfUp) : row;
}

/** Lines that have a price of their own: what belongs to another line is only what that one is made of. */
export function topLines({ items }: MagentoOrder): readonly MagentoItem[] {
  return items.filter(({ parent_item_id: parent }) => parent === null);
}

/** What the shipping comes to, without tax. */
export function shippingAmounts(
  order: MagentoOrder,
  { pick }: Side,
): Omit<LineAmounts, 'before'> & { readonly price: Big } {
  const discount = pick(order.base_shipping_discount_amount, order.shipping_discount_amount);
  const compensation = pick(
    order.base_shipping_discount_tax_compensation_amnt,
    order.shipping_discount_tax_compensation_amount,
  );
  return {
    price: pick(order.base_shipping_amount, order.shipping_amount),
    discount: discount.minus(compensation),
    tax: pick(order.base_shipping_tax_amount, order.shipping_tax_amount),
  };
}

/** All discounts without tax, as a positive amount: printed as a negative one, and less the tax that is in them. */
export function discountOf(order: MagentoOrder, { pick }: Side): Big {
  return pick(order.base_discount_amount, order.discount_amount)
    .abs()
    .minus(pick(order.base_discount_tax_compensation_amount, order.discount_tax_compensation_amount))
    .minus(pick(order.base_shipping_discount_tax_compensation_amnt, order.shipping_discount_tax_compensation_amount));
}

/** Charges beside goods and shipping: fixed product taxes, and the gift wrapping of Adobe Commerce. */
export function feesOf(order: MagentoOrder, { pick }: Side): { readonly product: Big; readonly wrapping: Big } {
  const more = order.extension_attributes;
  return {
    product: sum(
      topLines(order).map((item) => pick(item.base_weee_tax_applied_row_amnt, item.weee_tax_applied_row_amount)),
    ),
    wrapping: sum([
      pick(more?.gw_base_price, more?.gw_price),
      pick(more?.gw_items_base_price, more?.gw_items_price),
      pick(more?.gw_card_base_price, more?.gw_card_price),
    ]),
  };
}

/** Before gift cards, store credit and reward points: the platform takes them off the total, but they are ways to pay. */
export function totalOf(order: MagentoOrder, { pick }: Side): Big {
  const more = order.extension_attributes;
  return sum([
    pick(order.base_grand_total, order.grand_total),
    pick(more?.base_gift_cards_amount, more?.gift_cards_amount),
    pick(more?.base_customer_balance_amount, more?.customer_balance_amount),
    pick(more?.base_reward_currency_amount, more?.reward_currency_amount),
  ]);
}
