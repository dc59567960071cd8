import {
  type ConnectedStore,
  decimal,
  GatewayError,
  type OrderCancellation,
  type OrderChange,
  type OrderRecord,
  type WriteOperation,
  type Written,
} from '#contract';
import { readRecord } from '#kit';
import { z } from 'zod';
import { ADDRESS_LOSSES, addressBody, ORDER_WORDS, presentAddress, SHOP_SENDS_MAIL } from './order-body.js';
import { orderAsPrinted, orderPath, readPrinted, readWhole } from './order-calls.js';
import type { RawOrder } from './order-schema.js';
import { AWAITING_FULFILLMENT, CANCELED, COMPLETED, meaningOf, PARTIALLY_SHIPPED, SHIPPED } from './order-status.js';
import { after, type Body, bodyOf, inOurWords, type RecordNumber, recordNumber, rejected } from './record-calls.js';
import { giveBackRest } from './refund-create.js';

export const updateOrder: WriteOperation<OrderChange, Written<OrderRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields of the order to what they are to be.' },
  losses: {
    ...ADDRESS_LOSSES,
    tags: { fate: 'ignored', why: 'Orders of BigCommerce have no tags.' },
  },
  async run(store, input) {
    const number = recordNumber(input.orderId, 'order');
    const order = await readPrinted(store, input.orderId);
    const body = changesOf(input, order);
    const isChanged = Object.keys(body).length > 0;
    if (isChanged) await write(store, number, body);
    if (input.status === 'archived') {
      const step = () => archiveOrder(store, number);
      await (isChanged ? after('the other changes were made', step) : step());
    }
    // What is written is answered without the lines (orders.v2.oas2.yml: the update takes no `include`).
    return await readWhole(store, input.orderId);
  },
};

async function write(store: ConnectedStore, number: RecordNumber, body: Body): Promise<void> {
  const call = { method: 'PUT' as const, path: orderPath(number), body };
  await inOurWords(ORDER_WORDS, () => store.http({ ...call, effect: 'write', expect: z.unknown() }));
}

/**
 * What "archived" means here. There is no other place where an order is deleted, and none where a path could end before
 * the number: `DELETE /v2/orders` archives every order of the shop (orders.v2.oas2.yml).
 */
export async function archiveOrder(store: ConnectedStore, number: RecordNumber): Promise<void> {
  // A caller without types is stopped here all the same.
  if (!Number.isInteger(number) || number < 1) {
    throw new GatewayError('internal', 'An order that is archived must be named by its number.');
  }
  await store.http({ method: 'DELETE', path: orderPath(number), effect: 'write', expect: z.unknown() });
}

function changesOf(input: OrderChange, order: RawOrder): Body {
  const { email, phone, billingAddress, shippingAddress, buyerNote, status } = input;
  const billing = { ...addressBody(billingAddress, 'billingAddress'), ...bodyOf({ email, phone }) };
  return bodyOf({
    status_id: statusFor(status, order),
    customer_message: buyerNote,
    billing_address:
      Object.keys(billing).length === 0 ? undefined : { ...presentAddress(order.billing_address), ...billing },
    shipping_addresses:
      shippingAddress === undefined ? undefined : [shippingFor(addressBody(shippingAddress, 'shippingAddress'), order)],
  });
}

/** An order that is open already keeps the status it has: several of the platform's mean that. */
function statusFor(status: OrderChange['status'], order: RawOrder): number | undefined {
  if (status === 'completed') return COMPLETED;
  if (status === 'open' && meaningOf(order.status_id).order !== 'open') return AWAITING_FULFILLMENT;
  return undefined;
}

function shippingFor(address: Body, order: RawOrder): Body {
  const [only, second] = order.consignments.shipping;
  if (only === undefined)
    throw rejected('Nothing of this order is shipped, so it has no such address.', 'shippingAddress');
  if (second !== undefined)
    throw rejected('This order goes to several addresses: change them in the shop.', 'shippingAddress');
  return { id: Number(only.id), ...presentAddress(only), ...address };
}

export const cancelOrder: WriteOperation<OrderCancellation, Written<OrderRecord>> = {
  repeat: {
    kind: 'sameEffect',
    why: 'The order is read first: only what was not given back yet is refunded, and the status is set. A note may be there twice.',
  },
  losses: {
    reason: { fate: 'ignored', why: 'BigCommerce keeps no reason for a cancellation; write it into the note.' },
    restock: {
      fate: 'ignored',
      why: 'Whether the goods of a canceled order come back into stock is set in the shop.',
    },
    notifyCustomer: SHOP_SENDS_MAIL,
  },
  async run(store, { orderId, note, refund = false }) {
    const number = recordNumber(orderId, 'order');
    const before = await readWhole(store, orderId);
    const order = readRecord(before.raw, orderAsPrinted);
    const isCanceled = order.status_id === CANCELED;
    if (!isCanceled) requireCancelable(order);
    const left = decimal(before.record.totals.total.amount).minus(before.record.totals.refunded.amount);
    const gaveBack = refund && (await giveBackRest(store, order, left, note));
    if (isCanceled && !gaveBack) return before;
    const notes = note === undefined ? undefined : [order.staff_notes, note].filter((text) => text !== null).join('\n');
    const step = () => write(store, number, bodyOf({ status_id: CANCELED, staff_notes: notes }));
    await (gaveBack ? after('the money was given back', step) : step());
    return await readWhole(store, orderId);
  },
};

const GONE: ReadonlySet<number> = new Set([SHIPPED, PARTIALLY_SHIPPED, COMPLETED]);

/** The platform would let any status follow any other; goods that were sent cannot be canceled all the same. */
function requireCancelable({ status_id: id }: RawOrder): void {
  if (!GONE.has(id)) return;
  throw new GatewayError('conflict', 'Goods of this order were sent already, or it is completed: refund it instead.', {
    platform: { id: 'bigcommerce' },
  });
}
