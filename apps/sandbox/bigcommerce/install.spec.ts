import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  callbackOf,
  CLIENT,
  EUR,
  hostOfHash,
  type RunningBigCommerce,
  startBigCommerce,
  USD,
} from './testing/running-bigcommerce.js';

let shop: RunningBigCommerce;
beforeAll(async () => {
  shop = await startBigCommerce();
});
afterAll(() => shop.sandbox.close());

async function freshCode(hash = USD): Promise<{ code: string; context: string; scope: string }> {
  const { searchParams } = callbackOf(await shop.install(hash));
  return {
    code: searchParams.get('code') ?? '',
    context: searchParams.get('context') ?? '',
    scope: searchParams.get('scope') ?? '',
  };
}

async function refusal(body: Record<string, string>): Promise<readonly [number, string]> {
  const answer = await shop.token(body);
  const read = (await answer.json()) as { error: string };
  return [answer.status, read.error];
}

describe('installing', () => {
  it('sends the browser to the auth callback without state and signature', async () => {
    const callback = callbackOf(await shop.install(EUR));
    expect(callback.origin + callback.pathname).toBe(CLIENT.redirectUris[0]);
    expect([...callback.searchParams.keys()].toSorted()).toEqual([
      'account_uuid',
      'code',
      'context',
      'external_install',
      'scope',
    ]);
    expect(callback.searchParams.get('context')).toBe(`stores/${EUR}`);
  });

  it('leaves external_install away in the control panel, where there is one store to choose', async () => {
    const page = `${hostOfHash(USD)}/manage/marketplace/${CLIENT.clientId}/install`;
    expect(callbackOf(await shop.install(USD, { page })).searchParams.has('external_install')).toBe(false);
    expect((await shop.install(EUR, { page })).status).toBe(400);
  });

  it('tells the app nothing when the merchant declines, and answers a page once', async () => {
    expect((await shop.install(USD, { decision: 'cancel' })).status).toBe(200);
    expect((await fetch(`${shop.url}/login.bigcommerce.com/app/nobody/install`)).status).toBe(404);
  });

  it('gives a token that opens this store and no other', async () => {
    const token = await shop.connect(USD);
    expect((await shop.call('GET', '/v2/store', undefined, { token })).body).toMatchObject({
      id: USD,
      currency: 'USD',
    });
    expect((await shop.call('GET', '/v2/store', undefined, { token, hash: EUR })).status).toBe(401);
    expect((await shop.call('GET', '/v2/store', undefined, { token: 'nonsense' })).status).toBe(401);
  });

  it('refuses what the platform refuses', async () => {
    const fresh = await freshCode();
    expect(await refusal({ ...fresh, redirect_uri: CLIENT.appUrl })).toEqual([
      400,
      'Parameter redirect_uri does not match registered URI',
    ]);
    expect((await refusal({ ...fresh, client_secret: 'wrong' }))[0]).toBe(401);
    expect((await refusal({ ...fresh, context: `stores/${EUR}` }))[0]).toBe(400);
    expect((await refusal({ ...fresh, scope: `${fresh.scope} store_v2_content` }))[0]).toBe(400);
    expect((await shop.token(fresh)).status).toBe(200);
    // A code is good once.
    expect((await refusal(fresh))[0]).toBe(401);
    const stale = await freshCode();
    shop.clock.advance(61_000);
    expect((await refusal(stale))[0]).toBe(401);
  });

  it('counts every presentation of a code in the ledger', async () => {
    const fresh = await freshCode(EUR);
    await shop.token(fresh);
    await shop.token(fresh);
    const ledger = await (await shop.control('GET', `/ledger/summary?host=${hostOfHash(EUR)}`)).json();
    expect(ledger).toMatchObject({ credentials: [{ platform: 'bigcommerce', kind: 'code', issued: 1, refused: 1 }] });
  });

  it('takes an earlier token away when the same app is installed again', async () => {
    const first = await shop.connect(USD);
    const second = await shop.connect(USD);
    expect((await shop.call('GET', '/v2/time', undefined, { token: first })).status).toBe(401);
    expect((await shop.call('GET', '/v2/time', undefined, { token: second })).status).toBe(200);
  });

  it('answers a wrong method at the token endpoint with a page that redirects', async () => {
    const answer = await fetch(`${shop.url}/login.bigcommerce.com/oauth2/token`, { redirect: 'manual' });
    expect([answer.status, await answer.text()]).toEqual([302, expect.stringContaining('You are being')]);
  });

  it('shows where an outside installation ends', async () => {
    const ends = await Promise.all(
      ['succeeded', 'failed'].map((end) =>
        fetch(`${shop.url}/login.bigcommerce.com/app/${CLIENT.clientId}/install/${end}`),
      ),
    );
    expect(ends.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('sends a callback that is not https only where that was allowed', async () => {
    const strict = await startBigCommerce({ allowLoopbackCallback: false });
    const page = await fetch(`${strict.url}/login.bigcommerce.com/app/${CLIENT.clientId}/install`);
    await strict.sandbox.close();
    expect(page.status).toBe(400);
  });
});
