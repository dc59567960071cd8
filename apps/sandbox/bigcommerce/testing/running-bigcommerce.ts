import { z } from 'zod';
import type { SandboxSettings } from '../../platform.js';
import { createSandbox, type Sandbox } from '../../sandbox.js';
import { createBigCommerceSandbox } from '../bigcommerce-sandbox.js';
import { accountOf, hostOf, storeOfHash } from '../stores.js';

export const USD = 'abc123xyz';
export const EUR = 'eur456uvw';
export const JPY = 'jpy789rst';

export const CLIENT = {
  clientId: 'bc-client-id-123',
  secret: 'bc_test_client_secret_0123456789abcdef',
  redirectUris: ['http://127.0.0.1:3999/connect/callback'],
  name: 'Shopspan <test>',
  appUrl: 'http://127.0.0.1:3999/load',
} as const;

/** A clock that stands still until it is moved. */
export interface TestClock {
  readonly now: () => Date;
  readonly advance: (milliseconds: number) => void;
}

export function createTestClock(start = '2026-11-22T12:00:00Z'): TestClock {
  let moment = Date.parse(start);
  return { now: () => new Date(moment), advance: (milliseconds) => void (moment += milliseconds) };
}

export const hostOfHash = (hash: string): string => {
  const store = storeOfHash(hash);
  if (store === undefined) throw new Error(`no store ${hash}`);
  return hostOf(store);
};

/** The token of the store's own API account. */
export function accountToken(hash: string): string {
  const store = storeOfHash(hash);
  if (store === undefined) throw new Error(`no store ${hash}`);
  return accountOf(store).token;
}

const grantSchema = z.object({ access_token: z.string(), scope: z.string(), context: z.string() });

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body read as JSON; undefined when it is empty. */
  readonly body: unknown;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A listening sandbox with the simulated BigCommerce only, and short ways to use it. */
export interface RunningBigCommerce {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly clock: TestClock;
  readonly control: (method: Method, path: string, body?: unknown) => Promise<Response>;
  /** A call of the REST API with the store's own API account. @param path below `/stores/{hash}` */
  readonly call: (method: Method, path: string, body?: unknown, options?: CallOptions) => Promise<ApiAnswer>;
  /** The merchant installs from outside. @returns the redirect of the confirmation */
  readonly install: (
    hash: string,
    options?: { decision?: string; page?: string; clientId?: string },
  ) => Promise<Response>;
  readonly token: (body: Record<string, string>) => Promise<Response>;
  /** The whole flow. @returns the token */
  readonly connect: (hash: string) => Promise<string>;
}

export interface CallOptions {
  readonly hash?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where the code of a confirmed installation is sent. */
export function callbackOf(redirect: Response): URL {
  return new URL(redirect.headers.get('location') ?? '');
}

const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json' } as const;

function callerOf(url: string): RunningBigCommerce['call'] {
  return async (method, path, body, { hash = USD, token, headers = {} } = {}) => {
    const response = await fetch(`${url}/api.bigcommerce.com/stores/${hash}${path}`, {
      method,
      headers: { ...JSON_HEADERS, 'x-auth-token': token ?? accountToken(hash), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const { status } = response;
    return { status, headers: response.headers, text, body: isJson && text !== '' ? JSON.parse(text) : undefined };
  };
}

function requestsTo(url: string): Pick<RunningBigCommerce, 'control' | 'call' | 'install' | 'token' | 'connect'> {
  const install: RunningBigCommerce['install'] = async (hash, options = {}) => {
    const { decision = 'confirm', clientId = CLIENT.clientId } = options;
    const page = await fetch(`${url}/${options.page ?? `login.bigcommerce.com/app/${clientId}/install`}`);
    const nonce = /name="nonce" value="([0-9a-f]+)"/.exec(await page.text())?.[1] ?? '';
    const body = new URLSearchParams({ nonce, store: hash, decision });
    return fetch(`${url}/login.bigcommerce.com/app/install/confirm`, { method: 'POST', body, redirect: 'manual' });
  };
  const token: RunningBigCommerce['token'] = (body) =>
    fetch(`${url}/login.bigcommerce.com/oauth2/token`, {
      method: 'POST',
      headers: JSON_HEADERS,
      redirect: 'manual',
      body: JSON.stringify({
        client_id: CLIENT.clientId,
        client_secret: CLIENT.secret,
        grant_type: 'authorization_code',
        redirect_uri: CLIENT.redirectUris[0],
        ...body,
      }),
    });
  return {
    control: (method, path, body) =>
      fetch(`${url}${path}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    call: callerOf(url),
    install,
    token,
    async connect(hash) {
      const { searchParams } = callbackOf(await install(hash));
      const [code, context, scope] = ['code', 'context', 'scope'].map((name) => searchParams.get(name) ?? '');
      const answer = await token({ code: code ?? '', context: context ?? '', scope: scope ?? '' });
      return grantSchema.parse(await answer.json()).access_token;
    },
  };
}

/** Starts a sandbox on a free port with {@link CLIENT} registered. Close it when done. */
export async function startBigCommerce(
  settings: Partial<SandboxSettings> = {},
  clock = createTestClock(),
): Promise<RunningBigCommerce> {
  const base = { port: 0, host: '127.0.0.1', tokenSeconds: 3_600, allowLoopbackCallback: true, now: clock.now };
  const sandbox = await createSandbox({ ...base, ...settings }, [createBigCommerceSandbox]);
  const url = await sandbox.listen();
  const requests = requestsTo(url);
  const { clientId, ...registration } = CLIENT;
  await requests.control('PUT', `/control/bigcommerce/clients/${clientId}`, registration);
  return { sandbox, url, clock, ...requests };
}
