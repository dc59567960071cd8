import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver, type Received, type WebhookReceiver } from '../../testing/webhook-receiver.js';
import { accountOf, storeOfHash } from '../stores.js';
import { CLIENT, hostOfHash, type RunningBigCommerce, startBigCommerce, USD } from '../testing/running-bigcommerce.js';
import { signatureOf } from './send-message.js';

let shop: RunningBigCommerce;
let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await startReceiver();
  shop = await startBigCommerce();
  const { clientId, ...registration } = CLIENT;
  await shop.control('PUT', `/control/bigcommerce/clients/${clientId}`, {
    ...registration,
    webhookUrl: `${receiver.url}/gone`,
  });
});
afterAll(async () => {
  await shop.sandbox.close();
  await receiver.close();
});
const HOST = `/${hostOfHash(USD)}`;
afterEach(async () => {
  receiver.status = 200;
  await shop.control('DELETE', `/control/webhooks${HOST}`);
  await shop.control('PUT', `${HOST}/control/store`, { hookDelaySeconds: 0, copies: 1 });
  receiver.received.length = 0;
});

const STORE = storeOfHash(USD);
const SECRET = STORE === undefined ? '' : accountOf(STORE).secret;

const hook = (scope: string, more: object = {}, token?: string) =>
  shop.call('POST', '/v3/hooks', { scope, destination: receiver.url, ...more }, token === undefined ? {} : { token });
const run = () => shop.control('POST', `/control/deliveries${HOST}`);
const newCategory = (name: string) => shop.call('POST', '/v3/catalog/trees/categories', [{ name, tree_id: 1 }]);
const bodies = (received: readonly Received[]) =>
  received.map(({ body }) => JSON.parse(body) as { scope: string; hash: string; data: object });

describe('hooks', () => {
  it('are created with 200, and not twice for the same scope and destination', async () => {
    const made = await hook('store/category/created', { headers: { 'X-Own': 'secret' } });
    expect([made.status, made.body]).toMatchObject([
      200,
      { data: { scope: 'store/category/created', store_hash: USD, is_active: true, headers: { 'X-Own': 'secret' } } },
    ]);
    expect((await hook('store/category/created')).status).toBe(422);
    expect((await hook('store/nothing/created')).status).toBe(422);
    expect((await hook('store/category/created', { destination: 'http://elsewhere.example/' })).status).toBe(422);
  });

  it('are at most ten of a scope, and only those of the own client are seen', async () => {
    for (let index = 0; index < 10; index += 1)
      await hook('store/order/*', { destination: `${receiver.url}/${index}` });
    expect((await hook('store/order/*')).status).toBe(422);
    const token = await shop.connect(USD);
    const seen = await shop.call('GET', '/v3/hooks', undefined, { token });
    expect(seen.body).toMatchObject({ data: [], meta: { pagination: { total: 0 } } });
  });

  it('are delivered thin, signed, with their own headers', async () => {
    await hook('store/category/*', { headers: { 'X-Own': 'secret' } });
    await newCategory('Judged');
    await run();
    const [{ body, headers } = { body: '', headers: {} }] = receiver.received;
    expect(headers['x-own']).toBe('secret');
    expect(JSON.parse(body)).toMatchObject({
      scope: 'store/category/created',
      store_id: '1025646',
      data: { type: 'category', id: expect.any(Number) },
      producer: `stores/${USD}`,
      created_at: shop.clock.now().getTime() / 1_000,
    });
    const at = shop.clock.now().getTime() / 1_000;
    expect(headers['webhook-signature']).toBe(signatureOf(String(headers['webhook-id']), at, body, SECRET));
  });

  it('are accepted by the judge as they come when the clocks agree', async () => {
    const real = await startBigCommerce({ now: () => new Date() });
    await real.call('POST', '/v3/hooks', { scope: 'store/category/created', destination: receiver.url });
    await real.call('POST', '/v3/catalog/trees/categories', [{ name: 'Now', tree_id: 1 }]);
    await real.control('POST', `/control/deliveries${HOST}`);
    await real.sandbox.close();
    const judge = new Webhook(Buffer.from(SECRET).toString('base64'));
    const [{ body, headers } = { body: '', headers: {} }] = receiver.received;
    expect(judge.verify(body, headers as Record<string, string>)).toBeTruthy();
    expect(() => judge.verify(`${body} `, headers as Record<string, string>)).toThrow();
  });

  it("sign as the sheet's vector", () => {
    const body =
      '{"scope":"store/order/created","store_id":"1025646","data":{"type":"order","id":250},"hash":"dd70c0976e06b67aaf671e73f49dcb79230ebf9d","created_at":1795344000,"producer":"stores/abc123xyz"}';
    expect(signatureOf('msg_0001', 1_795_344_000, body, CLIENT.secret)).toBe(
      'v1,blqoxXJHsYGr1lIBnlZCG8yMuVix+3qAw7nYWr3PjhY=',
    );
  });

  it('share a hash on copies and retries, and no other', async () => {
    await shop.control('PUT', `${HOST}/control/store`, { copies: 2 });
    await hook('store/category/created');
    await newCategory('One');
    receiver.status = 500;
    await run();
    receiver.status = 200;
    await run();
    await newCategory('Two');
    await run();
    const hashes = (id: number): readonly string[] =>
      bodies(receiver.received).flatMap(({ data, hash }) => ('id' in data && data.id === id ? [hash] : []));
    const ids = [...new Set(bodies(receiver.received).map(({ data }) => ('id' in data ? Number(data.id) : 0)))];
    const [one = [], two = []] = ids.map((id) => hashes(id));
    // Two copies of both, and at least one more attempt of each of the first.
    expect(one.length).toBeGreaterThanOrEqual(4);
    expect(two).toHaveLength(2);
    expect(new Set(one).size).toBe(1);
    expect(new Set([...one, ...two]).size).toBe(2);
  });

  it('hear nothing before they are active', async () => {
    await shop.control('PUT', `${HOST}/control/store`, { hookDelaySeconds: 60 });
    await hook('store/category/created');
    await newCategory('Too early');
    shop.clock.advance(60_000);
    await newCategory('In time');
    await run();
    expect(receiver.received).toHaveLength(1);
  });

  it('are tried for two days and then switched off', async () => {
    const made = await hook('store/category/created');
    const { id } = (made.body as { data: { id: number } }).data;
    receiver.status = 503;
    await newCategory('Never');
    const isActive = async (): Promise<unknown> =>
      ((await shop.call('GET', `/v3/hooks/${id}`)).body as { data: { is_active: boolean } }).data.is_active;
    while (receiver.received.length < 11) await run();
    expect(await isActive()).toBe(true);
    await run();
    expect(await isActive()).toBe(false);
    expect(receiver.received).toHaveLength(12);
    receiver.status = 200;
    await newCategory('Unheard');
    await run();
    expect(receiver.received).toHaveLength(12);
  });

  it('are told when the app is uninstalled, before everything of it is gone', async () => {
    const token = await shop.connect(USD);
    await hook('store/app/uninstalled', {}, token);
    await shop.control('POST', `/control/uninstall${HOST}`, {});
    await run();
    expect(bodies(receiver.received.filter(({ body }) => body !== ''))).toMatchObject([
      { scope: 'store/app/uninstalled' },
    ]);
    expect(receiver.received).toHaveLength(2);
    expect((await shop.call('GET', '/v2/time', undefined, { token })).status).toBe(401);
    const again = await shop.connect(USD);
    expect((await shop.call('GET', '/v3/hooks', undefined, { token: again })).body).toMatchObject({ data: [] });
  });

  it('can be sent and forgotten by a test', async () => {
    const token = await shop.connect(USD);
    await hook('store/order/*', {}, token);
    const order = { clientId: CLIENT.clientId, topic: 'store/order/updated', payload: { type: 'order', id: 101 } };
    expect((await shop.control('POST', `/control/webhooks${HOST}`, order)).status).toBe(204);
    await run();
    expect(bodies(receiver.received)).toMatchObject([{ scope: 'store/order/updated', data: { id: 101 } }]);
    const forgotten = await (await shop.control('DELETE', `/control/webhooks${HOST}`)).json();
    expect(forgotten).toEqual({ forgotten: 1 });
    expect((await shop.control('POST', `/control/webhooks${HOST}`, order)).status).toBe(404);
  });
});
