import { createHmac, randomBytes } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import { createSandbox, type Sandbox } from '../../sandbox.js';
import { createMagentoSandbox } from '../magento-sandbox.js';

export const US = 'outfitters.sandbox.test';
export const DE = 'keramik.sandbox.test';
export const JP = 'kissa.sandbox.test';

/** Where each shop's API begins, as the shop itself would print it. */
export const BASE: Readonly<Record<string, string>> = {
  [US]: `https://${US}/`,
  [DE]: `https://${DE}/laden/`,
  [JP]: `https://${JP}/index.php/`,
};

/** The clock of most specs; move it by hand. */
export interface TestClock {
  now: Date;
}

export interface RunningMagento {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly clock: TestClock;
  close(): Promise<void>;
}

interface Options {
  readonly stateFile?: string;
  readonly allowLoopbackCallback?: boolean;
}

/** The sandbox with this platform alone, on a free loopback port. */
export async function startMagento(options: Options = {}): Promise<RunningMagento> {
  const clock: TestClock = { now: new Date('2026-11-22T19:00:00Z') };
  const { stateFile, allowLoopbackCallback = true } = options;
  const sandbox = await createSandbox(
    {
      port: 0,
      host: '127.0.0.1',
      tokenSeconds: 3600,
      allowLoopbackCallback,
      now: () => clock.now,
      ...(stateFile === undefined ? {} : { stateFile }),
    },
    [createMagentoSandbox],
  );
  const url = await sandbox.listen();
  return { sandbox, url, clock, close: () => sandbox.close() };
}

export interface Credentials {
  readonly id: number;
  readonly consumer_key: string;
  readonly consumer_secret: string;
  readonly access_token: string;
  readonly access_token_secret: string;
}

/** An active integration of the shop. @param resources absent = all */
export async function integrate(url: string, host: string, resources?: readonly string[]): Promise<Credentials> {
  const response = await fetch(`${url}/${host}/control/integrations`, {
    method: 'POST',
    body: JSON.stringify(resources ? { resources } : {}),
  });
  if (response.status !== 200) throw new Error(`no integration: ${response.status}`);
  // The control route's own answer.
  return (await response.json()) as Credentials;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Calls the REST API of one shop, signed by a library that is none of ours. */
export interface ShopClient {
  readonly credentials: Credentials;
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  get(path: string): Promise<Answer>;
}

export async function clientOf(
  { url, clock }: RunningMagento,
  host: string,
  resources?: readonly string[],
): Promise<ShopClient> {
  const credentials = await integrate(url, host, resources);
  const send: ShopClient['send'] = async (method, path, body, headers = {}) => {
    const address = `${BASE[host] ?? ''}rest/${path}`;
    const authorization = signWithLibrary(method, address, credentials, clock.now);
    return call(url, method, address, { authorization, ...headers }, body);
  };
  return { credentials, send, get: (path) => send('GET', path) };
}

/** @param address as the shop would print it; the request goes to the sandbox */
export async function call(
  url: string,
  method: string,
  address: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(address.replace('https:/', url), {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answered = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(answered) };
}

function parsed(answered: string): unknown {
  try {
    return JSON.parse(answered);
  } catch {
    return answered;
  }
}

/** What the library needs to know; a consumer alone signs for a request token. */
export interface SigningKeys {
  readonly consumer_key: string;
  readonly consumer_secret: string;
  readonly access_token?: string;
  readonly access_token_secret?: string;
}

/** The `Authorization` header by `oauth-1.0a`, which knows nothing of Magento. */
export function signWithLibrary(
  method: string,
  address: string,
  keys: SigningKeys,
  now: Date,
  extra: Record<string, string> = {},
): string {
  const library = new OAuth({
    consumer: { key: keys.consumer_key, secret: keys.consumer_secret },
    signature_method: 'HMAC-SHA256',
    hash_function: (base, key) => createHmac('sha256', key).update(base).digest('base64'),
  });
  library.getTimeStamp = () => Math.floor(now.getTime() / 1000);
  library.getNonce = () => randomBytes(16).toString('hex');
  const token =
    keys.access_token === undefined ? undefined : { key: keys.access_token, secret: keys.access_token_secret ?? '' };
  // The library does not decode names of a query, so it gets the query decoded and apart from the address.
  const [bare = '', query = ''] = address.split('?');
  const data = Object.fromEntries(
    [...query.split('&'), ...Object.entries(extra).map((pair) => pair.map(encodeURIComponent).join('='))]
      .filter((pair) => pair !== '')
      .map((pair) => pair.split('=').map(decodeURIComponent)),
  ) as Record<string, string>;
  return library.toHeader(library.authorize({ url: bare, method, data }, token)).Authorization;
}
