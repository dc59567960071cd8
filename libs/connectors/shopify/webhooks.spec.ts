import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { type RawWebhook, Secret, type VerifiedWebhook } from '#contract';
import { verifyWebhook } from '#kit';
import { describe, expect, it } from 'vitest';
import { loadAdminSchema } from './__fixtures__/admin-schema.js';
import { readExactJson } from './exact-json.js';
import { TOPICS, subscriptionTopic, wireTopic } from './webhook-topics.js';
import { webhooks } from './webhooks.js';

const SECRET = 'shpss_test_secret_0123456789abcdef';
const HEADERS = {
  'x-shopify-topic': 'orders/create',
  'x-shopify-shop-domain': 'Some-Shop.myshopify.com',
  'x-shopify-webhook-id': 'delivery-1',
  'x-shopify-event-id': 'event-1',
  'x-shopify-triggered-at': '2026-11-22T10:00:00.123456789Z',
};

/** A delivery as the platform signs it. */
function delivery(
  body: string,
  headers: Readonly<Record<string, string | undefined>> = {},
  secret = SECRET,
): RawWebhook {
  const all: Readonly<Record<string, string | undefined>> = {
    ...HEADERS,
    'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
    ...headers,
  };
  return { body: Buffer.from(body), header: (name) => all[name.toLowerCase()] };
}

function opened(payload: object, headers: Readonly<Record<string, string | undefined>> = {}): VerifiedWebhook {
  return verifyWebhook(webhooks, delivery(JSON.stringify(payload), headers), [new Secret(SECRET)]);
}

const meaning = (topic: string, payload: object) => webhooks.normalize(opened(payload, { 'x-shopify-topic': topic }));
const unproven = expect.objectContaining({ code: 'webhook_unverified' }) as unknown;

describe('a delivery', () => {
  it('has the signature of a known vector', () => {
    const body = '{"id":820982911946154508,"email":"jon@example.com","total_price":"403.00"}';
    const signature = 'iK7xZ5p0jshXEpbs/4Ie3dXJ6SYKQE9twj/E32RX31s=';
    const webhook = verifyWebhook(webhooks, delivery(body, { 'x-shopify-hmac-sha256': signature }), [
      new Secret('newer'),
      new Secret(SECRET),
    ]);
    expect(webhooks.normalize(webhook)).toEqual([
      { type: 'order.created', kind: 'order', platformId: 'gid://shopify/Order/820982911946154508' },
    ]);
  });

  it.each([
    ['signed with another secret', delivery('{"id":1}', {}, 'other')],
    ['without a signature', delivery('{"id":1}', { 'x-shopify-hmac-sha256': undefined })],
    [
      'signed in hex',
      delivery('{"id":1}', { 'x-shopify-hmac-sha256': createHmac('sha256', SECRET).update('{"id":1}').digest('hex') }),
    ],
    ['that is no JSON', delivery('{"id":1')],
    ['that is no UTF-8', { ...delivery(''), body: Uint8Array.of(0xff) }],
    ['that is a list', delivery('[]')],
    ['that is null', delivery('null')],
    ['without a topic', delivery('{"id":1}', { 'x-shopify-topic': undefined })],
    ['with a topic that is none', delivery('{"id":1}', { 'x-shopify-topic': 'orders/create/x' })],
    [
      'without any id of its own',
      delivery('{"id":1}', { 'x-shopify-webhook-id': undefined, 'x-shopify-event-id': undefined }),
    ],
  ])('%s is refused', (_what, raw) => {
    expect(() => verifyWebhook(webhooks, raw, [new Secret(SECRET)])).toThrow(unproven);
  });

  it('says which shop it is of, and when it happened', () => {
    expect(opened({ id: 1 })).toMatchObject({
      topic: 'orders/create',
      account: 'some-shop.myshopify.com',
      occurredAt: '2026-11-22T10:00:00.123Z',
    });
    expect(opened({ id: 1 }, { 'x-shopify-triggered-at': 'yesterday' }).occurredAt).toBeNull();
  });

  it('has one effect, however often it is sent and by however many subscriptions', () => {
    const order = { admin_graphql_api_id: 'gid://shopify/Order/1', updated_at: '2026-11-22T10:00:00Z' };
    const { dedupeKey } = opened(order);
    expect(opened(order, { 'x-shopify-webhook-id': 'delivery-2' }).dedupeKey).toBe(dedupeKey);
    expect(opened(order, { 'x-shopify-topic': 'orders/updated' }).dedupeKey).not.toBe(dedupeKey);
    expect(opened(order, { 'x-shopify-event-id': 'event-2' }).dedupeKey).not.toBe(dedupeKey);
    expect(opened({ ...order, admin_graphql_api_id: 'gid://shopify/Order/2' }).dedupeKey).not.toBe(dedupeKey);
    expect(opened({ ...order, updated_at: '2026-11-22T10:00:01Z' }).dedupeKey).not.toBe(dedupeKey);
  });

  it('without an event is told by its own id', () => {
    const without = { 'x-shopify-event-id': undefined };
    expect(opened({ id: 1 }, without).dedupeKey).toBe(opened({ id: 2 }, without).dedupeKey);
    expect(opened({ id: 1 }, { ...without, 'x-shopify-webhook-id': 'x' }).dedupeKey).not.toBe(
      opened({ id: 1 }, without).dedupeKey,
    );
  });
});

describe('a number that is too long for a number', () => {
  const read = (text: string) => readExactJson(Buffer.from(text));

  it('keeps its digits', () => {
    expect(read('{"id":820982911946154508,"list":[-9007199254740993]}')).toEqual({
      id: '820982911946154508',
      list: ['-9007199254740993'],
    });
  });

  it('is left alone inside a text, and so are numbers of another form', () => {
    const text =
      '{"a":"820982911946154508 \\" 820982911946154508","b":1.2345678901234567,"c":12,"d":1e20,"820982911946154508":0}';
    expect(read(text)).toEqual(JSON.parse(text));
  });
});

describe('what a delivery means', () => {
  it('is about the record its global id names, before any number', () => {
    const both = { id: 820982911946154500, admin_graphql_api_id: 'gid://shopify/Customer/706405506930370084' };
    expect(meaning('customers/delete', both)).toEqual([
      { type: 'customer.deleted', kind: 'customer', platformId: 'gid://shopify/Customer/706405506930370084' },
    ]);
  });

  it.each([
    ['orders/cancelled', { id: 1 }, 'order.canceled', 'gid://shopify/Order/1'],
    ['orders/delete', { id: 1 }, 'order.deleted', 'gid://shopify/Order/1'],
    ['returns/request', { id: 9, order: { id: 2 } }, 'order.updated', 'gid://shopify/Order/2'],
    ['orders/edited', { order_edit: { order_id: 2 } }, 'order.updated', 'gid://shopify/Order/2'],
    ['refunds/create', { id: 9, order_id: 2 }, 'order.updated', 'gid://shopify/Order/2'],
    ['fulfillments/update', { id: 9, order_id: 2 }, 'order.updated', 'gid://shopify/Order/2'],
    [
      'returns/close',
      { admin_graphql_api_id: 'gid://shopify/Return/9', order_id: 2 },
      'order.updated',
      'gid://shopify/Order/2',
    ],
    ['products/delete', { id: 3 }, 'product.deleted', 'gid://shopify/Product/3'],
    ['collections/update', { id: 4 }, 'category.updated', 'gid://shopify/Collection/4'],
    ['checkouts/create', { id: 5, token: 'x' }, 'cart.created', 'gid://shopify/AbandonedCheckout/5'],
    [
      'discounts/delete',
      { admin_graphql_api_id: 'gid://shopify/DiscountAutomaticNode/1' },
      'coupon.deleted',
      'gid://shopify/DiscountAutomaticNode/1',
    ],
    [
      'inventory_levels/update',
      { inventory_item_id: 7, admin_graphql_api_id: 'gid://shopify/InventoryLevel/8?inventory_item_id=7' },
      'inventory.updated',
      'gid://shopify/InventoryLevel/8?inventory_item_id=7',
    ],
  ])('%s', (topic, payload, type, platformId) => {
    expect(meaning(topic, payload)).toEqual([expect.objectContaining({ type, platformId })]);
  });

  it.each([
    ['an unknown topic', 'themes/publish', { id: 1 }],
    ['a record without an id', 'orders/create', {}],
    ['an id that is none', 'orders/create', { id: '1/../2', admin_graphql_api_id: 'javascript:x' }],
    ['a part of no order', 'refunds/create', { id: 1 }],
    ['a name of the language', 'constructor/x', { id: 1 }],
  ])('nothing for %s', (_what, topic, payload) => {
    expect(meaning(topic, payload)).toEqual([]);
  });

  it('tells a removed app and changed scopes', () => {
    expect(meaning('app/uninstalled', { id: 1, myshopify_domain: 'some-shop.myshopify.com' })).toEqual([
      { type: 'store.revoked' },
    ]);
    const scopes = { id: 1, shop_id: 'gid://shopify/Shop/1', previous: [], current: ['read_products', 'write_orders'] };
    expect(meaning('app/scopes_update', scopes)).toEqual([
      { type: 'store.scopesChanged', scopes: ['read_products', 'write_orders', 'read_orders'] },
    ]);
  });

  const shop = { shop_id: 954889, shop_domain: 'some-shop.myshopify.com' };
  const customer = { id: 191167, email: 'john@example.com' };

  it('tells what the law asks for, by the shop that is signed', () => {
    const headers = { 'x-shopify-shop-domain': 'other-shop.myshopify.com' };
    const asked = { ...shop, customer, orders_requested: [299938, 820982911946154500], data_request: { id: 9999 } };
    const erased = { ...shop, customer, orders_to_redact: [299938] };
    const results = [
      ['customers/data_request', asked],
      ['customers/redact', erased],
      ['shop/redact', shop],
    ].map(([topic, payload]) => opened(payload as object, { ...headers, 'x-shopify-topic': topic as string }));
    expect(results.map(({ account }) => account)).toEqual(Array.from({ length: 3 }, () => 'some-shop.myshopify.com'));
    expect(results.map((one) => webhooks.normalize(one)[0])).toEqual([
      {
        type: 'privacy.customerDataRequested',
        customerId: 'gid://shopify/Customer/191167',
        orderIds: ['gid://shopify/Order/299938', 'gid://shopify/Order/820982911946154500'],
      },
      {
        type: 'privacy.customerErased',
        customerId: 'gid://shopify/Customer/191167',
        orderIds: ['gid://shopify/Order/299938'],
      },
      { type: 'privacy.shopErased' },
    ]);
  });

  it.each(['app/uninstalled', 'app/scopes_update', 'customers/data_request', 'customers/redact', 'shop/redact'])(
    'is never %s for a payload that was signed for something else',
    (topic) => {
      const order = {
        id: 1,
        admin_graphql_api_id: 'gid://shopify/Order/1',
        customer,
        updated_at: '2026-11-22T10:00:00Z',
      };
      expect(() => opened(order, { 'x-shopify-topic': topic })).toThrow(unproven);
    },
  );

  it('does not take the erasure of a person for that of a shop', () => {
    const erased = { ...shop, customer, orders_to_redact: [] };
    expect(() => opened(erased, { 'x-shopify-topic': 'shop/redact' })).toThrow(unproven);
  });
});

const { schema, source } = await loadAdminSchema();

describe('the topics', () => {
  const wire = [...webhooks.topics.always, ...Object.values(webhooks.topics.byAccess).flat()];

  it('are told apart both ways', () => {
    for (const topic of [...wire, ...Object.keys(TOPICS)]) expect(wireTopic(subscriptionTopic(topic))).toBe(topic);
    expect(wireTopic('THEMES_PUBLISH')).toBe('THEMES_PUBLISH');
  });

  it('do not ask for what cannot be subscribed to', () => {
    expect(wire.filter((topic) => topic.endsWith('redact') || topic.endsWith('data_request'))).toEqual([]);
  });

  it.skipIf(source !== 'whole schema')('are those of the schema', () => {
    const names = schema.getType('WebhookSubscriptionTopic');
    const known = names && 'getValues' in names ? names.getValues().map(({ name }) => name) : [];
    for (const topic of [...wire, ...Object.keys(TOPICS)]) expect(known).toContain(subscriptionTopic(topic));
  });
});

/** Example payloads of the platform's own package, where they lie beside the repository. */
const EXAMPLES = new URL('../../../../shared/specs/shopify/webhook-schemas/metadatas-2026-07/', import.meta.url);

describe.skipIf(!existsSync(EXAMPLES))("the platform's own examples", () => {
  const topics = [
    ...Object.keys(TOPICS),
    'app/uninstalled',
    'app/scopes_update',
    'customers/data_request',
    'customers/redact',
    'shop/redact',
  ];
  // Those of checkouts hold no id of their own, as the ones of a genuine shop did.
  const files = topics.filter(
    (topic) => existsSync(new URL(`${topic}.json`, EXAMPLES)) && !topic.startsWith('checkouts/'),
  );

  it('are there', () => {
    expect(readdirSync(EXAMPLES).length).toBeGreaterThan(10);
    expect(files.length).toBeGreaterThan(30);
  });

  it.each(files)('of %s mean something', (topic) => {
    const { response } = JSON.parse(readFileSync(new URL(`${topic}.json`, EXAMPLES), 'utf8')) as { response: object };
    expect(meaning(topic, response)).toHaveLength(1);
  });
});
