import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { startSystem, type System, type TestApp } from '../system.js';
import {
  authorize,
  basic,
  CALLBACK,
  discover,
  INVALID_GRANT,
  postForm,
  presentCode,
  presentRefresh,
  readJson,
  redeem,
} from './oauth-way.js';

let system: System;
let app: TestApp;
let browser: string;
let backEnd: { readonly clientId: string; readonly secret: string };
beforeAll(async () => {
  system = await startSystem({ idle: true });
  ({ app } = system.tenants[0]);
  ({ clientId: browser } = await system.addClient(app, { kind: 'browser', redirectUris: [CALLBACK] }));
  backEnd = await addBackEnd();
  return () => system.stop();
});

async function addBackEnd(owner = app) {
  const { clientId, secret } = await system.addClient(owner, { redirectUris: [CALLBACK] });
  return { clientId, secret: secret ?? '' };
}

type Sent = Parameters<typeof presentCode>;
/** Sends a code as the browser client would, changed in places. */
const sendCode = (authorized: Sent[2], changes?: Sent[3], headers?: Sent[4]) =>
  presentCode(system, browser, authorized, changes, headers);
const sendRefresh = (token: string, changes?: Sent[3]) => presentRefresh(system, browser, token, changes);
const inForce = async (token: string): Promise<boolean> => {
  const { jti = '', grant_id: grantId } = decodeJwt(token);
  const found = await system.sql(
    "SELECT 1 FROM access_cutoffs WHERE (kind = 'token' AND target = $1) OR (kind = 'grant' AND target = $2)",
    [jti, grantId],
  );
  return found.length === 0;
};

describe('an authorization code', () => {
  it('case 67: used twice is refused, and everything that came of it ends', async () => {
    const authorized = await authorize(system, app, browser);
    const tokens = await redeem(authorized);
    expect(await inForce(tokens.access_token)).toBe(true);
    expect(await sendCode(authorized)).toMatchObject(INVALID_GRANT);
    expect(await inForce(tokens.access_token)).toBe(false);
    expect(await sendRefresh(tokens.refresh_token ?? '')).toMatchObject(INVALID_GRANT);
    expect(system.logLines.filter((line) => line.includes('oauth.grantEnded')).length).toBeGreaterThan(0);
  });

  it('case 67: used twice when it is old ends everything as well', async () => {
    const authorized = await authorize(system, app, browser);
    const tokens = await redeem(authorized);
    await system.sql(
      "UPDATE oauth_artifacts SET consumed_at = consumed_at - interval '5 minutes' WHERE kind = 'AuthorizationCode'",
    );
    expect(await sendCode(authorized)).toMatchObject(INVALID_GRANT);
    expect(await inForce(tokens.access_token)).toBe(false);
  });

  it('case 67: used by twenty at the same moment leaves no token in force', async () => {
    const authorized = await authorize(system, app, browser);
    const answers = await Promise.all(Array.from({ length: 20 }, () => sendCode(authorized)));
    const given = answers.filter(({ status }) => status === 200);
    expect(given.length).toBeLessThanOrEqual(1);
    for (const { body } of given) {
      expect(await inForce(String(body['access_token']))).toBe(false);
      expect(await sendRefresh(String(body['refresh_token']))).toMatchObject(INVALID_GRANT);
    }
  });

  it('case 68: of one client is worth nothing to another, nor with another address', async () => {
    const other = await system.addClient(app, { kind: 'browser', redirectUris: [CALLBACK] });
    const authorized = await authorize(system, app, browser);
    const secret = basic(backEnd.clientId, backEnd.secret);
    expect(await sendCode(authorized, { client_id: other.clientId })).toMatchObject(INVALID_GRANT);
    expect(await sendCode(authorized, { client_id: '' }, secret)).toMatchObject(INVALID_GRANT);
    expect(await sendCode(authorized, { redirect_uri: `${CALLBACK}/` })).toMatchObject(INVALID_GRANT);
    expect(await sendCode(authorized, { redirect_uri: 'https://evil.example' })).toMatchObject(INVALID_GRANT);
    expect(await sendCode(authorized, { redirect_uri: '' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    // None of these tries used it up.
    expect((await redeem(authorized)).token_type).toBe('bearer');
  });

  it('case 69: lives for a minute', async () => {
    const authorized = await authorize(system, app, browser);
    const [life] = await system.sql(
      "SELECT max(extract(epoch FROM expires_at - now()))::float AS seconds FROM oauth_artifacts WHERE kind = 'AuthorizationCode' AND consumed_at IS NULL",
    );
    expect(Number(life?.['seconds'])).toBeGreaterThan(0);
    expect(Number(life?.['seconds'])).toBeLessThanOrEqual(60);
    await system.sql(
      "UPDATE oauth_artifacts SET expires_at = expires_at - interval '60 seconds' WHERE kind = 'AuthorizationCode'",
    );
    expect(await sendCode(authorized)).toMatchObject(INVALID_GRANT);
  });

  it.each([
    ['no verifier', ''],
    ['one of 42 characters', 'A'.repeat(42)],
    ['one of 129 characters', 'A'.repeat(129)],
    ['another one', 'A'.repeat(43)],
    ['the challenge itself', 'challenge'],
  ])('case 70: is refused with %s', async (_, verifier) => {
    const authorized = await authorize(system, app, browser);
    const challenge = authorized.walk.address.searchParams.get('code_challenge') ?? '';
    const { status, body } = await sendCode(authorized, {
      code_verifier: verifier === 'challenge' ? challenge : verifier,
    });
    expect([status, ['invalid_grant', 'invalid_request'].includes(String(body['error']))]).toEqual([400, true]);
    expect(body['access_token']).toBeUndefined();
  });
});

describe('a refresh token', () => {
  it('case 72: used again after it was turned ends the whole family, and is told to the operators', async () => {
    const authorized = await authorize(system, app, browser);
    const first = await redeem(authorized);
    const second = await client.refreshTokenGrant(authorized.configuration, first.refresh_token ?? '');
    expect(second.refresh_token).not.toBe(first.refresh_token);
    const { grant_id: grantId } = decodeJwt(second.access_token);
    expect(await sendRefresh(first.refresh_token ?? '')).toMatchObject(INVALID_GRANT);
    expect(await sendRefresh(second.refresh_token ?? '')).toMatchObject(INVALID_GRANT);
    for (const { access_token: token } of [first, second]) expect(await inForce(token)).toBe(false);
    expect(system.logLines.some((line) => line.includes('oauth.grantEnded') && line.includes(String(grantId)))).toBe(
      true,
    );
  });

  it('case 72: used by twenty at the same moment ends the family: there is no grace', async () => {
    const tokens = await redeem(await authorize(system, app, browser));
    const answers = await Promise.all(Array.from({ length: 20 }, () => sendRefresh(tokens.refresh_token ?? '')));
    const given = answers.filter(({ status }) => status === 200);
    expect(given.length).toBeLessThanOrEqual(1);
    for (const { body } of given) expect(await sendRefresh(String(body['refresh_token']))).toMatchObject(INVALID_GRANT);
    expect(await inForce(tokens.access_token)).toBe(false);
  });

  it('case 73: of one client is worth nothing to another, and never gives more than was granted', async () => {
    const other = await system.addClient(app, { kind: 'browser', redirectUris: [CALLBACK] });
    const tokens = await redeem(await authorize(system, app, browser, { scope: 'read:orders read:products' }));
    const token = tokens.refresh_token ?? '';
    expect(await sendRefresh(token, { client_id: other.clientId })).toMatchObject(INVALID_GRANT);
    for (const scope of ['read:orders write:orders', 'write:orders', 'nonsense', 'openid'])
      expect(await sendRefresh(token, { scope })).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
    const less = await sendRefresh(token, { scope: 'read:products' });
    expect(less).toMatchObject({ status: 200, body: { scope: 'read:products' } });
    // Less for once, not for ever (RFC 6749, section 6).
    expect(await sendRefresh(String(less.body['refresh_token']))).toMatchObject({
      body: { scope: 'read:orders read:products' },
    });
  });
});

describe('revocation and introspection', () => {
  const act = async (path: string, fields: Readonly<Record<string, string>>, { clientId, secret } = backEnd) => {
    const response = await postForm(system, path, fields, basic(clientId, secret));
    return { status: response.status, text: await response.text() };
  };
  const introspect = async (token: string, by = backEnd): Promise<unknown> =>
    JSON.parse((await act('/oauth/introspect', { token }, by)).text);
  const newToken = async ({ clientId, secret } = backEnd): Promise<string> => {
    const response = await postForm(
      system,
      '/oauth/token',
      { grant_type: 'client_credentials' },
      basic(clientId, secret),
    );
    return String((await readJson(response))['access_token']);
  };

  it('case 77: of a token that nobody knows answers 200', async () => {
    for (const token of ['nonsense', 'a.b.c', `${await newToken()}x`, 'eyJhbGciOiJub25lIn0.e30.'])
      expect(await act('/oauth/revoke', { token })).toEqual({ status: 200, text: '' });
  });

  it("case 77: of another client's token answers 200, and the token stays", async () => {
    const stranger = await addBackEnd(system.tenants[1].app);
    const token = await newToken();
    const refresh = (await redeem(await authorize(system, app, browser))).refresh_token ?? '';
    for (const one of [token, refresh])
      expect(await act('/oauth/revoke', { token: one }, stranger)).toEqual({ status: 200, text: '' });
    expect(await introspect(token)).toMatchObject({ active: true });
    expect(await sendRefresh(refresh)).toMatchObject({ status: 200 });
  });

  it('of a token of its own ends it at once, and a refresh token ends its grant', async () => {
    const token = await newToken();
    expect(await act('/oauth/revoke', { token, token_type_hint: 'refresh_token' })).toEqual({ status: 200, text: '' });
    expect(await introspect(token)).toEqual({ active: false });
    const tokens = await redeem(await authorize(system, app, browser));
    const answer = await postForm(system, '/oauth/revoke', { token: tokens.refresh_token ?? '', client_id: browser });
    expect(answer.status).toBe(200);
    expect(await inForce(tokens.access_token)).toBe(false);
    expect(await sendRefresh(tokens.refresh_token ?? '')).toMatchObject(INVALID_GRANT);
  });

  it('tells the client what its own token says', async () => {
    const token = await newToken();
    const claims = decodeJwt(token);
    expect(await introspect(token)).toEqual({ active: true, token_type: 'Bearer', ...claims });
    const configuration = await discover(system, backEnd.clientId, client.ClientSecretBasic(backEnd.secret));
    expect(await client.tokenIntrospection(configuration, token)).toMatchObject({
      active: true,
      client_id: backEnd.clientId,
    });
  });

  it('leaves out the scopes that its client lost, and calls what ended with its client ended', async () => {
    const own = await addBackEnd();
    const token = await newToken(own);
    const scope = decodeJwt(token)['scope'] as string;
    await system.sql("SELECT cut_off_access('scope', $1, 3600)", [`${own.clientId} read:orders`]);
    const left = scope.split(' ').filter((one) => one !== 'read:orders');
    expect(await introspect(token, own)).toMatchObject({ active: true, scope: left.join(' ') });
    await system.sql("SELECT cut_off_access('client', $1, 3600)", [own.clientId]);
    expect(await introspect(token, own)).toEqual({ active: false });
  });

  it('case 78: without authentication is refused with 401', async () => {
    const token = await newToken();
    const wrong = [
      [{ token }, {}],
      [{ token, client_id: browser }, {}],
      [{ token, client_id: backEnd.clientId }, {}],
      [{ token }, basic(backEnd.clientId, 'wrong')],
      [{ token, client_id: backEnd.clientId, client_secret: 'wrong' }, {}],
      [{ token: 'opaque', client_id: browser }, {}],
    ] as const;
    for (const [fields, headers] of wrong) {
      const response = await postForm(system, '/oauth/introspect', fields, headers);
      expect([fields, response.status, await readJson(response)]).toEqual([
        fields,
        401,
        { error: 'invalid_client', error_description: 'client authentication failed' },
      ]);
      expect(response.headers.get('www-authenticate') ?? 'Basic').toMatch(/^Basic/);
    }
  });

  it("case 78: says of another client's token, and of nonsense, that it is not active, and nothing else", async () => {
    const stranger = await addBackEnd(system.tenants[1].app);
    const refresh = (await redeem(await authorize(system, app, browser))).refresh_token ?? '';
    for (const token of [await newToken(), refresh, 'nonsense', 'a.b.c'])
      expect(await introspect(token, stranger)).toEqual({ active: false });
  });
});
