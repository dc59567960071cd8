import { pageOf } from './list-query.js';
import type { WooOrder } from './order.js';
import type { ParameterReader } from './parameter-reader.js';
import { matchesPostQuery, type PostQuery, readPostQuery, sortPosts } from './post-query.js';
import { CORE_STATUSES, type WooShop } from './shop.js';

const ORDER_BY = ['date', 'id', 'include', 'title', 'slug', 'modified'] as const;

/** What `GET /orders` was asked. */
export interface OrderQuery extends PostQuery<(typeof ORDER_BY)[number]> {
  readonly status: readonly string[];
  readonly customer: number | undefined;
  readonly product: number | undefined;
  readonly createdVia: readonly string[];
  readonly decimals: number | undefined;
}

/** Reads in the order of the route's arguments, which is the order wrong ones are named in. */
export function readOrderQuery(reader: ParameterReader, shop: WooShop): OrderQuery {
  return {
    ...readPostQuery(reader, ORDER_BY, 'date'),
    status: reader.words('status', statusWords(shop)),
    customer: reader.integer('customer'),
    product: reader.integer('product'),
    decimals: reader.integer('dp'),
    createdVia: reader.words('created_via'),
  };
}

function statusWords(shop: WooShop): readonly string[] {
  return ['any', 'trash', 'auto-draft', ...statusesOf(shop).map((status) => status.slug)];
}

/** WooCommerce's own statuses and the shop's. */
export function statusesOf(shop: WooShop): readonly { readonly slug: string; readonly name: string }[] {
  return [...CORE_STATUSES, ...shop.customStatuses];
}

/** One page and how many there are in all; an empty page says 0 in all, as the order tables of a genuine shop do. */
export function selectOrders(
  orders: readonly WooOrder[],
  query: OrderQuery,
  timeZone: string,
): { readonly items: readonly WooOrder[]; readonly total: number } {
  const found = orders.filter((order) => matches(order, query, timeZone));
  const items = pageOf(
    sortPosts(found, query, (order) => order.createdAt),
    query,
  );
  return { items, total: items.length === 0 ? 0 : found.length };
}

function matches(order: WooOrder, query: OrderQuery, timeZone: string): boolean {
  return (
    matchesPostQuery(order, query, timeZone) &&
    hasStatus(order.status, query.status) &&
    (query.customer === undefined || order.buyer.customerId === query.customer) &&
    (query.product === undefined || contains(order, query.product)) &&
    isAmong(query.createdVia, order.createdVia) &&
    (query.search === '' || searchText(order).includes(query.search.toLowerCase()))
  );
}

/** An empty list asks for nothing. */
function isAmong<T>(asked: readonly T[], value: T): boolean {
  return asked.length === 0 || asked.includes(value);
}

/** `any` leaves out the trash but not the drafts of the checkout (fact sheet, section 4.2). */
function hasStatus(status: string, asked: readonly string[]): boolean {
  if (asked.includes(status)) return true;
  return (asked.length === 0 || asked.includes('any')) && status !== 'trash' && status !== 'auto-draft';
}

function contains(order: WooOrder, product: number): boolean {
  return order.lines.some((line) => line.productId === product || line.variationId === product);
}

function searchText(order: WooOrder): string {
  const { buyer } = order;
  const names = [buyer.firstName, buyer.lastName, `${buyer.firstName} ${buyer.lastName}`, buyer.company, buyer.email];
  return [String(order.id), order.number, ...names, ...order.lines.map((line) => line.name)].join('\n').toLowerCase();
}
