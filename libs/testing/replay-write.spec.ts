import { type Connector, type WriteOperation } from '#contract';
import { anyJson } from '#kit';
import { describe, expect, it } from 'vitest';
import { exampleConnector, exampleOrder } from './example-connector.js';
import type { WriteFixture } from './fixture.js';
import { replayWrite } from './replay-write.js';

type Cancel = WriteOperation<
  { readonly orderId: string },
  { readonly record: ReturnType<typeof exampleOrder>; readonly raw: null }
>;

const cancel: Cancel = {
  repeat: { kind: 'native', why: 'The platform takes a key.' },
  losses: {},
  async run({ http, account, currency }, { orderId }, { key, reference }) {
    const query = { b: 2, a: 'x y', left: undefined };
    const path = `v1/orders/${encodeURIComponent(orderId)}/cancel`;
    await http({
      method: 'POST',
      path,
      query,
      body: { key, note: [reference, account, currency] },
      effect: 'write',
      expect: anyJson,
    });
    await http({ path: 'v1/orders/7', effect: 'read', expect: anyJson });
    return { record: exampleOrder(orderId, '1.00'), raw: null };
  },
};
// The example writes nothing; here it cancels.
const connector = {
  ...exampleConnector,
  operations: { ...exampleConnector.operations, orders: { ...exampleConnector.operations.orders, cancel } },
} as unknown as Connector;

const response = { status: 200, headers: {}, body: {} };
const first = {
  request: {
    method: 'POST',
    url: 'https://cups.example.com/in/a/folder/v1/orders/7/cancel?a=x+y&b=2',
    body: { key: '$key', note: ['$reference', 'cups.example.com', 'EUR'] },
  },
  response,
};
const second = {
  request: { method: 'GET', url: 'https://cups.example.com/in/a/folder/v1/orders/7', body: null },
  response,
};

function fixture(changes: Partial<WriteFixture> = {}): WriteFixture {
  return {
    name: 'write-x.json',
    text: '',
    operation: 'orders.cancel',
    input: { orderId: '7' },
    attempt: { key: 'the-key', reference: 'the-reference' },
    store: { currency: 'EUR' },
    calls: [first, second],
    expect: { done: true },
    ...changes,
  };
}

describe('a recorded write', () => {
  it('is the same when every call is, wherever the shop lies', async () => {
    const { sent, recorded, outcome } = await replayWrite(connector, fixture());
    expect(sent).toEqual(recorded);
    expect(sent[0]?.body).toEqual({ key: 'the-key', note: ['the-reference', 'cups.example.com', 'EUR'] });
    expect(outcome).toMatchObject({ records: [{ platformId: '7' }] });
  });

  it.each<[string, Partial<WriteFixture>]>([
    ['another method', { calls: [{ ...first, request: { ...first.request, method: 'PUT' } }, second] }],
    [
      'another path',
      { calls: [{ ...first, request: { ...first.request, url: first.request.url.replace('/7/', '/8/') } }, second] },
    ],
    [
      'another query',
      { calls: [{ ...first, request: { ...first.request, url: first.request.url.replace('b=2', 'b=3') } }, second] },
    ],
    ['another body', { calls: [{ ...first, request: { ...first.request, body: { key: 'x', note: [] } } }, second] }],
    ['another order', { calls: [second, first] }],
    ['a call too few', { calls: [first] }],
    ['a call too many', { calls: [first, second, second] }],
    ['another id', { input: { orderId: '7/8' } }],
    ['another shop', { store: { currency: 'USD' } }],
  ])('differs by %s', async (_what, changes) => {
    const { sent, recorded } = await replayWrite(connector, fixture(changes));
    expect(sent).not.toEqual(recorded);
  });

  it('comes to the code of its error', async () => {
    const refused = { ...first, response: { status: 401, headers: {}, body: { fault: 'gone' } } };
    expect(await replayWrite(connector, fixture({ calls: [refused] }))).toMatchObject({
      outcome: { error: 'credential_revoked' },
    });
    expect((await replayWrite(connector, fixture({ calls: [first] }))).outcome).toEqual({
      error: 'platform_unavailable',
    });
  });

  it('reads its input as the API does', async () => {
    await expect(replayWrite(connector, fixture({ input: {} }))).rejects.toThrow('orderId');
  });
});
