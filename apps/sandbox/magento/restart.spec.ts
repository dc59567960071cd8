import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BASE, call, clientOf, JP, signWithLibrary, startMagento } from './testing/running-magento.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'magento-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('keeps integrations and what was written over a restart', async () => {
  const stateFile = path.join(folder, 'sandbox.json');
  const first = await startMagento({ stateFile });
  const client = await clientOf(first, JP);
  const customer = { email: 'new@example.test', firstname: '新', lastname: '客' };
  expect((await client.send('POST', 'V1/customers', { customer })).status).toBe(200);
  await first.close();
  const second = await startMagento({ stateFile });
  const address = `${BASE[JP] ?? ''}rest/V1/customers/search?searchCriteria=`;
  const authorization = signWithLibrary('GET', address, client.credentials, second.clock.now);
  const answer = await call(second.url, 'GET', address, { authorization });
  await second.close();
  expect(answer).toMatchObject({ status: 200 });
  expect(JSON.stringify(answer.body)).toContain('new@example.test');
});

// What 2.4.6 and 2.4.7 do (issue #37278), and limited input.
it('checks escaped paths wrongly where the version does, and limits pages where told to', async () => {
  const running = await startMagento();
  const client = await clientOf(running, JP);
  const escaped = await client.get('V1/products/DRIP%20BAG');
  const large = await client.get('V1/orders?searchCriteria%5BpageSize%5D=301');
  const bare = await client.get('V1/orders?searchCriteria=&fields=items%5Bentity_id%5D,search_criteria');
  await running.close();
  expect(escaped).toMatchObject({ status: 401, body: { message: 'The signature is invalid. Verify and try again.' } });
  expect(large).toMatchObject({ status: 400, body: { parameters: { max: 300 } } });
  expect(bare).toMatchObject({ body: { search_criteria: { page_size: 20 } } });
});
