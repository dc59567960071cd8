import { z } from 'zod';
import type { SandboxSettings } from '../../platform.js';
import { createSandbox, type Sandbox } from '../../sandbox.js';
import { createShopifyPlatform } from '../shopify-platform.js';

export const USD_SHOP = 'north-harbor-outfitters.myshopify.com';
export const EUR_SHOP = 'atelier-lindenhof.myshopify.com';
export const JPY_SHOP = 'kaze-coffee.myshopify.com';
export const KWD_SHOP = 'souq-al-salmiya.myshopify.com';

export const CLIENT = {
  clientId: 'client-id-123',
  secret: 'shpss_test_secret_0123456789abcdef',
  redirectUris: ['http://127.0.0.1:3999/connect/callback'],
  name: 'Shopspan <test>',
} as const;

export const ORDER_SCOPES = 'read_orders,read_customers,read_products,read_locations';

const grantSchema = z.object({
  access_token: z.string(),
  scope: z.string(),
  expires_in: z.number().optional(),
  refresh_token: z.string().optional(),
  refresh_token_expires_in: z.number().optional(),
});
const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.looseObject({ message: z.string() })).optional(),
  extensions: z.looseObject({}).optional(),
});

export type Grant = z.infer<typeof grantSchema>;
export type GraphqlBody = z.infer<typeof answerSchema>;

/** A clock that stands still until it is moved. */
export interface TestClock {
  readonly now: () => Date;
  readonly advance: (milliseconds: number) => void;
}

export function createTestClock(start = '2026-11-22T12:00:00Z'): TestClock {
  let moment = Date.parse(start);
  return { now: () => new Date(moment), advance: (milliseconds) => void (moment += milliseconds) };
}

/** What the app and the merchant do, one request each. */
interface Requests {
  readonly control: (method: 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<Response>;
  /** The merchant opens the consent screen and presses a button. @returns the redirect of that */
  readonly consent: (host: string, scope: string, decision?: 'install' | 'cancel') => Promise<Response>;
  readonly token: (host: string, body: Record<string, string>) => Promise<Response>;
  readonly graphql: (host: string, token: string, query: string, variables?: unknown) => Promise<Response>;
}

/** A listening sandbox with the simulated Shopify only, and short ways to use it. */
export interface RunningShopify extends Requests {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly clock: TestClock;
  /** The code of a consent that was given. */
  codeFor(host: string, scope: string): Promise<string>;
  /** The whole flow. */
  connect(host: string, scope?: string, expiring?: boolean): Promise<Grant>;
  refresh(host: string, refreshToken: string): Promise<Response>;
  /** A query's answer, read; the clock moves on so that no test is throttled by the one before. */
  ask(host: string, token: string, query: string, variables?: unknown): Promise<GraphqlBody>;
}

export async function readGrant(response: Response): Promise<Grant> {
  return grantSchema.parse(await response.json());
}

function nonceIn(page: string): string {
  return /name="nonce" value="([0-9a-f]+)"/.exec(page)?.[1] ?? '';
}

const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json' } as const;
const REFILL_MS = 20_000;

function requestsTo(url: string): Requests {
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}/${path}`, { method: 'POST', headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(body) });
  return {
    control: (method, path, body) =>
      fetch(`${url}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    async consent(host, scope, decision = 'install') {
      const [redirect_uri] = CLIENT.redirectUris;
      const query = new URLSearchParams({ client_id: CLIENT.clientId, redirect_uri, scope, state: 'st4te' });
      const page = await fetch(`${url}/${host}/admin/oauth/authorize?${query.toString()}`);
      const body = new URLSearchParams({ nonce: nonceIn(await page.text()), decision });
      return fetch(`${url}/${host}/admin/oauth/authorize`, { method: 'POST', body, redirect: 'manual' });
    },
    token: (host, body) =>
      post(`${host}/admin/oauth/access_token`, { client_id: CLIENT.clientId, client_secret: CLIENT.secret, ...body }),
    graphql: (host, token, query, variables) =>
      post(`${host}/admin/api/2026-10/graphql.json`, { query, variables }, { 'x-shopify-access-token': token }),
  };
}

function shortcuts({ consent, token, graphql }: Requests, clock: TestClock) {
  const codeFor = async (host: string, scope: string): Promise<string> => {
    const redirect = await consent(host, scope);
    return new URL(redirect.headers.get('location') ?? '').searchParams.get('code') ?? '';
  };
  return {
    codeFor,
    async connect(host: string, scope = ORDER_SCOPES, expiring = true): Promise<Grant> {
      const code = await codeFor(host, scope);
      return readGrant(await token(host, { code, ...(expiring ? { expiring: '1' } : {}) }));
    },
    refresh: (host: string, refreshToken: string) =>
      token(host, { grant_type: 'refresh_token', refresh_token: refreshToken }),
    async ask(host: string, accessToken: string, query: string, variables?: unknown): Promise<GraphqlBody> {
      clock.advance(REFILL_MS);
      const response = await graphql(host, accessToken, query, variables);
      return answerSchema.parse(await response.json());
    },
  };
}

/** Starts a sandbox on a free port with {@link CLIENT} registered. Close it when done. */
export async function startShopify(
  settings: Partial<SandboxSettings> = {},
  clock = createTestClock(),
): Promise<RunningShopify> {
  const base = { port: 0, host: '127.0.0.1', tokenSeconds: 3_600, allowLoopbackCallback: true, now: clock.now };
  const sandbox = await createSandbox({ ...base, ...settings }, [createShopifyPlatform]);
  const url = await sandbox.listen();
  const requests = requestsTo(url);
  const { clientId, ...registration } = CLIENT;
  await requests.control('PUT', `/control/shopify/clients/${clientId}`, registration);
  return { sandbox, url, clock, ...requests, ...shortcuts(requests, clock) };
}
