import {
  type ConnectedStore,
  GatewayError,
  type JsonValue,
  type Losses,
  type OrderCancellation,
  type OrderChange,
  type OrderRecord,
  type WriteOperation,
  type Written,
} from '#contract';
import { z } from 'zod';
import { globalId } from './global-id.js';
import { job, jobEnded } from './jobs.js';
import { mutate } from './mutate.js';
import { given, mailingAddress, requireTags } from './order-input.js';
import { ORDER_CANCEL, ORDER_CLOSE, ORDER_OPEN, ORDER_UPDATE } from './order-write-documents.js';
import { readWritten } from './orders.js';

const UPDATE_LOSSES: Losses = {
  status: {
    fate: 'ignored',
    why: 'Shopify knows no completed orders: it shows what is paid and sent, and a merchant archives an order.',
    values: ['completed'],
  },
  billingAddress: { fate: 'ignored', why: 'Shopify does not change the billing address of an order.' },
  'shippingAddress.province': {
    fate: 'changed',
    why: "Shopify knows provinces by provinceCode and names them itself; a name alone is taken where it is the country's own.",
  },
};

export const updateOrder: WriteOperation<OrderChange, Written<OrderRecord>> = {
  repeat: { kind: 'sameEffect', why: 'Every field is set, and an order that is archived already stays archived.' },
  losses: UPDATE_LOSSES,
  async run(store, input) {
    const id = globalId('Order', input.orderId);
    requireTags('orders.update', input.tags);
    const fields = given({
      email: input.email,
      phone: input.phone,
      note: input.buyerNote,
      tags: input.tags && [...input.tags],
      shippingAddress: mailingAddress(input.shippingAddress),
    });
    const changed = Object.keys(fields).length > 0;
    if (changed) await change(store, ORDER_UPDATE, 'orderUpdate', { id, ...fields });
    const move = input.status === undefined ? undefined : MOVES[input.status];
    if (move !== undefined) {
      await change(store, move.document, move.root, { id }).catch((error: unknown) => {
        throw changed ? afterFirst('its fields were changed, its status was not', error) : error;
      });
    }
    return readWritten(store, 'orders.update', id);
  },
};

const MOVES: Readonly<Record<string, { readonly document: string; readonly root: string }>> = {
  open: { document: ORDER_OPEN, root: 'orderOpen' },
  archived: { document: ORDER_CLOSE, root: 'orderClose' },
};

async function change(store: ConnectedStore, document: string, root: string, input: JsonValue): Promise<void> {
  const answer = z.object({ order: z.object({ id: z.string() }) });
  await mutate(store, { operation: 'orders.update', document, root, variables: { input }, answer });
}

/** What failed after something was done already; says so. */
export function afterFirst(done: string, error: unknown): unknown {
  if (!GatewayError.is(error)) return error;
  return new GatewayError(error.code, `${error.message} (${done})`, { ...error.context, cause: error });
}

const REASONS = {
  customer: 'CUSTOMER',
  inventory: 'INVENTORY',
  fraud: 'FRAUD',
  declined: 'DECLINED',
  other: 'OTHER',
} as const satisfies Readonly<Record<NonNullable<OrderCancellation['reason']>, string>>;

export const cancelOrder: WriteOperation<OrderCancellation, Written<OrderRecord>> = {
  repeat: { kind: 'sameEffect', why: 'An order is canceled once; canceled again it stays as it is.' },
  losses: {},
  async run(store, input) {
    const id = globalId('Order', input.orderId);
    try {
      const started = await mutate(store, {
        operation: 'orders.cancel',
        document: ORDER_CANCEL,
        root: 'orderCancel',
        variables: {
          orderId: id,
          reason: REASONS[input.reason ?? 'other'],
          restock: input.restock ?? true,
          notify: input.notifyCustomer ?? false,
          // Named also when nothing is given back: the default is not documented.
          refundMethod: { originalPaymentMethodsRefund: input.refund ?? false },
          note: input.note ?? null,
        },
        answer: z.object({ job: job.nullable() }),
      });
      if (started.job !== null) await jobEnded(store, 'orders.cancel', started.job);
    } catch (error) {
      // Refused because it is canceled: by an earlier try of this, perhaps.
      if (!GatewayError.is(error, 'conflict')) throw error;
      const found = await readWritten(store, 'orders.cancel', id);
      if (found.record.status !== 'canceled' || owesMoney(found.record, input)) throw error;
      return found;
    }
    const written = await readWritten(store, 'orders.cancel', id);
    if (written.record.status === 'canceled') return written;
    throw new GatewayError('conflict', 'Shopify ended the cancellation, and the order is not canceled', {
      platform: { id: 'shopify' },
      operation: 'orders.cancel',
    });
  },
};

function owesMoney({ paymentStatus }: OrderRecord, { refund = false }: OrderCancellation): boolean {
  return refund && (paymentStatus === 'paid' || paymentStatus === 'partiallyPaid');
}
