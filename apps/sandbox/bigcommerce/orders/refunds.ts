import { z } from 'zod';
import { Big, sum } from '#contract';
import { asNumber, iso } from '../amounts.js';
import { RestFailure, type Answer, type Call, type Endpoint } from '../rest/answer.js';
import { v3One } from '../rest/paging.js';
import { readV3 } from '../rest/read-body.js';
import type { Order, Refund, Transaction } from '../state/rows.js';
import type { StoreData } from '../state/store-data.js';
import { changeOrder } from './change-order.js';
import { makeTransaction } from './make-transaction.js';
import { orderIn } from './order-reads.js';
import { planRefund, quoteSchema, refundedSoFar, refuse, type RefundPlan } from './refund-plan.js';
import { PARTIALLY_REFUNDED, REFUNDED } from './statuses.js';

const WRITE = ['store_v2_transactions', 'store_v2_orders'];
const ACTIONS = '/v3/orders/:id/payment_actions';

const paymentSchema = z.object({ provider_id: z.string(), amount: z.number(), offline: z.boolean().default(false) });
const createSchema = quoteSchema.extend({
  payments: z.array(paymentSchema).min(1),
  merchant_calculated_override: z
    .object({ total_amount: z.number().positive(), total_tax: z.number() })
    .exactOptional(),
});

function paymentOf({ tables }: StoreData, order: Order): Transaction | undefined {
  return tables.transactions.where(
    ({ order_id: id, event, status }) =>
      id === String(order.id) &&
      status === 'ok' &&
      (event === 'purchase' || event === 'capture' || event === 'authorization'),
  )[0];
}

/** docs: alternatives, each a list of payments that together make the amount. */
function methodsOf(data: StoreData, order: Order, total: Big): readonly (readonly Record<string, unknown>[])[] {
  const amount = asNumber(total);
  const paid = paymentOf(data, order);
  const offline = {
    ...{ provider_id: 'custom', provider_description: 'Custom', amount, offline: true, offline_provider: true },
    offline_reason: 'Offline refund',
  };
  const online = {
    ...{ provider_id: paid?.gateway ?? '', provider_description: order.payment_method, amount, offline: false },
    ...{ offline_provider: false, offline_reason: '' },
  };
  const credit = {
    ...{ provider_id: 'storecredit', provider_description: 'Store credit', amount, offline: false },
    ...{ offline_provider: false, offline_reason: '' },
  };
  return [...(paid === undefined ? [] : [[online]]), [offline], ...(order.customer_id === 0 ? [] : [[credit]])];
}

function quote(call: Call): Answer {
  const order = orderIn(call);
  const { total, tax, orderLevel, adjustment } = planRefund(call.data, order, readV3(quoteSchema, call.body));
  const body = {
    order_id: order.id,
    total_refund_amount: asNumber(total),
    total_refund_tax_amount: asNumber(tax),
    order_level_refund_amount: asNumber(orderLevel),
    ...{ rounding: 0, adjustment: asNumber(adjustment), tax_inclusive: call.data.store.pricesIncludeTax },
    refund_methods: methodsOf(call.data, order, total),
  };
  return v3One(body, 201);
}

/** docs: the payments must be one of the alternatives. */
function checkPayments(
  data: StoreData,
  order: Order,
  total: Big,
  payments: readonly z.infer<typeof paymentSchema>[],
): void {
  if (!sum(payments.map(({ amount }) => new Big(amount))).eq(total)) {
    throw refuse('The payments do not make up the amount of the refund.');
  }
  const known = methodsOf(data, order, total).flatMap((way) => way.map(({ provider_id: id }) => id));
  const stranger = payments.find(({ provider_id: id }) => !known.includes(id));
  if (stranger?.provider_id === 'storecredit') throw refuse('Unable to provide store credit for a guest customer.');
  if (stranger !== undefined) throw refuse(`Provider ${stranger.provider_id} cannot refund this order.`);
}

function payBack(call: Call, order: Order, payments: readonly z.infer<typeof paymentSchema>[]): Refund['payments'] {
  const { transactions } = call.data.tables;
  const paid = paymentOf(call.data, order);
  return payments.map(({ provider_id, amount, offline }, index) => {
    const id = transactions.nextId();
    const way = { gateway: provider_id, method: offline ? 'offline' : (paid?.method ?? 'custom') };
    const plan = { id, order, event: 'refund', ...way, amount, ok: true, reference: paid?.id ?? null };
    transactions.put(makeTransaction(plan, call.now));
    call.emit('store/order/transaction/created', {
      ...{ type: 'transaction', order_id: String(order.id), transaction_id: String(id), transaction_status: 'ok' },
      ...{ transaction_type: 'refund', result: { code: '', message: '', type: 'ok' } },
    });
    return {
      ...{ id: id * 10 + index, provider_id, amount, offline, is_declined: false, declined_message: '' },
      transaction_id: String(id),
    };
  });
}

/** docs: fully refunded moves the order to 4, partly to 14; nothing is restocked. */
function settle(call: Call, order: Order, plan: RefundPlan): void {
  const { lines } = call.data.tables;
  for (const { item } of plan.items) {
    const line = item.item_type === 'PRODUCT' ? lines.find(item.item_id) : undefined;
    if (line === undefined || !('quantity' in item)) continue;
    const back = line.quantity_refunded + item.quantity;
    lines.put({ ...line, quantity_refunded: back, is_refunded: back >= line.quantity });
  }
  const whole = refundedSoFar(call.data, order.id).gte(order.total_inc_tax);
  const payment = whole ? 'refunded' : 'partially refunded';
  changeOrder(call, order, {
    status_id: whole ? REFUNDED : PARTIALLY_REFUNDED,
    payment_status: order.payment_status === '' ? '' : payment,
  });
}

function refund(call: Call): Answer {
  const { data, now, emit } = call;
  const order = orderIn(call);
  const { payments, merchant_calculated_override: override, ...request } = readV3(createSchema, call.body);
  const plan = planRefund(data, order, request);
  const total = override === undefined ? plan.total : new Big(override.total_amount);
  checkPayments(data, order, total, payments);
  const id = data.tables.refunds.nextId();
  const made = data.tables.refunds.put({
    ...{ id, order_id: order.id, user_id: data.store.owner.id, created: iso(now, '+00:00') },
    reason: plan.items[0]?.item.reason ?? '',
    total_amount: asNumber(total),
    total_tax: override?.total_tax ?? asNumber(plan.tax),
    uses_merchant_override_values: override !== undefined,
    items: plan.items.map(({ item, amount }) => ({
      ...{ item_type: item.item_type, item_id: item.item_id, reason: item.reason ?? '' },
      quantity: 'quantity' in item ? item.quantity : 1,
      requested_amount: asNumber(amount),
      adjustments: [],
    })),
    payments: payBack(call, order, payments),
  });
  emit('store/order/refund/created', { type: 'order', id: order.id, refund: { refund_id: id } });
  settle(call, order, plan);
  return v3One(made, 201);
}

/** docs: carried out later; until then the payment is pending. */
function act(call: Call, event: 'capture' | 'void'): Answer {
  const order = orderIn(call);
  const paid = paymentOf(call.data, order);
  if (order.payment_status !== 'authorized' || paid === undefined) {
    throw new RestFailure(422, `The payment of this order cannot be ${event === 'capture' ? 'captured' : 'voided'}.`);
  }
  const { transactions } = call.data.tables;
  const id = transactions.nextId();
  const { gateway, method, amount } = paid;
  transactions.put(
    makeTransaction({ id, order, event, gateway, method, amount, ok: true, reference: paid.id }, call.now),
  );
  changeOrder(call, order, { payment_status: `${event} pending` });
  return { status: 201, body: { data: {}, meta: {} } };
}

/** Giving money back, taking it and letting it go. */
export const REFUND_ENDPOINTS: readonly Endpoint[] = [
  { method: 'POST', path: `${ACTIONS}/refund_quotes`, scopes: WRITE, handle: quote },
  { method: 'POST', path: `${ACTIONS}/refunds`, scopes: WRITE, handle: refund },
  { method: 'POST', path: `${ACTIONS}/capture`, scopes: WRITE, handle: (call) => act(call, 'capture') },
  { method: 'POST', path: `${ACTIONS}/void`, scopes: WRITE, handle: (call) => act(call, 'void') },
];
