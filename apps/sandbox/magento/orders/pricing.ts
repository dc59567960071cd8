import { share, sumOf } from '../row.js';
import type { MagentoShop, TaxRate } from '../shop.js';

export interface PricingLine {
  /** Price of one as the merchant entered it, in the base currency. */
  readonly price: number;
  readonly quantity: number;
}

export interface PricedLine {
  readonly originalPrice: number;
  readonly price: number;
  readonly priceInclTax: number;
  readonly rowTotal: number;
  readonly rowTotalInclTax: number;
  readonly tax: number;
  readonly discount: number;
  /** The tax within a discount on prices with tax; it is added again in the grand total. */
  readonly compensation: number;
}

interface Terms {
  readonly shop: MagentoShop;
  /** The buyer's tax; absent = none. */
  readonly tax: TaxRate | undefined;
  readonly discountPercent: number;
  /** How many of the order's currency one of the base currency is. */
  readonly exchange: number;
}

/** The rate of a buyer's address. */
export function taxRateFor(shop: MagentoShop, country: string, regionId: number): TaxRate | undefined {
  return shop.taxRates.find((rate) => rate.country === country && (rate.regionId === 0 || rate.regionId === regionId));
}

/**
 * One line, rounded by the row (`tax/calculation/algorithm` = row total). Where prices include tax, they include the
 * shop's own; a buyer with another rate gets the net price and his own tax on it (recorded: order-get-after-refunds.json,
 * 9.99 with 19 % sold as 8.39 + 20 %).
 */
export function priceLine({ price, quantity }: PricingLine, terms: Terms): PricedLine {
  const { shop, tax, exchange } = terms;
  const percent = tax?.percent ?? 0;
  const round = (amount: number, factor = 1, divisor = 1): number => share(amount, factor, divisor, shop.decimals);
  const entered = round(price, exchange);
  const own = shop.pricesIncludeTax ? (taxRateFor(shop, shop.country, 0)?.percent ?? 0) : 0;
  const net = sumOf(entered, -round(entered, own, 100 + own));
  const isGross = shop.pricesIncludeTax && own === percent;
  const rowTotalInclTax = isGross ? round(entered, quantity) : 0;
  const fullTax = isGross ? round(rowTotalInclTax, percent, 100 + percent) : round(round(net, quantity), percent, 100);
  const rowTotal = isGross ? sumOf(rowTotalInclTax, -fullTax) : round(net, quantity);
  const line = {
    originalPrice: entered,
    price: net,
    priceInclTax: isGross ? entered : sumOf(net, round(net, percent, 100)),
    rowTotal,
    rowTotalInclTax: sumOf(rowTotal, fullTax),
  };
  return { ...line, ...discounted(line, fullTax, percent, terms, round) };
}

/** Tax is worked out after the discount. */
function discounted(
  { rowTotal, rowTotalInclTax }: Pick<PricedLine, 'rowTotal' | 'rowTotalInclTax'>,
  fullTax: number,
  percent: number,
  { shop, discountPercent }: Terms,
  round: (amount: number, factor?: number, divisor?: number) => number,
): Pick<PricedLine, 'tax' | 'discount' | 'compensation'> {
  if (shop.pricesIncludeTax) {
    const discount = round(rowTotalInclTax, discountPercent, 100);
    const compensation = round(discount, percent, 100 + percent);
    return { discount, compensation, tax: sumOf(fullTax, -compensation) };
  }
  const discount = round(rowTotal, discountPercent, 100);
  const tax = discount === 0 ? fullTax : round(sumOf(rowTotal, -discount), percent, 100);
  return { discount, compensation: 0, tax };
}
