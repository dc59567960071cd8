import { request as httpRequest } from 'node:http';
import { beforeAll, expect, it } from 'vitest';
import { startSystem, type System } from '../system.js';
import { apiClient } from './api-client.js';
import { postForm } from './oauth-way.js';

const PUBLIC = 'https://gateway.example';

let system: System;
beforeAll(async () => {
  system = await startSystem({ publicUrl: PUBLIC });
  return () => system.stop();
});

/** Sends headers that `fetch` would not. */
function send(
  method: 'GET' | 'POST',
  path: string,
  headers: Readonly<Record<string, string>>,
  sent = '',
): Promise<string> {
  const { hostname, port } = new URL(system.url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve(body));
    });
    request.on('error', reject);
    request.end(sent);
  });
}

const SPOOFED = {
  host: 'evil.example',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'http',
  'x-forwarded-for': '1.2.3.4',
  forwarded: 'host=evil.example;proto=http',
};

it('case 155: makes every address from its setting, whatever a request claims to have come to', async () => {
  const { app } = system.tenants[0];
  const headers = { authorization: `Bearer ${app.apiKey}`, 'content-type': 'application/json', ...SPOOFED };
  const body = await send('POST', '/v1/connect-sessions', headers, '{}');
  expect(body).not.toContain('evil.example');
  expect(body).toContain(`"url":"${PUBLIC}/connect/`);
  const client = await apiClient(system, app).get('/v1/platform-clients/shopify');
  expect(client.text).toContain(`"callbackUrl":"${PUBLIC}/connect/callback/`);
});

it.each([{ host: 'evil.example' }, { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }, SPOOFED])(
  'case 155: the authorization server has its addresses from the setting as well, whatever is claimed: %j',
  async (headers) => {
    for (const path of [
      '/.well-known/oauth-authorization-server/oauth',
      '/oauth/.well-known/oauth-authorization-server',
      '/oauth/.well-known/openid-configuration',
    ]) {
      const metadata = JSON.parse(await send('GET', path, headers)) as Record<string, unknown>;
      const addresses = Object.entries(metadata).filter(([name]) => /(?:_endpoint|_uri|^issuer)$/.test(name));
      expect(addresses.length).toBeGreaterThan(4);
      for (const [name, address] of addresses)
        expect([name, address]).toEqual([name, expect.stringMatching(/^https:\/\/gateway\.example\/oauth/)]);
    }
  },
);

it('case 155: whoever guesses a secret is one and the same, whatever address it claims to come from', async () => {
  const { clientId } = await system.addClient(system.tenants[0].app);
  const statuses: number[] = [];
  for (let tried = 0; tried < 15; tried += 1) {
    const spoofed = { 'x-forwarded-for': `1.2.3.${String(tried)}`, 'x-real-ip': `1.2.3.${String(tried)}` };
    const fields = { grant_type: 'client_credentials', client_id: clientId, client_secret: 'wrong' };
    statuses.push((await postForm(system, '/oauth/token', fields, spoofed)).status);
  }
  expect([statuses.filter((one) => one === 401).length, statuses.at(-1)]).toEqual([10, 429]);
});

it('case 155: a key that is good from one address is not good for whoever claims that address', async () => {
  const key = await system.addKey(system.tenants[0].app, { allowedAddresses: ['203.0.113.7'] });
  for (const claimed of [{}, { 'x-forwarded-for': '203.0.113.7' }, { 'x-real-ip': '203.0.113.7' }, SPOOFED]) {
    const { host: _, ...headers } = { host: '', ...claimed };
    const answer = await fetch(`${system.url}/v1/stores`, { headers: { authorization: `Bearer ${key}`, ...headers } });
    expect([claimed, answer.status]).toEqual([claimed, 401]);
  }
});

it('over https keeps its cookies to itself and tells browsers to come back the same way', async () => {
  const { url: link } = await apiClient(system, system.tenants[0].app).createSession({ platform: 'shopify' });
  const response = await fetch(link.replace(PUBLIC, system.url));
  const cookies = response.headers.getSetCookie();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-[a-z_]+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/);
  }
  expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
  expect((await fetch(`${system.url}/nothing`)).headers.get('strict-transport-security')).not.toBeNull();
});

it('case 163: over https keeps an operator’s session in a cookie that no other host can set or read', async () => {
  const address = `${system.url}/ops/link/${await system.addSignInLink({ name: 'Ada', role: 'admin' })}`;
  const opened = await fetch(address);
  const csrf = /name="csrf" value="([^"]+)"/.exec(await opened.text())?.[1] ?? '';
  const flow = opened.headers.getSetCookie();
  expect(flow).toEqual([
    expect.stringMatching(/^__Host-shopspan_sign_in=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/),
  ]);
  const sign = async (headers: Readonly<Record<string, string>>) =>
    await fetch(address, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ csrf }) });
  const cookie = flow[0]?.split(';')[0] ?? '';
  // The address that people see counts, not the one behind the proxy, nor what a header says.
  expect((await sign({ cookie, origin: system.url })).status).toBe(403);
  expect((await sign({ cookie, origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' })).status).toBe(403);
  const answer = await sign({ cookie, origin: PUBLIC });
  const [session = ''] = answer.headers.getSetCookie();
  expect(session).toMatch(/^__Host-shopspan_operator=sos_[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  const [name, value = ''] = session.split(';')[0]?.split('=') ?? [];
  const statusOf = async (sent: string) =>
    (await fetch(`${system.url}/ops/stores`, { headers: { cookie: sent } })).status;
  expect([await statusOf(`${String(name)}=${value}`), await statusOf(`shopspan_operator=${value}`)]).toEqual([
    200, 401,
  ]);
});
