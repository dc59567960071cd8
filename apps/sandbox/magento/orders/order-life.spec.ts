import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clientOf, DE, type RunningMagento, type ShopClient, startMagento, US } from '../testing/running-magento.js';

let running: RunningMagento;

beforeAll(async () => {
  running = await startMagento();
});
afterAll(() => running.close());

const orderSchema = z.looseObject({
  entity_id: z.number(),
  state: z.string(),
  grand_total: z.number(),
  subtotal: z.number(),
  shipping_amount: z.number(),
  tax_amount: z.number(),
  discount_amount: z.number(),
  discount_tax_compensation_amount: z.number(),
  total_qty_ordered: z.number(),
  items: z.array(
    z.looseObject({ item_id: z.number(), sku: z.string(), qty_ordered: z.number(), qty_shipped: z.number() }),
  ),
});
type Order = z.infer<typeof orderSchema>;

async function list(client: ShopClient, query: string): Promise<Order[]> {
  const { body } = await client.get(`V1/orders?${query}`);
  return z.object({ items: z.array(orderSchema) }).parse(body).items;
}

async function pending(client: ShopClient): Promise<Order> {
  const orders = await list(client, 'searchCriteria%5BpageSize%5D=200');
  const order = orders.find((one) => one.state === 'new' && one['is_virtual'] === 0);
  if (!order) throw new Error('no order is pending');
  return order;
}

describe('the seeded orders', () => {
  it('show every state, and add up to the cent', async () => {
    const client = await clientOf(running, US);
    const orders = await list(client, 'searchCriteria=');
    expect(orders.length).toBeGreaterThanOrEqual(130);
    const states = new Set(orders.map((one) => one.state));
    expect([...states].sort()).toEqual(
      ['canceled', 'closed', 'complete', 'holded', 'new', 'payment_review', 'pending_payment', 'processing'].sort(),
    );
    for (const one of [...orders, ...(await list(await clientOf(running, DE), 'searchCriteria='))]) {
      const sum =
        one.subtotal +
        one.shipping_amount +
        one.tax_amount +
        one.discount_amount +
        one.discount_tax_compensation_amount;
      expect(sum).toBeCloseTo(one.grand_total, 6);
    }
  });
});

describe('an order', () => {
  it('is invoiced, shipped from a named source, refunded, and closed', async () => {
    const client = await clientOf(running, US);
    const { entity_id: id } = await pending(client);
    expect(await client.send('POST', `V1/order/${id}/ship`, {})).toMatchObject({
      status: 400,
      body: { message: 'Could not save a shipment, see error log for details' },
    });
    expect(await client.send('POST', `V1/order/${id}/invoice`, { capture: true })).toMatchObject({
      status: 200,
      body: expect.stringMatching(/^\d+$/),
    });
    expect(await client.get(`V1/orders/${id}`)).toMatchObject({ body: { state: 'processing', total_due: 0 } });
    const source = { arguments: { extension_attributes: { source_code: 'default' } } };
    expect((await client.send('POST', `V1/order/${id}/ship`, source)).status).toBe(200);
    expect(await client.get(`V1/orders/${id}`)).toMatchObject({ body: { state: 'complete' } });
    const much = { items: [], arguments: { adjustment_positive: 99_999 } };
    expect(await client.send('POST', `V1/order/${id}/refund`, much)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('The most money available to refund is ') },
    });
    expect((await client.send('POST', `V1/order/${id}/refund`, {})).status).toBe(200);
    expect(await client.get(`V1/orders/${id}`)).toMatchObject({ body: { state: 'closed' } });
    expect(await client.send('POST', `V1/orders/${id}/cancel`)).toMatchObject({ status: 200, body: false });
  });

  it('is put on hold once, taken off again and canceled', async () => {
    const client = await clientOf(running, DE);
    const { entity_id: id, items } = await pending(client);
    expect(await client.send('POST', `V1/orders/${id}/hold`)).toMatchObject({ status: 200, body: true });
    expect(await client.send('POST', `V1/orders/${id}/hold`)).toMatchObject({
      status: 400,
      body: { message: 'A hold action is not available.' },
    });
    expect(await client.send('POST', `V1/orders/${id}/unhold`)).toMatchObject({ body: true });
    const sku = encodeURIComponent(items.at(-1)?.sku ?? '');
    const salable = async (): Promise<number> =>
      Number((await client.get(`V1/inventory/get-product-salable-quantity/${sku}/1`)).body);
    const before = await salable();
    expect(await client.send('POST', `V1/orders/${id}/cancel`)).toMatchObject({ status: 200, body: true });
    expect(await salable()).toBeGreaterThan(before);
    expect(await client.get(`V1/orders/${id}`)).toMatchObject({ body: { state: 'canceled' } });
  });

  it('takes a status of its own state only', async () => {
    const client = await clientOf(running, US);
    const { entity_id: id } = await pending(client);
    const comment = (status: string) =>
      client.send('POST', `V1/orders/${id}/comments`, {
        statusHistory: { comment: 'x', status, is_customer_notified: 0 },
      });
    expect(await comment('complete')).toMatchObject({ status: 400, body: { parameters: ['complete'] } });
    expect(await comment('backordered')).toMatchObject({ status: 200, body: true });
    expect(await client.get(`V1/orders/${id}/statuses`)).toMatchObject({ body: 'backordered' });
  });
});
