import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EVENT_TYPES, type RawWebhook, Secret } from '#contract';
import { hmacSha256, verifyWebhook } from '#kit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { webhooks } from './webhooks.js';

const secret = new Secret('whsec-for-specs');

function delivery(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): RawWebhook {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return { body: bytes, header: (name) => headers[name.toLowerCase()] };
}

function signed(topic: string, payload: unknown, more: Readonly<Record<string, string>> = {}): RawWebhook {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return delivery(body, {
    'x-wc-webhook-topic': topic,
    'x-wc-webhook-source': 'https://Shop.example.com:8443/de/',
    'x-wc-webhook-signature': hmacSha256(secret, Buffer.from(body), 'base64'),
    ...more,
  });
}

const open = (raw: RawWebhook) => verifyWebhook(webhooks, raw, [secret]);
const eventsOf = (topic: string, payload: unknown) => webhooks.normalize(open(signed(topic, payload)));

describe('a delivery', () => {
  it('says what happened, where and when, and is the same when it is sent again', () => {
    const payload = { id: 62, status: 'processing', date_modified_gmt: '2026-11-22T19:00:01' };
    const opened = open(signed('order.updated', payload));
    expect(opened).toMatchObject({
      topic: 'order.updated',
      account: 'shop.example.com:8443/de',
      occurredAt: '2026-11-22T19:00:01Z',
      payload,
    });
    expect(open(signed('order.updated', payload)).dedupeKey).toBe(opened.dedupeKey);
  });

  it('is another one with another topic, record or content, even within one second', () => {
    const keys = [
      signed('order.updated', { id: 62, total: '1.00' }),
      signed('order.created', { id: 62, total: '1.00' }),
      signed('order.updated', { id: 63, total: '1.00' }),
      signed('order.updated', { id: 62, total: '2.00' }),
    ].map((raw) => open(raw).dedupeKey);
    expect(new Set(keys).size).toBe(4);
  });

  it.each([
    ['another body', signed('order.updated', { id: 1 }, { 'x-wc-webhook-signature': 'AAAA' })],
    ['no signature', delivery('{"id":1}', { 'x-wc-webhook-topic': 'order.updated' })],
    ['no topic', signed('', { id: 1 })],
    ['a topic that is none', signed('order.updated\n', { id: 1 })],
    ['a body that is no JSON', signed('order.updated', '{')],
    ['an empty body', signed('order.updated', '')],
  ])('is refused with %s', (_, raw) => {
    expect(() => open(raw)).toThrow(expect.objectContaining({ code: 'webhook_unverified' }));
  });

  it('names no shop where the shop does not', () => {
    expect(open(signed('order.updated', { id: 1 }, { 'x-wc-webhook-source': 'nonsense' })).account).toBeNull();
  });

  it.each([[null], [7], ['"x"'], [[]], [{}], [{ id: null }], [{ id: {} }], [{ id: -0.5 }], [{ id: '' }]])(
    'without a record means nothing: %j',
    (payload) => {
      expect(eventsOf('order.updated', payload)).toEqual([]);
    },
  );

  it('of a customer who is gone by then means nothing: its body is an error', () => {
    const gone = { code: 'wc_user_invalid_id', message: 'Invalid resource ID.', data: { status: 404 } };
    expect(eventsOf('customer.updated', gone)).toEqual([]);
  });
});

describe('what a delivery means', () => {
  const of = (type: string, kind: string, platformId: string) => ({ type, kind, platformId });

  it.each([
    ['order.created', { id: 62 }, [of('order.created', 'order', '62')]],
    ['order.deleted', { id: 62 }, [of('order.deleted', 'order', '62')]],
    ['order.restored', { id: 62, status: 'processing' }, [of('order.updated', 'order', '62')]],
    [
      'order.updated',
      { id: 62, status: 'cancelled' },
      [of('order.updated', 'order', '62'), of('order.canceled', 'order', '62')],
    ],
    [
      'product.updated',
      { id: 11, type: 'simple', parent_id: 0 },
      [of('product.updated', 'product', '11'), of('inventory.updated', 'inventoryLevel', '11')],
    ],
    [
      'product.updated',
      { id: 28, type: 'variation', parent_id: 27 },
      [of('product.updated', 'product', '27'), of('inventory.updated', 'inventoryLevel', '28')],
    ],
    [
      'product.created',
      { id: 28, type: 'variation', parent_id: 27 },
      [of('product.updated', 'product', '27'), of('inventory.updated', 'inventoryLevel', '28')],
    ],
    ['product.deleted', { id: 28 }, [of('product.deleted', 'product', '28')]],
    ['customer.created', { id: 3 }, [of('customer.created', 'customer', '3')]],
    ['coupon.deleted', { id: 9 }, [of('coupon.deleted', 'coupon', '9')]],
    ['coupon.restored', { id: 9 }, [of('coupon.updated', 'coupon', '9')]],
    ['action.woocommerce_payment_complete', { action: 'woocommerce_payment_complete', arg: 32 }, []],
    ['constructor', { id: 1 }, []],
  ])('%s %j', (topic, payload, events) => {
    expect(eventsOf(topic, payload)).toEqual(events);
  });

  it('is told in words of the contract, for every topic it subscribes to', () => {
    const topics = new Set(Object.values(webhooks.topics.byAccess).flat());
    expect(topics.size).toBe(12);
    for (const topic of topics) for (const { type } of eventsOf(topic, { id: 1 })) expect(EVENT_TYPES).toContain(type);
    for (const topic of topics) expect(eventsOf(topic, { id: 1 })).not.toEqual([]);
  });
});

describe('the greeting of a new subscription', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  it('is a form that only names it', () => {
    expect(webhooks.handshake?.(delivery('webhook_id=17', form))).toBe(true);
  });

  it.each([
    ['webhook_id=17', { 'content-type': 'application/json' }],
    ['webhook_id=17', { ...form, 'x-wc-webhook-topic': 'order.created' }],
    ['webhook_id=17&x=1', form],
    ['webhook_id=', form],
    ['{"id":17}', form],
    ['', form],
    [`webhook_id=${'1'.repeat(100)}`, form],
  ])('is not %j with %j', (body, headers) => {
    expect(webhooks.handshake?.(delivery(body, headers))).toBe(false);
  });
});

const folder = new URL('../../../../shared/captures/woocommerce/', import.meta.url);
const recorded = existsSync(fileURLToPath(folder))
  ? readdirSync(folder).filter((name) => name.startsWith('webhook-delivery-'))
  : [];

const recording = z.object({
  _meta: z.object({ secret: z.string() }),
  request: z.object({ headers: z.record(z.string(), z.string()), rawBodyBase64: z.string() }),
});

describe.skipIf(recorded.length === 0)('recorded deliveries', () => {
  it.each(recorded)('%s', (name) => {
    const { _meta, request } = recording.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
    const headers = new Map(Object.entries(request.headers).map(([header, value]) => [header.toLowerCase(), value]));
    const raw: RawWebhook = {
      body: Buffer.from(request.rawBodyBase64, 'base64'),
      header: (header) => headers.get(header.toLowerCase()),
    };
    const isGreeting = name === 'webhook-delivery-ping.json';
    expect(webhooks.handshake?.(raw)).toBe(isGreeting);
    const verify = (text: string) => verifyWebhook(webhooks, raw, [new Secret(text)]);
    expect(() => verify(`${_meta.secret}.`)).toThrow(expect.objectContaining({ code: 'webhook_unverified' }));
    if (isGreeting) return;
    const events = webhooks.normalize(verify(_meta.secret)).map((event) => ('kind' in event ? event : undefined));
    expect({ [name]: events.map((event) => `${event?.type} ${event?.platformId}`) }).toEqual({ [name]: EVENTS[name] });
  });
});

const EVENTS: Readonly<Record<string, readonly string[]>> = {
  'webhook-delivery-after-refund.json': ['order.updated 124'],
  'webhook-delivery-customer-created.json': ['customer.created 15'],
  'webhook-delivery-customer-updated.json': ['customer.updated 3'],
  'webhook-delivery-order-created.json': ['order.created 122'],
  'webhook-delivery-order-deleted.json': ['order.deleted 124'],
  'webhook-delivery-product-created.json': ['product.created 126', 'inventory.updated 126'],
  'webhook-delivery-variation-stock.json': ['product.updated 27', 'inventory.updated 28'],
};
