import { createHash } from 'node:crypto';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  decodeJwt,
  decodeProtectedHeader,
  type CryptoKey,
  type JWK,
} from 'jose';
import * as oauth from 'oauth4webapi';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicId, readPublicId } from '#contract';
import { startSystem, type System, type TestApp } from '../system.js';
import { basic, postForm, readJson } from './oauth-way.js';

// The gateway of the tests is reached over http; its name in the library warns of exactly that.
const INSECURE = { [Reflect.get(oauth, 'allowInsecureRequests') as symbol]: true };
let system: System;
let app: TestApp;
let as: oauth.AuthorizationServer;
beforeAll(async () => {
  system = await startSystem({ idle: true });
  ({ app } = system.tenants[0]);
  const issuer = new URL(`${system.url}/oauth`);
  const found = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...INSECURE });
  as = await oauth.processDiscoveryResponse(issuer, found);
  return () => system.stop();
});

const CREDENTIALS = { grant_type: 'client_credentials', scope: 'read:orders' };
const addSecretClient = async (owner = app) => {
  const { clientId, secret } = await system.addClient(owner);
  return { clientId, secret: secret ?? '' };
};
const ask = async (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) => {
  const response = await postForm(system, '/oauth/token', { ...CREDENTIALS, ...fields }, headers);
  return { status: response.status, body: await readJson(response), headers: response.headers };
};
const REFUSED = { status: 401, body: { error: 'invalid_client', error_description: 'client authentication failed' } };

describe('a client secret', () => {
  it('is shown once, has 256 bits and a checksum, and is nowhere in the database', async () => {
    const { clientId, secret } = await addSecretClient();
    expect(secret).toMatch(/^scs_[A-Za-z0-9_-]{43}[0-9a-f]{8}$/);
    const rows = await system.sql('SELECT c::text AS text FROM oauth_clients c');
    expect(rows.some(({ text }) => String(text).includes(secret))).toBe(false);
    // What is kept opens nothing.
    const kept = createHash('sha256').update(secret).digest();
    for (const wrong of [kept.toString('hex'), kept.toString('base64url'), 'kept only as a hash'])
      expect(await ask({ client_id: clientId, client_secret: wrong })).toMatchObject(REFUSED);
  });

  it('case 75: is taken in the header or in the body, as oauth4webapi sends it, and decoded before it is compared', async () => {
    const { clientId, secret } = await addSecretClient();
    const client: oauth.Client = { client_id: clientId };
    for (const authentication of [oauth.ClientSecretBasic(secret), oauth.ClientSecretPost(secret)]) {
      const response = await oauth.clientCredentialsGrantRequest(
        as,
        client,
        authentication,
        { scope: 'read:orders' },
        INSECURE,
      );
      const answer = await oauth.processClientCredentialsResponse(as, client, response);
      expect(answer.scope).toBe('read:orders');
    }
    const encoded = Buffer.from(secret).toString('hex').replace(/../g, '%$&');
    const percent = `Basic ${Buffer.from(`${clientId}:${encoded}`).toString('base64')}`;
    expect(await ask({}, { authorization: percent })).toMatchObject({ status: 200 });
  });

  it('case 75: in two places at once is refused, and so is a header that cannot be read', async () => {
    const { clientId, secret } = await addSecretClient();
    const other = await addSecretClient();
    const header = basic(clientId, secret);
    const invalid = { status: 400, body: { error: 'invalid_request' } };
    expect(await ask({ client_id: clientId, client_secret: secret }, header)).toMatchObject(invalid);
    expect(await ask({ client_id: other.clientId }, header)).toMatchObject(invalid);
    expect(await ask({ client_assertion: 'a.b.c', client_assertion_type: 'x' }, header)).toMatchObject(invalid);
    for (const text of [`${clientId}:%zz`, clientId, `${clientId}:`])
      expect(await ask({}, { authorization: `Basic ${Buffer.from(text).toString('base64')}` })).toMatchObject(invalid);
    expect(await ask({}, { authorization: 'Basic ###' })).toMatchObject(invalid);
    expect(await ask({}, { authorization: `Bearer ${secret}` })).toMatchObject(invalid);
    // What would be right but for its scheme, or for a sign that a decoder passes over.
    const right = Buffer.from(`${clientId}:${secret}`).toString('base64');
    expect(await ask({}, { authorization: `Bearer ${right}` })).toMatchObject(invalid);
    expect(await ask({}, { authorization: `Basic !${right}` })).toMatchObject(invalid);
    // A colon that is not encoded ends the id (RFC 7617): the rest belongs to the secret.
    const colon = `Basic ${Buffer.from(`${clientId}:a:b`).toString('base64')}`;
    expect(await ask({}, { authorization: colon })).toMatchObject(REFUSED);
    expect(await ask({})).toMatchObject(REFUSED);
  });

  it('case 74: that is wrong gets the same answer as a client that does not exist, is logged, and is throttled', async () => {
    const [guessed, other] = [await addSecretClient(), await addSecretClient()];
    const unknown = `cli_${'0'.repeat(32)}`;
    const tries = await Promise.all(
      [guessed.clientId, unknown].map(async (clientId) => await ask({ client_id: clientId, client_secret: 'wrong' })),
    );
    const shapes = tries.map(({ status, body, headers }) => [status, body, [...headers.keys()].sort()]);
    expect(shapes[0]).toEqual(shapes[1]);
    expect(tries[0]).toMatchObject(REFUSED);
    const statuses: number[] = [];
    for (let tried = 1; tried < 100; tried += 1)
      statuses.push((await ask({}, basic(guessed.clientId, 'wrong'))).status);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
    const throttled = await ask({ client_id: guessed.clientId, client_secret: guessed.secret });
    expect(throttled.status).toBe(429);
    expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await ask({}, basic(other.clientId, other.secret))).toMatchObject({ status: 200 });
    const uuid = readPublicId('oauthClient', guessed.clientId) ?? 'none';
    const logged = system.logLines.filter((line) => line.includes('oauth.clientRefused') && line.includes(uuid));
    expect(logged.length).toBeGreaterThanOrEqual(100);
    expect(logged.join('')).not.toContain(guessed.secret);
  });
});

describe('private_key_jwt', () => {
  let clientId: string;
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;
  // A client of its own for each: whoever fails often is not listened to.
  beforeEach(async () => {
    keys = await generateKeyPair('ES256');
    const jwk: JWK = { ...(await exportJWK(keys.publicKey)), kid: 'one', use: 'sig', alg: 'ES256' };
    ({ clientId } = await system.addClient(app, { jwks: { keys: [jwk] } }));
  });

  const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  const send = (assertion: string, more: Readonly<Record<string, string>> = {}) =>
    ask({ client_assertion: assertion, client_assertion_type: TYPE, ...more });
  const now = () => Math.floor(Date.now() / 1000);
  const claims = (changes: Readonly<Record<string, unknown>> = {}) => ({
    iss: clientId,
    sub: clientId,
    aud: `${system.url}/oauth`,
    jti: crypto.randomUUID(),
    iat: now(),
    exp: now() + 60,
    ...changes,
  });
  const sign = (body: Record<string, unknown>, key: CryptoKey | Uint8Array = keys.privateKey, alg = 'ES256') =>
    new SignJWT(body).setProtectedHeader({ alg, kid: 'one' }).sign(key);

  it('stands for the client, as oauth4webapi signs it', async () => {
    const client: oauth.Client = { client_id: clientId };
    const authentication = oauth.PrivateKeyJwt({ key: keys.privateKey, kid: 'one' });
    const response = await oauth.clientCredentialsGrantRequest(
      as,
      client,
      authentication,
      { scope: 'read:orders' },
      INSECURE,
    );
    const answer = await oauth.processClientCredentialsResponse(as, client, response);
    expect(decodeJwt(answer.access_token)).toMatchObject({ client_id: clientId });
  });

  it('case 76: is refused for another audience, when it is old, without what it must say, and for another client', async () => {
    const { clientId: other } = await addSecretClient();
    const wrong = [
      { aud: 'https://other.example' },
      { aud: `${system.url}/oauth/` },
      { aud: undefined },
      { exp: now() - 60 },
      { exp: undefined },
      { jti: undefined },
      { iss: undefined },
      { iss: other },
      { sub: other },
      { nbf: now() + 600 },
    ];
    for (const changes of wrong)
      expect([changes, await send(await sign(claims(changes)))]).toMatchObject([changes, REFUSED]);
    expect(await send(await sign(claims()), { client_id: other })).toMatchObject({ status: 400 });
  });

  it('case 76: is refused the second time, and all but once when twenty come at the same moment', async () => {
    const assertion = await sign(claims());
    expect((await send(assertion)).status).toBe(200);
    expect(await send(assertion)).toMatchObject(REFUSED);
    const another = await sign(claims());
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await send(another)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
  });

  it('case 76: is refused with no signature, with HS256 by the public key, by another key, and with a key it brings along', async () => {
    const publicJwk = await exportJWK(keys.publicKey);
    const other = await generateKeyPair('ES256');
    const otherJwk = await exportJWK(other.publicKey);
    const brought = new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', kid: 'one', jwk: otherJwk });
    const [head = '', body = ''] = (await sign(claims())).split('.');
    const forged = [
      new UnsecuredJWT(claims()).encode(),
      `${head}.${body}.`,
      await sign(claims(), new TextEncoder().encode(JSON.stringify(publicJwk)), 'HS256'),
      await sign(claims(), new TextEncoder().encode('kept only as a hash'.padEnd(32)), 'HS256'),
      await sign(claims(), other.privateKey),
      await brought.sign(other.privateKey),
    ];
    for (const assertion of forged) {
      const { status, body: answer } = await send(assertion);
      expect([assertion, status === 401 || status === 400, 'access_token' in answer]).toEqual([assertion, true, false]);
    }
  });

  it('case 76: signed in another way than ours is refused, even by a key that the client has', async () => {
    const strange = await generateKeyPair('ES384');
    const jwk = { ...(await exportJWK(strange.publicKey)), kid: 'one', use: 'sig', alg: 'ES384' };
    const stored = JSON.stringify({ keys: [jwk] });
    // No such key gets in by the door.
    await expect(system.addClient(app, { jwks: { keys: [jwk] } })).rejects.toMatchObject({ code: 'request_invalid' });
    await system.sql('UPDATE oauth_clients SET jwks = $1 WHERE id = $2', [
      stored,
      readPublicId('oauthClient', clientId),
    ]);
    expect(await send(await sign(claims(), strange.privateKey, 'ES384'))).toMatchObject(REFUSED);
  });

  it('case 76: a client with a secret cannot use it, nor a client with a key a secret', async () => {
    const secret = await addSecretClient();
    const assertion = await sign(claims({ iss: secret.clientId, sub: secret.clientId }));
    const hmac = await sign(
      claims({ iss: secret.clientId, sub: secret.clientId }),
      new TextEncoder().encode(secret.secret),
      'HS256',
    );
    for (const one of [assertion, hmac]) expect(await send(one)).toMatchObject(REFUSED);
    expect(await ask({ client_id: clientId, client_secret: 'x' })).toMatchObject(REFUSED);
    expect(await ask({ client_id: clientId })).toMatchObject(REFUSED);
  });
});

describe('an access token', () => {
  it('is narrowed to one store of the app, and to no other', async () => {
    const storeId = await addStore(app);
    const [foreign, elsewhere] = [await addStore(system.tenants[1].app), await addStore(system.live)];
    const { clientId, secret } = await addSecretClient();
    const header = basic(clientId, secret);
    const { body } = await ask({ store_id: publicId('store', storeId) }, header);
    expect(decodeJwt(String(body['access_token']))['store_id']).toBe(publicId('store', storeId));
    expect(decodeJwt(String((await ask({}, header)).body['access_token']))['store_id']).toBeUndefined();
    for (const wrong of [publicId('store', foreign), publicId('store', elsewhere), 'sto_x', ''])
      expect([wrong, await ask({ store_id: wrong }, header)]).toMatchObject([
        wrong,
        { status: 400, body: { error: 'invalid_target' } },
      ]);
    const pinned = await system.addClient(app, { storeId });
    const second = await addStore(app);
    const own = basic(pinned.clientId, pinned.secret ?? '');
    expect(decodeJwt(String((await ask({}, own)).body['access_token']))['store_id']).toBe(publicId('store', storeId));
    expect(await ask({ store_id: publicId('store', second) }, own)).toMatchObject({ status: 400 });
  });

  it('is for the API alone: another resource is refused (RFC 8707)', async () => {
    const { clientId, secret } = await addSecretClient();
    for (const resource of ['https://other.example', `${system.url}/v1/`, `${system.url}/v1#x`, 'x'])
      expect([resource, await ask({ resource }, basic(clientId, secret))]).toMatchObject([
        resource,
        { status: 400, body: { error: 'invalid_target' } },
      ]);
    const { body } = await ask({ resource: `${system.url}/v1` }, basic(clientId, secret));
    expect(decodeJwt(String(body['access_token'])).aud).toBe(`${system.url}/v1`);
  });

  it('is bound to the key of a DPoP proof (RFC 9449), and a proof is used once', async () => {
    const { clientId, secret } = await addSecretClient();
    const client: oauth.Client = { client_id: clientId };
    const pair = await oauth.generateKeyPair('ES256');
    const response = await oauth.clientCredentialsGrantRequest(
      as,
      client,
      oauth.ClientSecretBasic(secret),
      CREDENTIALS,
      {
        DPoP: oauth.DPoP(client, pair),
        ...INSECURE,
      },
    );
    const answer = await oauth.processClientCredentialsResponse(as, client, response);
    expect([answer.token_type, decodeJwt(answer.access_token)['cnf']]).toEqual([
      'dpop',
      { jkt: expect.any(String) as string },
    ]);
    const proof = await proofFor(pair, `${system.url}/oauth/token`);
    expect((await ask({}, { ...basic(clientId, secret), dpop: proof })).status).toBe(200);
    for (const wrong of [
      proof,
      await proofFor(pair, `${system.url}/v1`),
      await proofFor(pair, `${system.url}/oauth/token`, -600),
      'x',
    ])
      expect([wrong, (await ask({}, { ...basic(clientId, secret), dpop: wrong })).status]).toEqual([wrong, 400]);
  });

  it('has the type, algorithm and key id that RFC 9068 wants', async () => {
    const { clientId, secret } = await addSecretClient();
    const { body } = await ask({}, basic(clientId, secret));
    const token = String(body['access_token']);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: expect.any(String) as string });
    const claims = decodeJwt(token);
    for (const name of ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'])
      expect(claims[name], name).toBeDefined();
  });
});

async function proofFor(
  pair: { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey },
  htu: string,
  secondsFromNow = 0,
): Promise<string> {
  const jwk = await exportJWK(pair.publicKey);
  const iat = Math.floor(Date.now() / 1000) + secondsFromNow;
  const claims = { jti: crypto.randomUUID(), htm: 'POST', htu, iat };
  return await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk }).sign(pair.privateKey);
}

async function addStore({ tenantId, appId }: TestApp): Promise<string> {
  const [row] = await system.sql(
    `INSERT INTO stores (id, tenant_id, app_id, platform, client_key, account, api_root, platform_id, name, domain, currency, mode, status, status_since, updated_at)
     VALUES (gen_random_uuid(), $1, $2, 'example', 'c', gen_random_uuid()::text, 'https://shop.example/', '1', 'Shop', 'shop.example', 'EUR', 'test', 'active', now(), now()) RETURNING id`,
    [tenantId, appId],
  );
  return String(row?.['id']);
}
