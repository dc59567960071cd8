import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKey, type RunningSandbox, runSandbox } from './testing/running-sandbox.js';

interface VendorClient {
  get(
    endpoint: string,
    parameters?: object,
  ): Promise<{ status: number; data: unknown; headers: Record<string, string> }>;
}
type VendorClientClass = new (options: Record<string, unknown>) => VendorClient;

// The package's ES module lacks the extension Node wants; its CommonJS face is what it declares as its main file.
// Its types describe a default import, so the little that is used here is written down above.
const { default: WooCommerceRestApi } = createRequire(import.meta.url)('@woocommerce/woocommerce-rest-api') as {
  default: VendorClientClass;
};

let sandbox: RunningSandbox;

// The client signs with the system's clock.
beforeAll(async () => {
  sandbox = await runSandbox({ now: () => new Date() });
});
afterAll(() => sandbox.close());

/**
 * The vendor's client signs OAuth 1.0a over every http address, with the address it was given. Pointed straight at the
 * sandbox it therefore signs `http://127.0.0.1:<port>/<host>/…`, which the sandbox takes beside the shop's own address.
 */
async function client(site: string, changes: Record<string, unknown> = {}): Promise<VendorClient> {
  const key = await makeKey(sandbox.url, site.split('/')[0] ?? '');
  return new WooCommerceRestApi({
    url: `${sandbox.url}/${site}`,
    consumerKey: key.consumer_key,
    consumerSecret: key.consumer_secret,
    version: 'wc/v3',
    ...changes,
  });
}

describe("the vendor's own client", () => {
  it.each([
    ['buchladen.sandbox.test', 'EUR'],
    ['tea.sandbox.test/shop', 'JPY'],
  ])('lists the orders of %s', async (site, currency) => {
    const { status, data, headers } = await (
      await client(site)
    ).get('orders', {
      per_page: 5,
      status: 'processing,completed',
      search: '',
      orderby: 'modified',
      dates_are_gmt: true,
      modified_after: '2020-01-01T00:00:00',
    });
    expect(status).toBe(200);
    expect(data).toHaveLength(5);
    expect(data).toContainEqual(expect.objectContaining({ currency }));
    expect(Number(headers['x-wp-total'])).toBeGreaterThan(5);
  });

  it('is refused with a wrong secret', async () => {
    const wrong = await client('buchladen.sandbox.test', { consumerSecret: 'cs_wrong' });
    await expect(wrong.get('orders')).rejects.toMatchObject({
      response: { status: 401, data: { message: 'Invalid signature - provided signature does not match.' } },
    });
  });
});
