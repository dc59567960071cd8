import { randomBytes } from 'node:crypto';
import * as client from 'openid-client';
import type { System, TestApp } from '../system.js';
import { createMerchantBrowser, type MerchantBrowser, type Page } from './merchant-browser.js';

/** Where browser clients of the tests are sent back to; nothing listens there. */
export const CALLBACK = 'https://spa.example/callback';
export const USER = { id: 'user-42', name: 'Ada Lovelace' };

/** Posts a form, as a client does; nothing is followed. */
export function postForm(
  system: Pick<System, 'url'>,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${system.url}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
    redirect: 'manual',
  });
}

/** RFC 6749, section 2.3.1: both are form-encoded before they are joined. */
export function basic(clientId: string, secret: string): Readonly<Record<string, string>> {
  const encode = (text: string) => new URLSearchParams({ x: text }).toString().slice(2);
  return { authorization: `Basic ${Buffer.from(`${encode(clientId)}:${encode(secret)}`).toString('base64')}` };
}

export async function readJson(response: Response): Promise<Readonly<Record<string, unknown>>> {
  return (await response.json()) as Record<string, unknown>;
}

/** Says who is signed in at the app, as its back end does. */
export async function signIn(
  system: Pick<System, 'url'>,
  app: Pick<TestApp, 'apiKey'>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const response = await fetch(`${system.url}/v1/authorization-sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ user: USER, ...more }),
  });
  if (response.status !== 201) throw new Error(`${String(response.status)}: ${await response.text()}`);
  return String((await readJson(response))['loginHint']);
}

// The gateway of the tests is reached over http; its name in the library warns of exactly that.
const overHttp = Reflect.get(client, 'allowInsecureRequests');

/** A single-page app as openid-client knows it. */
export async function discover(
  system: Pick<System, 'url'>,
  clientId: string,
  authentication: client.ClientAuth = client.None(),
): Promise<client.Configuration> {
  const issuer = new URL(`${system.url}/oauth`);
  return await client.discovery(issuer, clientId, undefined, authentication, {
    algorithm: 'oauth2',
    execute: [overHttp],
  });
}

/** One way through the consent screen, from the request to the address that the browser is sent back to. */
export interface Walk {
  readonly browser: MerchantBrowser;
  readonly verifier: string;
  readonly state: string;
  readonly address: URL;
}

export async function beginWalk(
  configuration: client.Configuration,
  parameters: Readonly<Record<string, string>>,
): Promise<Walk> {
  const verifier = client.randomPKCECodeVerifier();
  const state = randomBytes(8).toString('hex');
  const address = client.buildAuthorizationUrl(configuration, {
    redirect_uri: CALLBACK,
    scope: 'read:orders',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    ...parameters,
  });
  return { browser: createMerchantBrowser(), verifier, state, address };
}

/** Agrees, or presses the button of that decision. @returns where the browser ends */
export async function decide({ browser }: Walk, page: Page, decision = 'allow'): Promise<URL> {
  return new URL((await browser.submit(page.forms[0], { decision })).url);
}

/** The whole way: signed in at the app, asked, agreed, back with a code, tokens for it. */
export async function authorize(
  system: Pick<System, 'url'>,
  app: TestApp,
  clientId: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<{ readonly configuration: client.Configuration; readonly callback: URL; readonly walk: Walk }> {
  const configuration = await discover(system, clientId);
  const hint = parameters['login_hint'] ?? (await signIn(system, app));
  const walk = await beginWalk(configuration, { login_hint: hint, ...parameters });
  const callback = await decide(walk, await walk.browser.open(walk.address.href));
  return { configuration, callback, walk };
}

export async function redeem({
  configuration,
  callback,
  walk,
}: Awaited<ReturnType<typeof authorize>>): Promise<client.TokenEndpointResponse> {
  const checks = { pkceCodeVerifier: walk.verifier, expectedState: walk.state };
  return await client.authorizationCodeGrant(configuration, callback, checks);
}

/** How the token endpoint refuses a code or a refresh token. */
export const INVALID_GRANT = { status: 400, body: { error: 'invalid_grant' } };

type Fields = Readonly<Record<string, string>>;
/** What the token endpoint answers. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function ask(system: Pick<System, 'url'>, fields: Fields, headers?: Fields): Promise<TokenAnswer> {
  const response = await postForm(system, '/oauth/token', fields, headers);
  return { status: response.status, body: await readJson(response) };
}

/** Sends a code as that client would; changes take the place of its fields, and an empty one leaves its field out. */
export async function presentCode(
  system: Pick<System, 'url'>,
  clientId: string,
  { callback, walk }: Pick<Awaited<ReturnType<typeof authorize>>, 'callback' | 'walk'>,
  changes: Fields = {},
  headers: Fields = {},
): Promise<TokenAnswer> {
  const fields = {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: CALLBACK,
    code_verifier: walk.verifier,
    client_id: clientId,
    ...changes,
  };
  return await ask(system, Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')), headers);
}

/** Sends a refresh token as that client would. */
export async function presentRefresh(
  system: Pick<System, 'url'>,
  clientId: string,
  token: string,
  changes: Fields = {},
): Promise<TokenAnswer> {
  return await ask(system, { grant_type: 'refresh_token', refresh_token: token, client_id: clientId, ...changes });
}
