import { add, addBoth, inner, num, type Row, share, sumOf, text } from '../row.js';
import {
  addComment,
  addHistory,
  currencyColumns,
  type DocumentComment,
  documentItems,
  documentRow,
  type OrderWork,
  type Quantities,
  touch,
} from './documents.js';
import { partOf, withChildren } from './invoice.js';
import { moneyItems } from './order-items.js';
import { settleState, toRefund } from './order-rules.js';
import { isSku } from './reservations.js';
import { addTransaction } from './transactions.js';

/** What is to be given back, amounts in the base currency (fact sheet, section 5.5). */
export interface RefundOrder {
  /** Absent = everything that is left. */
  readonly quantities: Quantities;
  /** Absent = what of the shipping is left. */
  readonly shipping?: number;
  readonly positive: number;
  readonly negative: number;
  readonly isOnline: boolean;
  readonly invoiceId?: number;
  /** Items whose pieces go back on the shelf. */
  readonly returned: readonly number[];
  readonly comment?: DocumentComment;
}

/** A credit memo worked out, not yet written. */
export interface DraftRefund {
  readonly chosen: readonly { readonly item: Row; readonly quantity: number }[];
  readonly totals: Row;
}

const SHARES = [
  ['row_total', 'subtotal'],
  ['tax_amount', 'tax_amount'],
  ['discount_amount', 'discount_amount'],
  ['discount_tax_compensation_amount', 'discount_tax_compensation_amount'],
] as const;

/** Works a credit memo out. An item refunded to its last piece gets what is left of its amounts. */
export function draftRefund(order: Row, asked: RefundOrder): DraftRefund {
  const { quantities } = asked;
  const chosen = moneyItems(order)
    .map((item) => ({
      item,
      quantity: Math.min(quantities ? (quantities.get(num(item, 'item_id')) ?? 0) : toRefund(item), toRefund(item)),
    }))
    .filter(({ quantity }) => quantity > 0);
  return { chosen, totals: { ...totals(order, chosen, asked, ''), ...totals(order, chosen, asked, 'base_') } };
}

function totals(order: Row, chosen: DraftRefund['chosen'], asked: RefundOrder, prefix: '' | 'base_'): Row {
  const rate = prefix === '' ? num(order, 'base_to_order_rate') || 1 : 1;
  const inCurrency = (base: number): number => share(base, rate, 1, 2);
  const [subtotal = 0, tax = 0, discount = 0, compensation = 0] = SHARES.map(([column]) =>
    sumOf(...chosen.map(({ item, quantity }) => partOf(item, prefix + column, quantity))),
  );
  const incl = sumOf(...chosen.map(({ item, quantity }) => partOf(item, `${prefix}row_total_incl_tax`, quantity)));
  const left = sumOf(num(order, `${prefix}shipping_invoiced`), -num(order, `${prefix}shipping_refunded`));
  const shipping = asked.shipping === undefined ? left : inCurrency(asked.shipping);
  const [positive, negative] = [inCurrency(asked.positive), inCurrency(asked.negative)];
  const values: Row = {
    adjustment: sumOf(positive, -negative),
    adjustment_negative: negative,
    adjustment_positive: positive,
    discount_amount: discount === 0 ? 0 : -discount,
    discount_tax_compensation_amount: compensation,
    grand_total: sumOf(subtotal, tax, -discount, compensation, shipping, positive, -negative),
    shipping_amount: shipping,
    shipping_incl_tax: shipping,
    shipping_tax_amount: 0,
    subtotal,
    subtotal_incl_tax: incl,
    tax_amount: tax,
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
}

/** Writes a credit memo and gives the money back, offline unless a gateway is asked. */
export function refundOrder(work: OrderWork, asked: RefundOrder, { chosen, totals: amounts }: DraftRefund): Row {
  const { order, data, shop } = work;
  const memo = { ...documentRow(work, 'creditmemo'), ...currencyColumns(order), ...amounts, state: 2 };
  const quantityOf = (item: Row): number => chosen.find((one) => one.item === item)?.quantity ?? 0;
  const items = documentItems(work, 'creditmemo', memo, quantityOf, (item, quantity) => memoItem(item, quantity));
  Object.assign(memo, { items, ...(asked.invoiceId === undefined ? {} : { invoice_id: asked.invoiceId }) });
  for (const { item, quantity } of chosen) {
    markRefunded(order, item, quantity);
    if (asked.returned.includes(num(item, 'item_id'))) putBack(work, item, quantity);
  }
  applyTotals(order, memo, asked.isOnline);
  addComment(work, memo, 'creditmemo', asked.comment);
  if (asked.isOnline) Object.assign(memo, { transaction_id: addTransaction(work, 'refund') });
  data.tables.creditmemos.push(memo);
  settleState(order);
  // The sum with tax but without the order's history of it (recorded: order-get-after-refunds.json).
  const sum = num(memo, 'base_grand_total').toFixed(shop.decimals);
  addHistory(work, `We refunded ${shop.currencySymbol}${sum} ${asked.isOnline ? 'online' : 'offline'}.`, 'creditmemo');
  touch(work);
  return memo;
}

function memoItem(item: Row, quantity: number): Row {
  const columns = [
    'row_total',
    'row_total_incl_tax',
    'tax_amount',
    'discount_amount',
    'discount_tax_compensation_amount',
  ];
  const isChild = item['parent_item_id'] !== undefined;
  const shared = isChild ? [] : columns.flatMap((name) => [name, `base_${name}`]);
  const prices = isChild ? ['price', 'base_price'] : ['price', 'base_price', 'price_incl_tax', 'base_price_incl_tax'];
  return {
    base_cost: null,
    ...Object.fromEntries(prices.map((name) => [name, num(item, name)])),
    ...Object.fromEntries(shared.map((name) => [name, partOf(item, name, quantity)])),
  };
}

function markRefunded(order: Row, item: Row, quantity: number): void {
  const part = (column: string): [number, number] => [
    partOf(item, column, quantity),
    partOf(item, `base_${column}`, quantity),
  ];
  const columns = [
    ['row_total', 'amount_refunded'],
    ['tax_amount', 'tax_refunded'],
    ['discount_amount', 'discount_refunded'],
    ['discount_tax_compensation_amount', 'discount_tax_compensation_refunded'],
  ] as const;
  for (const one of withChildren(order, item)) {
    for (const [column, refunded] of columns) {
      if (one === item) addBoth(one, refunded, ...part(column));
      else addBoth(one, refunded, 0, 0);
    }
    add(one, 'qty_refunded', quantity);
  }
}

function putBack({ data }: OrderWork, item: Row, quantity: number): void {
  const shelf = data.tables.sourceItems.find((one) => isSku(one, text(item, 'sku')));
  if (shelf) add(shelf, 'quantity', quantity);
}

function applyTotals(order: Row, memo: Row, isOnline: boolean): void {
  const payment = inner(order, 'payment');
  const both = (target: Row, column: string, source: string): void =>
    addBoth(target, column, num(memo, source), num(memo, `base_${source}`));
  both(order, 'adjustment_positive', 'adjustment_positive');
  both(order, 'adjustment_negative', 'adjustment_negative');
  both(order, 'subtotal_refunded', 'subtotal');
  both(order, 'tax_refunded', 'tax_amount');
  addBoth(order, 'discount_refunded', -num(memo, 'discount_amount'), -num(memo, 'base_discount_amount'));
  both(order, 'discount_tax_compensation_refunded', 'discount_tax_compensation_amount');
  both(order, 'shipping_refunded', 'shipping_amount');
  addBoth(order, 'shipping_tax_refunded', 0, 0);
  both(order, isOnline ? 'total_online_refunded' : 'total_offline_refunded', 'grand_total');
  both(order, 'total_refunded', 'grand_total');
  both(payment, 'amount_refunded', 'grand_total');
  both(payment, 'shipping_refunded', 'shipping_amount');
}
