import { num, type Row, rowsOf, text } from '../row.js';
import type { MagentoShop, TaxRate } from '../shop.js';
import type { ShopData } from '../shop-data.js';
import type { DraftLine } from './order-draft.js';
import { type PricedLine, priceLine } from './pricing.js';

/** What the lines of an order have in common. */
export interface ItemTerms {
  readonly shop: MagentoShop;
  readonly data: ShopData;
  readonly orderId: number;
  readonly storeId: number;
  readonly tax: TaxRate | undefined;
  readonly discountPercent: number;
  readonly ruleId: number | undefined;
  readonly exchange: number;
  readonly now: string;
}

/** A configurable product makes two items, the parent with the money and the child's SKU, and the child without (fact sheet, section 5.2). */
export function itemsOf(line: DraftLine, terms: ItemTerms): Row[] {
  const product = terms.data.tables.products.find((one) => one['sku'] === line.sku);
  if (!product) return [];
  const parent = terms.data.tables.products.find((one) => linkedTo(one, num(product, 'id')));
  if (!parent) return [pricedItem(product, product, line, terms)];
  const item = pricedItem(parent, product, line, terms);
  return [item, childItem(product, item, line, terms)];
}

function linkedTo(product: Row, childId: number): boolean {
  const links = product['_links'];
  return Array.isArray(links) && links.includes(childId);
}

/** @param sold the product whose SKU, price and weight count: the child of a configurable one */
function pricedItem(product: Row, sold: Row, { quantity }: DraftLine, terms: ItemTerms): Row {
  const price = num(sold, 'price');
  const order = priceLine({ price, quantity }, terms);
  const base = priceLine({ price, quantity }, { ...terms, exchange: 1 });
  const isVirtual = ['virtual', 'downloadable'].includes(text(product, 'type_id'));
  return {
    ...common(product, sold, quantity, terms),
    ...amounts(order, ''),
    ...amounts(base, 'base_'),
    ...(terms.ruleId === undefined ? {} : { applied_rule_ids: String(terms.ruleId) }),
    discount_percent: terms.discountPercent,
    is_virtual: Number(isVirtual),
    row_weight: isVirtual ? 0 : num(sold, 'weight') * quantity,
    tax_percent: terms.tax?.percent ?? 0,
    ...(isVirtual ? {} : { weight: num(sold, 'weight') }),
    ...(product === sold ? {} : { product_option: chosenOptions(product, sold) }),
    _tax_item_id: terms.tax ? terms.data.next('tax_item') : 0,
  };
}

function amounts(line: PricedLine, prefix: '' | 'base_'): Row {
  const values: Row = {
    original_price: line.originalPrice,
    price: line.price,
    price_incl_tax: line.priceInclTax,
    row_total: line.rowTotal,
    row_total_incl_tax: line.rowTotalInclTax,
    tax_amount: line.tax,
    discount_amount: line.discount,
    discount_tax_compensation_amount: line.compensation,
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
}

function common(product: Row, sold: Row, quantity: number, { data, orderId, storeId, now }: ItemTerms): Row {
  const itemId = data.next('order_item');
  return {
    amount_refunded: 0,
    base_amount_refunded: 0,
    base_discount_invoiced: 0,
    base_row_invoiced: 0,
    base_tax_invoiced: 0,
    created_at: now,
    discount_invoiced: 0,
    free_shipping: 0,
    is_qty_decimal: 0,
    item_id: itemId,
    name: product['name'] ?? '',
    no_discount: 0,
    order_id: orderId,
    product_id: product['id'] ?? 0,
    product_type: product['type_id'] ?? 'simple',
    qty_canceled: 0,
    qty_invoiced: 0,
    qty_ordered: quantity,
    qty_refunded: 0,
    qty_shipped: 0,
    quote_item_id: itemId,
    row_invoiced: 0,
    sku: sold['sku'] ?? '',
    store_id: storeId,
    tax_invoiced: 0,
    updated_at: now,
  };
}

/** Recorded: order-get-after-refunds.json, where some columns of a child are missing and two come last. */
function childItem(child: Row, parent: Row, { quantity }: DraftLine, terms: ItemTerms): Row {
  const zero = ['price', 'row_total', 'row_total_incl_tax', 'tax_amount', 'discount_amount'];
  return {
    ...common(child, child, quantity, terms),
    ...Object.fromEntries(
      zero.flatMap((name) => [
        [name, 0],
        [`base_${name}`, 0],
      ]),
    ),
    discount_percent: 0,
    is_virtual: 0,
    original_price: 0,
    parent_item_id: parent['item_id'] ?? 0,
    row_weight: 0,
    tax_percent: 0,
    weight: num(child, 'weight'),
  };
}

function chosenOptions(product: Row, child: Row): Row {
  const attributes = rowsOf(child, 'custom_attributes');
  const options = rowsOf(product, '_options').map((option) => {
    const chosen = attributes.find((one) => one['attribute_code'] === option['_code']);
    return { option_id: text(option, 'attribute_id'), option_value: Number(text(chosen ?? {}, 'value')) };
  });
  return { extension_attributes: { configurable_item_options: options } };
}

/** Members a print adds to an item (recorded: order-get-*.json). */
export function printItem(item: Row, items: readonly Row[], tax: Row): Row {
  const parent = items.find((one) => one['item_id'] === item['parent_item_id']);
  const itemized = num(item, 'tax_amount') > 0 && num(item, '_tax_item_id') > 0 ? [itemizedTax(item, tax)] : [];
  return {
    ...item,
    ...(parent ? { parent_item: printItem(parent, [], tax) } : {}),
    ...('_tax_item_id' in item || parent ? { extension_attributes: { itemized_taxes: itemized } } : {}),
  };
}

function itemizedTax(item: Row, tax: Row): Row {
  const [amount, base] = [num(item, 'tax_amount'), num(item, 'base_tax_amount')];
  return {
    tax_item_id: num(item, '_tax_item_id'),
    tax_id: num(tax, 'tax_id'),
    item_id: num(item, 'item_id'),
    tax_code: text(tax, 'code'),
    tax_percent: num(item, 'tax_percent'),
    amount,
    base_amount: base,
    real_amount: amount,
    real_base_amount: base,
    taxable_item_type: 'product',
  };
}

/** Items that carry money: children of configurable ones do not. */
export function moneyItems(order: Row): Row[] {
  return rowsOf(order, 'items').filter((item) => item['parent_item_id'] === undefined);
}
