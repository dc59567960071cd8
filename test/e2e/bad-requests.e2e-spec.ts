import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { publicId } from '#contract';
import { startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient, type Problem, readAnswer, readProblem } from './api-client.js';
import { until } from './until.js';
import { makeKeys, pasted, shopAddress, SOUQ, TEA } from './woocommerce-way.js';

interface Own {
  readonly app: TestApp;
  readonly api: ApiClient;
  /** Two stores of it. */
  readonly stores: readonly string[];
  /** An order of the first store. */
  readonly orderId: string;
}

let system: System;
let mine: Own;
let theirs: Own;
beforeAll(async () => {
  system = await startSystem();
  [mine, theirs] = [await own(system.tenants[0].app), await own(system.tenants[1].app)];
  return () => system.stop();
});

async function own(app: TestApp): Promise<Own> {
  const api = apiClient(system, app);
  const stores: string[] = [];
  for (const host of [SOUQ, TEA]) {
    const credentials = pasted(shopAddress(host), await makeKeys(system, host));
    const answer = await api.call('POST', '/v1/stores', { platform: 'woocommerce', credentials });
    stores.push(z.object({ id: z.string() }).parse(answer.json).id);
  }
  const { data } = await api.orders(`store=${stores[0] ?? ''}&limit=1`);
  return { app, api, stores, orderId: data[0]?.id ?? '' };
}

/** All of a problem but what differs from request to request. */
function shapeOf({ requestId: _differs, ...rest }: Problem) {
  return rest;
}

async function refused(query: string, status: number, code: string): Promise<Problem> {
  const problem = await mine.api.problem('GET', `/v1/orders?${query}`);
  expect([query, problem.status, problem.code]).toEqual([query, status, code]);
  expect(JSON.stringify(problem)).not.toMatch(/\n\s*at |prisma|SELECT|node_modules/i);
  return problem;
}

describe('a store that is not there', () => {
  it('must be named at all', async () => {
    await refused('', 422, 'store_required');
    await refused('limit=5', 422, 'store_required');
  });

  it('case 109: looks the same whether it is unknown, somebody else’s, or no id', async () => {
    const unknown = await refused(`store=${publicId('store', crypto.randomUUID())}`, 404, 'not_found');
    const foreign = await refused(`store=${theirs.stores[0] ?? ''}`, 404, 'not_found');
    expect(shapeOf(foreign)).toEqual(shapeOf(unknown));
    const noIds = ['x', `${mine.stores[0] ?? ''}x`, mine.stores[0]?.toUpperCase() ?? '', mine.orderId, "' OR 1=1"];
    for (const id of [...noIds, ` ${mine.stores[0] ?? ''}`, '']) {
      expect(shapeOf(await refused(`store=${encodeURIComponent(id)}`, 404, 'not_found'))).toEqual(shapeOf(unknown));
    }
    await refused(`store=${mine.stores[0] ?? ''}&store=${theirs.stores[0] ?? ''}`, 404, 'not_found');
  });

  it('hides another app of the same tenant as well', async () => {
    const answer = await apiClient(system, system.live).problem('GET', `/v1/orders?store=${mine.stores[0] ?? ''}`);
    expect(answer.code).toBe('not_found');
  });

  it('has no orders either: a foreign order looks like an unknown one', async () => {
    const [unknown, ...others] = await Promise.all(
      [
        mine.orderId.replace(/_[^_]*$/, `_${Buffer.from('999999999').toString('base64url')}`),
        ...[theirs.orderId, 'ord_x', 'x', `${mine.orderId}=`, mine.stores[0] ?? '', '%00', '%F0%9F%98%80'],
      ].map((id) => mine.api.problem('GET', `/v1/orders/${id}`)),
    );
    expect([unknown?.status, unknown?.code]).toEqual([404, 'not_found']);
    for (const other of others) expect([other.status, other.code]).toEqual([404, 'not_found']);
    expect(others[0]?.detail).toBe('There is no such order.');
  });
});

describe('a cursor', () => {
  const first = (own: Own, query: string) => own.api.orders(query);
  const query = () => `store=${mine.stores[0] ?? ''}&limit=7`;

  it('goes on with the filters it was made with, and another limit', async () => {
    const { nextCursor, data } = await first(mine, query());
    const next = await mine.api.orders(`store=${mine.stores[0] ?? ''}&limit=3&cursor=${nextCursor ?? ''}`);
    expect(next.data).toHaveLength(3);
    expect(data.map(({ id }) => id)).not.toContain(next.data[0]?.id);
  });

  it('is refused when it is none, was cut or changed', async () => {
    const { nextCursor } = await first(mine, query());
    const good = nextCursor ?? '';
    const flipped = `${good.slice(0, -2)}${good.at(-2) === 'A' ? 'B' : 'A'}${good.slice(-1)}`;
    const wrong = ['x', '', good.slice(0, -1), good.slice(1), good.slice(0, 20), flipped, `${good}A`, 'A'.repeat(7000)];
    for (const cursor of [...wrong, '%00', encodeURIComponent(`${good} `), 'eyJzdG9yZSI6MH0']) {
      await refused(`${query()}&cursor=${cursor}`, 400, 'cursor_invalid');
    }
    await refused(`${query()}&cursor=${good}&cursor=${good}`, 400, 'request_invalid');
    await refused(`${query()}&cursor=${'A'.repeat(8001)}`, 400, 'request_invalid');
  });

  it('case 107: is refused with another query, and from another app or tenant', async () => {
    const { nextCursor } = await first(mine, query());
    const cursor = `cursor=${nextCursor ?? ''}`;
    for (const other of [
      `store=${mine.stores[1] ?? ''}`,
      `store=${mine.stores[0] ?? ''}&store=${mine.stores[1] ?? ''}`,
      `store=${mine.stores[0] ?? ''}&status=open`,
      `store=${mine.stores[0] ?? ''}&sort=updatedAt`,
      `store=${mine.stores[0] ?? ''}&updatedSince=2020-01-01T00:00:00Z`,
    ]) {
      await refused(`${other}&${cursor}`, 400, 'cursor_invalid');
    }
    const foreign = await first(theirs, `store=${theirs.stores[0] ?? ''}&limit=7`);
    await refused(`${query()}&cursor=${foreign.nextCursor ?? ''}`, 400, 'cursor_invalid');
  });
});

describe('a parameter', () => {
  it.each([
    ...['limit=0', 'limit=-1', 'limit=1e9', 'limit=251', 'limit=NaN', 'limit=1.5', 'limit=50;drop', 'limit='],
    ...['limit=Infinity', 'limit=%20', 'limit=5&limit=6', 'limit[]=5', 'limit=null'],
    ...['sort=price', 'sort=', 'include=everything', 'status=shipped', 'status[]=open', 'number='],
    ...['updatedSince=yesterday', 'updatedSince=2026-11-22', 'updatedSince=2026-13-45T00:00:00Z', 'updatedSince=0'],
    ...['createdSince=2026-11-22T10:00:00', 'updatedSince=275760-09-13T00:00:00Z'],
    ...['updated_since=2026-11-22T10:00:00Z', 'foo=bar', 'Limit=5'],
  ])('case 115: is refused when wrong or unknown: %s', async (parameter) => {
    const problem = await refused(`store=${mine.stores[0] ?? ''}&${parameter}`, 400, 'request_invalid');
    expect(problem.fields?.length).toBeGreaterThan(0);
  });

  it('has no effect when it is named like something every object has', async () => {
    const query = `store=${mine.stores[0] ?? ''}&limit=1`;
    const { data } = await mine.api.orders(`${query}&__proto__=polluted&constructor=polluted`);
    expect(data).toEqual((await mine.api.orders(query)).data);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('case 116: is refused when there are too many of one', async () => {
    const many = Array.from({ length: 51 }, () => `store=${mine.stores[0] ?? ''}`).join('&');
    await refused(many, 400, 'request_invalid');
  });
});

describe('a key', () => {
  const with_ = async (authorization: string | undefined, path = '/v1/stores') =>
    await readAnswer(
      await fetch(`${system.url}${path}`, authorization === undefined ? {} : { headers: { authorization } }),
    );
  const scan = (key: string) => `${key.slice(0, 20)}${key[20] === 'A' ? 'B' : 'A'}${key.slice(21)}`;

  it('is refused alike, with the same words, whatever is wrong with it', async () => {
    const { apiKey } = mine.app;
    const gone = await system.addKey(mine.app, { expiresAt: new Date(Date.now() - 1000) });
    const revoked = await system.addKey(mine.app, {});
    expect((await with_(`Bearer ${revoked}`)).status).toBe(200);
    await system.sql('UPDATE api_keys SET revoked_at = now() WHERE last_four = $1', [revoked.slice(-4)]);
    const wrong = [
      ...[undefined, '', 'Bearer', 'Bearer ', `Basic ${btoa(`${apiKey}:`)}`, apiKey, `Bearer ${apiKey} x`],
      ...[`Bearer ${apiKey}x`, `Bearer ${apiKey.slice(0, -1)}`, `Bearer ${scan(apiKey)}`, `Bearer ${'x'.repeat(5000)}`],
      ...[`Bearer ${apiKey.replace('ssk_test_', 'ssk_live_')}`, `Bearer ${apiKey.toUpperCase()}`],
      ...[`Bearer ${system.live.apiKey.replace('ssk_live_', 'ssk_test_')}`, `Bearer ${system.operatorToken}`],
      ...[`Bearer ${gone}`, `Bearer ${revoked}`, `Token ${apiKey}`],
    ];
    const shapes = new Set<string>();
    for (const authorization of wrong) {
      const answer = await with_(authorization);
      expect([authorization?.slice(0, 20), answer.status]).toEqual([authorization?.slice(0, 20), 401]);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer\b/);
      expect(answer.text).not.toContain(apiKey.slice(9, 30));
      shapes.add(JSON.stringify(shapeOf(readProblem(answer))));
    }
    expect(shapes.size).toBe(1);
    expect((await with_(`Bearer ${apiKey}`)).status).toBe(200);
  });

  it('is not taken from the address', async () => {
    for (const name of ['api_key', 'access_token', 'token', 'key']) {
      expect((await with_(undefined, `/v1/stores?${name}=${mine.app.apiKey}`)).status).toBe(401);
    }
  });

  it('ends with its tenant’s suspension, and at once', async () => {
    const { id, app } = system.tenants[1];
    await system.sql('UPDATE tenants SET suspended_at = now() WHERE id = $1', [id]);
    const answers = (status: number) => async () => (await with_(`Bearer ${app.apiKey}`)).status === status;
    // In every process within a second.
    await until('the key is refused', answers(401), { everyMs: 20, tries: 45 });
    await system.sql('UPDATE tenants SET suspended_at = NULL WHERE id = $1', [id]);
    await until('the key is taken', answers(200), { everyMs: 20, tries: 45 });
  });

  it.each([
    ['read:stores', 'GET', '/v1/orders?store=x', undefined],
    ['read:orders', 'GET', '/v1/stores', undefined],
    ['read:orders', 'POST', '/v1/connect-sessions', {}],
    ['read:stores', 'POST', '/v1/stores', {}],
    ['read:stores', 'PUT', '/v1/platform-clients/shopify', {}],
    ['read:stores', 'DELETE', '/v1/stores/x', undefined],
    ['write:stores', 'GET', '/v1/stores', undefined],
  ] as const)('with %s alone may not %s %s', async (scope, method, path, body) => {
    const limited = apiClient(system, { apiKey: await system.addKey(mine.app, { scopes: [scope] }) });
    const problem = await limited.problem(method, path, body);
    expect([problem.status, problem.code]).toEqual([403, 'scope_missing']);
  });
});

describe('a body', () => {
  const post = async (body: string | Uint8Array, type: string | undefined) => {
    const headers = {
      authorization: `Bearer ${mine.app.apiKey}`,
      ...(type === undefined ? {} : { 'content-type': type }),
    };
    return readProblem(
      await readAnswer(await fetch(`${system.url}/v1/connect-sessions`, { method: 'POST', headers, body })),
    );
  };

  it.each(['{"platform":', '{', '', 'null', '[]', '"x"', '1', '{"a":1}', '{"__proto__":{"a":1}}'])(
    'that is not what is asked for is refused: %j',
    async (body) => {
      const problem = await post(body, 'application/json');
      expect([problem.status, problem.code]).toEqual([400, 'request_invalid']);
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'json',
  ])('of the wrong kind is refused: %s', async (type) => {
    const problem = await post('{}', type);
    expect([problem.status, problem.code]).toEqual([415, 'media_type_unsupported']);
  });

  it('that is too large is refused before it is read to its end', async () => {
    const problem = await post(`{"externalId":"${'x'.repeat(300_000)}"}`, 'application/json');
    expect([problem.status, problem.code]).toEqual([413, 'payload_too_large']);
  });

  it('case 118: nested ten thousand deep harms nobody', async () => {
    const problem = await post(`${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'application/json');
    expect(problem.status).toBe(400);
  });

  it('with what belongs to others is refused: ids, states, tenants', async () => {
    for (const extra of ['tenantId', 'id', 'state', 'scopes', 'status', 'encrypted_token', 'appId']) {
      const problem = await mine.api.problem('PATCH', `/v1/stores/${mine.stores[0] ?? ''}`, {
        ...{ externalId: 'x', [extra]: 'x' },
      });
      expect([extra, problem.status, problem.code]).toEqual([extra, 400, 'request_invalid']);
    }
  });
});
