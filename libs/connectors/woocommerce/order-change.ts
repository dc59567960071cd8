import type {
  ConnectedStore,
  JsonValue,
  Mapped,
  OrderCancellation,
  OrderChange,
  OrderRecord,
  WriteOperation,
  Written,
} from '#contract';
import { decimal, GatewayError } from '#contract';
import { anyJson } from '#kit';
import { ADDRESS_LOSSES, addressBody, SHOP_SENDS_MAIL, unlessEmpty } from './order-body.js';
import { type WooOrder, wooOrder } from './order-schema.js';
import { isOpen } from './order-status.js';
import { ORDERS } from './orders.js';
import { bodyOf, checkedId, deleteCall, halfDone, readOne, rejected, writeCall } from './record-calls.js';
import { giveBack, leftToRefund } from './refund-create.js';
import { shipmentsOf } from './shipments.js';

// Nothing here is transferred from one state to another by the platform's rules: any status may follow any (fact sheet,
// 5.2). What a caller would not expect of a cancellation is refused here.

/**
 * Note that a body with an address has the whole order taxed anew by the shop's rates, whatever the address changes
 * (fact sheet, 5.2).
 */
export const updateOrder: WriteOperation<OrderChange, Written<OrderRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields of the order to what they are to be.' },
  losses: {
    ...ADDRESS_LOSSES,
    tags: { fate: 'ignored', why: 'Orders of WooCommerce have no tags.' },
  },
  async run(store, input) {
    const path = `${ORDERS.path}/${checkedId(input.orderId, 'order')}`;
    const body = { ...fieldsOf(input), ...(await statusFor(store, input)) };
    const isChanged = Object.keys(body).length > 0;
    const isTrash = input.status === 'archived';
    if (isChanged) {
      const written = await writeCall(store, { method: 'PUT', path, body }, ORDERS.reading);
      if (!isTrash) return written;
    }
    try {
      if (isTrash) await trash(store, path);
      return await readOne(store, ORDERS, input.orderId);
    } catch (error) {
      throw isChanged ? halfDone('The other changes were made, but the order is not archived', error) : error;
    }
  },
};

function fieldsOf(input: OrderChange): Readonly<Record<string, JsonValue>> {
  const { email, phone, billingAddress, shippingAddress, buyerNote } = input;
  const contact = bodyOf({ email, phone });
  return bodyOf({
    billing: unlessEmpty({ ...addressBody(billingAddress, 'billingAddress'), ...contact }),
    shipping: unlessEmpty(addressBody(shippingAddress, 'shippingAddress')),
    customer_note: buyerNote,
  });
}

/** An order that is open already keeps the status it has: several of the platform's words mean that. */
async function statusFor(
  store: ConnectedStore,
  { status, orderId }: OrderChange,
): Promise<{ readonly status?: string }> {
  if (status === 'completed') return { status };
  if (status !== 'open') return {};
  const order = wooOrderOf(await readOne(store, ORDERS, orderId));
  if (isOpen(order)) return {};
  const wasPaid = order.date_paid_gmt !== null || order.date_completed_gmt !== null;
  return { status: wasPaid ? 'processing' : 'pending' };
}

/** The trash is what `archived` means here; the answer still has the status from before (recorded: order-delete-trash). */
async function trash(store: ConnectedStore, path: string): Promise<void> {
  try {
    await deleteCall(store, path, { force: false });
  } catch (error) {
    // It lies there already.
    if (!GatewayError.is(error) || error.context.platform?.code !== 'woocommerce_rest_already_trashed') throw error;
  }
}

export const cancelOrder: WriteOperation<OrderCancellation, Written<OrderRecord>> = {
  repeat: {
    kind: 'sameEffect',
    why: 'The order is read first: only what was not given back yet is refunded, and the status is set. A note may be there twice.',
  },
  losses: {
    reason: { fate: 'ignored', why: 'WooCommerce keeps no reason for a cancellation; write it into the note.' },
    restock: {
      fate: 'ignored',
      why: 'WooCommerce puts the goods of a canceled order back into stock by itself.',
      values: ['false'],
    },
    notifyCustomer: SHOP_SENDS_MAIL,
  },
  async run(store, { orderId, note, refund = false }, attempt) {
    const path = `${ORDERS.path}/${checkedId(orderId, 'order')}`;
    const before = await readOne(store, ORDERS, orderId);
    const order = wooOrderOf(before);
    const isCanceled = order.status === 'cancelled';
    if (!isCanceled) requireCancelable(order);
    const gaveBack = refund && (await refundRest(store, order, note, attempt.reference));
    if (isCanceled && !gaveBack) return before;
    try {
      if (note !== undefined) await writeNote(store, path, note);
      return await writeCall(store, { method: 'PUT', path, body: { status: 'cancelled' } }, ORDERS.reading);
    } catch (error) {
      throw gaveBack ? halfDone('The money was given back, but the order is not canceled', error) : error;
    }
  },
};

function requireCancelable(order: WooOrder): void {
  const isSent = order.status === 'completed' || shipmentsOf(order.meta_data).length > 0;
  if (isSent) throw rejected('The order was sent already and cannot be canceled: refund it instead.', 'orderId');
  if (isOpen(order)) return;
  throw rejected(`An order with the status ${order.status} cannot be canceled.`, 'orderId');
}

/** Whether there was something to give back. An order nobody paid for has nothing. */
async function refundRest(
  store: ConnectedStore,
  order: WooOrder,
  note: string | undefined,
  reference: string,
): Promise<boolean> {
  const left = leftToRefund(order);
  if (order.date_paid_gmt === null || !left.gt(decimal('0'))) return false;
  await giveBack(
    store,
    order,
    { amount: left.toFixed(), reason: note, api_refund: true, api_restock: false },
    reference,
  );
  return true;
}

async function writeNote(store: ConnectedStore, path: string, note: string): Promise<void> {
  await store.http({ method: 'POST', path: `${path}/notes`, body: { note }, effect: 'write', expect: anyJson });
}

/** The platform's own fields of an order that was read and mapped before. */
function wooOrderOf({ raw }: Mapped<OrderRecord>): WooOrder {
  return wooOrder.parse(raw);
}
