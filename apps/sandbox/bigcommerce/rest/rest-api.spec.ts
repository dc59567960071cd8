import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostOfHash, JPY, type RunningBigCommerce, startBigCommerce, USD } from '../testing/running-bigcommerce.js';

let shop: RunningBigCommerce;
beforeAll(async () => {
  shop = await startBigCommerce();
});
afterAll(() => shop.sandbox.close());

const ERROR_TYPE = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes';

describe('the REST API', () => {
  it('answers errors as a list in V2 and as an object in V3', async () => {
    const missing = await shop.call('GET', '/v2/orders/999999');
    expect([missing.status, missing.body]).toEqual([
      404,
      [{ status: 404, message: 'The requested resource was not found.' }],
    ]);
    const unknown = await shop.call('GET', '/v3/nothing');
    expect([unknown.status, unknown.body]).toMatchObject([404, { status: 404, type: ERROR_TYPE }]);
  });

  it('answers a V2 list without rows, and past its end, with 204 and an empty body', async () => {
    const none = await shop.call('GET', '/v2/orders?min_id=999999');
    expect([none.status, none.text]).toEqual([204, '']);
    expect((await shop.call('GET', '/v2/orders?page=4&limit=50')).status).toBe(204);
  });

  it('speaks XML in V2 to whoever does not ask for JSON', async () => {
    const answer = await shop.call('GET', '/v2/time', undefined, { headers: { accept: '*/*' } });
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('<time>')]);
    expect((await shop.call('GET', '/v2/time', undefined, { headers: { accept: 'image/png' } })).status).toBe(406);
    expect((await shop.call('GET', '/v3/channels', undefined, { headers: { accept: 'text/csv' } })).status).toBe(406);
  });

  it('pages V3 lists with bare query strings as links', async () => {
    const { body } = await shop.call('GET', '/v3/channels?limit=1');
    expect(body).toMatchObject({
      data: [{ id: 1 }],
      meta: {
        pagination: {
          total: 1,
          count: 1,
          per_page: 1,
          current_page: 1,
          total_pages: 1,
          links: { current: '?limit=1&page=1' },
        },
      },
    });
  });

  it('refuses a token without the scope with 403, and lets it read what it may', async () => {
    await shop.control('PUT', '/login.bigcommerce.com/control/apps/bc-client-id-123/scopes', {
      scopes: ['store_v2_default'],
    });
    const token = await shop.connect(USD);
    const answers = await Promise.all(
      ['/v2/orders', '/v2/store', '/v2/time'].map((path) => shop.call('GET', path, undefined, { token })),
    );
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 200]);
  });

  it('counts all clients of a store against one quota of 30 seconds', async () => {
    await shop.control('PUT', `/${hostOfHash(JPY)}/control/store`, { quota: 2 });
    const left = async (): Promise<readonly [number, string | null, string | null]> => {
      const { status, headers } = await shop.call('GET', '/v2/time', undefined, { hash: JPY });
      return [status, headers.get('x-rate-limit-requests-left'), headers.get('x-rate-limit-time-reset-ms')];
    };
    expect(await left()).toEqual([200, '1', '30000']);
    shop.clock.advance(10_000);
    expect(await left()).toEqual([200, '0', '20000']);
    expect(await left()).toEqual([429, '0', '20000']);
    expect((await shop.call('GET', '/v2/time')).status).toBe(200);
    shop.clock.advance(20_000);
    expect(await left()).toEqual([200, '1', '30000']);
  });
});
