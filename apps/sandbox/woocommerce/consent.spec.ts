import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { basic, type KeyPair, type RunningSandbox, runSandbox } from './testing/running-sandbox.js';

const HOST = 'tea.sandbox.test';
const SITE = `/${HOST}/shop`;

interface Delivery {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The application's side: keeps what it is sent and answers as told. */
interface Application {
  readonly url: string;
  readonly deliveries: Delivery[];
  status: number;
  close(): Promise<void>;
}

let sandbox: RunningSandbox;
let application: Application;

beforeEach(async () => {
  sandbox = await runSandbox();
  application = await runApplication();
});
afterEach(async () => {
  await sandbox.close();
  await application.close();
});

async function runApplication(): Promise<Application> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      deliveries.push({ method, url, headers, body: Buffer.concat(parts).toString('utf8') });
      response.writeHead(app.status, app.status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const app: Application = {
    // A TCP server's address is never a string.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliveries,
    status: 200,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return app;
}

function parameters(changes: Record<string, string | undefined> = {}): string {
  const all: Record<string, string | undefined> = {
    app_name: 'Unified Gateway <b>',
    scope: 'read',
    user_id: 'conn_7f3a-äß',
    return_url: 'https://gateway.example.test/return?x=1',
    callback_url: `${application.url}/wc/callback?c=1`,
    ...changes,
  };
  return Object.entries(all)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]))
    .join('&');
}

function open(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url.startsWith('http') ? url : `${sandbox.url}${SITE}${url}`, { redirect: 'manual', ...init });
}

function keyIn(delivery: Delivery | undefined): KeyPair & { readonly key_id: number } {
  // What the callback gets; a test above looks at every byte of it.
  return JSON.parse(delivery?.body ?? '{}') as KeyPair & { readonly key_id: number };
}

function linkOf(html: string, className: string): string {
  const match = new RegExp(`href="([^"]*)"[^>]*class="[^"]*${className}`).exec(html);
  if (!match) throw new Error(`no link ${className}`);
  return (match[1] ?? '').replaceAll('&amp;', '&');
}

/** Follows authorize -> log-in -> form, as a browser without scripts does. */
async function logIn(query = parameters()): Promise<{ cookie: string; consentUrl: string }> {
  const authorize = await open(`/wc-auth/v1/authorize?${query}`);
  expect(authorize.status).toBe(302);
  const loginUrl = authorize.headers.get('location') ?? '';
  expect(loginUrl).toMatch(new RegExp(`^${sandbox.url}${SITE}/wc-auth/v1/login/\\?app_name=.*&scope=`));
  const form = await (await open(loginUrl)).text();
  expect(form).not.toContain('<b>');
  const nonce = /name="woocommerce-login-nonce" value="(\w+)"/.exec(form)?.[1] ?? '';
  const body = new URLSearchParams({
    username: 'merchant',
    password: 'x',
    'woocommerce-login-nonce': nonce,
    login: 'Login',
  });
  const done = await open(loginUrl, { method: 'POST', body });
  expect(done.status).toBe(302);
  const cookie = done.headers.get('set-cookie') ?? '';
  expect(cookie).toContain(`Path=${SITE}/; HttpOnly; SameSite=Lax`);
  return { cookie: cookie.split(';')[0] ?? '', consentUrl: done.headers.get('location') ?? '' };
}

async function consentPage(query = parameters()): Promise<{ html: string; cookie: string }> {
  const { cookie, consentUrl } = await logIn(query);
  const page = await open(consentUrl, { headers: { cookie } });
  expect(page.status).toBe(200);
  return { html: await page.text(), cookie };
}

async function deniedReason(response: Response): Promise<string> {
  const html = await response.text();
  expect(response.status).toBe(401);
  expect(html).toContain('<title>Access denied</title>');
  return /<div class="wp-die-message">(.*?)<\/div>/s.exec(html)?.[1] ?? '';
}

describe('approving', () => {
  it('sends the key exactly as recorded, then the merchant back', async () => {
    const { html, cookie } = await consentPage();
    expect(html).toContain('Unified Gateway &lt;b&gt;');
    expect(html).toContain('127.0.0.1');
    const granted = await open(linkOf(html, 'wc-auth-approve'), { headers: { cookie } });
    expect(granted.status).toBe(302);
    expect(granted.headers.get('location')).toBe(
      'https://gateway.example.test/return?x=1&success=1&user_id=conn_7f3a-%C3%A4%C3%9F',
    );
    const [delivery] = application.deliveries;
    expect(delivery).toMatchObject({
      method: 'POST',
      url: '/wc/callback?c=1',
      headers: {
        'content-type': 'application/json;charset=UTF-8',
        'user-agent': 'WordPress/6.9.1; https://tea.sandbox.test/shop',
        accept: '*/*',
        connection: 'close',
      },
    });
    // Recorded: captures/woocommerce/consent-5-callback-post.json, order of members and escapes included.
    expect(delivery?.body).toMatch(
      /^\{"key_id":1,"user_id":"conn_7f3a-\\u00e4\\u00df","consumer_key":"ck_[0-9a-f]{40}","consumer_secret":"cs_[0-9a-f]{40}","key_permissions":"read"\}$/,
    );
    const key = keyIn(delivery);
    const orders = await open('/wp-json/wc/v3/orders', { headers: basic(key) });
    expect(orders.status).toBe(200);
    expect(sandbox.ledger).toEqual([
      {
        platform: 'woocommerce',
        host: HOST,
        kind: 'keyExchange',
        credential: 'conn_7f3a-äß',
        issued: key.consumer_key,
        requestId: 'spec-1',
        status: 200,
        outcome: 'issued',
      },
    ]);
    expect(sandbox.changes()).toBeGreaterThan(0);
  });

  it('makes a new key each time', async () => {
    const { html, cookie } = await consentPage();
    await open(linkOf(html, 'wc-auth-approve'), { headers: { cookie } });
    await open(linkOf(html, 'wc-auth-approve'), { headers: { cookie } });
    const keys = application.deliveries.map(keyIn);
    expect(keys.map((key) => key.key_id)).toEqual([1, 2]);
    for (const key of keys) expect((await open('/wp-json/wc/v3/orders', { headers: basic(key) })).status).toBe(200);
  });

  it.each([201, 204, 302, 500])('takes the key back when the callback answers %i', async (status) => {
    application.status = status;
    const { html, cookie } = await consentPage();
    const granted = await open(linkOf(html, 'wc-auth-approve'), { headers: { cookie } });
    expect(await deniedReason(granted)).toBe(
      'Error: An error occurred in the request and at the time were unable to send the consumer data.',
    );
    expect(application.deliveries).toHaveLength(1);
    const key = keyIn(application.deliveries[0]);
    expect((await open('/wp-json/wc/v3/orders', { headers: basic(key) })).status).toBe(401);
    expect(sandbox.ledger).toMatchObject([{ outcome: 'refused', status }]);
  });

  it.each(['https://gateway.example.test/wc/callback', 'https://127.0.0.1:9/none'])(
    'shows that %s cannot be reached, without trying anything off this machine',
    async (callback) => {
      const { html, cookie } = await consentPage(parameters({ callback_url: callback }));
      const granted = await open(linkOf(html, 'wc-auth-approve'), { headers: { cookie } });
      const { hostname, port } = new URL(callback);
      expect(await deniedReason(granted)).toBe(
        `Error: cURL error 7: Failed to connect to ${hostname} port ${port === '' ? 443 : port} after 0 ms: Couldn&#39;t connect to server.`,
      );
      expect(JSON.stringify(sandbox.platform.snapshot())).not.toContain('ck_');
    },
  );

  it.each(['wrong', ''])('insists on its nonce (%j)', async (nonce) => {
    const { html, cookie } = await consentPage();
    const url = linkOf(html, 'wc-auth-approve').replace(/wc_auth_nonce=\w+/, `wc_auth_nonce=${nonce}`);
    expect(await deniedReason(await open(url, { headers: { cookie } }))).toBe('Error: Invalid nonce verification.');
    expect(application.deliveries).toEqual([]);
  });

  it('binds the nonce to the one who is logged in', async () => {
    const { html } = await consentPage();
    const other = await logIn();
    const url = linkOf(html, 'wc-auth-approve');
    expect(await deniedReason(await open(url, { headers: { cookie: other.cookie } }))).toContain('Invalid nonce');
    expect(await deniedReason(await open(url))).toContain('You do not have permission to access this page');
  });
});

describe('denying', () => {
  it('leads straight back, and posts nothing', async () => {
    const { html } = await consentPage();
    expect(linkOf(html, 'wc-auth-deny')).toBe(
      'https://gateway.example.test/return?x=1&success=0&user_id=conn_7f3a-%C3%A4%C3%9F',
    );
    expect(application.deliveries).toEqual([]);
  });
});

describe('what is asked wrongly', () => {
  it.each([
    [{ app_name: '' }, 'Missing parameter app_name'],
    [{ user_id: '0' }, 'Missing parameter user_id'],
    [{ return_url: undefined }, 'Missing parameter return_url'],
    [{ callback_url: undefined }, 'Missing parameter callback_url'],
    [{ scope: undefined }, 'Missing parameter scope'],
    [{ scope: 'admin<' }, 'Invalid scope admin&lt;'],
    [{ return_url: 'https://' }, 'The https:// is not a valid URL'],
    [{ callback_url: 'http://gateway.example.test/cb' }, 'The callback_url needs to be over SSL'],
  ])('shows the reason for %j', async (change, reason) => {
    const response = await open(`/wc-auth/v1/authorize?${parameters(change)}`);
    expect(await deniedReason(response)).toBe(`Error: ${reason}.`);
  });

  it('insists on https on this machine too, unless told otherwise', async () => {
    await sandbox.close();
    sandbox = await runSandbox({ allowLoopbackCallback: false });
    const response = await open(`/wc-auth/v1/authorize?${parameters()}`);
    expect(await deniedReason(response)).toBe('Error: The callback_url needs to be over SSL.');
  });

  it('adds the scheme that a return address lacks', async () => {
    const { html } = await consentPage(parameters({ return_url: 'gateway.example.test/back' }));
    expect(linkOf(html, 'wc-auth-deny')).toMatch(/^https:\/\/gateway\.example\.test\/back\?success=0/);
  });

  it('shows the log-in again to a form that is not its own, and to nobody', async () => {
    for (const username of ['merchant', '']) {
      const body = new URLSearchParams({ username, 'woocommerce-login-nonce': 'forged' });
      const response = await open(`/wc-auth/v1/login?${parameters()}`, { method: 'POST', body });
      expect([response.status, response.headers.get('set-cookie')]).toEqual([200, null]);
    }
  });

  it('sends who is logged in on from the log-in, and nobody from another shop', async () => {
    const { cookie } = await logIn();
    const again = await open(`/wc-auth/v1/login?${parameters()}`, { headers: { cookie } });
    expect(again.headers.get('location')).toContain('/wc-auth/v1/authorize/?');
    const elsewhere = await open(`${sandbox.url}/souq.sandbox.test/wc-auth/v1/authorize?${parameters()}`, {
      headers: { cookie },
    });
    expect(elsewhere.headers.get('location')).toContain('/souq.sandbox.test/wc-auth/v1/login/?');
  });
});
