import { Big, sum } from '#contract';
import { keepMoney, roundMoney } from '../money-rounding.js';
import type { CouponLine, FeeLine, LineItem, LineTax, ShippingLine, TaxLine, WooOrder } from '../order.js';
import { type PricedTax, ratesFor, taxesPerRate, taxOn, totalsOf } from '../pricing.js';
import type { Coupon, TaxRate, WooShop } from '../shop.js';
import { discountsOf } from './order-discounts.js';

/** What an order is worked out from. */
export interface Totalling {
  readonly shop: WooShop;
  /** Whether tax applies to a line; WooCommerce asks the product each time. */
  readonly isTaxable: (line: LineItem) => boolean;
  /** Numbers for new tax and coupon lines. */
  readonly itemId: () => number;
  readonly metaId: () => number;
}

interface Place {
  readonly country: string;
  readonly state: string;
}

/** Works the taxes of every line and the sums out again, from the lines' net totals as they stand. */
export function recalculate(order: WooOrder, totalling: Totalling): WooOrder {
  const { shop } = totalling;
  const place = taxPlace(order, shop);
  const lines = order.lines.map((line) => taxedLine(line, totalling, place));
  const shippingClass = shippingTaxClass(order.lines, shop, totalling);
  const shippingLines = order.shippingLines.map((line) => ({
    ...line,
    taxes: taxesOn(shop, line.total, ratesFor(shop, place, shippingClass)),
  }));
  const sold = { ...order, lines, shippingLines };
  const feeLines = order.feeLines.map((fee) => ({ ...fee, taxes: feeTaxes(fee, sold, totalling, place) }));
  const shipping = {
    total: sum(shippingLines.map((line) => line.total)),
    taxes: shippingLines.flatMap((line) => line.taxes),
  };
  const taxes = taxesPerRate(shop, lines, feeLines, shipping);
  const taxLines = taxes.map((tax) => taxLineOf(tax, order.taxLines, totalling));
  return { ...sold, feeLines, taxLines, totals: totalsOf(shop, lines, feeLines, shipping, taxes) };
}

/** Replaces all coupons: every line goes back to its price before discounts first. */
export function applyCoupons(order: WooOrder, coupons: readonly Coupon[], totalling: Totalling): WooOrder {
  const { shop } = totalling;
  const place = taxPlace(order, shop);
  let lines: readonly LineItem[] = order.lines.map((line) => ({ ...line, total: line.subtotal }));
  const couponLines: CouponLine[] = [];
  for (const coupon of coupons) {
    const factors = lines.map((line) => taxFactor(line, totalling, place));
    const open = lines.map((line, index) => ({
      quantity: line.quantity,
      price: line.total.times(factors[index] ?? 1),
    }));
    // Every coupon counts on the price before the others, but takes no more than what is left.
    const full = lines.map((line, index) => ({
      quantity: line.quantity,
      price: line.subtotal.times(factors[index] ?? 1),
    }));
    const gross = discountsOf(coupon, coupon.type === 'percent' ? full : open, shop.decimals);
    const taken = lines.map((line, index) => {
      const net = keepMoney((gross[index] ?? new Big(0)).div(factors[index] ?? 1), shop);
      return net.gt(line.total) ? line.total : net;
    });
    lines = lines.map((line, index) => ({ ...line, total: keepMoney(line.total.minus(taken[index] ?? 0), shop) }));
    const tax = lines.map((line, index) => sum(rateTaxes(line, taken[index] ?? new Big(0), totalling, place)));
    couponLines.push({
      id: totalling.itemId(),
      metaId: totalling.metaId(),
      coupon,
      discount: roundMoney(sum(taken), shop),
      discountTax: roundMoney(sum(tax), shop),
    });
  }
  return recalculate({ ...order, lines, couponLines }, totalling);
}

/** Where the goods go, else where the bill goes, else where the shop is: its default, "based on shipping address". */
function taxPlace({ shipTo, buyer }: WooOrder, shop: WooShop): Place {
  if (shipTo.country !== '') return shipTo;
  if (buyer.country !== '') return buyer;
  const [country = '', state = ''] = shop.baseCountry.split(':');
  return { country, state };
}

function ratesOf(line: LineItem, { shop, isTaxable }: Totalling, place: Place): readonly TaxRate[] {
  return isTaxable(line) ? ratesFor(shop, place, line.taxClass) : [];
}

function taxFactor(line: LineItem, totalling: Totalling, place: Place): Big {
  if (!totalling.shop.pricesIncludeTax) return new Big(1);
  return sum(ratesOf(line, totalling, place).map((rate) => new Big(rate.percent)))
    .div(100)
    .plus(1);
}

function rateTaxes(line: LineItem, amount: Big, totalling: Totalling, place: Place): Big[] {
  return ratesOf(line, totalling, place).map((rate) => taxOn(totalling.shop, amount, rate));
}

function taxedLine(line: LineItem, totalling: Totalling, place: Place): LineItem {
  const taxes = ratesOf(line, totalling, place).map((rate) => ({
    rateId: rate.id,
    total: taxOn(totalling.shop, line.total, rate),
    subtotal: taxOn(totalling.shop, line.subtotal, rate),
  }));
  return { ...line, taxes };
}

function taxesOn(shop: WooShop, amount: Big, rates: readonly TaxRate[]): LineTax[] {
  return rates.map((rate) => ({ rateId: rate.id, total: taxOn(shop, amount, rate) }));
}

/** "Shipping tax class based on cart items", the default: the standard class when any line is of it, else the first. */
function shippingTaxClass(lines: readonly LineItem[], shop: WooShop, { isTaxable }: Totalling): string {
  const present = new Set(lines.filter(isTaxable).map((line) => line.taxClass));
  if (present.size === 0 || present.has('')) return '';
  return shop.taxRates.map((rate) => rate.taxClass).find((taxClass) => present.has(taxClass)) ?? '';
}

/** A negative fee takes its tax from the classes in the order, in proportion to what each of them costs. */
function feeTaxes(fee: FeeLine, order: WooOrder, totalling: Totalling, place: Place): LineTax[] {
  const { shop, isTaxable } = totalling;
  if (fee.untaxed) return [];
  if (fee.total.gte(0)) return taxesOn(shop, fee.total, ratesFor(shop, place, fee.taxClass ?? ''));
  const costs = new Map<string, Big>([['', sum(order.shippingLines.map((line: ShippingLine) => line.total))]]);
  for (const line of order.lines) {
    const taxClass = isTaxable(line) ? line.taxClass : 'not taxed';
    costs.set(taxClass, (costs.get(taxClass) ?? new Big(0)).plus(line.total));
  }
  const all = sum(costs.values());
  if (all.eq(0)) return [];
  return [...costs].flatMap(([taxClass, cost]) =>
    taxesOn(shop, fee.total.times(cost).div(all), ratesFor(shop, place, taxClass)),
  );
}

/** A rate that had a line keeps it. */
function taxLineOf(
  { rate, total, shippingTotal }: PricedTax,
  before: readonly TaxLine[],
  { shop, itemId }: Totalling,
): TaxLine {
  const code = [rate.country, rate.state, rate.name.toUpperCase(), String(rate.priority)];
  return {
    id: before.find((line) => line.rateId === rate.id)?.id ?? itemId(),
    rateId: rate.id,
    rateCode: code.filter((part) => part !== '').join('-'),
    label: rate.name,
    percent: rate.percent,
    total: roundMoney(total, shop),
    shippingTotal: roundMoney(shippingTotal, shop),
  };
}
