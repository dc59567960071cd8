import { append, num, type Row, rowsOf, text } from '../row.js';
import type { MagentoShop } from '../shop.js';
import type { ShopData } from '../shop-data.js';
import { nextIncrementId } from './place-order.js';

/** An order that something is done to. */
export interface OrderWork {
  readonly shop: MagentoShop;
  readonly data: ShopData;
  readonly order: Row;
  /** Database time of the change. */
  readonly now: string;
}

/** Quantities by item; absent = everything that is left. */
export type Quantities = ReadonlyMap<number, number> | undefined;

/** A comment as `appendComment` writes it. */
export interface DocumentComment {
  readonly comment: string;
  readonly isVisible: boolean;
}

/** Reads `items` of an action's body. */
export function quantitiesIn(items: readonly Row[]): Quantities {
  if (items.length === 0) return undefined;
  return new Map(items.map((item) => [num(item, 'order_item_id'), num(item, 'qty')]));
}

/** What an invoice, a shipment and a credit memo begin with. */
export function documentRow({ data, order, now }: OrderWork, kind: 'invoice' | 'shipment' | 'creditmemo'): Row {
  const id = data.next(kind);
  const shipping = order['_shipping_address'];
  return {
    billing_address_id: num(order, 'billing_address_id'),
    created_at: now,
    entity_id: id,
    increment_id: nextIncrementId(data, num(order, 'store_id'), kind),
    order_id: num(order, 'entity_id'),
    ...(shipping === undefined ? {} : { shipping_address_id: num(order, 'billing_address_id') - 1 }),
    store_id: num(order, 'store_id'),
    updated_at: now,
    comments: [],
  };
}

/** Columns that repeat the order's currencies. */
export function currencyColumns(order: Row): Row {
  const names = [
    'base_currency_code',
    'base_to_global_rate',
    'base_to_order_rate',
    'global_currency_code',
    'order_currency_code',
    'store_currency_code',
    'store_to_base_rate',
    'store_to_order_rate',
  ];
  return Object.fromEntries(names.flatMap((name) => (name in order ? [[name, order[name] ?? null]] : [])));
}

/** The items of a document: what of the order's items it is about, children with their parents. */
export function documentItems(
  { data, order }: OrderWork,
  kind: string,
  document: Row,
  quantityOf: (item: Row) => number,
  print: (item: Row, quantity: number) => Row,
): Row[] {
  return rowsOf(order, 'items').flatMap((item) => {
    const parent = rowsOf(order, 'items').find((one) => one['item_id'] === item['parent_item_id']);
    const quantity = quantityOf(parent ?? item);
    if (quantity <= 0) return [];
    return [
      {
        entity_id: data.next(`${kind}_item`),
        name: text(item, 'name'),
        parent_id: num(document, 'entity_id'),
        product_id: num(item, 'product_id'),
        sku: text(item, 'sku'),
        ...print(item, quantity),
        order_item_id: num(item, 'item_id'),
        qty: quantity,
      },
    ];
  });
}

export function addComment(
  { data, now }: OrderWork,
  document: Row,
  kind: string,
  comment: DocumentComment | undefined,
): void {
  if (!comment) return;
  append(document, 'comments', {
    is_customer_notified: 0,
    parent_id: num(document, 'entity_id'),
    comment: comment.comment,
    is_visible_on_front: Number(comment.isVisible),
    created_at: now,
    entity_id: data.next(`${kind}_comment`),
  });
}

/** @param entity what wrote it; absent for a comment of its own (recorded: order-get-after-refunds.json) */
export function addHistory(
  { data, order, now }: OrderWork,
  comment: string | null,
  entity?: string,
  isVisible = 0,
): void {
  append(order, 'status_histories', {
    comment,
    created_at: now,
    entity_id: data.next('status_history'),
    ...(entity === undefined ? {} : { entity_name: entity }),
    is_customer_notified: 0,
    is_visible_on_front: isVisible,
    parent_id: num(order, 'entity_id'),
    status: text(order, 'status'),
  });
}

export function touch({ order, now }: OrderWork): void {
  order['updated_at'] = now;
}
