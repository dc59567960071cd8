import { changeStock } from '../catalog/stock.js';
import type { Emit } from './emit.js';
import type { StoreData } from './store-data.js';

/** docs: the names of a payment that is on its way, and of where it gets to. */
const SETTLED: Readonly<Record<string, string>> = { 'capture pending': 'captured', 'void pending': 'void' };

/** Does what the platform took on and does later, as far as its time has come. */
export function carryOutDue(data: StoreData, now: number, emit: Emit): void {
  const { tables } = data;
  const due = tables.adjustments.where(({ due_at: at }) => at <= now);
  if (due.length > 0) tables.adjustments.remove(({ due_at: at }) => at <= now);
  for (const { variant_id: variantId, location_id: locationId, quantity, method } of due) {
    changeStock(
      data,
      { variantId, locationId, quantity, method: method === 'absolute' ? 'absolute' : 'relative' },
      emit,
    );
  }
  const wait = data.knobs.lagSeconds * 1_000;
  for (const order of tables.orders.where(({ payment_status: status }) => SETTLED[status] !== undefined)) {
    if (Date.parse(order.date_modified) + wait > now) continue;
    tables.orders.put({ ...order, payment_status: SETTLED[order.payment_status] ?? '' });
    emit('store/order/updated', { type: 'order', id: order.id });
  }
}
