import { addBoth, inner, num, type Row, rowsOf, share, sumOf } from '../row.js';
import {
  addComment,
  currencyColumns,
  type DocumentComment,
  documentItems,
  documentRow,
  type OrderWork,
  type Quantities,
  touch,
} from './documents.js';
import { moneyItems } from './order-items.js';
import { isOnline, settleState, startProcessing, toInvoice } from './order-rules.js';
import { addTransaction } from './transactions.js';

/** Columns of an item that are invoiced in proportion to its quantity, and where they are summed up. */
const SHARES = [
  ['row_total', 'row_invoiced', 'subtotal'],
  ['tax_amount', 'tax_invoiced', 'tax'],
  ['discount_amount', 'discount_invoiced', 'discount'],
  ['discount_tax_compensation_amount', 'discount_tax_compensation_invoiced', 'discount_tax_compensation'],
] as const;

type Prefix = '' | 'base_';

/** Invoices what is asked for, as paid. The first invoice carries the whole shipping (`Invoice\Total\Shipping`). */
export function invoiceOrder(work: OrderWork, quantities: Quantities, isPaid: boolean, comment?: DocumentComment): Row {
  const { order, data } = work;
  const invoice = {
    ...documentRow(work, 'invoice'),
    ...currencyColumns(order),
    can_void_flag: 0,
    state: isPaid ? 2 : 1,
  };
  const wanted = (item: Row): number =>
    Math.min(quantities ? (quantities.get(num(item, 'item_id')) ?? 0) : toInvoice(item), toInvoice(item));
  const chosen = moneyItems(order)
    .map((item) => ({ item, quantity: wanted(item) }))
    .filter(({ quantity }) => quantity > 0);
  const items = documentItems(work, 'invoice', invoice, wanted, invoiceItem);
  for (const prefix of ['', 'base_'] as const) Object.assign(invoice, totals(order, chosen, prefix));
  Object.assign(invoice, { items, total_qty: sumOf(...items.map((item) => num(item, 'qty'))) });
  for (const { item, quantity } of chosen) markInvoiced(order, item, quantity);
  applyTotals(order, invoice, isPaid);
  addComment(work, invoice, 'invoice', comment);
  data.tables.invoices.push(invoice);
  if (isOnline(order) && isPaid) Object.assign(invoice, { transaction_id: addTransaction(work, 'capture') });
  startProcessing(order);
  settleState(order);
  touch(work);
  return invoice;
}

/** Recorded: invoices-list.json. A child has neither tax nor totals. */
function invoiceItem(item: Row, quantity: number): Row {
  if (item['parent_item_id'] !== undefined) return { base_price: 0, price: 0 };
  const part = (column: string): number => partOf(item, column, quantity);
  const columns = [
    'discount_tax_compensation_amount',
    'row_total',
    'row_total_incl_tax',
    'tax_amount',
    'discount_amount',
  ];
  const shared = columns.filter((name) => name !== 'discount_amount' || num(item, name) !== 0);
  return {
    ...Object.fromEntries(
      shared.flatMap((name) => [
        [`base_${name}`, part(`base_${name}`)],
        [name, part(name)],
      ]),
    ),
    base_price: num(item, 'base_price'),
    base_price_incl_tax: num(item, 'base_price_incl_tax'),
    price: num(item, 'price'),
    price_incl_tax: num(item, 'price_incl_tax'),
  };
}

/** In proportion to the quantity; the last part gets what is left, so that parts add up. */
export function partOf(item: Row, column: string, quantity: number, done?: string, left?: number): number {
  const whole = num(item, column);
  if (done !== undefined && left === quantity) return sumOf(whole, -num(item, done));
  return share(whole, quantity, num(item, 'qty_ordered') || 1, 2);
}

interface Chosen {
  readonly item: Row;
  readonly quantity: number;
}

function totals(order: Row, chosen: readonly Chosen[], prefix: Prefix): Row {
  const sum = (column: string, done: string): number =>
    sumOf(
      ...chosen.map(({ item, quantity }) => partOf(item, prefix + column, quantity, prefix + done, toInvoice(item))),
    );
  const [subtotal, tax, discount, compensation] = SHARES.map(([column, done]) => sum(column, done));
  const incl = sumOf(...chosen.map(({ item, quantity }) => partOf(item, `${prefix}row_total_incl_tax`, quantity)));
  const shipping = num(order, 'shipping_invoiced') > 0 ? 0 : num(order, `${prefix}shipping_amount`);
  const values: Row = {
    discount_amount: discount ? -discount : 0,
    discount_tax_compensation_amount: compensation ?? 0,
    grand_total: sumOf(subtotal ?? 0, tax ?? 0, shipping, -(discount ?? 0), compensation ?? 0),
    shipping_amount: shipping,
    shipping_incl_tax: shipping,
    shipping_tax_amount: 0,
    subtotal: subtotal ?? 0,
    subtotal_incl_tax: incl,
    tax_amount: tax ?? 0,
  };
  return {
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value])),
    ...(prefix === ''
      ? { shipping_discount_tax_compensation_amount: 0 }
      : { base_shipping_discount_tax_compensation_amnt: 0 }),
  };
}

/** What can be taken is worked out before the quantity is counted. */
function markInvoiced(order: Row, item: Row, quantity: number): void {
  const left = toInvoice(item);
  for (const [column, done] of SHARES) {
    const [amount, base] = ['', 'base_'].map((prefix) => partOf(item, prefix + column, quantity, prefix + done, left));
    addBoth(item, done, amount ?? 0, base ?? 0);
  }
  item['weee_tax_applied'] = '[]';
  for (const one of withChildren(order, item)) one['qty_invoiced'] = sumOf(num(one, 'qty_invoiced'), quantity);
  for (const child of withChildren(order, item).slice(1)) {
    addBoth(child, 'discount_tax_compensation_invoiced', 0, 0);
  }
}

export function withChildren(order: Row, item: Row): Row[] {
  return [item, ...rowsOf(order, 'items').filter((one) => one['parent_item_id'] === item['item_id'])];
}

function applyTotals(order: Row, invoice: Row, isPaid: boolean): void {
  const both = (column: string, source: string): void =>
    addBoth(order, column, num(invoice, source), num(invoice, `base_${source}`));
  both('subtotal_invoiced', 'subtotal');
  both('tax_invoiced', 'tax_amount');
  both('discount_invoiced', 'discount_amount');
  both('discount_tax_compensation_invoiced', 'discount_tax_compensation_amount');
  both('shipping_invoiced', 'shipping_amount');
  both('total_invoiced', 'grand_total');
  order['base_total_invoiced_cost'] = 0;
  if (isPaid) payInvoice(order, invoice);
}

/** The money came in. */
export function payInvoice(order: Row, invoice: Row): void {
  const payment = inner(order, 'payment');
  addBoth(order, 'total_paid', num(invoice, 'grand_total'), num(invoice, 'base_grand_total'));
  addBoth(order, 'total_due', -num(invoice, 'grand_total'), -num(invoice, 'base_grand_total'));
  addBoth(payment, 'amount_paid', num(invoice, 'grand_total'), num(invoice, 'base_grand_total'));
  addBoth(payment, 'shipping_captured', num(invoice, 'shipping_amount'), num(invoice, 'base_shipping_amount'));
}
