import { Big } from '#contract';
import { asNumber, iso, rfc2822 } from '../amounts.js';
import type { OrderRows } from '../orders/order-plan.js';
import { makeShipment } from '../orders/make-shipment.js';
import { makeTransaction } from '../orders/make-transaction.js';
import type { Order, OrderLine } from '../state/rows.js';
import type { Store } from '../stores.js';
import type { OrderTables } from './order-tables.js';

const HOUR = 3_600_000;

interface Story {
  readonly index: number;
  readonly at: number;
  readonly store: Store;
  readonly tables: OrderTables;
  /** Nothing happens after this moment. */
  readonly base: number;
}

/** docs: what the payment says in each status; an empty text where nobody pays through a gateway. */
const PAID = new Set([2, 3, 4, 8, 9, 10, 11, 13, 14]);
const ONLINE = new Map([
  ['Authorize.net', { gateway: 'authorizenet', method: 'credit_card' }],
  ['PayPal', { gateway: 'paypalexpress', method: 'electronic_wallet' }],
]);

function paymentStatusOf(statusId: number, online: boolean): string {
  if (!online) return '';
  if (statusId === 4) return 'refunded';
  if (statusId === 14) return 'partially refunded';
  if (statusId === 6) return 'declined';
  if (statusId === 5) return 'void';
  if (statusId === 12) return 'held for review';
  if (statusId === 9) return 'authorized';
  if (statusId === 0 || statusId === 1 || statusId === 7) return 'pending';
  return PAID.has(statusId) ? 'captured' : '';
}

/** How many of each physical line went out: all, or the first line only where an order is on its way in parts. */
function shippedOf(statusId: number, lines: readonly OrderLine[], index: number): ReadonlyMap<number, number> {
  const physical = lines.filter(({ type }) => type === 'physical');
  const all = statusId === 2 || statusId === 10 || (statusId === 14 && index % 2 === 0);
  if (all) return new Map(physical.map(({ id, quantity }) => [id, quantity]));
  const [first] = physical;
  if (statusId !== 3 || first === undefined) return new Map();
  // At least one piece stays behind.
  const whole = physical.reduce((sum, { quantity }) => sum + quantity, 0);
  return new Map([[first.id, Math.min(first.quantity, Math.max(1, whole - 1))]]);
}

function ship(rows: OrderRows, shipped: ReadonlyMap<number, number>, { index, at, tables, base }: Story): void {
  for (const address of rows.addresses) {
    const items = rows.lines
      .filter(({ id, order_address_id }) => order_address_id === address.id && shipped.has(id))
      .map(({ id, product_id, quantity }) => ({
        order_product_id: id,
        product_id,
        quantity: shipped.get(id) ?? quantity,
      }));
    // Some parcels go in two.
    const parcels = items.length > 1 && index % 4 === 2 ? items.map((item) => [item]) : [items];
    for (const [place, parcel] of parcels.entries()) {
      if (parcel.length === 0) continue;
      tables.shipments.push(
        makeShipment(
          { tracking_number: `1Z${9_000_000 + index * 10 + place}`, shipping_provider: 'ups', comments: '' },
          {
            id: tables.shipments.length + 1,
            order: rows.order,
            address,
            items: parcel,
            at: Math.min(at + (20 + place) * HOUR, base),
          },
        ),
      );
    }
  }
}

function pay(order: Order, { at, tables, index }: Story): number | undefined {
  const way = ONLINE.get(order.payment_method);
  if (way === undefined || order.status_id === 0 || order.status_id === 1) return undefined;
  const declined = order.status_id === 6;
  const event = order.status_id === 9 || order.status_id === 12 || order.status_id === 5 ? 'authorization' : 'purchase';
  const add = (what: string, reference: number | null): number => {
    const id = tables.transactions.length + 1;
    tables.transactions.push(
      makeTransaction(
        { id, order, event: what, ...way, amount: asNumber(order.total_inc_tax), ok: !declined, reference },
        at + HOUR / 60,
      ),
    );
    return id;
  };
  const id = add(event, null);
  if (order.status_id === 5) add('void', id);
  if (index % 4 === 1 && event === 'purchase' && !declined) add('settled', id);
  return id;
}

type RefundItems = OrderTables['refunds'][number]['items'];

/** Status 4: everything; status 14: one piece of the first line. */
function refundedItems({ order, lines }: OrderRows, { decimalPlaces }: Store): RefundItems {
  const worth = (line: OrderLine, quantity: number): number =>
    Number(
      new Big(line.discounted_total_inc_tax).times(quantity).div(line.quantity).round(decimalPlaces, Big.roundDown),
    );
  const item = (line: OrderLine, quantity: number, reason: string): RefundItems[number] => ({
    ...{ item_type: 'PRODUCT', item_id: line.id, reason, quantity, adjustments: [] },
    requested_amount: worth(line, quantity),
  });
  if (order.status_id === 4) return lines.map((line) => item(line, line.quantity, 'Did not fit'));
  return order.status_id === 14 ? lines.slice(0, 1).map((line) => item(line, 1, 'Damaged')) : [];
}

function refund(
  rows: OrderRows,
  paidBy: number | undefined,
  { at, tables, base, store }: Story,
): ReadonlyMap<number, number> {
  const { order } = rows;
  const items = refundedItems(rows, store);
  const [first] = items;
  if (first === undefined) return new Map();
  const amount = order.status_id === 4 ? asNumber(order.total_inc_tax) : first.requested_amount;
  const online = ONLINE.get(order.payment_method);
  const way = online ?? { gateway: 'custom', method: 'offline' };
  const when = Math.min(at + 50 * HOUR, base);
  const transactionId = tables.transactions.length + 1;
  const plan = { id: transactionId, order, event: 'refund', ...way, amount, ok: true, reference: paidBy ?? null };
  tables.transactions.push(makeTransaction(plan, when));
  const id = tables.refunds.length + 1;
  const provider = { id, provider_id: way.gateway, amount, offline: online === undefined };
  tables.refunds.push({
    ...{ id, order_id: order.id, user_id: store.owner.id, created: iso(when, '+00:00'), reason: first['reason'] ?? '' },
    ...{ total_amount: amount, total_tax: 0, uses_merchant_override_values: false, items },
    payments: [{ ...provider, is_declined: false, declined_message: '', transaction_id: String(transactionId) }],
  });
  return new Map(items.map(({ item_id, quantity }) => [item_id, quantity]));
}

type Quantities = ReadonlyMap<number, number>;

function keepParts(rows: OrderRows, tables: OrderTables, shipped: Quantities, refunded: Quantities): void {
  for (const line of rows.lines) {
    const back = refunded.get(line.id) ?? 0;
    const counts = { quantity_shipped: shipped.get(line.id) ?? 0, quantity_refunded: back };
    tables.lines.push({ ...line, ...counts, is_refunded: back >= line.quantity });
  }
  for (const address of rows.addresses) {
    const mine = rows.lines.filter(({ order_address_id }) => order_address_id === address.id);
    const sent = mine.reduce((sum, { id }) => sum + (shipped.get(id) ?? 0), 0);
    tables.orderAddresses.push({ ...address, items_shipped: sent });
  }
  tables.orderCoupons.push(...rows.coupons);
  tables.orderTaxes.push(...rows.taxes);
  tables.fees.push(...rows.fees);
}

function ask({ id, customer_id }: Order, { tables, at }: Story): void {
  tables.messages.push({
    ...{ id: tables.messages.length + 1, order_id: id, staff_id: 0, customer_id, type: 'customer' },
    ...{ subject: 'When does it ship?', message: 'Just curious.', status: 'unread', is_flagged: false },
    ...{ date_created: rfc2822(at + HOUR), customer: {} },
  });
}

/** What became of an order after it was placed, and its rows put into their tables. */
export function tellStory(rows: OrderRows, story: Story): void {
  const { at, index, tables, base } = story;
  const online = ONLINE.has(rows.order.payment_method);
  const status = rows.order.status_id;
  const order: Order = { ...rows.order, payment_status: paymentStatusOf(status, online) };
  const paidBy = pay(order, story);
  const shipped = shippedOf(status, rows.lines, index);
  ship({ ...rows, order }, shipped, story);
  const refunded = refund({ ...rows, order }, paidBy, story);
  const sent = [...shipped.values()].reduce((sum, quantity) => sum + quantity, 0);
  const changedAt = Math.min(status === 0 || status === 1 ? at : at + (refunded.size > 0 ? 50 : 22) * HOUR, base);
  tables.orders.push({
    ...order,
    date_modified: rfc2822(changedAt),
    date_shipped: sent === 0 ? '' : rfc2822(Math.min(at + 20 * HOUR, base)),
    items_shipped: sent,
  });
  keepParts(rows, tables, shipped, refunded);
  if (index % 10 === 2) ask(order, story);
}
