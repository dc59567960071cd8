import { beforeAll, expect, it } from 'vitest';
import { startSystem, type System } from '../system.js';
import { apiClient } from './api-client.js';
import { createMerchantBrowser } from './merchant-browser.js';
import { makeKeys, pasted, SOUQ, TEA } from './woocommerce-way.js';

// The sandbox, named by its own address, is a shop on plain http in the private network beside the gateway.
let system: System;
beforeAll(async () => {
  system = await startSystem({ allowSandboxAddress: true });
  return () => system.stop();
});

it('connects a shop at an address that the operator opened, in live mode, and reads it to the end', async () => {
  const api = apiClient(system, system.live);
  const credentials = pasted(`${system.sandboxUrl}/${TEA}/shop`, await makeKeys(system, TEA));
  const answer = await api.call('POST', '/v1/stores', { platform: 'woocommerce', credentials });
  expect([answer.status, answer.json]).toEqual([201, expect.objectContaining({ currency: 'JPY', mode: 'live' })]);
  const [store] = await api.stores();
  const seen: string[] = [];
  for (let cursor = ''; ;) {
    const page = await api.orders(`store=${store?.id ?? ''}&limit=20${cursor}`);
    seen.push(...page.data.map(({ id }) => id));
    if (page.nextCursor === null) break;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
  // 48 in all, two of them in the trash, which a list only shows when asked for.
  expect([seen.length, new Set(seen).size]).toEqual([46, 46]);
});

it('case 131: opens exactly that address', async () => {
  const { hostname, port } = new URL(system.sandboxUrl);
  const elsewhere = [`http://${hostname}:${String(Number(port) - 1)}`, `http://localhost:${port}`, 'http://10.0.0.1'];
  for (const storeUrl of elsewhere) {
    const credentials = pasted(storeUrl, await makeKeys(system, SOUQ));
    const problem = await apiClient(system, system.live).problem('POST', '/v1/stores', {
      ...{ platform: 'woocommerce', credentials },
    });
    expect([storeUrl, problem.status, problem.code]).toEqual([storeUrl, 422, 'address_refused']);
  }
});

it('says beforehand that a genuine shop hands over no keys to a gateway on plain http', async () => {
  const { url: link } = await apiClient(system, system.live).createSession({ platform: 'woocommerce' });
  const browser = createMerchantBrowser();
  const screen = await browser.open(link);
  expect(screen.text).toContain('only hands over keys to an https address');
  const page = await browser.submit(screen.forms[0], { storeUrl: `${system.sandboxUrl}/${SOUQ}` });
  expect([page.status, page.text]).toEqual([400, expect.stringContaining('Paste keys instead')]);
});
