import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SCOPES } from '#contract';
import { startSystem, type System, type TestApp } from '../../system.js';
import { type ApiClient, apiClient } from '../api-client.js';
import { readRoutes } from '../gateway-routes.js';
import { makeKeys, pasted, shopAddress, BOOKS } from '../woocommerce-way.js';
import { type ApiDescription, type JsonSchema, readDescription } from './example-of.js';

const CANARY = `canary${randomUUID().replaceAll('-', '')}`;
/** Of one person, each word nowhere else. */
const PERSON = {
  email: `ada.${CANARY}@example.com`,
  firstName: `Ada${CANARY}`,
  lastName: `Lovelace${CANARY}`,
  phone: '+4930123456789',
};
const ADDRESS = { ...PERSON, address1: `Street ${CANARY}`, address2: `Floor ${CANARY}`, company: `Co ${CANARY}` };
const PEOPLE = new RegExp(`${CANARY}|4930123456789`);

let system: System;
let description: ApiDescription;
let app: TestApp;
let api: ApiClient;
let store = '';
beforeAll(async () => {
  system = await startSystem({ idle: true });
  description = await readDescription(system);
  app = system.tenants[0].app;
  api = apiClient(system, app);
  const credentials = pasted(shopAddress(BOOKS), await makeKeys(system, BOOKS, 'read_write'));
  const { json } = await api.call('POST', '/v1/stores', { platform: 'woocommerce', credentials, access: SCOPES });
  store = z.object({ id: z.string() }).parse(json).id;
  return () => system.stop();
});

const idOf = (json: unknown): string => z.object({ data: z.object({ id: z.string() }) }).parse(json).data.id;

/** Makes a customer, with an address and an order. */
async function makePerson(
  client: ApiClient,
): Promise<{ readonly paths: readonly string[]; readonly texts: readonly string[] }> {
  const { email: _, ...defaultAddress } = { ...ADDRESS, city: 'Berlin', countryCode: 'DE', postalCode: '10115' };
  const customer = await client.call('POST', `/v1/customers?store=${store}`, { ...PERSON, defaultAddress });
  expect([customer.status, customer.text]).toEqual([201, expect.any(String)]);
  const id = idOf(customer.json);
  const lineItems = [{ name: 'A book', quantity: 1, unitPrice: { amount: '1.00', currency: 'EUR' } }];
  const body = {
    lineItems,
    customer: { id, email: PERSON.email },
    billingAddress: defaultAddress,
    buyerNote: `note ${CANARY}`,
  };
  const order = await client.call('POST', `/v1/orders?store=${store}`, body, { 'idempotency-key': randomUUID() });
  expect([order.status, order.text]).toEqual([201, expect.any(String)]);
  const orderId = idOf(order.json);
  const lists = [
    'orders',
    'customers',
    'products',
    'coupons',
    'categories',
    'inventory-levels',
    'locations',
    'abandoned-carts',
  ];
  return {
    texts: [customer.text, order.text],
    paths: [
      ...lists.map((name) => `/v1/${name}?store=${store}&limit=250`),
      ...[`/v1/orders/${orderId}`, `/v1/customers/${id}`, `/v1/customers/${id}/addresses`],
      ...['fulfillments', 'refunds', 'returns', 'transactions'].map((part) => `/v1/orders/${orderId}/${part}`),
      ...['/v1/events', '/v1/stores', `/v1/stores/${store}`, `/v1/stores/${store}/health`, '/v1/platform-clients'],
    ],
  };
}

describe('case 114: personal data', () => {
  it('is shown to whoever may see it, and to nobody else: in lists, records, answers of writes, errors and the log', async () => {
    const { paths, texts } = await makePerson(api);
    const blind = apiClient(system, {
      apiKey: await system.addKey(app, { scopes: SCOPES.filter((scope) => scope !== 'read:customers.pii') }),
    });
    let shown = texts.filter((text) => PEOPLE.test(text)).length;
    for (const path of paths) {
      const [open, masked] = [await api.get(path), await blind.get(path)];
      if (PEOPLE.test(open.text)) shown += 1;
      expect([path, masked.status, PEOPLE.test(masked.text)]).toEqual([path, open.status, false]);
      expect([path, /^\{"data":\[\]/.test(masked.text)]).toEqual([path, /^\{"data":\[\]/.test(open.text)]);
    }
    expect(shown).toBeGreaterThanOrEqual(6);
    // The shop's own words repeat the address.
    const again = { email: PERSON.email };
    const told = await api.call('POST', `/v1/customers?store=${store}`, again);
    expect([told.status, told.text]).toEqual([expect.any(Number), expect.stringContaining(PERSON.email)]);
    const masked = await blind.call('POST', `/v1/customers?store=${store}`, again);
    expect([masked.status, PEOPLE.test(masked.text)]).toEqual([told.status, false]);
    // Neither as the payload of the platform, nor past the mask.
    for (const path of paths.slice(0, 2))
      expect((await blind.problem('GET', `${path}&include=raw`)).code).toBe('scope_missing');
    const raw = { path: 'wp-json/wc/v3/customers' };
    expect((await blind.problem('POST', `/v1/stores/${store}/passthrough`, raw)).code).toBe('scope_missing');
    expect((await blind.get(`/v1/customers?store=${store}&limit=0`)).status).toBe(400);
    // What a shop says while it refuses is kept with the store, for whoever may read stores.
    const message = `${PERSON.email} (${PERSON.phone}) may not read this`;
    for (const status of [403, 500]) {
      const body = { code: 'forbidden', message, data: { status } };
      await system.control('PUT', `/control/faults/${BOOKS}`, { kind: 'status', status, body });
      expect(PEOPLE.test((await blind.get(`/v1/orders?store=${store}`)).text)).toBe(false);
      expect(PEOPLE.test((await api.get(`/v1/orders?store=${store}`)).text)).toBe(true);
      for (const path of ['', '/health'])
        expect(PEOPLE.test((await blind.get(`/v1/stores/${store}${path}`)).text)).toBe(false);
    }
    await system.control('DELETE', `/control/faults/${BOOKS}`);
    await api.get(`/v1/orders?store=${store}&customerEmail=${encodeURIComponent(PERSON.email)}`);
    expect(system.logLines.length).toBeGreaterThan(20);
    expect(system.logLines.filter((line) => PEOPLE.test(line))).toEqual([]);
    const kept = await system.sql(
      'SELECT details::text AS text FROM events UNION ALL SELECT last_error_message FROM stores',
    );
    expect(kept.filter(({ text }) => PEOPLE.test(String(text)))).toEqual([]);
  });
});

/** Which properties an answer has beyond what is said of it. */
function undescribed(given: JsonSchema, value: unknown, at = ''): readonly string[] {
  const reference = given['$ref'];
  const schema = typeof reference === 'string' ? (description.schemas[reference.split('/').at(-1) ?? ''] ?? {}) : given;
  const choices = ['anyOf', 'oneOf', 'allOf'].flatMap((name) => (schema[name] ?? []) as readonly JsonSchema[]);
  if (choices.length > 0) {
    const tried = choices.map((choice) => undescribed(choice, value, at));
    return tried.reduce((least, one) => (one.length < least.length ? one : least));
  }
  if (Array.isArray(value))
    return value.flatMap((item) => undescribed((schema['items'] ?? {}) as JsonSchema, item, `${at}[]`));
  return typeof value === 'object' && value !== null ? undescribedIn(schema, value, at) : [];
}

function undescribedIn(schema: JsonSchema, value: object, at: string): readonly string[] {
  const properties = schema['properties'] as Readonly<Record<string, JsonSchema>> | undefined;
  // Nothing is said of it but that it is JSON.
  if (properties === undefined) return [schema['type'] ?? 'object'].flat().includes('object') ? [] : [at];
  const others = (schema['additionalProperties'] || undefined) as JsonSchema | undefined;
  return Object.entries(value).flatMap(([name, part]) => {
    const known = properties[name] ?? others;
    return known === undefined ? [`${at}.${name}`] : undescribed(known, part, `${at}.${name}`);
  });
}

describe('case 113: an answer', () => {
  it('holds what is described of it and nothing else, whatever the tables have besides', async () => {
    const tables = await system.sql(
      "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'",
    );
    for (const { relname } of tables)
      await system.sql(
        `ALTER TABLE ${String(relname)} ADD COLUMN internal_note text NOT NULL DEFAULT 'internal ${CANARY}'`,
      );
    const { paths } = await makePersonAgain();
    const session = await api.call('POST', '/v1/connect-sessions', {});
    expect([session.status, session.text.includes('internal')]).toEqual([201, false]);
    let checked = 0;
    for (const path of [...paths, '/v1/platforms', '/v1/platforms/woocommerce', '/v1/platform-clients/shopify']) {
      const answer = await api.get(path);
      expect([path, answer.text.includes('internal')]).toEqual([path, false]);
      if (answer.status !== 200) continue;
      const schema = responseOf('GET', path);
      expect([path, undescribed(schema, answer.json)]).toEqual([path, []]);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(15);
    const patched = await api.call('PATCH', `/v1/stores/${store}`, { externalId: 'x' });
    expect(undescribed(responseOf('PATCH', `/v1/stores/${store}`), patched.json)).toEqual([]);
  });
});

async function makePersonAgain(): Promise<{ readonly paths: readonly string[] }> {
  const [first] = (await api.orders(`store=${store}&limit=1`)).data;
  const order = first?.id ?? '';
  const customer = first?.customer?.id ?? '';
  const lists = ['orders', 'customers', 'products', 'coupons', 'categories', 'inventory-levels', 'abandoned-carts'];
  return {
    paths: [
      ...lists.map((name) => `/v1/${name}?store=${store}&limit=20`),
      ...['', '/fulfillments', '/refunds', '/transactions'].map((part) => `/v1/orders/${order}${part}`),
      ...['', '/addresses'].map((part) => `/v1/customers/${customer}${part}`),
      ...['/v1/events', '/v1/stores', `/v1/stores/${store}`, `/v1/stores/${store}/health`, '/v1/platform-clients'],
    ],
  };
}

/** What is said of the answer to a request. */
function responseOf(method: string, asked: string): JsonSchema {
  const [path = ''] = asked.split('?');
  const found = system.server.declaredRoutes.find(
    (route) => route.method === method && new RegExp(`^${route.path.replace(/:[a-z]+/g, '[^/]+')}$`).test(path),
  );
  const schema = description.answerOf(method, found?.path ?? '');
  if (schema === undefined) throw new Error(`nothing is said of the answer to ${method} ${path}`);
  return schema;
}

/** Routes that are described nowhere, and why: they are no part of the API that apps program against. */
const UNDESCRIBED: readonly (readonly [RegExp, string])[] = [
  [/^\/(healthz|readyz)$/, 'load balancers'],
  [/^\/docs(\/|-yaml$|$)/, 'the description itself'],
  [/^\/connect\//, 'screens and callbacks, whose addresses the API hands out'],
  [/^\/webhooks\//, 'platforms, at addresses that the API hands out'],
  [/^\/ops\//, 'operators'],
  [/^\/metrics$/, 'Prometheus, with the token of an operator'],
  [/^\/console(\/|\*|$)/, 'the shell of the operators’ console'],
  [/^\/oauth\/|^\/\.well-known\//, 'clients, who find it in the metadata'],
];

describe('case 157: the description and the router', () => {
  it('know the same routes: none is undocumented, none is dead, and what is left out is so by name', () => {
    const served = new Set(
      readRoutes(system)
        .filter(({ method }) => method !== 'HEAD')
        .map(({ method, path }) => `${method} ${path.replace(/:([a-z]+)/gi, '{$1}')}`),
    );
    const described = new Set(description.operations);
    expect([...described].filter((name) => !served.has(name))).toEqual([]);
    const left = [...served].filter((name) => !described.has(name)).map((name) => name.split(' ')[1] ?? '');
    expect(left.filter((path) => !UNDESCRIBED.some(([pattern]) => pattern.test(path)))).toEqual([]);
    for (const [pattern] of UNDESCRIBED) expect(left.some((path) => pattern.test(path))).toBe(true);
    expect(
      [...described].filter((name) => UNDESCRIBED.some(([pattern]) => pattern.test(name.split(' ')[1] ?? ''))),
    ).toEqual([]);
  });

  it('agree on who may call: what is described needs a credential, and what is for nobody else is open by name', () => {
    const closed = system.server.declaredRoutes.filter(
      ({ access, method }) => access.kind === 'caller' && method !== 'HEAD',
    );
    expect(closed.map(({ method, path }) => `${method} ${path.replace(/:([a-z]+)/gi, '{$1}')}`).sort()).toEqual(
      [...description.operations].sort(),
    );
    // Nothing that counts, queues or measures is served beside the operators' own pages.
    const paths = readRoutes(system).map(({ path }) => path);
    expect(
      paths.filter(
        (path) => /metrics|queues?$|bull|debug|admin/i.test(path) && !path.startsWith('/ops/') && path !== '/metrics',
      ),
    ).toEqual([]);
  });
});
