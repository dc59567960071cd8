import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { publicId } from '#contract';
import { accessToken, newKey, proofOf, type TestKey, thumbprintOf } from '../setup/access-tokens.js';
import { startSystem, type System, type TestApp } from '../system.js';
import { type Answer, apiClient, readAnswer, readProblem } from './api-client.js';
import { basic, postForm, readJson } from './oauth-way.js';
import { until } from './until.js';
import { makeKeys, pasted, shopAddress, SOUQ, VINYL } from './woocommerce-way.js';

let system: System;
/** The same gateway twice, each a process of its own as far as it knows. */
let urls: readonly [string, string];
/** A key of the authorization server of which we have the private half. */
let signing: TestKey;
beforeAll(async () => {
  system = await startSystem({ idle: true });
  urls = [system.url, await system.addGateway()];
  signing = await newKey();
  await system.sql(
    "INSERT INTO oauth_signing_keys (kid, public_jwk, state, retired_at) VALUES ($1, $2, 'retired', now())",
    [signing.kid, JSON.stringify(signing.publicJwk)],
  );
  // A gateway looks for a key once a second; ours are published for longer before they sign.
  const isKnown = async () => (await statuses(await forged(system.tenants[0].app))).every((status) => status === 200);
  await until('the key is known', isKnown);
  return () => system.stop();
});

type Headers = Readonly<Record<string, string>>;
const get = async (url: string, path: string, headers: Headers): Promise<Answer> =>
  await readAnswer(await fetch(`${url}${path}`, { headers, redirect: 'manual' }));
const bearer = (credential: string): Headers => ({ authorization: `Bearer ${credential}` });
/** What each of the gateways answers. */
const statuses = async (credential: string): Promise<number[]> =>
  await Promise.all(urls.map(async (url) => (await get(url, '/v1/stores', bearer(credential))).status));
/** That both answer so within the second that is promised. */
const within = (what: string, credential: string, status: number): Promise<void> =>
  until(what, async () => (await statuses(credential)).every((one) => one === status), { everyMs: 20, tries: 40 });

/** A token of the authorization server's own. */
async function issue(app: TestApp, fields: Readonly<Record<string, string>> = {}) {
  const { clientId, secret } = await system.addClient(app);
  const asked = { grant_type: 'client_credentials', scope: 'read:stores write:stores', ...fields };
  const body = await readJson(await postForm(system, '/oauth/token', asked, basic(clientId, secret ?? '')));
  return { clientId, secret: secret ?? '', token: String(body['access_token']) };
}

const forged = (app: TestApp, claims: Readonly<Record<string, unknown>> = {}): Promise<string> =>
  accessToken(signing, {
    ...{ iss: `${system.url}/oauth`, aud: `${system.url}/v1` },
    ...{ tenant_id: publicId('tenant', app.tenantId), app_id: publicId('app', app.appId), ...claims },
  });

describe('an access token', () => {
  it('is taken by every gateway for what its scopes allow', async () => {
    const { token } = await issue(system.tenants[0].app);
    expect(await statuses(token)).toEqual([200, 200]);
    const refused = await get(system.url, '/v1/orders', bearer(token));
    expect([refused.status, readProblem(refused).code]).toEqual([403, 'scope_missing']);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="read:orders"');
  });

  it('case 85: is refused by every gateway within a second of its revocation, and of its client’s', async () => {
    const one = await issue(system.tenants[0].app);
    const other = await issue(system.tenants[0].app);
    expect([await statuses(one.token), await statuses(other.token)]).toEqual([
      [200, 200],
      [200, 200],
    ]);
    await postForm(system, '/oauth/revoke', { token: one.token }, basic(one.clientId, one.secret));
    await within('the revoked token is refused', one.token, 401);
    expect(await statuses(other.token)).toEqual([200, 200]);
    await system.sql("SELECT cut_off_access('client', $1, 3600)", [other.clientId]);
    await within('the tokens of the client are refused', other.token, 401);
  });

  it('case 85: is refused though the gateways lost their connection when it was cut off', async () => {
    const { token, clientId } = await issue(system.tenants[0].app);
    expect(await statuses(token)).toEqual([200, 200]);
    await system.sql(
      `WITH gone AS (SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'e2e-gateway-cutoffs')
      SELECT cut_off_access('client', $1, 3600), (SELECT count(*) FROM gone)`,
      [clientId],
    );
    await within('the tokens of the client are refused', token, 401);
  });

  it('case 85: is answered with 503 while nobody can say what was cut off, and taken again afterwards', async () => {
    const { token } = await issue(system.tenants[0].app);
    expect(await statuses(token)).toEqual([200, 200]);
    const [row] = await system.sql('SELECT current_database() AS name');
    const name = String(row?.['name']);
    const role = 'SELECT usename AS name FROM pg_stat_activity WHERE application_name = $1';
    const [app] = await system.sql(role, ['e2e-gateway-cutoffs']);
    try {
      await system.sql(`REVOKE CONNECT ON DATABASE ${name} FROM ${String(app?.['name'])}`);
      await system.sql(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = $1',
        [app?.['name']],
      );
      await within('nobody is let in', token, 503);
      expect(await statuses(system.tenants[0].app.apiKey)).toEqual([503, 503]);
      const answer = await get(urls[1], '/v1/stores', bearer(token));
      expect(readProblem(answer).code).toBe('database_unavailable');
    } finally {
      await system.sql(`GRANT CONNECT ON DATABASE ${name} TO ${String(app?.['name'])}`);
    }
    await until('everybody is let in', async () => (await statuses(token)).every((status) => status === 200));
  });

  it('case 84: of another issuer, audience or kind is refused, over HTTP as well', async () => {
    const { app } = system.tenants[0];
    expect(await statuses(await forged(app))).toEqual([200, 200]);
    for (const claims of [{ iss: `${system.url}/oauth/` }, { aud: `${system.url}/oauth` }, { exp: undefined }]) {
      const answer = await get(system.url, '/v1/stores', bearer(await forged(app, claims)));
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
    }
    const nothing = await get(system.url, '/v1/stores', {});
    expect(nothing.headers.get('www-authenticate')).toMatch(/^Bearer, DPoP algs="ES256 /);
  });
});

describe('case 90: suspension', () => {
  it.each(['tenants', 'apps'] as const)(
    'of %s ends keys and tokens within a second, and its end lets them in',
    async (table) => {
      const [{ id: first }, { app: ofSecond, id }] = system.tenants;
      const app = table === 'tenants' ? ofSecond : await system.addApp(first, { name: 'Other', mode: 'test' });
      const { token } = await issue(app);
      const credentials = [token, app.apiKey];
      for (const credential of credentials) expect(await statuses(credential)).toEqual([200, 200]);
      const target = table === 'tenants' ? id : app.appId;
      await system.sql(`UPDATE ${table} SET suspended_at = now() WHERE id = $1`, [target]);
      for (const credential of credentials) await within('it is refused', credential, 401);
      // One that was issued since then is worth as little.
      const late = await forged(app, { iat: Math.floor(Date.now() / 1000) + 5 });
      await within('a later token is refused', late, 401);
      await system.sql(`UPDATE ${table} SET suspended_at = NULL WHERE id = $1`, [target]);
      await within('the key is taken', app.apiKey, 200);
      // What was issued before stays cut off.
      expect(await statuses(token)).toEqual([401, 401]);
      await within('a later token is taken', late, 200);
    },
  );
});

describe('an API key', () => {
  it('case 88: ends in every gateway within a second, whoever changes its row', async () => {
    const key = await system.addKey(system.tenants[0].app, {});
    expect(await statuses(key)).toEqual([200, 200]);
    await system.sql('UPDATE api_keys SET revoked_at = now() WHERE last_four = $1 AND app_id = $2', [
      key.slice(-4),
      system.tenants[0].app.appId,
    ]);
    await within('it is refused', key, 401);
  });

  it('case 88: in an address is refused with a sentence, even beside a good one', async () => {
    const { apiKey } = system.tenants[0].app;
    for (const query of [`api_key=${apiKey}`, `limit=1&x=${apiKey}`, 'access_token=eyJ0']) {
      const answer = await get(system.url, `/v1/stores?${query}`, bearer(apiKey));
      expect([answer.status, readProblem(answer).detail]).toEqual([401, expect.stringContaining('ends up in logs')]);
      expect(answer.text).not.toContain(apiKey);
    }
    expect(system.logLines.filter((line) => line.includes(apiKey))).toEqual([]);
  });

  it('notes when it was used last, later and not on the way', async () => {
    const key = await system.addKey(system.tenants[0].app, {});
    expect(await statuses(key)).toEqual([200, 200]);
    const read = 'SELECT last_used_at IS NOT NULL AS used FROM api_keys WHERE last_four = $1 AND app_id = $2';
    await until('it is noted', async () => {
      const [row] = await system.sql(read, [key.slice(-4), system.tenants[0].app.appId]);
      return row?.['used'] === true;
    });
  });
});

describe('case 86: a token that is bound to a key', () => {
  const ask = async (token: string, headers: Headers): Promise<Answer> =>
    await get(system.url, '/v1/stores?limit=1', { authorization: `DPoP ${token}`, ...headers });
  const errorOf = ({ headers }: Answer): string | undefined =>
    /error="(\w+)"/.exec(headers.get('www-authenticate') ?? '')?.[1];

  it('lets in whoever proves to hold the key, with a nonce of ours, once for each proof', async () => {
    const holder = await newKey();
    const token = await forged(system.tenants[0].app, { cnf: { jkt: await thumbprintOf(holder) } });
    const asBearer = await get(system.url, '/v1/stores', bearer(token));
    expect([asBearer.status, errorOf(asBearer)]).toEqual([401, 'invalid_token']);
    const without = await ask(token, {});
    expect([without.status, errorOf(without)]).toEqual([401, 'invalid_dpop_proof']);

    const ath = createHash('sha256').update(token).digest('base64url');
    const claims = { htm: 'GET', htu: `${system.url}/v1/stores`, ath };
    const first = await ask(token, { dpop: await proofOf(holder, claims) });
    expect([first.status, errorOf(first)]).toEqual([401, 'use_dpop_nonce']);
    const nonce = first.headers.get('dpop-nonce') ?? '';
    const proof = await proofOf(holder, { ...claims, nonce });
    expect((await ask(token, { dpop: proof })).status).toBe(200);
    const again = await ask(token, { dpop: proof });
    expect([again.status, errorOf(again)]).toEqual([401, 'invalid_dpop_proof']);
    const elsewhere = await proofOf(holder, { ...claims, nonce, htu: `${system.url}/v1/orders` });
    expect(errorOf(await ask(token, { dpop: elsewhere }))).toBe('invalid_dpop_proof');
    // A token that is bound to nothing proves nothing.
    const unbound = await forged(system.tenants[0].app);
    expect((await ask(unbound, { dpop: await proofOf(holder, { ...claims, nonce }) })).status).toBe(401);
  });
});

describe('a credential that is narrowed to one store', () => {
  it('sees that store, and every other as one that is not there', async () => {
    const { app } = system.tenants[0];
    const owner = apiClient(system, app);
    const add = async (host: string): Promise<string> => {
      const credentials = pasted(shopAddress(host), await makeKeys(system, host));
      const made = await owner.call('POST', '/v1/stores', { platform: 'woocommerce', credentials });
      return z.object({ id: z.string() }).parse(made.json).id;
    };
    const [mine, other] = [await add(SOUQ), await add(VINYL)];
    const orderOfOther = (await owner.orders(`store=${other}&limit=1`)).data[0]?.id ?? '';
    const scope = 'read:orders read:stores write:stores read:events read:customers.pii passthrough';
    const { token } = await issue(app, { scope, store_id: mine });
    const narrow = apiClient(system, { apiKey: token });
    const codeOf = async (method: string, path: string, body?: object) =>
      (await narrow.problem(method, path, body)).code;

    expect((await narrow.stores()).map(({ id }) => id)).toEqual([mine]);
    expect((await narrow.orders(`store=${mine}&limit=1`)).data).toHaveLength(1);
    for (const [method, path, body] of [
      ['GET', `/v1/stores/${other}`],
      ['GET', `/v1/stores/${other}/health`],
      ['PATCH', `/v1/stores/${other}`, { externalId: 'x' }],
      ['DELETE', `/v1/stores/${other}`],
      ['POST', `/v1/stores/${other}/passthrough`, { path: 'wp-json/wc/v3/orders' }],
      ['GET', `/v1/orders?store=${other}`],
      ['GET', `/v1/orders?store=${mine}&store=${other}`],
      ['GET', `/v1/orders/${orderOfOther}`],
      ['GET', `/v1/events?store=${other}`],
      ['POST', '/v1/connect-sessions', { storeId: other }],
    ] as const) {
      expect([method, path, await codeOf(method, path, body)]).toEqual([method, path, 'not_found']);
    }
    for (const [method, path, body] of [
      ['POST', '/v1/connect-sessions', {}],
      ['POST', '/v1/stores', { platform: 'woocommerce', credentials: {} }],
      ['GET', '/v1/platform-clients'],
      ['GET', '/v1/platform-clients/shopify'],
      ['DELETE', '/v1/platform-clients/shopify'],
    ] as const) {
      expect([method, path, await codeOf(method, path, body)]).toEqual([method, path, 'scope_missing']);
    }
    const events = z.object({ data: z.array(z.object({ id: z.string(), storeId: z.string() })) });
    const all = events.parse((await owner.get('/v1/events')).json).data;
    const seen = events.parse((await narrow.get('/v1/events')).json).data;
    expect(all.map(({ storeId }) => storeId)).toContain(other);
    expect(new Set(seen.map(({ storeId }) => storeId))).toEqual(new Set([mine]));
    const foreign = all.find(({ storeId }) => storeId === other)?.id ?? '';
    expect(await codeOf('GET', `/v1/events?after=${foreign}`)).toBe('cursor_invalid');
    expect((await narrow.call('POST', '/v1/connect-sessions', { storeId: mine })).status).toBe(201);
  });
});

describe('case 120: a caller who asks for more than its quota', () => {
  it('is told to wait, and takes nothing from another tenant', async () => {
    const url = await system.addGateway({
      ...{ SHOPSPAN_KEY_REQUESTS_PER_MINUTE: 20, SHOPSPAN_APP_REQUESTS_PER_MINUTE: 30 },
    });
    const [greedy, modest] = system.tenants.map(({ app }) => app.apiKey) as [string, string];
    const answers = await Promise.all(Array.from({ length: 60 }, () => get(url, '/v1/stores', bearer(greedy))));
    const ok = await Promise.all(Array.from({ length: 20 }, () => get(url, '/v1/stores', bearer(modest))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(ok.filter(({ status }) => status === 200).length / 20).toBeGreaterThanOrEqual(0.95);
    const refused = answers.find(({ status }) => status === 429);
    if (refused === undefined) throw new Error('nobody was refused');
    expect(readProblem(refused)).toMatchObject({ code: 'rate_limited', retryable: true, actor: 'caller' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-policy')).toBe('"app";q=30;w=60, "key";q=20;w=60');
    expect(refused.headers.get('ratelimit')).toMatch(/^"app";r=10;t=\d+, "key";r=0;t=\d+$/);
    expect(ok[0]?.headers.get('ratelimit')).toMatch(/"key";r=\d+;t=\d+$/);
    // A key that nobody knows takes from nobody.
    expect((await get(url, '/v1/stores', bearer(`x${randomUUID()}`))).headers.get('ratelimit')).toBeNull();
  });
});
