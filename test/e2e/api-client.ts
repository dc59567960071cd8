import { z } from 'zod';
import { order } from '#contract';
import type { System, TestApp } from '../system.js';

/** One answer of the API: its status, its headers and its body, parsed where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined when the body is no JSON. */
  readonly json: unknown;
}

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  retryable: z.boolean(),
  actor: z.enum(['caller', 'merchant', 'operator', 'platform']),
  requestId: z.string(),
  platform: z.looseObject({ id: z.string() }).optional(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

const store = z.looseObject({
  id: z.string(),
  platform: z.string(),
  name: z.string(),
  domain: z.string(),
  currency: z.string(),
  status: z.string(),
  statusReason: z.string().nullable(),
  scopesGranted: z.array(z.string()),
  externalId: z.string().nullable(),
});
export type Store = z.infer<typeof store>;

export const orderPage = z.object({
  data: z.array(order.extend({ raw: z.unknown().optional() })),
  quarantined: z.array(
    z.object({
      storeId: z.string(),
      platformId: z.string().nullable(),
      reason: z.string(),
      raw: z.unknown().optional(),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type OrderPage = z.infer<typeof orderPage>;

const session = z.strictObject({ id: z.string(), url: z.url(), expiresAt: z.iso.datetime() });
type SessionRequest = Readonly<Record<string, unknown>>;

/** What a SaaS app's back end does, with one key. */
export interface ApiClient {
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  /** @throws ZodError when the answer is no problem+json as api.md says */
  problem(method: string, path: string, body?: unknown): Promise<Problem>;
  createSession(request?: SessionRequest): Promise<z.infer<typeof session>>;
  stores(): Promise<readonly Store[]>;
  store(id: string): Promise<Store>;
  /** @param query without a leading question mark */
  orders(query: string): Promise<OrderPage>;
}

export function apiClient({ url }: Pick<System, 'url'>, { apiKey }: Pick<TestApp, 'apiKey'>): ApiClient {
  const call: ApiClient['call'] = async (method, path, body, more = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...more,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return await readAnswer(response);
  };
  const get = (path: string): Promise<Answer> => call('GET', path);
  const ok = async <T>(schema: z.ZodType<T>, answer: Promise<Answer>): Promise<T> => {
    const { status, json, text } = await answer;
    if (status >= 300) throw new Error(`answered ${String(status)}: ${text.slice(0, 500)}`);
    return schema.parse(json);
  };
  return {
    call,
    get,
    problem: async (method, path, body) => readProblem(await call(method, path, body)),
    createSession: (request = {}) => ok(session, call('POST', '/v1/connect-sessions', request)),
    stores: async () => (await ok(z.object({ data: z.array(store) }), get('/v1/stores?limit=250'))).data,
    store: (id) => ok(store, get(`/v1/stores/${id}`)),
    orders: (query) => ok(orderPage, get(`/v1/orders?${query}`)),
  };
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/** @throws Error or ZodError when it is no problem+json */
export function readProblem({ status, headers, json, text }: Answer): Problem {
  if (headers.get('content-type')?.startsWith('application/problem+json') !== true) {
    throw new Error(
      `no problem+json, but ${String(status)} ${headers.get('content-type') ?? ''}: ${text.slice(0, 500)}`,
    );
  }
  const read = problem.parse(json);
  if (read.status !== status) throw new Error(`says ${String(read.status)} with status ${String(status)}`);
  return read;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
