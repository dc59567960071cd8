import { RestFailure } from '../rest/answer.js';
import type { Order } from '../state/rows.js';

type Test = (order: Order) => boolean;

/** docs: RFC 2822 or ISO 8601. A plus sign that was not encoded arrives as a space (bigcommerce-api-ruby #43). */
function momentIn(text: string, name: string): number {
  // bigcommerce-api-ruby #60: a date without a time means its midnight in UTC.
  const moment = Date.parse(text.trim());
  if (Number.isNaN(moment)) {
    throw new RestFailure(400, `The field '${name}' is invalid.`, { field: name, invalid_reason: 'Not a date.' });
  }
  return moment;
}

function numberIn(text: string, name: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) {
    throw new RestFailure(400, `The field '${name}' is invalid.`, { field: name, invalid_reason: 'Not a number.' });
  }
  return value;
}

const FILTERS: Readonly<Record<string, (text: string, name: string) => Test>> = {
  min_id: (text, name) => (order) => order.id >= numberIn(text, name),
  max_id: (text, name) => (order) => order.id <= numberIn(text, name),
  min_total: (text, name) => (order) => Number(order.total_inc_tax) >= numberIn(text, name),
  max_total: (text, name) => (order) => Number(order.total_inc_tax) <= numberIn(text, name),
  customer_id: (text, name) => (order) => order.customer_id === numberIn(text, name),
  status_id: (text, name) => (order) => order.status_id === numberIn(text, name),
  channel_id: (text, name) => (order) => order.channel_id === numberIn(text, name),
  email: (text) => (order) => order.billing_address['email'] === text,
  cart_id: (text) => (order) => order['cart_id'] === text,
  payment_method: (text) => (order) => order.payment_method === text,
  external_order_id: (text) => (order) => order['external_order_id'] === text,
  min_date_created: (text, name) => atLeast('date_created', momentIn(text, name)),
  max_date_created: (text, name) => atMost('date_created', momentIn(text, name)),
  min_date_modified: (text, name) => atLeast('date_modified', momentIn(text, name)),
  max_date_modified: (text, name) => atMost('date_modified', momentIn(text, name)),
};

/** bigcommerce-api-ruby #60: both ends are part of the range. */
function atLeast(field: 'date_created' | 'date_modified', moment: number): Test {
  return (order) => Date.parse(order[field]) >= Math.floor(moment / 1_000) * 1_000;
}

function atMost(field: 'date_created' | 'date_modified', moment: number): Test {
  return (order) => Date.parse(order[field]) <= moment;
}

const SORTS: Readonly<Record<string, (order: Order) => number | string>> = {
  id: ({ id }) => id,
  customer_id: ({ customer_id: id }) => id,
  date_created: ({ date_created: date }) => Date.parse(date),
  date_modified: ({ date_modified: date }) => Date.parse(date),
  status_id: ({ status_id: id }) => id,
  channel_id: ({ channel_id: id }) => id,
  external_id: (order) => (typeof order['external_id'] === 'string' ? order['external_id'] : ''),
};

function sorted(orders: readonly Order[], sort: string): readonly Order[] {
  const [field = 'id', direction = 'asc'] = sort.split(':');
  const key = SORTS[field];
  if (key === undefined || (direction !== 'asc' && direction !== 'desc')) {
    throw new RestFailure(400, "The field 'sort' is invalid.", { field: 'sort', invalid_reason: 'Unknown order.' });
  }
  const sign = direction === 'asc' ? 1 : -1;
  const compare = (left: Order, right: Order): number => {
    const [a, b] = [key(left), key(right)];
    if (a === b) return left.id - right.id;
    return a < b ? -sign : sign;
  };
  return orders.toSorted(compare);
}

/**
 * The orders a list shows. Archived ones are hidden unless asked for: background knowledge, `is_deleted` is in no documentation.
 */
export function findOrders(orders: readonly Order[], query: URLSearchParams): readonly Order[] {
  const tests = [...query].flatMap(([name, text]) => {
    const filter = FILTERS[name];
    return filter === undefined || text === '' ? [] : [filter(text, name)];
  });
  const deleted = query.get('is_deleted') === 'true';
  const shown = orders.filter((order) => order.is_deleted === deleted && tests.every((test) => test(order)));
  return sorted(shown, query.get('sort') ?? 'id:asc');
}
