import {
  Big,
  type ConnectedStore,
  decimal,
  GatewayError,
  type JsonValue,
  minorUnitDecimals,
  type RefundInput,
  type RefundRecord,
  sum,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson, mapOne, type RecordReading } from '#kit';
import { z } from 'zod';
import { amountIn, REFERENCE_KEY, SHOP_SENDS_MAIL } from './order-body.js';
import { type WooOrder, wooOrder } from './order-schema.js';
import { ORDERS } from './orders.js';
import { bodyOf, checkedId, rejected, writeCall } from './record-calls.js';
import { type RefundedPart, refundParts } from './refund-parts.js';
import { refundReading, type WooRefund } from './refunds.js';

const PLENTY = 100;
// How long a try may stay open: a key is kept for a day.
const LONGEST_AGO_MS = 2 * 24 * 3_600_000;

/**
 * Amounts of lines and shipping are without tax here as in the order; the tax on them is given back with them. The
 * platform answers a refund of too much with status 500 (recorded: refund-create-too-large), so what is left is worked
 * out first.
 */
export const createRefund: WriteOperation<RefundInput, Written<RefundRecord>> = {
  losses: { notifyCustomer: SHOP_SENDS_MAIL },
  repeat: {
    kind: 'clientReference',
    why: 'The reference is kept in the refund, and the refunds of an order are listed from its own database.',
    find: async (store, { orderId, amount }, { reference }) => {
      const { order, refunds } = await readRefunds(store, orderId);
      const found = refunds.find(({ refund }) => referenceOf(refund) === reference);
      if (found !== undefined) {
        return { record: refundReading(orderId, order.currency).map(found.refund), raw: found.raw };
      }
      refuseDoubt(
        refunds.map(({ refund }) => refund),
        amount?.amount,
      );
      return undefined;
    },
  },
  async run(store, input, { reference }) {
    const { order, refunds } = await readRefunds(store, input.orderId);
    const body = bodyFor(
      input,
      order,
      refunds.map(({ refund }) => refund),
    );
    return await giveBack(store, order, body, reference);
  },
};

/** The one call that gives money back. */
export async function giveBack(
  store: ConnectedStore,
  order: WooOrder,
  body: Readonly<Record<string, JsonValue | undefined>>,
  reference: string,
): Promise<Written<RefundRecord>> {
  const call = {
    method: 'POST' as const,
    path: `${ORDERS.path}/${order.id}/refunds`,
    body: bodyOf({ ...body, meta_data: [{ key: REFERENCE_KEY, value: reference }] }),
  };
  return await writeCall(store, call, refundReading(order.id, order.currency));
}

export function leftToRefund({ total, refunds }: WooOrder): Big {
  return decimal(total).minus(sum(refunds.map((refund) => decimal(refund.total).abs())));
}

interface Read {
  readonly refund: WooRefund;
  readonly raw: JsonValue;
}

async function readRefunds(
  store: ConnectedStore,
  orderId: string,
): Promise<{ readonly order: WooOrder; readonly refunds: readonly Read[] }> {
  const path = `${ORDERS.path}/${checkedId(orderId, 'order')}`;
  const { data: order } = await store.http({ path, effect: 'read', expect: wooOrder });
  const query = { per_page: PLENTY };
  const { data } = await store.http({ path: `${path}/refunds`, query, effect: 'read', expect: z.array(anyJson) });
  if (data.length >= PLENTY) throw rejected('The order has too many refunds to be sure of what is left.', 'orderId');
  const reading = refundReading(orderId, order.currency);
  const readable: RecordReading<WooRefund, WooRefund> = {
    ...reading,
    map: (refund) => {
      reading.map(refund);
      return refund;
    },
  };
  const refunds = data.map((raw) => ({ raw, refund: mapOne('woocommerce', 'refunds', raw, readable).record }));
  return { order, refunds };
}

function referenceOf(refund: WooRefund): unknown {
  return refund.meta_data.find(({ key }) => key === REFERENCE_KEY)?.value;
}

/**
 * The platform saves the refund before its entries: a try that was cut off in between leaves one without a reference.
 * A new one that could be it is looked at by a person rather than made twice.
 */
function refuseDoubt(refunds: readonly WooRefund[], amount: string | undefined): void {
  const newest = Math.max(...refunds.map(dateOf));
  const doubtful = refunds.find(
    (refund) =>
      referenceOf(refund) === undefined &&
      dateOf(refund) > newest - LONGEST_AGO_MS &&
      (amount === undefined || decimal(refund.amount).eq(amount)),
  );
  if (doubtful === undefined) return;
  const message = `The order has a refund ${doubtful.id} without a reference, which may be this one.`;
  throw new GatewayError('outcome_unknown', message, { platform: { id: 'woocommerce' } });
}

function dateOf({ date_created_gmt: date }: WooRefund): number {
  return date === null ? 0 : Date.parse(`${date}Z`);
}

function bodyFor(
  input: RefundInput,
  order: WooOrder,
  refunds: readonly WooRefund[],
): Readonly<Record<string, JsonValue | undefined>> {
  const { currency } = order;
  const shipping = input.shipping && amountIn(currency, input.shipping, 'shipping');
  const parts = refundParts(order, refunds, { lineItems: input.lineItems ?? [], shipping });
  const asked = input.amount && decimal(amountIn(currency, input.amount, 'amount'));
  const amount = asked ?? sum(parts.map(worthOf));
  const left = leftToRefund(order);
  // Recorded: refund-create-too-large; without an amount the platform makes an empty refund (fact sheet, 5.5).
  if (!amount.gt(0)) throw rejected('There is nothing to give back.', 'amount');
  if (amount.gt(left)) {
    throw rejected(`Of the order only ${left.toFixed(minorUnitDecimals(currency))} ${currency} are left.`, 'amount');
  }
  return {
    amount: amount.toFixed(),
    reason: input.reason,
    api_refund: input.payment !== 'none',
    api_restock: restocks(input),
    line_items: parts.length === 0 ? undefined : parts.map(lineBody),
  };
}

function worthOf({ total, taxes }: RefundedPart): Big {
  return total.plus(sum(taxes.map((tax) => tax.total)));
}

/** The platform puts all lines back into stock or none; goods come back only where that is said. */
function restocks({ lineItems = [] }: RefundInput): boolean {
  const wishes = new Set(lineItems.map(({ restock = false }) => restock));
  if (wishes.size > 1) {
    throw rejected('WooCommerce puts all goods of a refund back into stock or none: make two refunds.', 'lineItems');
  }
  return wishes.has(true);
}

function lineBody({ lineId, quantity, total, taxes }: RefundedPart): JsonValue {
  return bodyOf({
    id: Number(lineId),
    quantity,
    // Numbers, as recorded in refund-create-partial-line; up to fifteen digits they are printed as they are.
    refund_total: Number(total.toFixed()),
    refund_tax: taxes.map((tax) => ({ id: Number(tax.rateId), refund_total: Number(tax.total.toFixed()) })),
  });
}
