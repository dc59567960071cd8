import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { publicId } from '#contract';
import { startSystem, type System } from '../system.js';
import { beginWalk, CALLBACK, decide, discover, redeem, signIn, USER } from './oauth-way.js';

let system: System;
let clientId: string;
beforeAll(async () => {
  system = await startSystem({ idle: true });
  const { app } = system.tenants[0];
  const browser = { kind: 'browser', redirectUris: [CALLBACK], scopes: ['read:orders', 'write:orders'] } as const;
  ({ clientId } = await system.addClient(app, { ...browser, name: 'Packing <b>desk</b>' }));
  return () => system.stop();
});

describe('the authorization code flow with PKCE', () => {
  it('asks a signed-in person in plain words, and gives tokens in that name', async () => {
    const { app } = system.tenants[0];
    const configuration = await discover(system, clientId);
    const walk = await beginWalk(configuration, { login_hint: await signIn(system, app) });
    const page = await walk.browser.open(walk.address.href);
    expect(page.text).toContain('Packing <b>desk</b>');
    expect(page.text).toContain(USER.name);
    expect(page.text).toContain('See orders, with shipments and refunds');
    expect(page.html).not.toContain('<script');
    const callback = await decide(walk, page);
    expect(callback.searchParams.get('iss')).toBe(`${system.url}/oauth`);
    const tokens = await redeem({ configuration, callback, walk });
    const claims = decodeJwt(tokens.access_token);
    expect(claims).toMatchObject({
      sub: `${publicId('app', app.appId)}:${USER.id}`,
      client_id: clientId,
      scope: 'read:orders',
    });
    expect(claims['grant_id']).toEqual(expect.any(String));
    const again = await client.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    expect(decodeJwt(again.access_token)).toMatchObject({
      sub: claims.sub,
      grant_id: claims['grant_id'],
      scope: 'read:orders',
    });
  });

  it('sends whoever says no back without a code', async () => {
    const configuration = await discover(system, clientId);
    const walk = await beginWalk(configuration, { login_hint: await signIn(system, system.tenants[0].app) });
    const callback = await decide(walk, await walk.browser.open(walk.address.href), 'deny');
    expect(Object.fromEntries(callback.searchParams)).toMatchObject({
      error: 'access_denied',
      iss: `${system.url}/oauth`,
      state: walk.state,
    });
  });
});
