import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BASE, call, DE, type RunningMagento, signWithLibrary, startMagento } from './testing/running-magento.js';

let running: RunningMagento;
let posted: URLSearchParams[];
let answers: boolean;
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
  request.on('end', () => {
    posted.push(new URLSearchParams(body));
    if (answers) response.writeHead(500).end('no');
    else request.socket.destroy();
  });
});

beforeEach(async () => {
  posted = [];
  answers = true;
  running = await startMagento();
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await running.close();
  await new Promise((resolve) => receiver.close(resolve));
});

const admin = (): string => `${running.url}/${DE}/laden/admin/integrations`;

async function submit(path: string, fields: Record<string, string> = {}): Promise<Response> {
  const page = await (await fetch(admin())).text();
  const form_key = /name="form_key" value="(\w+)"/.exec(page)?.[1] ?? '';
  return fetch(admin() + path, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ form_key, ...fields }),
  });
}

async function activate(): Promise<Response> {
  // A listening TCP server has an address of this form.
  const { port } = receiver.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}/callback`;
  await submit('', { name: 'App', endpoint, identity_link_url: 'http://127.0.0.1:9/identity', all_resources: '1' });
  return submit('/1/allow');
}

function consumerIn(fields: URLSearchParams | undefined): { consumer_key: string; consumer_secret: string } {
  return {
    consumer_key: fields?.get('oauth_consumer_key') ?? '',
    consumer_secret: fields?.get('oauth_consumer_secret') ?? '',
  };
}

function tokenIn(answer: URLSearchParams): { access_token: string; access_token_secret: string } {
  return {
    access_token: answer.get('oauth_token') ?? '',
    access_token_secret: answer.get('oauth_token_secret') ?? '',
  };
}

async function exchange(
  step: string,
  keys: Parameters<typeof signWithLibrary>[2],
  extra = {},
): Promise<[number, URLSearchParams]> {
  const address = `${BASE[DE] ?? ''}oauth/token/${step}`;
  const headers = { authorization: signWithLibrary('POST', address, keys, running.clock.now, extra) };
  const { status, body } = await call(running.url, 'POST', address, headers);
  return [status, new URLSearchParams(String(body))];
}

it('posts the keys, sends the window on, and trades them for a token that works', async () => {
  const window = await activate();
  const [fields] = posted;
  expect(fields?.get('store_base_url')).toBe(BASE[DE]);
  expect([window.status, window.headers.get('location')]).toEqual([
    302,
    `http://127.0.0.1:9/identity?oauth_consumer_key=${fields?.get('oauth_consumer_key') ?? ''}&success_call_back=${encodeURIComponent(`${admin()}/success`)}`,
  ]);
  const consumer = consumerIn(fields);
  const [, request] = await exchange('request', consumer);
  const keys = { ...consumer, ...tokenIn(request) };
  const verifier = { oauth_verifier: fields?.get('oauth_verifier') ?? '' };
  const [status, access] = await exchange('access', keys, verifier);
  expect(status).toBe(200);
  // Recorded: consent-err-verifier-reused.json.
  const [again, problem] = await exchange('access', keys, verifier);
  expect([again, problem.get('oauth_problem')]).toEqual([401, 'Specified token does not exist']);
  const address = `${BASE[DE] ?? ''}rest/V1/store/storeConfigs`;
  const token = { ...consumer, ...tokenIn(access) };
  const authorized = (): string => signWithLibrary('GET', address, token, running.clock.now);
  expect((await call(running.url, 'GET', address, { authorization: authorized() })).status).toBe(200);
  await submit('/1/deactivate');
  expect((await call(running.url, 'GET', address, { authorization: authorized() })).status).toBe(401);
  const ledger = await (await fetch(`${running.url}/ledger`)).text();
  expect(ledger).toContain('"outcome":"issued"');
  expect(ledger).not.toContain(token.access_token);
});

it('lets the keys expire after five minutes', async () => {
  await activate();
  running.clock.now = new Date(running.clock.now.getTime() + 301_000);
  const consumer = consumerIn(posted[0]);
  const [status, problem] = await exchange('request', consumer);
  expect([status, problem.get('oauth_problem')]).toEqual([401, 'Consumer key has expired']);
});

it('says so when nobody answers, and takes no address that is neither https nor loopback', async () => {
  answers = false;
  expect(await (await activate()).text()).toContain('The attempt to post data to consumer failed');
  const refused = await submit('', { name: 'App', endpoint: 'http://shop.example.test/x', identity_link_url: '' });
  expect(refused.status).toBe(400);
});

it('shows four keys to copy where there are no addresses', async () => {
  await submit('', { name: 'By hand', endpoint: '', identity_link_url: '', all_resources: '1' });
  const page = await (await submit('/1/allow')).text();
  for (const id of ['consumer_key', 'consumer_secret', 'access_token', 'access_token_secret']) {
    expect(page).toMatch(new RegExp(`id="${id}">[0-9a-f]{32}<`));
  }
});
