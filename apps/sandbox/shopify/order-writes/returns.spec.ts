import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PAID_ORDER, startOrdersApp, type AnsweredOrder, type OrdersApp } from '../testing/orders-app.js';

const ERRORS = 'userErrors { field message code }';
const CREATE = `R($input: ReturnInput!) { returnCreate(returnInput: $input) { return { id status } ${ERRORS} } }`;
const REQUEST = `R($input: ReturnRequestInput!) { returnRequest(input: $input) { return { id status } ${ERRORS} } }`;
const APPROVE = `A($id: ID!) { returnApproveRequest(input: { id: $id }) { return { id status } ${ERRORS} } }`;
const DECLINE = `D($id: ID!) { returnDeclineRequest(input: { id: $id, declineReason: FINAL_SALE }) {
  return { status decline { reason } } ${ERRORS} } }`;
const byId = (name: string): string => `X($id: ID!) { ${name}(id: $id) { return { id status } ${ERRORS} } }`;

let app: OrdersApp;
let sent: AnsweredOrder;
beforeEach(async () => {
  app = await startOrdersApp();
  sent = await app.create({ ...PAID_ORDER, fulfillmentStatus: 'FULFILLED' });
});
afterEach(() => app.running.sandbox.close());

const lines = (quantity: number, more: Record<string, unknown> = {}) => [
  { fulfillmentLineItemId: sent.fulfillments[0]?.fulfillmentLineItems.nodes[0]?.id, quantity, ...more },
];
const idOf = (payload: Readonly<Record<string, unknown>>): string =>
  z.object({ id: z.string() }).parse(payload['return']).id;

describe('a return', () => {
  test('is made, shown on the order with its reason, closed and reopened', async () => {
    const line = lines(1, { returnReason: 'DEFECTIVE', returnReasonNote: 'loose hinge' });
    const { payload } = await app.write(CREATE, { input: { orderId: sent.id, returnLineItems: line } });
    expect(payload['return']).toMatchObject({ status: 'OPEN' });
    const open = await app.order(sent.id);
    expect(open.returnStatus).toBe('IN_PROGRESS');
    expect(open.returns.nodes[0]).toMatchObject({
      name: `${sent.name}-R1`,
      returnLineItems: {
        nodes: [
          {
            quantity: 1,
            returnReason: 'DEFECTIVE',
            returnReasonNote: 'loose hinge',
            fulfillmentLineItem: { lineItem: { id: sent.lineItems.nodes[0]?.id } },
          },
        ],
      },
    });
    const id = idOf(payload);
    await app.write(byId('returnClose'), { id });
    expect((await app.order(sent.id)).returnStatus).toBe('RETURNED');
    expect((await app.write(byId('returnClose'), { id })).errors[0]?.code).toBe('INVALID_STATE');
    expect((await app.write(byId('returnReopen'), { id })).payload['return']).toMatchObject({ status: 'OPEN' });
  });

  test('is requested, then approved or declined', async () => {
    const ask = () => app.write(REQUEST, { input: { orderId: sent.id, returnLineItems: lines(1) } });
    const first = idOf((await ask()).payload);
    expect((await app.order(sent.id)).returnStatus).toBe('RETURN_REQUESTED');
    expect((await app.write(APPROVE, { id: first })).payload['return']).toMatchObject({ status: 'OPEN' });
    const second = idOf((await ask()).payload);
    expect((await app.write(DECLINE, { id: second })).payload['return']).toEqual({
      status: 'DECLINED',
      decline: { reason: 'FINAL_SALE' },
    });
  });

  test('is of goods that were sent and are not on their way back already', async () => {
    const create = (returnLineItems: unknown, orderId = sent.id) =>
      app.write(CREATE, { input: { orderId, returnLineItems } });
    expect((await create(lines(3))).errors[0]?.code).toBe('INVALID');
    const { payload } = await create(lines(2));
    expect((await create(lines(1))).errors[0]?.code).toBe('INVALID');
    await app.write(byId('returnCancel'), { id: idOf(payload) });
    expect((await create(lines(1))).errors).toEqual([]);
    const unknown = [{ fulfillmentLineItemId: 'gid://shopify/FulfillmentLineItem/1', quantity: 1 }];
    expect((await create(unknown)).errors[0]?.code).toBe('NOT_FOUND');
    expect((await create(lines(1), 'gid://shopify/Order/1')).errors[0]?.code).toBe('NOT_FOUND');
  });

  test('is processed line by line, never more than comes back', async () => {
    const { payload } = await app.write(CREATE, { input: { orderId: sent.id, returnLineItems: lines(2) } });
    const returnId = idOf(payload);
    const id = (await app.order(sent.id)).returns.nodes[0]?.returnLineItems.nodes[0]?.id;
    const process = (quantity: number, line = id) =>
      app.write(
        `P($input: ReturnProcessInput!) { returnProcess(input: $input) { return { status returnLineItems(first: 5) { nodes {
          processedQuantity processableQuantity } } } ${ERRORS} } }`,
        { input: { returnId, returnLineItems: [{ id: line, quantity }] } },
      );
    expect((await process(1)).payload['return']).toEqual({
      status: 'OPEN',
      returnLineItems: { nodes: [{ processedQuantity: 1, processableQuantity: 1 }] },
    });
    expect((await process(2)).errors[0]?.code).toBe('INVALID');
    expect((await process(1, 'gid://shopify/ReturnLineItem/1')).errors[0]?.code).toBe('NOT_FOUND');
    expect((await process(1)).errors).toEqual([]);
  });
});
