import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { publicId, readPublicId } from '#contract';
import type { DeclaredRoute } from '../../../apps/gateway/http/access.js';
import { startSystem, type System, type TestApp } from '../../system.js';
import { digestOfApp, disableRowLevelSecurity } from '../../setup/table-digests.js';
import { type Answer, apiClient, readAnswer, readProblem } from '../api-client.js';
import { readRoutes } from '../gateway-routes.js';
import { makeKeys, pasted, shopAddress, SOUQ } from '../woocommerce-way.js';
import { CREDENTIAL_KINDS, type CredentialKind, type Parties } from './credential-kinds.js';
import { type ApiDescription, readDescription } from './example-of.js';
import { type Belongings, type ForeignRequest, foreignRequests } from './foreign-requests.js';

/** An app whose things are asked for by others. */
interface Owner extends Pick<Belongings, 'storeUuid' | 'eventUuid'> {
  readonly app: TestApp;
  readonly platforms: readonly string[];
  /** What must be in no answer to anybody else. */
  readonly marks: readonly string[];
}

let system: System;
let parties: Parties;
let owners: readonly Owner[];
/** Another store of the first app. */
let ownOther: Owner;
let description: ApiDescription;
beforeAll(async () => {
  system = await startSystem({ idle: true, tap: true });
  const [{ app }, { app: other }] = system.tenants;
  const second = await system.addApp(app.tenantId, { name: 'Acme Returns', mode: 'test' });
  parties = {
    ...{ system, app, apps: [app, second, system.live, other] },
    storeId: () => publicId('store', owners[0]?.storeUuid ?? ''),
  };
  owners = await Promise.all(parties.apps.map((one) => own(one)));
  ownOther = await own(app, await insertStore(app, 'other'));
  description = await readDescription(system);
  return () => system.stop();
});

/** Gives an app a store, an event and a platform client of its own. */
async function own(app: TestApp, known?: string): Promise<Owner> {
  const api = apiClient(system, app);
  const uuid = known ?? (app === system.live ? await insertStore(app, 'live') : await importStore(app));
  const [row] = await system.sql(
    `INSERT INTO events (id, tenant_id, app_id, store_id, type) VALUES ($1, $2, $3, $4, 'store.connected') RETURNING id`,
    [randomUUID(), app.tenantId, app.appId, uuid],
  );
  const { apps } = parties;
  const platforms = [
    ...(app === apps[0] || app === apps[3] ? ['shopify'] : []),
    ...(app === apps[0] ? [] : ['bigcommerce']),
  ];
  const clientId = `client-of-${app.appId}`;
  for (const platform of known === undefined ? platforms : []) {
    const { status } = await api.call('PUT', `/v1/platform-clients/${platform}`, {
      clientId,
      clientSecret: 'x'.repeat(32),
    });
    expect(status).toBe(200);
  }
  const named = await api.call('PUT', '/v1/branding', { name: `of ${app.appId}` });
  expect(named.status).toBe(200);
  const eventUuid = String(row?.['id']);
  const ofStore = [uuid, publicId('store', uuid), eventUuid, publicId('event', eventUuid)];
  const marks = known === undefined ? [...ofStore, clientId, `of ${app.appId}`] : ofStore;
  return { app, storeUuid: uuid, eventUuid, platforms, marks };
}

async function importStore(app: TestApp): Promise<string> {
  const credentials = pasted(shopAddress(SOUQ), await makeKeys(system, SOUQ));
  const body = { platform: 'woocommerce', credentials, externalId: `of ${app.appId}` };
  const { json } = await apiClient(system, app).call('POST', '/v1/stores', body);
  return readPublicId('store', z.object({ id: z.string() }).parse(json).id) ?? '';
}

/** Live mode may not meet the sandbox, so its store is written as one that was connected. */
async function insertStore({ tenantId, appId }: TestApp, account: string): Promise<string> {
  const id = randomUUID();
  await system.sql(
    `INSERT INTO stores (id, tenant_id, app_id, platform, client_key, account, api_root, platform_id, name, domain, currency, mode, status, status_since, updated_at, external_id)
     VALUES ($1, $2, $3, 'woocommerce', $5, $5, 'https://shop.example/', '1', 'n', 'd', 'EUR', 'live', 'active', now(), now(), $4)`,
    [id, tenantId, appId, `${account} of ${appId}`, account],
  );
  return id;
}

function belongings(owner: Owner, caller: TestApp | undefined): Belongings {
  const known = owners.find(({ app }) => app === caller)?.platforms ?? [];
  // Two platforms have clients, so not every pair of apps can differ in them.
  const platform = owner.platforms.find((one) => !known.includes(one)) ?? 'none';
  return { ...owner, platform };
}

/** Of the same form, and nobody's. */
function unknownOnes({ platform }: Belongings): Belongings {
  return { storeUuid: randomUUID(), eventUuid: randomUUID(), platform };
}

async function send(
  method: string,
  { path, body }: ForeignRequest,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const sends = body === undefined || method === 'HEAD' ? {} : { body: JSON.stringify(body) };
  const type = 'body' in sends ? { 'content-type': 'application/json' } : {};
  return await readAnswer(
    await fetch(`${system.url}${path}`, { method, redirect: 'manual', headers: { ...headers, ...type }, ...sends }),
  );
}

/** The status that a kind of credential gets, before anybody looks at ids; undefined: it may use the route. */
function refusalOf(
  { access }: DeclaredRoute,
  { scopes }: CredentialKind,
  caller: TestApp | undefined,
): number[] | undefined {
  if (access.kind === 'public') return undefined;
  if (access.kind === 'operator') return [401, 403];
  if (caller === undefined) return [401];
  return access.scope === null || scopes.includes(access.scope) ? undefined : [403];
}

/** An answer without what differs from request to request. */
function shapeOf(answer: Answer, ids: Belongings): unknown {
  const hexes = [ids.storeUuid, ids.eventUuid].map((uuid) => uuid.replaceAll('-', ''));
  const text = hexes.reduce((shown, hex) => shown.replaceAll(hex, 'id'), answer.text);
  return [answer.status, text.replace(/"requestId":"[^"]*"/, '')];
}

function expectStatus(
  named: readonly string[],
  status: number,
  refusal: readonly number[] | undefined,
  told: ForeignRequest['told'],
): void {
  if (refusal !== undefined)
    expect([...named, refusal.includes(status) ? refusal : status]).toEqual([...named, refusal]);
  else if (told === 'notFound') expect([...named, status]).toEqual([...named, 404]);
  else if (told === 'refused') expect([...named, status >= 400 && status < 500]).toEqual([...named, true]);
  else expect([...named, status]).toEqual([...named, 200]);
}

async function checkCaller(
  route: DeclaredRoute,
  kind: CredentialKind,
  owner: Owner,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const caller = kind.app(parties);
  const ids = belongings(owner, caller);
  const refusal = refusalOf(route, kind, caller);
  const nobodys = unknownOnes(ids);
  const pairs = foreignRequests(route, ids, description).map(
    (request, at) => [request, foreignRequests(route, nobodys, description)[at]] as const,
  );
  for (const [request, unknown] of pairs) {
    const named = [kind.name, route.method, request.path];
    const answer = await send(route.method, request, headers);
    if (kind.isNarrowed === true && answer.status === 403) continue;
    expectStatus(named, answer.status, refusal, request.told);
    expect([
      ...named,
      owner.marks.filter((mark) => answer.text.includes(mark) && !request.path.includes(mark)),
    ]).toEqual([...named, []]);
    if (answer.status >= 400 && route.method !== 'HEAD') readProblem(answer);
    if (request.told === 'own' || unknown === undefined) continue;
    expect([...named, shapeOf(answer, ids)]).toEqual([
      ...named,
      shapeOf(await send(route.method, unknown, headers), nobodys),
    ]);
  }
  return pairs.length;
}

/** Public routes and operators' take no ids of the API: whatever stands in their place, they show nothing of it. */
async function checkOthers(
  route: DeclaredRoute,
  kind: CredentialKind,
  owner: Owner,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  if (route.access.kind === 'operator' && kind.name.startsWith('an operator')) return 0;
  const path = (uuid: string) =>
    route.path.replace(/:[a-z]+/gi, publicId('store', uuid)).replace('*', publicId('store', uuid));
  const named = [kind.name, route.method, route.path];
  const answer = await send(route.method, { path: path(owner.storeUuid), told: 'refused' }, headers);
  if (route.access.kind === 'operator')
    expect([...named, [401, 403].includes(answer.status)]).toEqual([...named, true]);
  expect([...named, answer.status]).not.toEqual([...named, 500]);
  expect([
    ...named,
    owner.marks.filter((mark) => answer.text.replaceAll(publicId('store', owner.storeUuid), '').includes(mark)),
  ]).toEqual([...named, []]);
  return 1;
}

const AT_ONCE = 12;

async function runMatrix(kinds: readonly CredentialKind[]): Promise<string> {
  const routes = system.server.declaredRoutes;
  const digests = () => Promise.all(owners.map(({ app }) => digestOfApp(system, app.appId)));
  let requests = 0;
  for (const kind of kinds) {
    const headers = await kind.headers(parties);
    const caller = kind.app(parties);
    const strangers = owners.filter(({ app }) => app !== caller && (caller !== undefined || app !== parties.app));
    const others = kind.isNarrowed === true ? [...strangers, ownOther] : strangers;
    // The caller's own row of the key says when it was used.
    await fetch(`${system.url}/v1/platforms`, { headers });
    const [before, calls] = [await digests(), system.exchanges.length];
    const all = routes.flatMap((route) => others.map((owner) => ({ route, owner })));
    for (let at = 0; at < all.length; at += AT_ONCE) {
      const counts = all.slice(at, at + AT_ONCE).map(async ({ route, owner }) => {
        const check = route.access.kind === 'caller' ? checkCaller : checkOthers;
        return await check(route, kind, owner, headers);
      });
      requests += (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    }
    expect([kind.name, await digests()]).toEqual([kind.name, before]);
    expect(system.exchanges.length).toBe(calls);
  }
  return `${routes.length} routes x ${kinds.length} kinds of credential x ids of ${owners.length - 1} other apps: ${requests} requests`;
}

describe('the matrix of routes, credentials and other people’s ids', () => {
  it('has every route that the router knows', () => {
    const name = ({ method, path }: { readonly method: string; readonly path: string }) => `${method} ${path}`;
    const known = new Set(readRoutes(system).map(name));
    const declared = new Set(system.server.declaredRoutes.map(name));
    expect([...known].filter((one) => !declared.has(one))).toEqual([]);
    expect([...declared].filter((one) => !known.has(one))).toEqual([]);
    expect(known.size).toBeGreaterThan(100);
  });

  it(
    'case 106: nobody sees or changes anything of another tenant, another app or the other mode',
    { timeout: 240_000 },
    async () => {
      process.stdout.write(`\nmatrix: ${await runMatrix(CREDENTIAL_KINDS)}\n`);
    },
  );

  it(
    'case 106: nor by the conditions of the code alone, with row-level security switched off',
    { timeout: 240_000 },
    async () => {
      await disableRowLevelSecurity(system);
      const callers = CREDENTIAL_KINDS.filter((kind) => kind.scopes.length > 10);
      process.stdout.write(`\nmatrix without row-level security: ${await runMatrix(callers)}\n`);
    },
  );
});
