import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { basic, makeKey, type RunningSandbox, runSandbox } from '../testing/running-sandbox.js';

const BOOKS = 'buchladen.sandbox.test';
const CUP = 11;

let sandbox: RunningSandbox;
let headers: Record<string, string>;

beforeAll(async () => {
  sandbox = await runSandbox();
  headers = { ...basic(await makeKey(sandbox.url, BOOKS, 'read_write')), 'content-type': 'application/json' };
  await send('PUT', `/products/${CUP}`, { manage_stock: true, stock_quantity: 20 });
});
afterAll(() => sandbox.close());

async function send(method: string, path: string, body?: unknown): Promise<unknown> {
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  return (await fetch(`${sandbox.url}/${BOOKS}/wp-json/wc/v3${path}`, init)).json();
}

const orderSchema = z.looseObject({
  id: z.number(),
  line_items: z.array(
    z.looseObject({ id: z.number(), meta_data: z.array(z.looseObject({ key: z.string(), value: z.unknown() })) }),
  ),
});
type Order = z.infer<typeof orderSchema>;

async function order(method: string, path: string, body?: unknown): Promise<Order> {
  return orderSchema.parse(await send(method, path, body));
}

async function stock(): Promise<number> {
  return z.looseObject({ stock_quantity: z.number() }).parse(await send('GET', `/products/${CUP}`)).stock_quantity;
}

async function notes(id: number): Promise<string[]> {
  const all = z.array(z.looseObject({ note: z.string() })).parse(await send('GET', `/orders/${id}/notes`));
  return all.map((one) => one.note);
}

const counts = ({ line_items }: Order): unknown[] =>
  line_items.flatMap((line) => line.meta_data.map((one) => [one.key, one.value]));

describe('the stock of what is sold', () => {
  it('goes down once when an order is placed, and up again when it is cancelled', async () => {
    const before = await stock();
    const made = await order('POST', '/orders', { line_items: [{ product_id: CUP, quantity: 3 }] });
    expect([await stock(), counts(made)]).toEqual([before, []]);
    const path = `/orders/${made.id}`;
    expect(counts(await order('PUT', path, { status: 'on-hold' }))).toEqual([['_reduced_stock', '3']]);
    await order('PUT', path, { status: 'completed' });
    expect(await stock()).toBe(before - 3);
    expect(await notes(made.id)).toContain(
      `Stock levels reduced: Kaffeebecher „Früh“ 300 ml (${before}&rarr;${before - 3})`,
    );
    expect(counts(await order('PUT', path, { status: 'cancelled' }))).toEqual([]);
    expect(await stock()).toBe(before);
    await order('PUT', path, { status: 'cancelled' });
    expect(await stock()).toBe(before);
  });

  it('follows an edit of a placed order, and says so in the name of the user', async () => {
    const before = await stock();
    const line_items = [{ product_id: CUP, quantity: 2 }];
    const made = await order('POST', '/orders', { status: 'processing', line_items });
    const [line] = made.line_items;
    await order('PUT', `/orders/${made.id}`, { line_items: [{ id: line?.id, quantity: 5 }] });
    expect(await stock()).toBe(before - 5);
    expect(await send('GET', `/orders/${made.id}/notes`)).toContainEqual(
      expect.objectContaining({
        author: 'admin',
        note: `Adjusted stock: Kaffeebecher „Früh“ 300 ml (${before - 2}&rarr;${before - 5})`,
      }),
    );
    await order('PUT', `/orders/${made.id}`, { line_items: [{ id: line?.id, quantity: 0 }] });
    expect(await stock()).toBe(before);
  });

  it('takes refunded pieces back unless told not to, and only as many as it gave', async () => {
    const before = await stock();
    const line_items = [{ product_id: CUP, quantity: 3 }];
    const made = await order('POST', '/orders', { status: 'processing', line_items });
    const refund = (more: object): Promise<unknown> =>
      send('POST', `/orders/${made.id}/refunds`, {
        api_refund: false,
        amount: '1.00',
        line_items: [{ id: made.line_items[0]?.id, quantity: 1, refund_total: 1 }],
        ...more,
      });
    await refund({ api_restock: false });
    expect(await stock()).toBe(before - 3);
    await refund({});
    expect(await stock()).toBe(before - 2);
    expect(counts(await order('GET', `/orders/${made.id}`))).toEqual([
      ['_reduced_stock', '2'],
      ['_restock_refunded_items', '1'],
    ]);
    expect(await notes(made.id)).toContain(`Item #${CUP} stock increased from ${before - 3} to ${before - 2}.`);
  });
});
