import { allocate, atMost, bagOf, decimalsOf, minus, NOTHING, portion, times, type Bag, type Exchange } from './bag.js';
import type { Discount, Line, Shipping } from './order.js';
import { netOfLine, netOfShipping } from './order-totals.js';
import type { DiscountName } from './scenario.js';

/** The parts of an order discounts act on. */
export interface Discounted {
  readonly lines: readonly Line[];
  readonly shipping: readonly Shipping[];
  readonly discounts: readonly Discount[];
}

type Shape = Omit<Discount, 'index' | 'value'>;
type Apply = (order: Discounted, exchange: Exchange) => Discounted;

/** A round sum in the shop's currency, e.g. 5.00 for 5, and 500 in a currency without decimals. */
function units(count: number, exchange: Exchange): Bag {
  return bagOf(count * 10 ** (decimalsOf(exchange.shopCurrency) || 2), exchange);
}

function add(
  order: Discounted,
  shape: Shape,
  value: Discount['value'],
  lines: readonly Bag[],
  shipping: readonly Bag[],
): Discounted {
  const index = order.discounts.length;
  const taken = (amount: Bag | undefined): readonly { discount: number; amount: Bag }[] =>
    amount === undefined || amount.shop === 0 ? [] : [{ discount: index, amount }];
  return {
    discounts: [...order.discounts, { ...shape, index, value }],
    lines: order.lines.map((line, at) => ({ ...line, allocations: [...line.allocations, ...taken(lines[at])] })),
    shipping: order.shipping.map((line, at) => ({
      ...line,
      allocations: [...line.allocations, ...taken(shipping[at])],
    })),
  };
}

/** Shopify sells gift cards at face value: no discount touches them. */
function discountable(line: Line): Bag {
  return line.isGiftCard ? NOTHING : netOfLine(line);
}

function askedOf(
  value: { percent: number } | { units: number } | { amount: Bag },
  whole: Bag,
  exchange: Exchange,
): Bag {
  if ('percent' in value) return portion(whole, value.percent, 100);
  return 'amount' in value ? value.amount : units(value.units, exchange);
}

/** A code on the whole order. */
export function acrossOrder(title: string, value: { percent: number } | { units: number } | { amount: Bag }): Apply {
  return (order, exchange) => {
    const weights = order.lines.map(discountable);
    const whole = weights.reduce((left, right) => minus(left, times(right, -1)), NOTHING);
    const asked = askedOf(value, whole, exchange);
    const shape = { kind: 'code', title, target: 'LINE_ITEM', method: 'ACROSS', selection: 'ALL' } as const;
    const total = atMost(asked, whole);
    const entered = 'percent' in value ? { percent: value.percent } : { amount: asked };
    return add(order, shape, entered, allocate(total, weights), []);
  };
}

function onFirstLine(shape: Pick<Discount, 'kind' | 'title' | 'selection'>, percent: number): Apply {
  return (order) => {
    const amounts = order.lines.map((line, at) => (at === 0 ? portion(discountable(line), percent, 100) : NOTHING));
    return add(order, { ...shape, target: 'LINE_ITEM', method: 'EACH' }, { percent }, amounts, []);
  };
}

/** A code on the shipping. */
export function onShipping(title: string, value: { percent: 100 } | { units: number }): Apply {
  return (order, exchange) => {
    const shape = { kind: 'code', title, target: 'SHIPPING_LINE', method: 'EACH', selection: 'ALL' } as const;
    const asked = 'percent' in value ? undefined : units(value.units, exchange);
    const amounts = order.shipping.map((line) =>
      line.removed ? NOTHING : asked === undefined ? netOfShipping(line) : atMost(asked, netOfShipping(line)),
    );
    return add(order, shape, asked === undefined ? { percent: 100 } : { amount: asked }, [], amounts);
  };
}

const automaticLine = onFirstLine({ kind: 'automatic', title: 'Season opening', selection: 'ENTITLED' }, 15);
const codePercent = acrossOrder('WELCOME10', { percent: 10 });
const freeShipping = onShipping('SHIPFREE', { percent: 100 });

const APPLY: Readonly<Record<DiscountName, readonly Apply[]>> = {
  codePercent: [codePercent],
  codeFixed: [acrossOrder('MINUS5', { units: 5 })],
  automaticLine: [automaticLine],
  manualLine: [onFirstLine({ kind: 'manual', title: 'Damaged box', selection: 'EXPLICIT' }, 33)],
  codeLine: [onFirstLine({ kind: 'code', title: 'FIRST25', selection: 'ENTITLED' }, 25)],
  freeShipping: [freeShipping],
  shippingFixed: [onShipping('SHIP2', { units: 2 })],
  everything: [automaticLine, codePercent, freeShipping],
};

/** Applies discounts one after the other; each acts on what the earlier ones left. */
export function applyDiscounts(order: Discounted, names: readonly DiscountName[], exchange: Exchange): Discounted {
  return names.flatMap((name) => APPLY[name]).reduce((discounted, apply) => apply(discounted, exchange), order);
}
