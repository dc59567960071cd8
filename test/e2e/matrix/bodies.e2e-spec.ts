import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readPublicId, recordId, type RecordKind, references, shapeOf } from '#contract';
import { RECORD_ROUTES, type RecordRoute } from '../../../apps/gateway/records/record-routes.js';
import { startSystem, type System, type TestApp } from '../../system.js';
import { type ApiClient, apiClient, type Answer, readProblem } from '../api-client.js';
import { makeKeys, pasted, shopAddress, SOUQ } from '../woocommerce-way.js';
import { type ApiDescription, exampleOf, type JsonSchema, readDescription, resolved } from './example-of.js';
import { MORE } from './foreign-requests.js';

let system: System;
let description: ApiDescription;
let mine: ApiClient;
let [ownStore, theirStore] = ['', ''];
beforeAll(async () => {
  system = await startSystem({ idle: true, tap: true });
  description = await readDescription(system);
  const [{ app }, { app: other }] = system.tenants;
  mine = apiClient(system, app);
  [ownStore, theirStore] = [await importStore(app), await importStore(other)];
  return () => system.stop();
});

async function importStore(app: TestApp): Promise<string> {
  const credentials = pasted(shopAddress(SOUQ), await makeKeys(system, SOUQ, 'read_write'));
  const { json } = await apiClient(system, app).call('POST', '/v1/stores', { platform: 'woocommerce', credentials });
  return readPublicId('store', z.object({ id: z.string() }).parse(json).id) ?? '';
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every route of the API that takes a body, with the smallest one that it takes. */
const takingBodies = () =>
  system.server.declaredRoutes
    .filter(({ access }) => access.kind === 'caller')
    .flatMap(({ method, path }) => {
      const schema = description.bodyOf(method, path);
      if (schema === undefined) return [];
      return [
        {
          method,
          path,
          schema,
          body: { ...(exampleOf(description.schemas, schema) as Json), ...MORE[`${method} ${path}`] },
        },
      ];
    });

/** What a row has, and nobody may send. */
const FORBIDDEN = [
  'tenant_id',
  'tenantId',
  'app_id',
  'appId',
  'id',
  'state',
  'status',
  'scopes',
  'scopesGranted',
  'mode',
];
const SEALED = ['encrypted_credentials', 'sealed', 'sealed_secret', 'version', 'createdAt', 'raw', 'platformId'];

/** The value as often as it has objects in it, each time with one more entry in one of them. */
function withEntry(value: unknown, entry: string, said: string): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, at) =>
      withEntry(item, entry, said).map(
        (text) => `[${value.map((one, index) => (index === at ? text : JSON.stringify(one))).join()}]`,
      ),
    );
  }
  if (!isObject(value)) return [];
  const members = Object.entries(value).map(
    ([name, part]) => [JSON.stringify(name), JSON.stringify(part), part] as const,
  );
  const here = `{${[...members.map(([name, text]) => `${name}:${text}`), `${JSON.stringify(entry)}:${said}`].join()}}`;
  const deeper = members.flatMap(([name, , part]) =>
    withEntry(part, entry, said).map(
      (text) => `{${members.map(([one, own]) => `${one}:${one === name ? text : own}`).join()}}`,
    ),
  );
  // Where a field of that name is part of an object, it is no surplus.
  return Object.hasOwn(value, entry) ? deeper : [here, ...deeper];
}

describe('case 112: a body with more in it than may be said', () => {
  it(
    'is refused, and the field is named, on every route and in every object of its body',
    { timeout: 120_000 },
    async () => {
      const calls = system.exchanges.length;
      let sent = 0;
      for (const { method, path, schema, body } of takingBodies()) {
        const at = path.replace(/:[a-z]+/g, 'x');
        const free = path.endsWith('/passthrough') || path === '/v1/stores' ? ['credentials', 'query', 'body'] : [];
        const strict = Object.fromEntries(Object.entries(body).filter(([name]) => !free.includes(name)));
        const tried = [...FORBIDDEN, ...SEALED].flatMap((name) => {
          if (name in ((resolved(description.schemas, schema)['properties'] as object | undefined) ?? {})) return [];
          return withEntry(strict, name, '"x"').map((text) => [name, text] as const);
        });
        const answers = await Promise.all(tried.map(([, text]) => mine.call(method, at, text)));
        for (const [index, [name, text]] of tried.entries()) {
          const { status, code, fields = [], detail } = readProblem(answers[index] as Answer);
          const isNamed = JSON.stringify([fields, detail]).includes(`\\"${name}\\"`);
          expect([method, path, text, status, code, isNamed]).toEqual([
            method,
            path,
            text,
            400,
            'request_invalid',
            true,
          ]);
        }
        sent += tried.length;
      }
      expect(sent).toBeGreaterThan(500);
      expect(system.exchanges.length).toBe(calls);
    },
  );

  it('is refused when it means to change what objects are made of', async () => {
    for (const { method, path, body } of takingBodies()) {
      const at = path.replace(/:[a-z]+/g, 'x');
      for (const [entry, said] of [
        ['__proto__', '{"tenantId":"x"}'],
        ['constructor', '{"prototype":{"tenantId":"x"}}'],
      ] as const) {
        for (const text of withEntry(body, entry, said)) {
          const { status, code } = readProblem(await mine.call(method, at, text));
          expect([method, path, text, status, code]).toEqual([method, path, text, 400, 'request_invalid']);
        }
      }
    }
    expect(Object.hasOwn(Object.prototype, 'tenantId')).toBe(false);
  });

  it('cannot be described: every object that a body may hold is closed, but for three that hold whatever there is', () => {
    const open: string[] = [];
    const walk = (given: JsonSchema, at: string): void => {
      const schema = resolved(description.schemas, given);
      const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
      if (schema['type'] === 'object' && schema['additionalProperties'] !== false) open.push(at);
      for (const [name, part] of Object.entries(properties)) walk(part, `${at}.${name}`);
      if (schema['type'] === 'array') walk(schema['items'] as JsonSchema, `${at}[]`);
    };
    for (const { method, path, schema } of takingBodies()) walk(schema, `${method} ${path}`);
    expect(open.sort()).toEqual(['POST /v1/stores.credentials', 'POST /v1/stores/:id/passthrough.query']);
  });
});

/** Where a record's schema takes the id of another record, e.g. `lineItems[].productId`. */
function referencesIn(schema: z.ZodType, at = ''): readonly (readonly [string, RecordKind])[] {
  const reference = references.get(schema);
  if (reference !== undefined) return [[at, reference.kind]];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return referencesIn(schema.unwrap() as z.ZodType, at);
  if (schema instanceof z.ZodArray) return referencesIn(schema.element as z.ZodType, `${at}[]`);
  if (!(schema instanceof z.ZodObject)) return [];
  const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
  return Object.entries(shape).flatMap(([name, part]) => referencesIn(part, at === '' ? name : `${at}.${name}`));
}

function put(value: unknown, [first = '', ...rest]: readonly string[], id: string): unknown {
  if (first === '') return id;
  if (first === '[]') return [put(Array.isArray(value) ? value[0] : undefined, rest, id)];
  return { ...(isObject(value) ? value : {}), [first]: put(isObject(value) ? value[first] : undefined, rest, id) };
}

const stepsOf = (path: string) =>
  path.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]));

/** A request to one's own store, with the id of a record of some store in one field of its query or body. */
function requestWith(
  { method, path, operation, parameters }: RecordRoute,
  field: string,
  id: string,
): { readonly path: string; readonly body?: unknown } {
  const shape = shapeOf(operation);
  const filled = path.replace(/:([a-z]+)/g, (_, name: string) => {
    const schema = shape?.shape === 'write' ? shape.input : shape?.shape === 'list' ? shape.filter : undefined;
    const kind = schema === undefined ? undefined : referencesIn(schema).find(([at]) => at === parameters[name])?.[1];
    return recordId(kind ?? 'order', ownStore, '1');
  });
  const at = `/v1/${filled}?store=sto_${ownStore.replaceAll('-', '')}`;
  const inPath =
    Object.keys(parameters).length > 0 || operation.startsWith('inventory.set') || operation === 'inventory.adjust';
  if (shape?.shape === 'list') return { path: `${at}&${field}=${id}` };
  const name = `${method} /v1/${path}`;
  const schema = description.bodyOf(method, `/v1/${path}`);
  const example = schema === undefined ? {} : { ...(exampleOf(description.schemas, schema) as Json), ...MORE[name] };
  const variant = 'variantId' in example ? { variantId: recordId('variant', ownStore, '1') } : {};
  return { path: inPath ? `/v1/${filled}` : at, body: put({ ...example, ...variant }, stepsOf(field), id) };
}

describe('case 107: the id of somebody else’s record', () => {
  it('in a query or a body is not found, as one of a store that nobody has, and no platform is asked', async () => {
    const calls = system.exchanges.length;
    const nobodys = randomUUID();
    let tried = 0;
    for (const route of RECORD_ROUTES) {
      const shape = shapeOf(route.operation);
      const schema = shape?.shape === 'write' ? shape.input : shape?.shape === 'list' ? shape.filter : undefined;
      if (schema === undefined) continue;
      const fields = referencesIn(schema).filter(([field]) => !Object.values(route.parameters).includes(field));
      for (const [field, kind] of fields) {
        const ask = async (store: string) => {
          const { path, body } = requestWith(route, field, recordId(kind, store, '1'));
          const key = { 'idempotency-key': randomUUID() };
          const { requestId: _, ...told } = readProblem(
            await mine.call(route.method, path, body, body === undefined ? {} : key),
          );
          return told;
        };
        const [theirs, unknown] = [await ask(theirStore), await ask(nobodys)];
        expect([route.operation, field, theirs.status]).toEqual([route.operation, field, 404]);
        expect(theirs).toEqual(unknown);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThanOrEqual(15);
    expect(system.exchanges.length).toBe(calls);
  });

  it('and somebody else’s cursor, event and Idempotency-Key lead nowhere', async () => {
    const [, { app: other }] = system.tenants;
    const theirs = apiClient(system, other);
    const listOf = (store: string) => `/v1/orders?store=sto_${store.replaceAll('-', '')}&limit=2`;
    const cursorOf = async (api: ApiClient, path: string) =>
      z.object({ nextCursor: z.string().nullable() }).parse((await api.get(path)).json).nextCursor ?? '';
    const cursor = await cursorOf(theirs, listOf(theirStore));
    expect(cursor).not.toBe('');
    expect((await mine.problem('GET', `${listOf(ownStore)}&cursor=${cursor}`)).code).toBe('cursor_invalid');
    // Of the same tenant, and of another query: the list of stores, which has one page here.
    const own = await cursorOf(mine, listOf(ownStore));
    for (const path of ['/v1/stores?limit=1', `/v1/products?store=sto_${ownStore.replaceAll('-', '')}`])
      expect((await mine.problem('GET', `${path}&cursor=${own}`)).code).toBe('cursor_invalid');
    const key = { 'idempotency-key': randomUUID() };
    const create = async (api: ApiClient, store: string) =>
      await api.call('POST', `/v1/categories?store=sto_${store.replaceAll('-', '')}`, { name: `c ${store}` }, key);
    const [first, second] = [await create(theirs, theirStore), await create(mine, ownStore)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.headers.get('idempotency-replayed')).toBeNull();
    expect(second.text).not.toContain(theirStore);
  });

  it('and the cursor of a list of stores is bound to its app', async () => {
    const [{ app }] = system.tenants;
    await importSecond(app);
    const { nextCursor } = z.object({ nextCursor: z.string() }).parse((await mine.get('/v1/stores?limit=1')).json);
    expect((await mine.get(`/v1/stores?limit=1&cursor=${nextCursor}`)).status).toBe(200);
    for (const other of [apiClient(system, system.live), apiClient(system, system.tenants[1].app)])
      expect((await other.problem('GET', `/v1/stores?limit=1&cursor=${nextCursor}`)).code).toBe('cursor_invalid');
  });
});

/** Another store of the same app, so that its list has a second page. */
async function importSecond({ tenantId, appId }: TestApp): Promise<void> {
  await system.sql(
    `INSERT INTO stores (id, tenant_id, app_id, platform, client_key, account, api_root, platform_id, name, domain, currency, mode, status, status_since, updated_at)
     VALUES (gen_random_uuid(), $1, $2, 'woocommerce', 'c', 'second', 'https://shop.example/', '1', 'n', 'd', 'EUR', 'test', 'active', now(), now())`,
    [tenantId, appId],
  );
}
