import { Big } from '#contract';
import type { AmountPrinter } from './amount-printer.js';
import type { LineItem, LineTax, MetaDatum, TaxLine } from './order.js';
import { lineTax } from './money-rounding.js';
import type { JsonObject } from './response-fields.js';
import type { WooShop } from './shop.js';

export function metaBody({ id, key, value, display }: MetaDatum): JsonObject {
  return { id, key, value, ...(display ? { display_key: display.key, display_value: display.value } : {}) };
}

/** Shipping and fees have no amount before discounts: recorded as `""`. */
export function taxBody({ rateId, total, subtotal }: LineTax, print: AmountPrinter): JsonObject {
  return { id: rateId, total: print(total), subtotal: subtotal ? print(subtotal) : '' };
}

/** Amounts are strings, except `price`, a float with as many digits as it takes (recorded: order-get-*.json). */
export function lineItemBody(line: LineItem, shop: WooShop, print: AmountPrinter): JsonObject {
  const subtotals = line.taxes.map((tax) => ({ rateId: tax.rateId, total: tax.subtotal ?? tax.total }));
  return {
    id: line.id,
    name: line.name,
    product_id: line.productId,
    variation_id: line.variationId,
    quantity: line.quantity,
    tax_class: line.taxClass,
    subtotal: print(line.subtotal),
    subtotal_tax: print(lineTax(subtotals, shop)),
    total: print(line.total),
    total_tax: print(lineTax(line.taxes, shop)),
    taxes: line.taxes.map((tax) => taxBody(tax, print)),
    meta_data: line.meta.map(metaBody),
    sku: line.sku,
    global_unique_id: line.globalUniqueId,
    price: line.quantity === 0 ? 0 : Number(line.total.div(line.quantity).toString()),
    image: { id: line.imageId, src: '' },
    parent_name: line.parentName,
  };
}

export function taxLineBody(line: TaxLine, print: AmountPrinter): JsonObject {
  return {
    id: line.id,
    rate_code: line.rateCode,
    rate_id: line.rateId,
    label: line.label,
    compound: false,
    tax_total: print(line.total),
    shipping_tax_total: print(line.shippingTotal),
    rate_percent: Number(line.percent),
    meta_data: [],
  };
}

/** The same amount with the other sign; zero stays without one. */
export function negative(amount: Big): Big {
  return amount.eq(0) ? amount : new Big(0).minus(amount);
}
