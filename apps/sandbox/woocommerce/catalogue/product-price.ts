import { Big } from '#contract';
import { ratesFor } from '../pricing.js';
import type { WooShop } from '../shop.js';
import type { CatalogueCall } from './catalogue-call.js';
import type { CatalogueProduct } from './records.js';

/** The variations of a product that are not deleted, in the order of their ids. */
export function variationsOf({ id }: CatalogueProduct, { catalogue }: CatalogueCall): readonly CatalogueProduct[] {
  return catalogue.products.all().filter((one) => one.type === 'variation' && one.parentId === id);
}

/** What is asked for it now; `''` = it has no price. */
export function priceOf(product: CatalogueProduct, call: CatalogueCall): string {
  if (product.type === 'variable') return variationPrices(product, call)[0] ?? '';
  if (product.type === 'grouped') return groupedPrices(product, call)[0] ?? '';
  return isOnSale(product, call) ? product.salePrice : product.regularPrice;
}

export function isOnSale(product: CatalogueProduct, call: CatalogueCall): boolean {
  if (product.type === 'variable') return shown(product, call).some((one) => isOnSale(one, call));
  const { salePrice, regularPrice, sale } = product;
  if (salePrice === '' || !isAmount(salePrice) || !isAmount(regularPrice)) return false;
  if (!new Big(salePrice).lt(regularPrice)) return false;
  return (sale.from === null || sale.from <= call.now) && (sale.to === null || sale.to >= call.now);
}

/** The little piece of HTML a theme shows as the price, without tax in all shops of the sandbox. */
export function priceHtml(product: CatalogueProduct, call: CatalogueCall): string {
  if (product.type === 'variable') return pricesHtml(variationPrices(product, call), product, call);
  if (product.type === 'grouped') return pricesHtml(groupedPrices(product, call), product, call);
  return isOnSale(product, call) ? saleHtml(product, call) : pricesHtml([priceOf(product, call)], product, call);
}

/** @param prices the least first */
function pricesHtml(prices: readonly string[], product: CatalogueProduct, { shop }: CatalogueCall): string {
  const least = prices[0] ?? '';
  const most = prices.at(-1) ?? '';
  if (least === '') return '';
  const [from, to] = [netOf(least, product, shop), netOf(most, product, shop)];
  return least === most ? amountHtml(from, shop, false) : rangeHtml(from, to, shop);
}

function variationPrices(product: CatalogueProduct, call: CatalogueCall): readonly string[] {
  return sorted(shown(product, call).map((one) => priceOf(one, call)));
}

function groupedPrices(product: CatalogueProduct, call: CatalogueCall): readonly string[] {
  const members = product.grouped.flatMap((id) => call.catalogue.products.find(id) ?? []);
  return sorted(members.filter((one) => one.type !== 'grouped').map((one) => priceOf(one, call)));
}

function shown(product: CatalogueProduct, call: CatalogueCall): readonly CatalogueProduct[] {
  return variationsOf(product, call).filter((one) => one.status === 'publish');
}

function sorted(prices: readonly string[]): readonly string[] {
  return prices.filter(isAmount).sort((a, b) => new Big(a).cmp(b));
}

export function isAmount(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

function netOf(price: string, { taxStatus, taxClass }: CatalogueProduct, shop: WooShop): Big {
  if (!isAmount(price)) return new Big(0);
  const [country = '', state = ''] = shop.baseCountry.split(':');
  const rates = shop.pricesIncludeTax && taxStatus === 'taxable' ? ratesFor(shop, { country, state }, taxClass) : [];
  const percent = rates.reduce((all, rate) => all.plus(rate.percent), new Big(0));
  return new Big(price).div(percent.div(100).plus(1));
}

function amountText(amount: Big, shop: WooShop): string {
  const [whole = '', fraction] = amount
    .round(shop.printedDecimals, Big.roundHalfUp)
    .toFixed(shop.printedDecimals)
    .split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Recorded: product-get-simple.json and product-get-variable.json, of a shop with the symbol behind. */
function amountHtml(amount: Big, shop: WooShop, hidden: boolean): string {
  const symbol = `<span class="woocommerce-Price-currencySymbol">${shop.currencySymbolHtml}</span>`;
  const attribute = hidden ? ' aria-hidden="true"' : '';
  return `<span class="woocommerce-Price-amount amount"${attribute}><bdi>${symbol}${amountText(amount, shop)}</bdi></span>`;
}

function rangeHtml(from: Big, to: Big, shop: WooShop): string {
  const [least, most] = [amountHtml(from, shop, true), amountHtml(to, shop, true)];
  const text = (amount: Big): string => shop.currencySymbolHtml + amountText(amount, shop);
  const spoken = `<span class="screen-reader-text">Price range: ${text(from)} through ${text(to)}</span>`;
  return `${least} <span aria-hidden="true">&ndash;</span> ${most}${spoken}`;
}

function saleHtml(product: CatalogueProduct, { shop }: CatalogueCall): string {
  const spoken = (label: string, price: Big): string =>
    `<span class="screen-reader-text">${label}: ${shop.currencySymbolHtml}${amountText(price, shop)}.</span>`;
  const was = netOf(product.regularPrice, product, shop);
  const is = netOf(product.salePrice, product, shop);
  const before = `<del aria-hidden="true">${amountHtml(was, shop, false)}</del> ${spoken('Original price was', was)}`;
  return `${before}<ins aria-hidden="true">${amountHtml(is, shop, false)}</ins>${spoken('Current price is', is)}`;
}
