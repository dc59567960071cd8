import { request as httpRequest } from 'node:http';
import { beforeAll, expect, it } from 'vitest';
import { startSystem, type System } from '../system.js';
import { apiClient } from './api-client.js';

const PUBLIC = 'https://gateway.example';

let system: System;
beforeAll(async () => {
  system = await startSystem({ publicUrl: PUBLIC });
  return () => system.stop();
});

/** Sends headers that `fetch` would not. */
function post(path: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const { hostname, port } = new URL(system.url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method: 'POST', headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve(body));
    });
    request.on('error', reject);
    request.end('{}');
  });
}

it('case 155: makes every address from its setting, whatever a request claims to have come to', async () => {
  const { app } = system.tenants[0];
  const body = await post('/v1/connect-sessions', {
    authorization: `Bearer ${app.apiKey}`,
    'content-type': 'application/json',
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    'x-forwarded-for': '1.2.3.4',
    forwarded: 'host=evil.example;proto=http',
  });
  expect(body).not.toContain('evil.example');
  expect(body).toContain(`"url":"${PUBLIC}/connect/`);
  const client = await apiClient(system, app).get('/v1/platform-clients/shopify');
  expect(client.text).toContain(`"callbackUrl":"${PUBLIC}/connect/callback/`);
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
