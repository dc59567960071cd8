import { createRemoteJWKSet, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { publicId } from '#contract';
import { startSystem, type System } from '../system.js';

let system: System;
beforeAll(async () => {
  system = await startSystem({ idle: true });
  return () => system.stop();
});

const post = (path: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${system.url}${path}`, { method: 'POST', body: new URLSearchParams(body), headers });
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});

describe('client credentials', () => {
  it('become a JWT that verifies against the published keys and says whose it is', async () => {
    const { app } = system.tenants[0];
    const { clientId, secret } = await system.addClient(app);
    const asked = { grant_type: 'client_credentials', scope: 'read:orders' };
    const answer = await post('/oauth/token', asked, basic(clientId, secret ?? ''));
    const body = (await answer.json()) as Record<string, string>;
    expect([answer.status, body['expires_in'], body['token_type'], body['scope']]).toEqual([
      200,
      600,
      'Bearer',
      'read:orders',
    ]);
    const { payload } = await jwtVerify(
      body['access_token'] ?? '',
      createRemoteJWKSet(new URL(`${system.url}/oauth/jwks`)),
      { issuer: `${system.url}/oauth`, audience: `${system.url}/v1`, typ: 'at+jwt', algorithms: ['ES256'] },
    );
    expect(payload).toMatchObject({
      sub: clientId,
      client_id: clientId,
      scope: 'read:orders',
      tenant_id: publicId('tenant', app.tenantId),
      app_id: publicId('app', app.appId),
      mode: 'test',
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
  });

  it('refuse a scope that the client does not have', async () => {
    const { clientId, secret } = await system.addClient(system.tenants[0].app, { scopes: ['read:orders'] });
    for (const scope of ['write:orders', 'nonsense', 'read:orders write:orders', 'openid']) {
      const answer = await post(
        '/oauth/token',
        { grant_type: 'client_credentials', scope },
        basic(clientId, secret ?? ''),
      );
      expect([scope, answer.status, ((await answer.json()) as { error: string }).error]).toEqual([
        scope,
        400,
        'invalid_scope',
      ]);
    }
  });
});
