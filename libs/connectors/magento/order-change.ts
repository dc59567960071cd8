import {
  type AddressInput,
  type ConnectedStore,
  type JsonValue,
  type Losses,
  type Mapped,
  type OrderCancellation,
  type OrderChange,
  type OrderRecord,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson } from '#kit';
import { z } from 'zod';
import { orderAddressBody, orderAddressLosses, printedAddress } from './order-address.js';
import { type MagentoOrder, magentoOrder } from './order-schema.js';
import { stateOf } from './order-status.js';
import { ORDERS } from './orders.js';
import { bodyOf, halfDone, readOne, rejected, writeCall } from './record-calls.js';

const WHOLE_ORDER_ONLY = {
  fate: 'ignored',
  why: 'Magento changes this only with an order that is written anew as a whole, which loses what the API does not tell of it.',
} as const;

const losses: Losses = {
  ...orderAddressLosses('billingAddress.'),
  ...orderAddressLosses('shippingAddress.'),
  status: {
    fate: 'ignored',
    why: 'An order of Magento is complete when all of it was invoiced and sent, and is never archived; only one on hold can be opened.',
    values: ['completed', 'archived'],
  },
  email: WHOLE_ORDER_ONLY,
  phone: { fate: 'changed', why: 'The phone number of an order is that of its billing address.' },
  buyerNote: WHOLE_ORDER_ONLY,
  tags: { fate: 'ignored', why: 'Orders of Magento have no tags.' },
};

const done = z.boolean();

export const updateOrder: WriteOperation<OrderChange, Written<OrderRecord>> = {
  losses,
  repeat: {
    kind: 'sameEffect',
    why: 'The order is read first: it is opened only while it is on hold, and addresses are set.',
  },
  async run(store, { orderId, status, phone, billingAddress, shippingAddress }) {
    const before = await readOne(store, ORDERS, orderId);
    const order = orderIn(before);
    const billing = phone === undefined ? billingAddress : { ...billingAddress, phone: billingAddress?.phone ?? phone };
    const steps: (() => Promise<void>)[] = [];
    if (status === 'open' && stateOf(order) === 'holded') steps.push(() => open(store, order));
    if (billing !== undefined) steps.push(await addressStep(store, before, 'billing', billing));
    if (shippingAddress !== undefined) steps.push(await addressStep(store, before, 'shipping', shippingAddress));
    for (const [index, step] of steps.entries()) {
      await step().catch((error: unknown) => {
        throw index === 0 ? error : halfDone('Not all of the order was changed', error);
      });
    }
    return steps.length === 0 ? before : await readOne(store, ORDERS, orderId);
  },
};

async function open(store: ConnectedStore, { entity_id: number }: MagentoOrder): Promise<void> {
  const isOpen = await writeCall(store, { path: `${ORDERS.path}/${number}/unhold`, expect: done });
  if (!isOpen) throw rejected('The order is on hold and cannot be opened.', 'status');
}

/**
 * An address is checked as a whole when it is saved, so what is not changed is sent along. The rest of the order is left
 * alone, whatever the path says: `PUT orders/{id}` takes an address (fact sheet, 5.2).
 */
async function addressStep(
  store: ConnectedStore,
  { record, raw }: Mapped<OrderRecord>,
  kind: 'billing' | 'shipping',
  change: AddressInput,
): Promise<() => Promise<void>> {
  const before = printedAddress(raw, kind);
  if (before?.['entity_id'] === undefined) {
    throw rejected(`The order has no ${kind} address that could be changed.`, `${kind}Address`);
  }
  const body = await orderAddressBody(store, change, before);
  const entity = { ...before, ...body, parent_id: Number(record.platformId), address_type: kind };
  const path = `${ORDERS.path}/${record.platformId}`;
  return async () => {
    await writeCall<JsonValue>(store, { method: 'PUT', path, body: { entity }, expect: anyJson });
  };
}

// Why an order in these states is not canceled, as far as the platform's own rules say (fact sheet, 6).
const NOT_CANCELED: ReadonlyMap<string, string> = new Map([
  ['holded', 'The order is on hold: open it first, by an update with the status open.'],
  ['payment_review', "The order's payment is under review: the payment gateway has to decide first."],
  ['complete', 'The order was paid and sent already: refund it instead.'],
  ['closed', 'The order was given back already.'],
  ['processing', 'Everything in the order was invoiced already: refund it instead.'],
]);

export const cancelOrder: WriteOperation<OrderCancellation, Written<OrderRecord>> = {
  losses: {
    reason: { fate: 'ignored', why: 'Magento keeps no reason for a cancellation; write it into the note.' },
    restock: {
      fate: 'ignored',
      why: 'Magento gives the goods of a canceled order free by itself.',
      values: ['false'],
    },
    refund: {
      fate: 'ignored',
      why: 'Magento cancels only what was not invoiced yet: there is nothing to give back. An invoiced order is refunded instead.',
      values: ['true'],
    },
    notifyCustomer: { fate: 'ignored', why: 'Magento sends no mail about a cancellation.' },
  },
  repeat: {
    kind: 'sameEffect',
    why: 'The order is read first, and one that is canceled already is left alone. A note may be there twice.',
  },
  async run(store, { orderId, note }) {
    const before = await readOne(store, ORDERS, orderId);
    const order = orderIn(before);
    if (stateOf(order) === 'canceled') return before;
    const path = `${ORDERS.path}/${order.entity_id}`;
    // What cannot be canceled is answered with 200 and `false` (recorded: order-cancel-again).
    const isCanceled = await writeCall(store, { path: `${path}/cancel`, expect: done });
    if (!isCanceled)
      throw rejected(NOT_CANCELED.get(stateOf(order) ?? '') ?? 'The shop refused to cancel the order.', 'orderId');
    const after = await readOne(store, ORDERS, orderId);
    if (note === undefined) return after;
    await writeNote(store, orderIn(after), note).catch((error: unknown) => {
      throw halfDone('The order is canceled, but the note is missing', error);
    });
    return after;
  },
};

/** A comment sets a status too, so it says the one that the order has (recorded: order-comment-add). */
async function writeNote(store: ConnectedStore, order: MagentoOrder, note: string): Promise<void> {
  const statusHistory = bodyOf({
    comment: note,
    is_customer_notified: 0,
    is_visible_on_front: 0,
    status: order.status ?? undefined,
  });
  await writeCall(store, { path: `${ORDERS.path}/${order.entity_id}/comments`, body: { statusHistory }, expect: done });
}

/** The platform's own fields of an order that was read and mapped before. */
function orderIn({ raw }: Mapped<OrderRecord>): MagentoOrder {
  return magentoOrder.parse(raw);
}
