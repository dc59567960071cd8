import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PAID_ORDER, startOrdersApp, type AnsweredOrder, type OrdersApp } from '../testing/orders-app.js';

const CREATE = `F($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) {
  fulfillment { id status totalQuantity trackingInfo(first: 5) { company number url } } userErrors { field message } } }`;
const CANCEL = 'C($id: ID!) { fulfillmentCancel(id: $id) { fulfillment { id status } userErrors { field message } } }';
const TRACK = `T($id: ID!, $tracking: FulfillmentTrackingInput!) { fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking) {
  fulfillment { id } userErrors { field message } } }`;
const EVENT = `E($event: FulfillmentEventInput!) { fulfillmentEventCreate(fulfillmentEvent: $event) {
  fulfillmentEvent { id status happenedAt } userErrors { field message } } }`;

let app: OrdersApp;
beforeEach(async () => void (app = await startOrdersApp()));
afterEach(() => app.running.sandbox.close());

function work(order: AnsweredOrder) {
  const [one] = order.fulfillmentOrders.nodes;
  if (one === undefined) throw new Error('No fulfillment order.');
  return one;
}

const send = (order: AnsweredOrder, quantity?: number, trackingInfo?: unknown) => {
  const { id, lineItems } = work(order);
  const fulfillmentOrderLineItems = quantity === undefined ? undefined : [{ id: lineItems.nodes[0]?.id, quantity }];
  return app.write(CREATE, {
    fulfillment: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: id, fulfillmentOrderLineItems }], trackingInfo },
  });
};
const idOf = (payload: Readonly<Record<string, unknown>>): string =>
  z.object({ id: z.string() }).parse(payload['fulfillment']).id;

describe('fulfillment orders', () => {
  test('tell what is left to send and what can be done', async () => {
    const order = await app.create(PAID_ORDER);
    expect(work(order)).toMatchObject({ status: 'OPEN' });
    expect(work(order).supportedActions.map(({ action }) => action)).toContain('CREATE_FULFILLMENT');
    const [line] = work(order).lineItems.nodes;
    expect(line).toMatchObject({
      totalQuantity: 2,
      remainingQuantity: 2,
      lineItem: { id: order.lineItems.nodes[0]?.id },
    });
    expect(line?.id.split('/').at(-1)).not.toBe(order.lineItems.nodes[0]?.id.split('/').at(-1));
  });

  test('are held and released', async () => {
    const order = await app.create(PAID_ORDER);
    const { id } = work(order);
    const hold = `H($id: ID!) { fulfillmentOrderHold(id: $id, fulfillmentHold: { reason: OTHER }) {
      fulfillmentOrder { status } userErrors { field message code } } }`;
    await app.write(hold, { id });
    expect((await app.order(order.id)).displayFulfillmentStatus).toBe('ON_HOLD');
    expect((await send(order)).errors[0]?.message).toMatch(/has an unfulfillable status= on_hold\.$/);
    const release = `R($id: ID!) { fulfillmentOrderReleaseHold(id: $id) { fulfillmentOrder { status } userErrors { field message code } } }`;
    expect((await app.write(release, { id })).payload['fulfillmentOrder']).toEqual({ status: 'OPEN' });
  });
});

describe('fulfillmentCreate', () => {
  test('sends a part, then the rest', async () => {
    const order = await app.create(PAID_ORDER);
    const first = await send(order, 1, { company: 'UPS', numbers: ['1Z1', '1Z2'] });
    expect(first.payload['fulfillment']).toMatchObject({ status: 'SUCCESS', totalQuantity: 1 });
    const partly = await app.order(order.id);
    expect(partly).toMatchObject({ displayFulfillmentStatus: 'PARTIALLY_FULFILLED' });
    expect(work(partly)).toMatchObject({ status: 'IN_PROGRESS', lineItems: { nodes: [{ remainingQuantity: 1 }] } });
    expect(partly.fulfillments[0]?.trackingInfo.map(({ number }) => number)).toEqual(['1Z1', '1Z2']);
    await send(order);
    const whole = await app.order(order.id);
    expect(whole).toMatchObject({ displayFulfillmentStatus: 'FULFILLED' });
    expect(work(whole)).toMatchObject({ status: 'CLOSED', supportedActions: [] });
  });

  test('refuses what cannot be sent', async () => {
    const order = await app.create(PAID_ORDER);
    const field = ['fulfillment'];
    expect((await send(order, 3)).errors).toEqual([
      { field, message: 'Invalid fulfillment order line item quantity requested.' },
    ]);
    await send(order);
    const id = work(order).id.split('/').at(-1);
    expect((await send(order)).errors).toEqual([
      { field, message: `Fulfillment order ${id} has an unfulfillable status= closed.` },
    ]);
    const unknown = [{ fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/1' }];
    expect((await app.write(CREATE, { fulfillment: { lineItemsByFulfillmentOrder: unknown } })).errors).toEqual([
      { field, message: 'Fulfillment order does not exist.' },
    ]);
  });

  test('takes one order at a time', async () => {
    const [one, other] = [await app.create(PAID_ORDER), await app.create(PAID_ORDER)];
    const both = [one, other].map((order) => ({ fulfillmentOrderId: work(order).id }));
    const { errors } = await app.write(CREATE, { fulfillment: { lineItemsByFulfillmentOrder: both } });
    expect(errors[0]?.message).toContain('All fulfillment orders must be assigned to a single location');
  });
});

describe('a parcel on its way', () => {
  test('gets new tracking in place of the old', async () => {
    const order = await app.create(PAID_ORDER);
    const { payload } = await send(order, undefined, { company: 'UPS', number: '1Z1' });
    await app.write(TRACK, {
      id: idOf(payload),
      tracking: { company: 'Own van', number: '7', url: 'https://van.example/7' },
    });
    const [parcel] = (await app.order(order.id)).fulfillments;
    expect(parcel?.trackingInfo).toEqual([{ company: 'Own van', number: '7', url: 'https://van.example/7' }]);
  });

  test('shows its newest event', async () => {
    const order = await app.create(PAID_ORDER);
    const fulfillmentId = idOf((await send(order)).payload);
    for (const status of ['IN_TRANSIT', 'DELIVERED']) await app.write(EVENT, { event: { fulfillmentId, status } });
    const [parcel] = (await app.order(order.id)).fulfillments;
    expect(parcel).toMatchObject({
      displayStatus: 'DELIVERED',
      events: { nodes: [{ status: 'IN_TRANSIT' }, { status: 'DELIVERED' }] },
    });
  });

  test('is cancelled, and its units are to be sent again', async () => {
    const order = await app.create(PAID_ORDER);
    const id = idOf((await send(order)).payload);
    expect((await app.write(CANCEL, { id })).payload['fulfillment']).toEqual({ id, status: 'CANCELLED' });
    const after = await app.order(order.id);
    expect(after.displayFulfillmentStatus).toBe('UNFULFILLED');
    expect(work(after)).toMatchObject({ status: 'OPEN', lineItems: { nodes: [{ remainingQuantity: 2 }] } });
    expect((await app.write(CANCEL, { id: 'gid://shopify/Fulfillment/1' })).errors[0]?.message).toBe(
      'Fulfillment not found.',
    );
  });
});
