import { Big, sum } from '#contract';
import type { LineTax } from './order.js';
import type { WooShop } from './shop.js';

/**
 * wc_get_rounding_precision(): lines keep six decimals inside and are rounded where they are summed and printed
 * (recorded: captures/woocommerce/orders-list-dp4.json prints 43.5294 for a line that is 43.53 everywhere else).
 */
export const KEPT_DECIMALS = 6;

/** What is stored: six decimals, or whole units where the shop rounds coarser than it prints. */
export function keepMoney(value: Big, shop: WooShop): Big {
  const decimals = shop.decimals < shop.printedDecimals ? shop.decimals : KEPT_DECIMALS;
  return value.round(decimals, Big.roundHalfUp);
}

/** Rounds half up at the shop's decimals; halves of negative amounts go away from zero, as PHP's round does. */
export function roundMoney(value: Big, shop: WooShop): Big {
  return value.round(shop.decimals, Big.roundHalfUp);
}

/** Sum of a line's taxes, each rounded by itself: rounding per rate and line is WooCommerce's default. */
export function lineTax(taxes: readonly LineTax[], shop: WooShop): Big {
  return sum(taxes.map((tax) => roundMoney(tax.total, shop)));
}
