import { beforeAll, describe, expect, it } from 'vitest';
import { markRestoredStores } from '#rotation';
import { startSystem, type System } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';
import { readLedger } from './sandbox-ledger.js';
import { connectShopify, EUR_SHOP, USD_SHOP } from './shopify-way.js';
import { until } from './until.js';
import { BOOKS, connectWooCommerce } from './woocommerce-way.js';

const PATIENCE = { everyMs: 200, tries: 150 };

let system: System;
let api: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  api = apiClient(system, system.tenants[0].app);
  return () => system.stop();
});

const uuid = (storeId: string) => storeId.replace(/^sto_(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const rowOf = async (storeId: string) =>
  (await system.sql('SELECT * FROM credentials WHERE store_id = $1', [uuid(storeId)]))[0];
const health = async (storeId: string) => {
  const { state, reason } = (await api.get(`/v1/stores/${storeId}/health`)).json as {
    readonly state: string;
    readonly reason: { readonly code: string };
  };
  return [state, reason.code];
};
const reasonIs = (storeId: string, code: string) => async () => (await health(storeId))[1] === code;
const refreshes = async (shop: string) =>
  (await readLedger(system, shop)).filter(({ kind }) => kind === 'refreshToken').map(({ outcome }) => outcome);

/** Renews ahead of time, as a worker does at half of a token's life. */
async function renew(storeId: string): Promise<void> {
  const before = (await rowOf(storeId))?.['version'];
  await system.sql('UPDATE credentials SET due_at = now() WHERE store_id = $1', [uuid(storeId)]);
  await until('a renewal', async () => (await rowOf(storeId))?.['version'] !== before, PATIENCE);
}

/** Puts a row back as a restore from a backup does. */
async function restore(row: Readonly<Record<string, unknown>> | undefined): Promise<void> {
  const kept = ['sealed', 'version', 'access_expires_at', 'refresh_expires_at', 'due_at', 'last_refreshed_at'] as const;
  await system.sql(
    `UPDATE credentials SET ${kept.map((name, index) => `${name} = $${String(index + 2)}`).join(', ')},
      lease_owner = 'a worker of that time', lease_until = now() + interval '1 hour', not_before = now() + interval '1 hour' WHERE id = $1`,
    [row?.['id'], ...kept.map((name) => row?.[name])],
  );
}

describe('case 179: a database that was restored from a backup', () => {
  it(
    'has every grant verified: what the platform still takes lives on, what it does not is flagged at once',
    { timeout: 120_000 },
    async () => {
      const { app } = system.tenants[0];
      const lucky = await connectShopify(system, app, { shop: USD_SHOP });
      const unlucky = await connectShopify(system, app, { shop: EUR_SHOP });
      const lasting = await connectWooCommerce(system, app, { host: BOOKS });
      const backup = [await rowOf(lucky.id), await rowOf(unlucky.id)];
      // The first pair's successor was given and not redeemed yet; that of the second was.
      await renew(lucky.id);
      await renew(unlucky.id);
      await renew(unlucky.id);
      for (const row of backup) await restore(row);
      const [before, beforeUnlucky] = [await refreshes(USD_SHOP), await refreshes(EUR_SHOP)];

      const steps: number[] = [];
      const marked = await markRestoredStores(system.owner, 60, ({ done }) => void steps.push(done));
      expect(marked).toEqual({ stores: 3, renewed: 2 });
      expect(steps.at(-1)).toBe(3);
      for (const { id } of [lucky, unlucky, lasting]) expect(await health(id)).toEqual(['degraded', 'restored']);
      // A token out of the backup that still works says nothing of the pair.
      expect((await api.get(`/v1/orders?store=${lucky.id}&limit=1`)).status).toBe(200);
      expect(await health(lucky.id)).toEqual(['degraded', 'restored']);

      await system.sql('UPDATE credentials SET due_at = now() WHERE due_at IS NOT NULL');
      await system.sql('UPDATE stores SET probe_due_at = now()');
      await until('the loss is flagged', reasonIs(unlucky.id, 'grantEnded'), PATIENCE);
      expect((await refreshes(EUR_SHOP)).slice(beforeUnlucky.length)).toEqual(['refused', 'refused']);
      await until('the keys are proved', reasonIs(lasting.id, 'ok'), PATIENCE);
      await until('the pair lives on', async () => (await refreshes(USD_SHOP)).length > before.length, PATIENCE);
      expect((await refreshes(USD_SHOP)).slice(before.length)).toEqual(['replayed']);
      await until(
        'it is healthy with the next call',
        async () => {
          await system.sql('UPDATE stores SET probe_due_at = now() WHERE id = $1', [uuid(lucky.id)]);
          return await reasonIs(lucky.id, 'ok')();
        },
        PATIENCE,
      );
      expect((await api.store(lucky.id)).status).toBe('active');
    },
  );
});
