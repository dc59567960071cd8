import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { basic, makeKey, type RunningSandbox, runSandbox } from './testing/running-sandbox.js';

const HOST = 'tea.sandbox.test';
const SETTINGS = '/wp-admin/admin.php?page=wc-settings&tab=advanced&section=keys';

let sandbox: RunningSandbox;

beforeEach(async () => {
  sandbox = await runSandbox();
});
afterEach(() => sandbox.close());

function open(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${sandbox.url}/${HOST}/shop${path}`, init);
}

describe('keys by hand', () => {
  it('makes one by form and shows it once', async () => {
    const form = await (await open(SETTINGS)).text();
    const nonce = /name="_wpnonce" value="(\w+)"/.exec(form)?.[1] ?? '';
    const body = new URLSearchParams({ description: 'Demo <i>', permissions: 'read', _wpnonce: nonce });
    const made = await (await open(SETTINGS, { method: 'POST', body })).text();
    const consumer_key = /ck_[0-9a-f]{40}/.exec(made)?.[0] ?? '';
    const consumer_secret = /cs_[0-9a-f]{40}/.exec(made)?.[0] ?? '';
    const orders = await open('/wp-json/wc/v3/orders', { headers: basic({ consumer_key, consumer_secret }) });
    expect(orders.status).toBe(200);
    const later = await (await open(SETTINGS)).text();
    expect(later).toContain('Demo &lt;i&gt;');
    expect(later).toContain(consumer_key.slice(-7));
    expect(later).not.toContain(consumer_key);
    expect(sandbox.ledger).toMatchObject([{ kind: 'keyExchange', issued: consumer_key, outcome: 'issued' }]);
  });

  it('refuses a form that is not its own, permissions that are none and bodies that are no JSON', async () => {
    const forged = new URLSearchParams({ permissions: 'read', _wpnonce: 'forged' });
    expect((await open(SETTINGS, { method: 'POST', body: forged })).status).toBe(400);
    for (const body of ['{"permissions":"all"}', '{"permissions":"read","extra":1}', '{', '']) {
      const response = await fetch(`${sandbox.url}/${HOST}/control/keys`, { method: 'POST', body });
      expect(response.status).toBe(400);
    }
    expect(sandbox.ledger).toEqual([]);
  });

  it('revokes one key and leaves the others', async () => {
    const [one, other] = [await makeKey(sandbox.url, HOST), await makeKey(sandbox.url, HOST)];
    const url = `${sandbox.url}/${HOST}/control/keys/${one.consumer_key}`;
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(404);
    const status = async (key: typeof one): Promise<number> =>
      (await fetch(`${sandbox.url}/${HOST}/shop/wp-json/wc/v3/orders`, { headers: basic(key) })).status;
    expect([await status(one), await status(other)]).toEqual([401, 200]);
  });

  it('forbids what a demoted user wants, until he is promoted again', async () => {
    const key = await makeKey(sandbox.url, HOST, 'read_write');
    const demote = (demoted: boolean): Promise<Response> =>
      fetch(`${sandbox.url}/${HOST}/control/user`, { method: 'PUT', body: JSON.stringify({ demoted }) });
    await demote(true);
    const list = await fetch(`${sandbox.url}/${HOST}/shop/wp-json/wc/v3/orders`, { headers: basic(key) });
    expect([list.status, await list.json(), list.headers.get('allow')]).toEqual([
      403,
      {
        code: 'woocommerce_rest_cannot_view',
        message: 'Sorry, you cannot list resources.',
        data: { status: 403 },
      },
      null,
    ]);
    const make = await fetch(`${sandbox.url}/${HOST}/shop/wp-json/wc/v3/orders`, {
      method: 'POST',
      headers: basic(key),
    });
    expect([make.status, await make.json()]).toMatchObject([403, { code: 'woocommerce_rest_cannot_create' }]);
    await demote(false);
    expect((await fetch(`${sandbox.url}/${HOST}/shop/wp-json/wc/v3/orders`, { headers: basic(key) })).status).toBe(200);
  });
});

describe('a restart', () => {
  it('keeps keys and the point in time the seeds look back from', async () => {
    const key = await makeKey(sandbox.url, HOST);
    const before = await (await open('/wp-json/wc/v3/orders', { headers: basic(key) })).text();
    const saved = z.json().parse(JSON.parse(JSON.stringify(sandbox.platform.snapshot())));
    await sandbox.close();
    sandbox = await runSandbox({ now: () => new Date('2027-03-01T00:00:00Z') });
    sandbox.platform.restore(saved);
    expect(await (await open('/wp-json/wc/v3/orders', { headers: basic(key) })).text()).toBe(before);
  });

  it('asks to be saved as soon as somebody has looked at a shop', () => {
    expect(sandbox.changes()).toBe(0);
    sandbox.platform.shops();
    expect(sandbox.changes()).toBeGreaterThan(0);
  });

  it('takes over nothing from a state that is not its own', () => {
    const before = sandbox.platform.snapshot();
    const own = z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(before)));
    // The last part to be read is the broken one: what came before it is not kept either.
    const spoiled = {
      ...own,
      base: 5,
      webhooks: { 'shop.sandbox.test': { created: 7, cron: true, webhooks: [] } },
      catalogue: 'x',
    };
    for (const foreign of [{ version: 1, base: 'x' }, spoiled]) {
      expect(() => sandbox.platform.restore(foreign)).toThrow();
      expect(sandbox.platform.snapshot()).toEqual(before);
    }
  });
});
