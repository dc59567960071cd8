import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSystem, type System } from '../system.js';
import { apiClient, readAnswer, readProblem } from './api-client.js';
import { readRoutes } from './gateway-routes.js';
import { signedIn, type SignedIn } from './operator-way.js';
import { connectShopify, EUR_SHOP } from './shopify-way.js';
import { until } from './until.js';

let system: System;
beforeAll(async () => {
  system = await startSystem({ tokenSeconds: 10 });
  return () => system.stop();
});

const as = (name: string, role: 'viewer' | 'operator' | 'admin') => signedIn(system, { name, role });
const stop = z.object({ id: z.string(), liftedBy: z.string().nullable(), liftAskedBy: z.string().nullable() });
const wanted = (scope: string, target?: string) => ({ scope, reason: 'a drill', ...(target ? { target } : {}) });
/** As if they had signed in so long ago. */
const age = (name: string, by: string) =>
  system.sql(
    'UPDATE operator_sessions s SET stepped_up_at = stepped_up_at - $1::interval FROM operators o WHERE o.id = s.operator_id AND o.name = $2',
    [by, name],
  );
const codeOf = async (answer: ReturnType<SignedIn['call']>) => readProblem(await answer).code;
const entries = async (action: string) =>
  await system.sql('SELECT actor, target, details FROM audit_entries WHERE action = $1 ORDER BY sequence', [action]);

describe('case 110: what an operator may do', () => {
  it('is on every route of theirs what the route says: a lesser role gets 403 everywhere above it', async () => {
    const routes = readRoutes(system).filter(({ path }) => path.startsWith('/ops/'));
    const tries: [string, string][] = [
      ['POST', '/ops/stops'],
      ['DELETE', `/ops/stops/${crypto.randomUUID()}`],
      ['GET', '/ops/operators'],
      ['PATCH', `/ops/operators/${crypto.randomUUID()}`],
    ];
    expect(routes.length).toBeGreaterThan(tries.length);
    const viewer = await as('Vera', 'viewer');
    for (const [method, path] of tries) {
      expect([path, await codeOf(viewer.call(method, path))]).toEqual([path, 'role_missing']);
    }
    const operator = await as('Olga', 'operator');
    for (const [method, path] of tries.slice(2)) {
      expect([path, await codeOf(operator.call(method, path))]).toEqual([path, 'role_missing']);
    }
    expect((await viewer.call('GET', '/ops/stops')).status).toBe(200);
    expect(system.logLines.some((line) => line.includes('"status":403') && line.includes('/ops/operators'))).toBe(true);
  });

  it('is not for an app: neither its key nor the cookie of a merchant opens an operator’s route', async () => {
    const { app } = system.tenants[0];
    const { url: link } = await apiClient(system, app).createSession();
    const merchant = (await fetch(link)).headers.getSetCookie().map((line) => line.split(';')[0]);
    for (const headers of [{ authorization: `Bearer ${app.apiKey}` }, { cookie: merchant.join('; ') }]) {
      expect((await fetch(`${system.url}/ops/session`, { headers })).status).toBe(401);
    }
    const { cookie } = await as('Ada', 'admin');
    for (const path of ['/v1/stores', '/v1/events']) {
      expect((await fetch(`${system.url}${path}`, { headers: { cookie } })).status).toBe(401);
    }
  });

  it('is less with a token: a script never just signed in', async () => {
    const call = async (method: string, path: string, body?: object) =>
      await readAnswer(
        await fetch(`${system.url}${path}`, {
          method,
          headers: { authorization: `Bearer ${system.operatorToken}`, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
    for (const scope of [wanted('platform', 'shopify'), wanted('everything')]) {
      expect(await codeOf(call('POST', '/ops/stops', scope))).toBe('step_up_required');
    }
    expect(await codeOf(call('GET', '/ops/operators'))).toBe('role_missing');
  });
});

describe('case 90: an operator', () => {
  it('whose role an administrator changes, or whom one disables, is held to it on the next request', async () => {
    const changed = await as('Omar', 'operator');
    const ada = await as('Ada', 'admin');
    const change = async (name: string, wanted: object) => {
      const [row] = await system.sql('SELECT id FROM operators WHERE name = $1', [name]);
      return await ada.call('PATCH', `/ops/operators/${String(row?.['id'])}`, wanted);
    };
    expect(await codeOf(changed.call('DELETE', '/ops/stops/x'))).toBe('not_found');
    expect((await change('Omar', { role: 'viewer' })).status).toBe(200);
    expect(await codeOf(changed.call('DELETE', '/ops/stops/x'))).toBe('role_missing');
    expect((await change('Omar', { disabled: true })).json).toMatchObject({
      role: 'viewer',
      disabledAt: expect.any(String),
    });
    expect((await changed.call('GET', '/ops/stores')).status).toBe(401);
    // Being enabled again does not bring old sessions back.
    await change('Omar', { disabled: false });
    expect((await changed.call('GET', '/ops/stores')).status).toBe(401);
    await age('Ada', '5 minutes');
    expect(await codeOf(change('Omar', { role: 'admin' }))).toBe('step_up_required');
    expect((await entries('operator.changed')).at(-1)).toMatchObject({
      actor: expect.stringMatching(/^operator .* Ada$/),
    });
  });
});

describe('case 146: a stolen session', () => {
  it('stops nothing big and lifts nothing big when its owner signed in more than five minutes ago', async () => {
    const ada = await as('Ada', 'admin');
    await age('Ada', '5 minutes');
    for (const body of [wanted('everything'), wanted('platform', 'shopify')]) {
      expect(await codeOf(ada.call('POST', '/ops/stops', body))).toBe('step_up_required');
    }
    const small = wanted('tenant', `ten_${system.tenants[1].id.replaceAll('-', '')}`);
    const set = stop.parse((await ada.call('POST', '/ops/stops', small)).json);
    expect((await ada.call('DELETE', `/ops/stops/${set.id}`)).status).toBe(200);
  });

  it('cannot start everything again: that takes two administrators, each of whom has just signed in', async () => {
    const [ada, bo, olga] = [await as('Ada', 'admin'), await as('Bo', 'admin'), await as('Olga', 'operator')];
    const set = stop.parse((await olga.call('POST', '/ops/stops', wanted('everything'))).json);
    const path = `/ops/stops/${set.id}`;
    expect(await codeOf(olga.call('DELETE', path))).toBe('role_missing');
    const asked = await ada.call('DELETE', path);
    expect([asked.status, stop.parse(asked.json)]).toEqual([202, { id: set.id, liftedBy: null, liftAskedBy: 'Ada' }]);
    expect(await codeOf(ada.call('DELETE', path))).toBe('second_person_required');
    // Another session of the same person is the same person.
    expect(await codeOf((await as('Ada', 'admin')).call('DELETE', path))).toBe('second_person_required');
    await age('Bo', '5 minutes');
    expect(await codeOf(bo.call('DELETE', path))).toBe('step_up_required');
    const fresh = await as('Bo', 'admin');
    await system.sql("UPDATE stops SET lift_asked_at = lift_asked_at - interval '1 hour' WHERE id = $1", [set.id]);
    expect((await fresh.call('DELETE', path)).status).toBe(202);
    const lifted = await (await as('Ada', 'admin')).call('DELETE', path);
    expect([lifted.status, stop.parse(lifted.json).liftedBy]).toEqual([200, 'Ada']);
    expect((await entries('stop.liftAsked')).map(({ actor }) => String(actor).split(' ').at(-1))).toEqual([
      'Ada',
      'Bo',
    ]);
  });

  it('is asked for by two at the same time, and once lifted', async () => {
    const people = [await as('Ada', 'admin'), await as('Bo', 'admin'), await as('Cy', 'admin')];
    const set = stop.parse((await people[0]?.call('POST', '/ops/stops', wanted('everything')))?.json);
    const answers = await Promise.all(people.map(({ call }) => call('DELETE', `/ops/stops/${set.id}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 202, 404]);
  });
});

describe('case 149: a use of a merchant’s credential', () => {
  it('is in the audit log with who, which app and store, why, and the request; renewals too', async () => {
    const { app } = system.tenants[0];
    const api = apiClient(system, app);
    const { id } = await connectShopify(system, app, { shop: EUR_SHOP });
    const answer = await fetch(`${system.url}/v1/orders?store=${id}&limit=1`, {
      headers: { authorization: `Bearer ${app.apiKey}` },
    });
    const request = answer.headers.get('x-request-id');
    const [key] = await system.sql('SELECT id FROM api_keys WHERE last_four = $1', [app.apiKey.slice(-4)]);
    const who = `key_${String(key?.['id']).replaceAll('-', '')}`;
    const uses = async () =>
      (await entries('credentials.used')).flatMap(
        ({ details }) => z.object({ uses: z.array(z.looseObject({})) }).parse(JSON.parse(String(details))).uses,
      );
    await until('the call is noted', async () =>
      (await uses()).some((use) => JSON.stringify(use['requests']).includes(String(request))),
    );
    expect((await uses()).find((use) => JSON.stringify(use['requests']).includes(String(request)))).toMatchObject({
      ...{ who, store: id, app: `app_${app.appId.replaceAll('-', '')}`, platform: 'shopify', why: 'GET /v1/orders' },
    });
    await until('a renewal is noted', async () =>
      (await uses()).some(({ who: by, why, store }) => by === 'worker' && why === 'renewal' && store === id),
    );
    expect(JSON.stringify(await uses())).not.toMatch(/shpat_|shprt_|ssk_/);
    expect((await api.store(id)).status).toBe('active');
  });
});
