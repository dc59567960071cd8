import { beforeAll, describe, expect, it } from 'vitest';
import { connectors } from '#connectors';
import { capabilities, SCOPES } from '#contract';
import { apiClient, type Store } from '../e2e/api-client.js';
import { CEDAR, connectBigCommerce, registerBigCommerceApp } from '../e2e/bigcommerce-way.js';
import { connectShopify, USD_SHOP } from '../e2e/shopify-way.js';
import { connectMagento, KERAMIK } from '../e2e/magento-way.js';
import { BOOKS, connectWooCommerce } from '../e2e/woocommerce-way.js';
import { startSystem, type System } from '../system.js';
import { createRecorder } from './recorder.js';
import { createRun, type Run } from './run.js';
import { runEverything } from './scenario.js';
import { judgeOf, judgeRequests } from './schema.js';
import type { Shop } from './shop.js';

const ACCESS = SCOPES.filter((scope) => scope !== 'passthrough' && scope !== 'read:customers.pii');

const OPERATIONS = capabilities(connectors[0].operations).map(({ operation }) => operation);

type Connect = (system: System) => Promise<Store>;
/** How a shop of each platform's sandbox is connected, and where its customers live. A new connector adds a line. */
const SHOPS: Readonly<
  Record<string, { readonly connect: Connect; readonly place: Omit<Shop, 'storeId' | 'currency'> }>
> = {
  bigcommerce: {
    connect: async (system) => {
      const { app } = system.tenants[0];
      await registerBigCommerceApp(system, app, 'conformance-client');
      return await connectBigCommerce(system, app, { hash: CEDAR, session: { access: ACCESS } });
    },
    place: {
      ...{ countryCode: 'US', provinceCode: 'NY', postalCode: '10001', shipsParts: true, refundBy: 'none' },
      ordersNeedAddress: true,
      // One of those that the sandbox begins with.
      cart: 'bc218c65-7a32-4ab7-8082-000100000000',
    },
  },
  magento: {
    connect: (system) => connectMagento(system, system.tenants[0].app, { host: KERAMIK, session: { access: ACCESS } }),
    place: { countryCode: 'DE', postalCode: '10115', shipsParts: true, refundBy: 'original', needsBuyer: true },
  },
  shopify: {
    connect: (system) => connectShopify(system, system.tenants[0].app, { shop: USD_SHOP, session: { access: ACCESS } }),
    place: { countryCode: 'US', provinceCode: 'NY', postalCode: '10001', shipsParts: true, refundBy: 'original' },
  },
  woocommerce: {
    connect: (system) =>
      connectWooCommerce(system, system.tenants[0].app, { host: BOOKS, session: { access: ACCESS } }),
    place: { countryCode: 'DE', postalCode: '10115', shipsParts: false, refundBy: 'none' },
  },
};

/** Not for callers: the gateway's own business, and watched by other suites. */
const OWN = new Set(['shop.get', 'webhooks.list', 'webhooks.register', 'webhooks.remove']);

describe.each(connectors.map(({ id }) => id))('everything that %s claims', { timeout: 300_000 }, (platform) => {
  let system: System;
  let run: Run;
  beforeAll(async () => {
    system = await startSystem({ tap: true });
    const recorder = createRecorder(platform, system.exchanges, apiClient(system, system.tenants[0].app));
    const shop = SHOPS[platform];
    if (shop === undefined) throw new Error(`say in SHOPS how a shop of ${platform} is connected`);
    const store = await shop.connect(system);
    run = await createRun(recorder.api, platform);
    const { id: storeId, currency } = store;
    await runEverything(run, { storeId, currency, ...shop.place }, Math.random().toString(36).slice(2, 8));
    await recorder.save();
    return () => system.stop();
  }, 300_000);

  it('comes back as it was sent, minus exactly what is declared as lost', () => {
    expect(run.findings).toEqual([]);
  });

  it(`was asked as the platform describes its API (${judgeOf(platform).source})`, () => {
    const { judged, others, source, problems } = judgeRequests(platform, system.exchanges);
    console.info(`${platform}: ${judged} requests fit ${source}, ${others} are described elsewhere`);
    expect(problems).toEqual([]);
    expect(judged).toBeGreaterThan(50);
  });

  it('was done', () => {
    const { done, supports } = run;
    const missing = OPERATIONS.filter(
      (operation) => !OWN.has(operation) && supports(operation) && !done.has(operation),
    );
    expect(missing).toEqual([]);
  });
});
