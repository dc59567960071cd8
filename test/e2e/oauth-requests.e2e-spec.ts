import * as client from 'openid-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { startSystem, type System } from '../system.js';
import { beginWalk, CALLBACK, decide, discover, postForm, readJson, signIn } from './oauth-way.js';

let system: System;
let clientId: string;
let configuration: client.Configuration;
beforeAll(async () => {
  system = await startSystem({ idle: true });
  ({ clientId } = await system.addClient(system.tenants[0].app, { kind: 'browser', redirectUris: [CALLBACK] }));
  configuration = await discover(system, clientId);
  return () => system.stop();
});

/** Asks with a good request, changed in one place; an empty value leaves the parameter out. */
async function ask(changes: Readonly<Record<string, string>>): Promise<Response> {
  const { address } = await beginWalk(configuration, { login_hint: await signIn(system, system.tenants[0].app) });
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  return await fetch(address, { redirect: 'manual', headers: { accept: 'text/html' } });
}

/** Where an error was sent, and what it says. */
function sentTo(response: Response): Readonly<Record<string, string>> {
  const location = new URL(response.headers.get('location') ?? 'none:');
  const { searchParams, hash } = location;
  return {
    to: `${location.origin}${location.pathname}`,
    ...Object.fromEntries([...searchParams, ...new URLSearchParams(hash.slice(1))]),
  };
}

describe('case 66: a redirect_uri is the registered one, character for character', () => {
  it.each([
    'https://spa.example/Callback',
    'https://SPA.example/callback',
    'HTTPS://spa.example/callback',
    'https://spa.example/callback/',
    'https://spa.example//callback',
    'https://spa.example/callback?',
    'https://spa.example/callback?next=1',
    'https://spa.example/x/../callback',
    'https://spa.example/callback/../../evil',
    'https://spa.example@evil.example/callback',
    'https://user@spa.example/callback',
    'https://spa.example/callback#',
    'https://spa.example/callback#fragment',
    'https://spa.example:443/callback',
    'https://spa.example:8443/callback',
    'https://spа.example/callback',
    'https://xn--sp-7kc.example/callback',
    'https://spa.example/%63allback',
    'https://spa.example/callback%2f',
    'https://spa.example/callback ',
    'https://spa.example.evil.example/callback',
    'https://evil.example/https://spa.example/callback',
    'http://spa.example/callback',
    'javascript:alert(1)//https://spa.example/callback',
    'data:text/html,x',
    '//spa.example/callback',
    '/callback',
    'callback',
  ])('case 66: %s is refused here and leads nowhere', async (redirectUri) => {
    const response = await ask({ redirect_uri: redirectUri });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    const text = await response.text();
    expect(text).toContain('This did not work');
    expect(text).not.toContain('evil');
  });

  it('case 66: neither do a client that does not exist, one that is malformed, and two addresses at once', async () => {
    for (const id of [`cli_${'0'.repeat(32)}`, 'nobody', "' OR 1=1 --", 'https://client.example/metadata']) {
      const response = await ask({ client_id: id });
      expect([id, response.status, response.headers.get('location')]).toEqual([id, 400, null]);
    }
    const { address } = await beginWalk(configuration, {});
    const twice = await fetch(`${address.href}&redirect_uri=https%3A%2F%2Fevil.example`, { redirect: 'manual' });
    expect([twice.status, twice.headers.get('location')]).toEqual([400, null]);
    expect((await ask({ redirect_uri: '' })).headers.get('location')).toBeNull();
  });

  it('case 66: nor is an address believed because something else is wrong before it is looked at', async () => {
    const earlier = [
      { response_type: 'nonsense' },
      { response_type: '' },
      { response_mode: 'nonsense' },
      { scope: 'nonsense' },
      { prompt: 'nonsense' },
      { request: 'a.b.c' },
    ];
    for (const changes of earlier) {
      const response = await ask({ redirect_uri: 'https://evil.example/callback', ...changes });
      expect([changes, response.status, response.headers.get('location')]).toEqual([changes, 400, null]);
      expect(await response.text()).not.toContain('evil');
    }
  });
});

describe('case 70: PKCE with S256 is required', () => {
  it.each([
    ['no challenge', { code_challenge: '', code_challenge_method: '' }],
    ['plain', { code_challenge_method: 'plain' }],
    ['no method, which means plain', { code_challenge_method: '' }],
    ['a challenge of another length', { code_challenge: 'A'.repeat(42) }],
    ['a method without a challenge', { code_challenge: '' }],
  ])('case 70: refuses %s', async (_, changes) => {
    expect(sentTo(await ask(changes))).toMatchObject({
      to: CALLBACK,
      error: 'invalid_request',
      iss: `${system.url}/oauth`,
    });
  });
});

// RFC 6749, section 5.2; the library would say `invalid_request`.
const NOT_ALLOWED = 'unauthorized_client';

describe('case 71: other grants and response types', () => {
  it.each(['token', 'id_token', 'id_token token', 'code token', 'code id_token', 'none', 'nonsense'])(
    'case 71: response_type=%s is not supported',
    async (responseType) => {
      const { error, to, access_token: token } = sentTo(await ask({ response_type: responseType }));
      expect([to, error, token]).toEqual([CALLBACK, 'unsupported_response_type', undefined]);
    },
  );

  it('case 71: grant_type=password, an unregistered one, and one that the client may not use', async () => {
    const { app } = system.tenants[0];
    const backEnd = await system.addClient(app);
    const withSecret = { client_id: backEnd.clientId, client_secret: backEnd.secret ?? '' };
    const device = 'urn:ietf:params:oauth:grant-type:device_code';
    const tries = [
      [{ grant_type: 'password', username: 'a', password: 'b', ...withSecret }, 'unsupported_grant_type'],
      [{ grant_type: device, device_code: 'x', ...withSecret }, 'unsupported_grant_type'],
      [{ grant_type: 'authorization_code', code: 'x', redirect_uri: CALLBACK, ...withSecret }, NOT_ALLOWED],
      [{ grant_type: 'refresh_token', refresh_token: 'x', ...withSecret }, NOT_ALLOWED],
      [{ grant_type: 'client_credentials', client_id: clientId }, NOT_ALLOWED],
      [{ client_id: clientId }, 'invalid_request'],
    ] as const;
    for (const [fields, error] of tries) {
      const response = await postForm(system, '/oauth/token', fields);
      expect([fields, response.status, (await readJson(response))['error']]).toEqual([fields, 400, error]);
    }
  });
});

describe('case 79: answers say who gives them', () => {
  it('case 79: success and error carry iss, which is the issuer of the metadata byte for byte', async () => {
    const metadata = await readJson(await fetch(`${system.url}/.well-known/oauth-authorization-server/oauth`));
    const issuer = `${system.url}/oauth`;
    expect([metadata['issuer'], metadata['authorization_response_iss_parameter_supported']]).toEqual([issuer, true]);
    for (const path of ['/oauth/.well-known/oauth-authorization-server', '/oauth/.well-known/openid-configuration'])
      expect((await readJson(await fetch(`${system.url}${path}`)))['issuer']).toBe(issuer);
    expect(sentTo(await ask({ scope: 'nonsense' }))).toMatchObject({ error: 'invalid_scope', iss: issuer });
    const walk = await beginWalk(configuration, { login_hint: await signIn(system, system.tenants[0].app) });
    const page = await walk.browser.open(walk.address.href);
    expect((await decide(walk, page)).searchParams.get('iss')).toBe(issuer);
  });

  it('case 79: a client that compares refuses an answer with another issuer (mix-up)', async () => {
    const walk = await beginWalk(configuration, { login_hint: await signIn(system, system.tenants[0].app) });
    const callback = await decide(walk, await walk.browser.open(walk.address.href));
    callback.searchParams.set('iss', `${system.url}/oauth/`);
    const checks = { pkceCodeVerifier: walk.verifier, expectedState: walk.state };
    await expect(client.authorizationCodeGrant(configuration, callback, checks)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('"iss"') as string },
    });
  });
});
