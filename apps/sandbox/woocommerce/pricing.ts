import { Big, sum } from '#contract';
import type { LineTax, OrderTotals } from './order.js';
import { KEPT_DECIMALS, keepMoney, roundMoney } from './money-rounding.js';
import type { Coupon, TaxRate, WooShop } from './shop.js';

export interface PricingLine {
  readonly taxClass: string;
  readonly taxable: boolean;
  /** Price of one as entered, with or without tax as the shop does. */
  readonly price: string;
  readonly quantity: number;
  /** The whole line before tax, where it was set by hand. */
  readonly net?: string;
}

export interface PricingInput {
  readonly country: string;
  readonly state: string;
  readonly lines: readonly PricingLine[];
  readonly coupon?: Coupon;
  /** Before tax; absent = nothing to ship. */
  readonly shipping?: string;
  /** Before tax, may be negative. */
  readonly fees: readonly string[];
}

export interface PricedLine {
  readonly subtotal: Big;
  readonly total: Big;
  readonly taxes: readonly LineTax[];
}

export interface PricedCost {
  readonly total: Big;
  readonly taxes: readonly LineTax[];
}

export interface PricedTax {
  readonly rate: TaxRate;
  readonly total: Big;
  readonly shippingTotal: Big;
}

export interface PricedOrder {
  readonly lines: readonly PricedLine[];
  readonly shipping: PricedCost;
  readonly fees: readonly PricedCost[];
  readonly taxes: readonly PricedTax[];
  readonly totals: OrderTotals;
}

/**
 * WooCommerce's totals: every line and every tax is rounded by itself, then they are added up.
 * `total` = lines after discount + shipping + fees + all taxes.
 */
export function priceOrder(shop: WooShop, input: PricingInput): PricedOrder {
  const lines = priceLines(shop, input);
  const shipping = taxedCost(shop, new Big(input.shipping ?? 0), ratesFor(shop, input, ''));
  const fees = input.fees.map((fee) => priceFee(shop, input, new Big(fee), lines, shipping.total));
  const taxes = taxesPerRate(shop, lines, fees, shipping);
  return { lines, shipping, fees, taxes, totals: totalsOf(shop, lines, fees, shipping, taxes) };
}

/** Rates that apply at the customer's address. */
export function ratesFor(
  shop: WooShop,
  input: Pick<PricingInput, 'country' | 'state'>,
  taxClass: string,
): readonly TaxRate[] {
  return shop.taxRates.filter(
    (rate) =>
      rate.country === input.country && (rate.state === '' || rate.state === input.state) && rate.taxClass === taxClass,
  );
}

function priceLines(shop: WooShop, input: PricingInput): PricedLine[] {
  const nets = input.lines.map((line) => netOf(shop, line));
  const rates = input.lines.map((line) => (line.taxable ? ratesFor(shop, input, line.taxClass) : []));
  const grosses = nets.map((net, index) => withTax(shop, net, rates[index] ?? []));
  const kept = new Big(1).minus(discountShare(input.coupon, sum(grosses)));
  return nets.map((net, index) => {
    const subtotal = keepMoney(net, shop);
    const total = keepMoney(net.times(kept), shop);
    const taxes = (rates[index] ?? []).map((rate) => ({
      rateId: rate.id,
      total: taxOn(shop, total, rate),
      subtotal: taxOn(shop, subtotal, rate),
    }));
    return { subtotal, total, taxes };
  });
}

/** A line before tax. Entered with tax, the base country's rates are taken out, whoever buys. */
export function netOf(shop: WooShop, line: PricingLine): Big {
  if (line.net !== undefined) return new Big(line.net);
  const price = new Big(line.price);
  if (!shop.pricesIncludeTax || !line.taxable) return price.times(line.quantity);
  const [country = '', state = ''] = shop.baseCountry.split(':');
  const base = shop.taxRates.filter(
    (rate) =>
      rate.country === country && (rate.state === '' || rate.state === state) && rate.taxClass === line.taxClass,
  );
  const factor = sum(base.map((rate) => new Big(rate.percent)))
    .div(100)
    .plus(1);
  return price.div(factor).round(KEPT_DECIMALS, Big.roundHalfUp).times(line.quantity);
}

function withTax(shop: WooShop, net: Big, rates: readonly TaxRate[]): Big {
  if (!shop.pricesIncludeTax) return net;
  return net.plus(sum(rates.map((rate) => taxOn(shop, net, rate))));
}

function discountShare(coupon: Coupon | undefined, cart: Big): Big {
  if (!coupon || cart.eq(0)) return new Big(0);
  const share = coupon.type === 'percent' ? new Big(coupon.amount).div(100) : new Big(coupon.amount).div(cart);
  return share.gt(1) ? new Big(1) : share;
}

function taxedCost(shop: WooShop, total: Big, rates: readonly TaxRate[]): PricedCost {
  if (total.eq(0)) return { total, taxes: [] };
  return { total, taxes: rates.map((rate) => ({ rateId: rate.id, total: taxOn(shop, total, rate) })) };
}

/**
 * A negative fee takes its tax from the classes in the cart, in proportion to what each of them costs
 * (recorded: the fees of captures/woocommerce/orders-list-page1.json, orders 94 and 65).
 */
function priceFee(
  shop: WooShop,
  input: PricingInput,
  fee: Big,
  lines: readonly PricedLine[],
  shipping: Big,
): PricedCost {
  if (fee.gte(0)) return taxedCost(shop, fee, ratesFor(shop, input, ''));
  const costs = new Map<string, Big>([['', shipping]]);
  lines.forEach((line, index) => {
    const source = input.lines[index];
    const taxClass = source?.taxable === true ? source.taxClass : 'not taxed';
    costs.set(taxClass, (costs.get(taxClass) ?? new Big(0)).plus(line.total));
  });
  const all = sum(costs.values());
  const taxes = [...costs].flatMap(([taxClass, cost]) =>
    ratesFor(shop, input, taxClass).map((rate) => ({
      rateId: rate.id,
      total: all.eq(0) ? new Big(0) : taxOn(shop, fee.times(cost).div(all), rate),
    })),
  );
  return { total: fee, taxes };
}

export function taxesPerRate(
  shop: WooShop,
  lines: readonly PricedLine[],
  fees: readonly PricedCost[],
  shipping: PricedCost,
): PricedTax[] {
  const cart = [...lines, ...fees].flatMap((item) => item.taxes);
  const ids = new Set([...cart, ...shipping.taxes].map((tax) => tax.rateId));
  const ofRate = (taxes: readonly LineTax[], id: number): Big =>
    sum(taxes.filter((tax) => tax.rateId === id).map((tax) => roundMoney(tax.total, shop)));
  return [...ids].flatMap((id) => {
    const rate = shop.taxRates.find((candidate) => candidate.id === id);
    if (!rate) return [];
    return [{ rate, total: ofRate(cart, id), shippingTotal: ofRate(shipping.taxes, id) }];
  });
}

export function totalsOf(
  shop: WooShop,
  lines: readonly PricedLine[],
  fees: readonly PricedCost[],
  shipping: PricedCost,
  taxes: readonly PricedTax[],
): OrderTotals {
  const rounded = (values: readonly Big[]): Big => sum(values.map((value) => roundMoney(value, shop)));
  const cart = rounded(lines.map((line) => line.total));
  const cartTax = sum(taxes.map((tax) => tax.total));
  const shippingTax = sum(taxes.map((tax) => tax.shippingTotal));
  const totalTax = cartTax.plus(shippingTax);
  return {
    discount: rounded(lines.map((line) => line.subtotal)).minus(cart),
    discountTax: roundMoney(discountTaxOf(lines), shop),
    shipping: shipping.total,
    shippingTax,
    cartTax,
    total: cart
      .plus(shipping.total)
      .plus(sum(fees.map((fee) => fee.total)))
      .plus(totalTax),
    totalTax,
  };
}

/**
 * Tax saved by the coupon, rounded once over the whole order and so sometimes a cent off the lines' difference
 * (recorded: captures/woocommerce/order-get-completed-with-coupon.json, 0.66 where the lines give 0.65).
 */
export function discountTaxOf(lines: readonly PricedLine[]): Big {
  return sum(lines.flatMap((line) => line.taxes.map((tax) => (tax.subtotal ?? tax.total).minus(tax.total))));
}

export function taxOn(shop: WooShop, amount: Big, rate: TaxRate): Big {
  return keepMoney(amount.times(rate.percent).div(100), shop);
}
