import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { registerClient, startSystem, type System } from '../system.js';
import { apiClient } from './api-client.js';
import { CEDAR, connectBigCommerce, registerBigCommerceApp } from './bigcommerce-way.js';
import { KERAMIK, makeIntegration } from './magento-way.js';
import { createMerchantBrowser } from './merchant-browser.js';
import { agreeAtShopify, EUR_SHOP, USD_SHOP } from './shopify-way.js';
import { until } from './until.js';
import { awaitEnd, BOOKS, makeKeys, pasted, reachWooCommerceConsent, shopAddress, SOUQ } from './woocommerce-way.js';

/** What must be kept: by whom it is known, and the text itself. */
const secrets = new Map<string, Set<string>>();
/** Everything the gateway answered to anybody. */
const answers: string[] = [];

const ADA = { name: 'Ada', role: 'admin' } as const;

let system: System;
beforeAll(async () => {
  system = await startSystem({ tokenSeconds: 10 });
  record();
  await walkEveryWay();
  return () => system.stop();
}, 120_000);
afterAll(() => vi.restoreAllMocks());

function keep(kind: string, ...texts: readonly (string | null | undefined)[]): void {
  const known = secrets.get(kind) ?? new Set();
  for (const text of texts) if (text !== null && text !== undefined && text.length >= 16) known.add(text);
  secrets.set(kind, known);
}

/** Listens to what the gateway says; its own calls to platforms do not go this way. */
function record(): void {
  const genuine = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const response = await genuine(input, init);
    const url = input instanceof Request ? input.url : String(input);
    if (url.startsWith(system.url)) {
      answers.push(JSON.stringify([...response.headers]), await response.clone().text());
    }
    return response;
  });
}

/** The tokens and keys that a platform has given out so far; forgotten ones stay kept here. */
async function collectFromSandbox(): Promise<void> {
  const text = await readFile(path.join(system.folder, 'sandbox.json'), 'utf8').catch(() => '');
  keep('access token', ...(text.match(/shpat_\w{16,}/g) ?? []));
  keep('refresh token', ...(text.match(/shprt_\w{16,}/g) ?? []));
  keep('shop key', ...(text.match(/c[ks]_[0-9a-f]{40}/g) ?? []));
  keep('installed token', ...[...text.matchAll(/"([0-9a-f]{31})":\s*\{\s*"clientId"/g)].map(([, token]) => token));
}

async function walkEveryWay(): Promise<void> {
  const [{ app }, other] = system.tenants;
  const api = apiClient(system, app);
  keep('API key', app.apiKey, other.app.apiKey, system.live.apiKey);
  keep('operator token', system.operatorToken);
  keep('client secret', (await registerClient(system, app, 'watched')).secret);
  keep('client secret', (await registerClient(system, app, 'watched')).secret);

  await connectAndFail();
  await connectByPosts();
  await connectOthers();
  for (const { id } of await api.stores()) await api.get(`/v1/orders?store=${id}&limit=2`);
  await until('two renewals', async () => {
    await collectFromSandbox();
    return (secrets.get('refresh token')?.size ?? 0) >= 4;
  });
  await system.control('DELETE', `/control/grants/${USD_SHOP}`);
  for (const { id } of await api.stores()) {
    for (const query of [`store=${id}&limit=2`, `store=${id}&cursor=x`, `store=${id}&number=x`]) {
      await api.get(`/v1/orders?${query}`);
    }
    await api.get(`/v1/stores/${id}`);
  }
  await fetch(`${system.url}/ops/stores`, { headers: { authorization: `Bearer ${system.operatorToken}` } });
  await signInAsOperator();
  await api.call('GET', `/v1/stores?api_key=${app.apiKey}`);
  await collectFromSandbox();
  keep(
    'browser cookie',
    ...[...answers.join('\n').matchAll(/shopspan_browser=([\w-]{43})/g)].map(([, value]) => value),
  );
}

/** By links, used and left; a session used and ended. */
async function signInAsOperator(): Promise<void> {
  const [left, used] = [await system.addSignInLink(ADA), await system.addSignInLink(ADA)];
  keep('sign-in link', left, used);
  await fetch(`${system.url}/ops/link/${left}`);
  const browser = createMerchantBrowser();
  const opened = await browser.open(`${system.url}/ops/link/${used}`);
  await browser.submit(opened.forms[0]);
  await browser.open(`${system.url}/ops/sessions`);
  await browser.open(`${system.url}/ops/link/${used}`);
  const cookies = [...answers.join('\n').matchAll(/shopspan_operator=(sos_[\w-]{43})/g)];
  keep('operator session', ...cookies.map(([, value]) => value));
}

/** By consent with tokens, once well and once with a platform that repeats secrets in its errors. */
async function connectAndFail(): Promise<void> {
  const { app } = system.tenants[0];
  for (const shop of [USD_SHOP, EUR_SHOP]) {
    const { browser, link, callback } = await agreeAtShopify(system, app, { shop });
    const { searchParams } = new URL(callback);
    keep('connect link', new URL(link).pathname.split('/').at(-1));
    keep('state', searchParams.get('state'));
    keep('code', searchParams.get('code'));
    await browser.open(`${callback}&again=1`);
    if (shop === EUR_SHOP) {
      const leak = { error: 'x', error_description: `bad ${app.apiKey} shpat_${'0'.repeat(32)}` };
      keep('access token', `shpat_${'0'.repeat(32)}`);
      const fault = { kind: 'status', status: 400, body: leak, path: '/admin/oauth/access_token', count: 1 };
      await system.control('PUT', `/control/faults/${shop}`, fault);
    }
    await browser.open(callback);
    await collectFromSandbox();
  }
}

/** By keys: handed over by the shop, pasted, and pasted wrong. */
async function connectByPosts(): Promise<void> {
  const { app } = system.tenants[0];
  const { browser, consent, callbackUrl, nonce } = await reachWooCommerceConsent(system, app, { host: BOOKS });
  keep('nonce', nonce);
  keep('callback address', callbackUrl.split('/').at(-1));
  await awaitEnd(browser, await browser.click(consent, 'Approve'));
  const keys = await makeKeys(system, SOUQ);
  const wrong = { consumer_key: `ck_${'e'.repeat(40)}`, consumer_secret: `cs_${'f'.repeat(40)}` };
  keep('shop key', keys.consumer_key, keys.consumer_secret, wrong.consumer_key, wrong.consumer_secret);
  for (const pair of [wrong, { ...keys, consumer_secret: wrong.consumer_secret }, keys]) {
    const credentials = pasted(shopAddress(SOUQ), pair);
    await apiClient(system, app).call('POST', '/v1/stores', { platform: 'woocommerce', credentials });
    await apiClient(system, app).call('POST', '/v1/stores', { platform: 'woocommerce', credentials, more: pair });
  }
  await collectFromSandbox();
}

/** An app that is installed at its platform, and the four keys of an integration. */
async function connectOthers(): Promise<void> {
  const { app } = system.tenants[0];
  await registerBigCommerceApp(system, app, 'watched-too');
  await connectBigCommerce(system, app, { hash: CEDAR });
  const { storeUrl, consumerKey, ...credentials } = await makeIntegration(system, KERAMIK);
  keep('shop key', ...Object.values(credentials));
  await apiClient(system, app).call('POST', '/v1/stores', {
    platform: 'magento',
    credentials: { storeUrl, consumerKey, ...credentials },
  });
  await collectFromSandbox();
}

/** The same secret as it would look when something encoded it on its way. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const forms = [bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
  return [...new Set([secret, encodeURIComponent(secret), ...forms, Array.from(secret).reverse().join('')])];
}

function found(text: string, kinds: readonly string[]): readonly string[] {
  return kinds.flatMap((kind) =>
    [...(secrets.get(kind) ?? [])]
      .filter((secret) => spellings(secret).some((form) => text.includes(form)))
      .map(() => kind),
  );
}

const PLATFORM = ['access token', 'installed token', 'refresh token', 'shop key', 'client secret', 'code'];
const OURS = [
  'API key',
  'operator token',
  'operator session',
  'sign-in link',
  'connect link',
  'browser cookie',
  'state',
  'nonce',
  'callback address',
];

it('case 96: has seen secrets of every kind', () => {
  expect(Object.fromEntries([...secrets].map(([kind, { size }]) => [kind, size > 0]))).toEqual(
    Object.fromEntries([...PLATFORM, ...OURS].map((kind) => [kind, true])),
  );
  expect(secrets.get('access token')?.size).toBeGreaterThan(3);
  expect(secrets.get('shop key')?.size).toBeGreaterThan(5);
});

it('case 96, case 97: finds none of them in the database, whatever the table, the queue’s jobs included', async () => {
  const tables = await system.sql(
    "SELECT table_schema || '.' || quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema IN ('public', 'queue')",
  );
  expect(tables.length).toBeGreaterThan(12);
  let rows = 0;
  for (const { name } of tables) {
    const dump = await system.sql(`SELECT t::text AS line FROM ${String(name)} t`);
    rows += dump.length;
    const text = dump.map(({ line }) => String(line)).join('\n');
    expect([name, found(text, [...PLATFORM, ...OURS])]).toEqual([name, []]);
  }
  expect(rows).toBeGreaterThan(50);
  const jobs = await system.sql('SELECT DISTINCT name, data::text AS data FROM queue.job');
  // The queue keeps the last hundred that were done; ticks crowd out the others.
  const ticks = ['refresh', 'signingKeys', 'webhooks', 'polls', 'probes', 'revocations', 'forget', 'alerts'].map(
    (name) => `${name}.tick`,
  );
  const names = new Set(jobs.map(({ name }) => String(name)));
  expect([...names].filter((name) => ![...ticks, 'connect.prove', 'webhook.process'].includes(name))).toEqual([]);
  expect(names).toContain('refresh.tick');
  for (const { data } of jobs) expect(String(data)).toMatch(/^\{("(tenantId|attemptId)": ?"[0-9a-f-]{36}",? ?)*\}$/);
});

it('does not find the key of all keys in the database either', async () => {
  const file = await readFile(path.join(system.folder, 'keys.json'), 'utf8');
  const material = file.match(/[A-Za-z0-9+/_=-]{40,}/g) ?? [];
  expect(material.length).toBeGreaterThan(0);
  for (const table of ['data_keys', 'vault_canaries', 'credentials', 'platform_clients']) {
    const text = (await system.sql(`SELECT t::text AS line FROM ${table} t`))
      .map(({ line }) => String(line))
      .join('\n');
    for (const key of material) {
      expect(text).not.toContain(key);
      expect(text).not.toContain(Buffer.from(key, 'base64').toString('hex'));
    }
  }
});

it('case 96: finds none of them in the files of the database, what it wrote to its log before included', async () => {
  await system.sql('CHECKPOINT');
  const [row] = await system.sql(
    "SELECT current_setting('data_directory') AS folder, 'planted-' || md5('x') AS planted",
  );
  const patterns = path.join(system.folder, 'patterns');
  const search = async (texts: readonly string[]): Promise<string> => {
    await writeFile(patterns, texts.join('\n'));
    return spawnSync('grep', ['-rlF', '-f', patterns, String(row?.['folder'])], { encoding: 'utf8' }).stdout;
  };
  // The search finds what is there.
  const planted = String(row?.['planted']);
  await system.sql('CREATE TABLE planted AS SELECT $1::text AS text', [planted]);
  await system.sql('CHECKPOINT');
  expect(await search([planted])).not.toBe('');
  await system.sql('DROP TABLE planted');
  const all = [...secrets.values()].flatMap((texts) => [...texts].flatMap((secret) => spellings(secret)));
  expect(await search(all)).toBe('');
});

it('case 96: finds none of them in the logs, debug lines too', () => {
  const text = system.logLines.join('\n');
  expect(system.logLines.length).toBeGreaterThan(30);
  expect(text).toContain('platform call');
  expect(text).toContain('token renewed');
  expect(found(text, [...PLATFORM, ...OURS])).toEqual([]);
});

it('case 96: finds none in any answer of the gateway, but the link where it was asked for', () => {
  const text = answers.join('\n');
  expect(answers.length).toBeGreaterThan(40);
  expect(
    found(
      text,
      [...PLATFORM, 'API key', 'operator token', 'callback address'].filter((k) => k !== 'code'),
    ),
  ).toEqual(
    // The shop's consent page is told where to post the keys.
    found(answers.filter((answer) => answer.includes('callback_url=')).join('\n'), ['callback address']),
  );
});
