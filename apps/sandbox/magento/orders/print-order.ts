import { inner, num, type Row, rowsOf, text } from '../row.js';
import { printItem } from './order-items.js';
import { paymentInfo } from './payment-methods.js';

/** Columns of the order that are repeated in its shipping assignment (recorded: order-get-*.json). */
const SHIPPING_TOTALS = [
  'base_shipping_amount',
  'base_shipping_canceled',
  'base_shipping_discount_amount',
  'base_shipping_discount_tax_compensation_amnt',
  'base_shipping_incl_tax',
  'base_shipping_invoiced',
  'base_shipping_refunded',
  'base_shipping_tax_amount',
  'base_shipping_tax_refunded',
  'shipping_amount',
  'shipping_canceled',
  'shipping_discount_amount',
  'shipping_discount_tax_compensation_amount',
  'shipping_incl_tax',
  'shipping_invoiced',
  'shipping_refunded',
  'shipping_tax_amount',
  'shipping_tax_refunded',
];

/** Columns of the table that a shop may never have filled; they can be searched all the same. */
export const ORDER_COLUMNS = [
  'customer_id',
  'coupon_code',
  'ext_order_id',
  'ext_customer_id',
  'hold_before_state',
  'hold_before_status',
  'relation_child_id',
  'relation_parent_id',
  'total_paid',
  'total_refunded',
  'total_canceled',
  'total_invoiced',
  'customer_taxvat',
  'customer_dob',
  'edit_increment',
  'original_increment_id',
  'gift_message_id',
  'x_forwarded_for',
  'shipping_method',
];

/** An order in full; lists and single answers are the same (fact sheet, section 5.2). */
export function printOrder(order: Row): Row {
  const items = printItems(order);
  return {
    ...order,
    items,
    status_histories: [...rowsOf(order, 'status_histories')].reverse(),
    extension_attributes: extensionsOf(order, items),
  };
}

function printItems(order: Row): Row[] {
  const items = rowsOf(order, 'items');
  return items.map((item) => printItem(item, items, inner(order, '_tax')));
}

function extensionsOf(order: Row, items: Row[]): Row {
  const method = text(order, '_shipping_method');
  const totals = SHIPPING_TOTALS.flatMap((name): [string, number][] =>
    name in order ? [[name, num(order, name)]] : [],
  );
  const shipping = {
    ...('_shipping_address' in order ? { address: inner(order, '_shipping_address') } : {}),
    ...(method === '' ? {} : { method }),
    total: Object.fromEntries(totals),
  };
  return {
    shipping_assignments: [{ shipping, items }],
    payment_additional_info: paymentInfo(text(inner(order, 'payment'), 'method')),
    ...taxesOf(order, items),
    converting_from_quote: false,
    additional_itemized_taxes: [],
  };
}

function taxesOf(order: Row, items: readonly Row[]): Row {
  const tax = inner(order, '_tax');
  if (!('code' in tax) || num(order, 'tax_amount') === 0)
    return { applied_taxes: [], item_applied_taxes: [], taxes: [] };
  const applied = (row: Row): Row => ({
    code: text(tax, 'code'),
    title: text(tax, 'code'),
    percent: num(tax, 'percent'),
    amount: num(row, 'tax_amount'),
    base_amount: num(row, 'base_tax_amount'),
  });
  const taxed = items.filter((item) => num(item, 'tax_amount') > 0);
  return {
    applied_taxes: [applied(order)],
    item_applied_taxes: taxed.map((item) => ({
      type: 'product',
      item_id: num(item, 'item_id'),
      applied_taxes: [applied(item)],
    })),
    taxes: [
      {
        tax_id: num(tax, 'tax_id'),
        order_id: num(order, 'entity_id'),
        ...applied(order),
        base_real_amount: num(order, 'base_tax_amount'),
        priority: 0,
        position: 0,
        process: 0,
      },
    ],
  };
}
