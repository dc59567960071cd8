import { rfc2822 } from '../amounts.js';
import type { Call } from '../rest/answer.js';
import type { Order } from '../state/rows.js';
import { SHIPPED, statusName } from './statuses.js';

/** Writes a change of an order and tells the hooks: the update, and the status where it moved. */
export function changeOrder({ data, now, emit }: Call, order: Order, changes: Partial<Order>): Order {
  const next = { ...order, ...changes } as Order;
  const moved = next.status_id !== order.status_id;
  const saved = data.tables.orders.put({
    ...next,
    date_modified: rfc2822(now),
    ...(moved && { status: statusName(next.status_id), custom_status: statusName(next.status_id) }),
    ...(moved && next.status_id === SHIPPED && next.date_shipped === '' && { date_shipped: rfc2822(now) }),
  });
  if (moved) {
    const status = { previous_status_id: order.status_id, new_status_id: next.status_id };
    emit('store/order/statusUpdated', { type: 'order', id: order.id, status });
  }
  emit('store/order/updated', { type: 'order', id: order.id });
  return saved;
}
