import { beforeAll, expect, it } from 'vitest';
import { startSystem, type System } from '../system.js';
import { apiClient } from './api-client.js';
import { makeKeys, pasted, WOOCOMMERCE_SHOPS, shopAddress } from './woocommerce-way.js';
import { SHOPIFY_SHOPS, connectShopify } from './shopify-way.js';
let system: System;
beforeAll(async () => { system = await startSystem(); return () => system.stop(); });
it('x', async () => {
  const app = system.tenants[0].app;
  const api = apiClient(system, app);
  for (const h of WOOCOMMERCE_SHOPS) {
    const k = await makeKeys(system, h);
    await api.call('POST', '/v1/stores', { platform: 'woocommerce', credentials: pasted(shopAddress(h), k) });
    const r = await fetch(`${system.sandboxUrl}/${h}${h.startsWith('tea') ? '/shop' : ''}/wp-json/wc/v3/orders?per_page=1`, { headers: { authorization: 'Basic ' + Buffer.from(`${k.consumer_key}:${k.consumer_secret}`).toString('base64') } });
    console.log(h, r.status, r.headers.get('x-wp-total'));
  }
  for (const h of SHOPIFY_SHOPS) await connectShopify(system, app, { shop: h });
  for (const store of await api.stores()) for (const limit of [7, 50, 250]) {
    const ids: string[] = []; const q: unknown[] = []; let cursor = ''; let pages = 0; const t = Date.now();
    for (;;) {
      const page = await api.orders(`store=${store.id}&limit=${limit}${cursor}`); pages++;
      ids.push(...page.data.map((o) => o.id)); q.push(...page.quarantined);
      if (page.nextCursor === null) break; cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
    console.log(store.domain, limit, pages, ids.length, new Set(ids).size, Date.now() - t, 'ms', JSON.stringify(q).slice(0, 600));
  }
}, 120000);
