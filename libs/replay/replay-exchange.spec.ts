import { exampleConnector, exampleOrder } from '#testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Exchange, readExchange } from './exchange.js';
import { replayExchange } from './replay-exchange.js';

function recorded(
  method: string,
  path: string,
  body: unknown,
  more: { status?: number; sent?: unknown } = {},
): Exchange {
  const read = readExchange({
    request: { method, url: `https://cups.example.com/${path}`, body: more.sent },
    response: { status: more.status ?? 200, body },
  });
  if (typeof read === 'string') throw new Error(read);
  return read;
}

const replay = (exchange: Exchange, others: readonly Exchange[] = []) =>
  replayExchange(exampleConnector, exchange, others);
const order = { id: 7, total: '9.00' };
const zone = recorded('GET', 'v1/shop/zone', '"Europe/Berlin"');

describe('a recorded answer', () => {
  it('is mapped by the operation it belongs to', async () => {
    const result = await replay(recorded('GET', 'v1/orders/7', order));
    expect(result).toMatchObject({
      outcome: 'read',
      operation: 'orders.get',
      records: [{ platformId: '7' }],
      quarantined: [],
    });
  });

  it('may have been recorded below a folder, or with another version of the API', async () => {
    for (const path of ['a/b/v1/orders/7', 'v2/orders/7', 'v1/orders/7?fields=id']) {
      expect(await replay(recorded('GET', path, order))).toMatchObject({ records: [{ platformId: '7' }] });
    }
  });

  it('is quarantined with its reason, whichever way the connector says so', async () => {
    for (const id of ['7', '12']) {
      const result = await replay(recorded('GET', `v1/orders/${id}`, { id: 7, total: 'free' }));
      expect(result).toMatchObject({ outcome: 'read', records: [], quarantined: [{ platformId: id }] });
      expect(result.outcome === 'read' && result.quarantined[0]?.reason).toMatch(/^total: \S/);
    }
  });

  it('may be mapped in part', async () => {
    const result = await replay(recorded('POST', 'v1/search', { orders: [order, { id: 8 }, null], more: false }));
    expect(result).toMatchObject({
      records: [{ platformId: '7' }],
      quarantined: [{ platformId: '8' }, { platformId: null }],
      more: true,
    });
  });

  it.each([
    ['credential_revoked', 401, { fault: 'gone' }],
    ['credential_revoked', 200, { fault: 'gone' }],
    ['request_rejected', 200, { fault: 'x', ...order }],
    ['platform_blocked', 403, '<html>'],
    ['platform_contract_broken', 200, ''],
  ] as const)('is judged as a live one: %s', async (code, status, body) => {
    expect(await replay(recorded('GET', 'v1/orders/7', body, { status }))).toMatchObject({ outcome: 'error', code });
  });

  it('of a write is read as the record it holds, whatever else was recorded of that record', async () => {
    const connector: typeof exampleConnector = {
      ...exampleConnector,
      recognize: (request) =>
        exampleConnector.recognize({ ...request, method: request.method === 'PUT' ? 'GET' : request.method }),
    };
    const before = recorded('GET', 'v1/orders/7', { id: 7, total: '1.00' });
    const result = await replayExchange(connector, recorded('PUT', 'v1/orders/7', order, { sent: {} }), [before]);
    expect(result).toMatchObject({ operation: 'orders.get', records: [{ totals: { total: { amount: '9.00' } } }] });
    const refused = recorded('PUT', 'v1/orders/7', { fault: 'x' });
    expect(await replayExchange(connector, refused, [before])).toMatchObject({ code: 'request_rejected' });
  });

  it('that no operation would ask for is none', async () => {
    expect(await replay(recorded('GET', 'v1/products', []))).toEqual({ outcome: 'noOperation' });
    expect(await replay(recorded('DELETE', 'v1/orders/7', order))).toEqual({ outcome: 'noOperation' });
    expect(await replay({ ...recorded('GET', 'v1/orders/7', order), fromPlatform: true })).toEqual({
      outcome: 'noOperation',
    });
  });

  it('of what was made is read at the address it has since then', async () => {
    const made = recorded('POST', 'v1/orders?x=1', order, { status: 201, sent: {} });
    expect(await replay(made, [made])).toMatchObject({ operation: 'orders.get', records: [{ platformId: '7' }] });
    const spoiled = recorded('POST', 'v1/orders', { id: 7, total: 'free' }, { status: 201 });
    expect(await replay(spoiled)).toMatchObject({ operation: 'orders.get', records: [], quarantined: [{}] });
    for (const body of [{ id: null }, { id: '' }, { id: {} }, { id: 1e300 }, [], 'x', { id: 7, fault: 'x' }])
      expect(await replay(recorded('POST', 'v1/orders', body))).toEqual({ outcome: 'noOperation' });
    expect(await replay(recorded('POST', 'v1/nothing', order))).toEqual({ outcome: 'noOperation' });
  });

  it.each([
    ['credential_revoked', 403, { fault: 'gone' }],
    ['request_rejected', 400, { fault: 'x' }],
    ['platform_blocked', 403, '<html>'],
    ['platform_unavailable', 503, ''],
  ] as const)('of a write that was refused is judged all the same: %s', async (code, status, body) => {
    for (const path of ['v1/orders', 'v1/orders/7', 'v1/nothing'])
      expect(await replay(recorded('DELETE', path, body, { status }))).toMatchObject({
        outcome: 'error',
        operation: null,
        code,
      });
  });

  it('of one that is only ever listed is read as a list of nothing else', async () => {
    const connector: typeof exampleConnector = {
      ...exampleConnector,
      recognize: ({ method, url: { pathname } }) =>
        method === 'GET' && pathname.endsWith('/orders') ? { operation: 'orders.list' } : undefined,
      operations: {
        ...exampleConnector.operations,
        orders: {
          ...exampleConnector.operations.orders,
          list: {
            filters: {},
            sorts: ['createdAt'],
            maxPageSize: 10,
            async page({ http }) {
              const { data } = await http({ path: 'v1/orders', effect: 'read', expect: z.array(z.json()) });
              return {
                items: data.map((raw) => ({ record: exampleOrder(String(data.length), '1.00'), raw })),
                quarantined: [],
              };
            },
          },
        },
      },
    };
    for (const [method, path] of [
      ['POST', 'v1/orders'],
      ['PUT', 'v1/orders/7'],
      ['GET', 'v1/orders/7'],
    ] as const)
      expect(await replayExchange(connector, recorded(method, path, order))).toMatchObject({
        operation: 'orders.list',
        records: [{ platformId: '1' }],
      });
    expect(await replayExchange(connector, recorded('GET', 'v1/orders/8', order))).toEqual({ outcome: 'noOperation' });
  });

  it('is not stuck on an address of nothing but slashes', async () => {
    expect(await replay(recorded('GET', `${'/'.repeat(500_000)}x/v2/shop`, {}))).toMatchObject({ outcome: 'error' });
  });

  it('shows a bug of the connector as what it is', async () => {
    const result = await replay(recorded('GET', 'v1/orders/13', order));
    expect(result).toEqual({ outcome: 'error', operation: 'orders.get', code: 'internal', message: 'a bug' });
  });
});

describe('an operation of several calls', () => {
  const shop = recorded('GET', 'v1/shop', { name: 'Cups' });

  it('is answered from the other recordings', async () => {
    expect(await replay(shop, [zone])).toMatchObject({ records: [{ name: 'Cups', timezone: 'Europe/Berlin' }] });
    expect(await replay(zone, [zone, shop])).toMatchObject({ records: [{ name: 'Cups', timezone: 'Europe/Berlin' }] });
  });

  it('finds what was not recorded absent', async () => {
    expect(await replay(shop)).toMatchObject({ records: [{ timezone: null }] });
    expect(await replay(zone)).toMatchObject({ outcome: 'error', code: 'not_found' });
  });

  it('is answered by one that succeeded rather than by one that did not', async () => {
    const failed = recorded('GET', 'v1/shop/zone', '"?"', { status: 500 });
    expect(await replay(shop, [failed, zone])).toMatchObject({ records: [{ timezone: 'Europe/Berlin' }] });
  });

  it('is not answered with what the platform sent to us', async () => {
    expect(await replay(shop, [{ ...zone, fromPlatform: true }])).toMatchObject({ records: [{ timezone: null }] });
  });

  const page = (number: number, more: boolean) =>
    recorded('POST', 'v1/search', { orders: [{ id: number, total: '1.00' }], more }, { sent: { page: number } });

  it('tells calls to one address apart by what they send', async () => {
    const result = await replay(page(1, true), [page(3, false), page(2, true)]);
    expect(result).toMatchObject({ records: [{ platformId: '1' }, { platformId: '2' }, { platformId: '3' }] });
  });

  it('comes to an end, because each recording answers once', async () => {
    const endless = recorded('POST', 'v1/search', { orders: [], more: true }, { sent: { page: 2 } });
    expect(await replay(endless, [endless, page(1, true)])).toMatchObject({ outcome: 'error', code: 'not_found' });
  });
});
