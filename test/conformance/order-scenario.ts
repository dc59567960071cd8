import { fulfillmentFields, orderChangeFields, orderFields, sameNames, sameRows } from './compare.js';
import type { Json, Run } from './run.js';
import { addressOf, idOf, rowsOf, type Shop, type Variant } from './shop.js';

/** What happens to orders, from being made to being cancelled. */
export async function runOrders(
  run: Run,
  shop: Shop,
  mark: string,
  { variantId, productId, customerId }: Variant & { readonly customerId: string; readonly code: string },
): Promise<void> {
  const path = `/v1/orders?store=${shop.storeId}`;
  const money = (amount: string) => ({ amount, currency: shop.currency });
  const readBack = (id: string): string => `/v1/orders/${id}`;
  const line = variantId === productId ? { productId } : { productId, variantId };
  const body = {
    lineItems: [
      { ...line, quantity: 3, unitPrice: money('13.00') },
      { name: `Engraving ${mark}`, quantity: 1, unitPrice: money('4.20') },
    ],
    customer: { ...(customerId === '' ? {} : { id: customerId }), email: `zoe.${mark}@example.com` },
    billingAddress: addressOf(shop),
    shippingAddress: addressOf(shop),
    shippingLines: [{ name: 'By boat', method: 'boat', price: money('6.90') }],
    fees: [{ name: 'Gift wrap', amount: money('1.10') }],
    paymentStatus: 'paid',
    paymentMethod: 'invoice',
    buyerNote: 'Leave it with the neighbour 🏠',
    tags: ['vip'],
    sourceName: 'shipping-app',
    test: true,
    placedAt: '2026-11-20T10:00:00Z',
    currency: shop.currency,
  };
  const made = await run.write({
    operation: 'orders.create',
    method: 'POST',
    path,
    body,
    fields: orderFields,
    readBack,
  });
  const own = `/v1/orders/${idOf(made)}`;
  const change = {
    buyerNote: 'Ring twice',
    tags: ['vip', 'gift'],
    email: `new.${mark}@example.com`,
    shippingAddress: { ...addressOf(shop), city: 'Capital City' },
  };
  await run.write({
    operation: 'orders.update',
    method: 'PATCH',
    path: own,
    body: change,
    fields: orderChangeFields,
    readBack,
  });
  await afterwards(run, shop, own, made);
  const second = await run.write({
    operation: 'orders.create',
    method: 'POST',
    path,
    body: {
      lineItems: [{ ...line, quantity: 1 }],
      ...((shop.ordersNeedAddress || shop.needsBuyer) && { billingAddress: addressOf(shop) }),
      ...(shop.needsBuyer && { customer: { email: `max.${mark}@example.com` } }),
    },
    fields: orderFields,
    readBack,
  });
  await run.write({
    operation: 'orders.cancel',
    method: 'POST',
    path: `/v1/orders/${idOf(second)}/cancel`,
    body: { reason: 'customer', restock: true },
  });
  const ended = await run.get('orders.get', `/v1/orders/${idOf(second)}`);
  if (ended?.['status'] !== 'canceled')
    run.findings.push(`orders.cancel: the order is ${String(ended?.['status'])} afterwards`);
  const orders = await run.list('orders.list', path);
  // What is paid elsewhere leaves no transactions of its own: some order of the shop has one.
  for (const { id } of orders.slice(0, MOST_ASKED)) {
    if (!run.supports('transactions.list') || run.done.has('transactions.list')) return;
    await run.list('transactions.list', `/v1/orders/${String(id)}/transactions`);
  }
}

const MOST_ASKED = 30;

/** What happens to an order: shipment, refund, return, and the payments that are seen. */
async function afterwards(run: Run, shop: Shop, own: string, order: Json | undefined): Promise<void> {
  const [goods] = rowsOf(order, 'lineItems');
  const lineItemId = idOf(goods);
  const sent = await run.write({
    operation: 'fulfillments.create',
    method: 'POST',
    path: `${own}/fulfillments`,
    body: {
      ...(shop.shipsParts ? { lineItems: [{ lineItemId, quantity: 2 }] } : {}),
      tracking: { company: 'DHL', number: 'JD014600003', url: 'https://example.com/track/JD014600003' },
    },
    fields: fulfillmentFields,
  });
  const path = `${own}/fulfillments/${idOf(sent)}`;
  await run.write({
    operation: 'fulfillments.update',
    method: 'PATCH',
    path,
    body: { tracking: { company: 'DHL', number: 'JD014600004' } },
    fields: fulfillmentFields,
  });
  await run.list('fulfillments.list', `${own}/fulfillments`);
  await run.list('transactions.list', `${own}/transactions`);
  const back = await run.write({
    operation: 'returns.create',
    method: 'POST',
    path: `${own}/returns`,
    body: { lineItems: [{ lineItemId, quantity: 1, reason: 'defective', note: 'The handle is off' }] },
    fields: (input, record) => sameRows(input, record, 'lineItems'),
  });
  if (back !== undefined || !run.supports('returns.list')) await run.list('returns.list', `${own}/returns`);
  const refund = {
    lineItems: [{ lineItemId, quantity: 1, restock: true }],
    amount: { amount: '13.00', currency: shop.currency },
    reason: 'Handle broken',
    payment: shop.refundBy,
  };
  await run.write({
    operation: 'refunds.create',
    method: 'POST',
    path: `${own}/refunds`,
    body: refund,
    fields: (input, record) => [
      ...sameNames(input, record, ['amount', 'reason']),
      ...sameRows(input, record, 'lineItems'),
    ],
  });
  await run.list('refunds.list', `${own}/refunds`);
}
