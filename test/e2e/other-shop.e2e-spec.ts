import { beforeAll, expect, it } from 'vitest';
import { readPublicId } from '#contract';
import { startSystem, type System, type TestApp } from '../system.js';
import { apiClient } from './api-client.js';
import { until } from './until.js';
import { connectWooCommerce, SOUQ, TEA } from './woocommerce-way.js';

const PATIENCE = { everyMs: 200, tries: 150 };
let system: System;
let app: TestApp;
beforeAll(async () => {
  system = await startSystem();
  app = system.tenants[0].app;
  return () => system.stop();
});

it('case 139: a shop at the same address with another id is called no more, and an operator is told', async () => {
  const api = apiClient(system, app);
  const { id } = await connectWooCommerce(system, app, { host: TEA });
  const { id: other } = await connectWooCommerce(system, app, { host: SOUQ });
  const [uuid, otherUuid] = [readPublicId('store', id) ?? '', readPublicId('store', other) ?? ''];
  // What was connected was a shop with this id; the one that answers has its own. It was called a moment ago.
  await system.sql(`UPDATE stores SET platform_id = '00000000-0000-4000-8000-000000000000' WHERE id = $1`, [uuid]);
  expect((await api.get(`/v1/orders?store=${id}&limit=1`)).status).toBe(200);
  const due = "UPDATE stores SET probe_due_at = now() - interval '1 second', probe_lease_until = NULL";
  await system.sql(due);
  const stops = () => system.sql('SELECT target, set_by, reason FROM stops WHERE lifted_at IS NULL');
  await until('it is stopped', async () => (await stops()).length > 0, PATIENCE);
  expect(await stops()).toEqual([
    { target: uuid, set_by: 'gateway', reason: expect.stringContaining('Another shop answers') as unknown },
  ]);
  const isStopped = async () => (await api.get(`/v1/orders?store=${id}&limit=1`)).status === 409;
  await until('its calls are refused', isStopped, PATIENCE);
  const listed = await fetch(`${system.url}/ops/stops`, {
    headers: { authorization: `Bearer ${system.operatorToken}` },
  });
  expect(await listed.text()).toContain('Another shop answers');
  // The neighbour was read as well, and goes on.
  const isRead = 'SELECT 1 FROM stores WHERE id = $1 AND probe_due_at > now()';
  await until('the neighbour was probed', async () => (await system.sql(isRead, [otherUuid])).length > 0, PATIENCE);
  expect((await api.get(`/v1/orders?store=${other}&limit=1`)).status).toBe(200);
}, 90_000);
