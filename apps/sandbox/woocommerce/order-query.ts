import { dateBound, type DateParameter } from './date-filter.js';
import type { WooOrder } from './order.js';
import type { ParameterReader } from './parameter-reader.js';
import { CORE_STATUSES, type WooShop } from './shop.js';

const ORDER_BY = ['date', 'id', 'include', 'title', 'slug', 'modified'] as const;

/** What `GET /orders` was asked. */
export interface OrderQuery {
  readonly page: number;
  readonly perPage: number;
  readonly offset: number | undefined;
  readonly search: string;
  readonly after: DateParameter | undefined;
  readonly before: DateParameter | undefined;
  readonly modifiedAfter: DateParameter | undefined;
  readonly modifiedBefore: DateParameter | undefined;
  readonly datesAreGmt: boolean;
  readonly include: readonly number[];
  readonly exclude: readonly number[];
  readonly order: 'asc' | 'desc';
  readonly orderBy: (typeof ORDER_BY)[number];
  readonly status: readonly string[];
  readonly customer: number | undefined;
  readonly product: number | undefined;
  readonly createdVia: readonly string[];
  readonly decimals: number | undefined;
}

/** Reads in the order of the route's arguments, which is the order wrong ones are named in. */
export function readOrderQuery(reader: ParameterReader, shop: WooShop): OrderQuery {
  reader.oneOf('context', ['view', 'edit'], 'view');
  return {
    page: reader.integer('page', { minimum: 1 }) ?? 1,
    perPage: reader.integer('per_page', { minimum: 1, maximum: 100 }) ?? 10,
    search: reader.text('search') ?? '',
    after: reader.date('after'),
    before: reader.date('before'),
    modifiedAfter: reader.date('modified_after'),
    modifiedBefore: reader.date('modified_before'),
    datesAreGmt: reader.boolean('dates_are_gmt'),
    exclude: reader.integers('exclude'),
    include: reader.integers('include'),
    offset: reader.integer('offset'),
    order: reader.oneOf('order', ['asc', 'desc'], 'desc'),
    orderBy: reader.oneOf('orderby', ORDER_BY, 'date'),
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
  const found = orders.filter((order) => matches(order, query, timeZone)).sort(comparison(query));
  const start = query.offset ?? (query.page - 1) * query.perPage;
  const items = found.slice(Math.max(start, 0), Math.max(start, 0) + query.perPage);
  return { items, total: items.length === 0 ? 0 : found.length };
}

function matches(order: WooOrder, query: OrderQuery, timeZone: string): boolean {
  const bound = (date: DateParameter | undefined): number | undefined =>
    date && dateBound(date, query.datesAreGmt, timeZone);
  return (
    isBetween(order.createdAt, bound(query.after), bound(query.before)) &&
    isBetween(order.modifiedAt, bound(query.modifiedAfter), bound(query.modifiedBefore)) &&
    isAmong(query.include, order.id) &&
    !query.exclude.includes(order.id) &&
    hasStatus(order.status, query.status) &&
    (query.customer === undefined || order.buyer.customerId === query.customer) &&
    (query.product === undefined || contains(order, query.product)) &&
    isAmong(query.createdVia, order.createdVia) &&
    (query.search === '' || searchText(order).includes(query.search.toLowerCase()))
  );
}

/** Both bounds are exclusive (recorded: orders-modified-after-boundary-exact-gmt-flag.json). */
function isBetween(instant: number, after: number | undefined, before: number | undefined): boolean {
  return (after === undefined || instant > after) && (before === undefined || instant < before);
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

/** Ties are broken by id in the same direction (fact sheet, section 4.2). */
function comparison({ order, orderBy, include }: OrderQuery): (a: WooOrder, b: WooOrder) => number {
  const direction = order === 'asc' ? 1 : -1;
  if (orderBy === 'include') return (a, b) => include.indexOf(a.id) - include.indexOf(b.id);
  const key = (one: WooOrder): number =>
    orderBy === 'id' ? one.id : orderBy === 'modified' ? one.modifiedAt : one.createdAt;
  return (a, b) => direction * (key(a) - key(b) || a.id - b.id);
}
