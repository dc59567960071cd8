import {
  type ConnectedStore,
  type Connector,
  GatewayError,
  type HttpCall,
  type JsonValue,
  requireNamed,
  Secret,
  shapeOf,
} from '#contract';
import { readAnswer } from '#kit';
import { z } from 'zod';
import type { WriteFixture } from './fixture.js';

/** One request of a write, in the form in which two can be compared. */
export interface ComparedCall {
  readonly method: string;
  /** Below the API root. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly body: JsonValue;
}

/** What a write sent, what was recorded of it, and what came of it. */
export interface ReplayedWrite {
  readonly sent: readonly ComparedCall[];
  readonly recorded: readonly ComparedCall[];
  readonly outcome: unknown;
}

const ANY_HOST = 'https://recorded.invalid/';

/** Makes a recorded write again; each call is answered with what the call in its place was answered. No network. */
export async function replayWrite(connector: Connector, fixture: WriteFixture): Promise<ReplayedWrite> {
  const sent: ComparedCall[] = [];
  const http = async <T>(call: HttpCall<T>) => {
    const next = fixture.calls[sent.length];
    sent.push(comparedCall(call));
    if (next === undefined) throw new GatewayError('platform_unavailable', 'a call more than was recorded');
    const { status, headers, body } = next.response;
    return readAnswer(connector, call, {
      status,
      header: (name) => headers[name.toLowerCase()],
      text: typeof body === 'string' ? body : JSON.stringify(body),
    });
  };
  const outcome = await outcomeOf(connector, fixture, storeOf(fixture, http));
  return { sent, recorded: fixture.calls.map((call, index) => recordedCall(call, fixture, sent[index])), outcome };
}

/** What an operation makes of its calls: in the words of a fixture's `expect`. */
async function outcomeOf(connector: Connector, fixture: WriteFixture, store: ConnectedStore): Promise<unknown> {
  const { operation, attempt } = fixture;
  try {
    const written = await requireNamed.write(connector, operation).run(store, inputOf(fixture), attempt);
    return written === null ? { done: true } : { records: [asJson(written.record)] };
  } catch (error) {
    if (GatewayError.is(error)) return { error: error.code };
    throw error;
  }
}

function storeOf({ store, calls }: WriteFixture, http: ConnectedStore['http']): ConnectedStore {
  const host = new URL(calls[0]?.request.url ?? ANY_HOST).host;
  const signal = new AbortController().signal;
  return { id: 'store', account: store.account ?? host, currency: store.currency, scopes: [], signal, http };
}

/** The input as an operation gets it; a subscription is the gateway's own business and has no shape. */
function inputOf({ operation, input }: WriteFixture): Readonly<Record<string, unknown>> {
  const shape = shapeOf(operation);
  if (shape?.shape === 'write') return z.record(z.string(), z.unknown()).parse(shape.input.parse(input));
  const { secret } = input;
  return typeof secret === 'string' ? { ...input, secret: new Secret(secret) } : input;
}

/** The comparable form of a call that an operation makes. */
export function comparedCall({ method = 'GET', path, query = {}, body = null }: HttpCall<unknown>): ComparedCall {
  const url = new URL(path, ANY_HOST);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.append(name, String(value));
  return { method, path: url.pathname.slice(1), query: sorted(url), body: asJson(body) };
}

function recordedCall(
  { request }: WriteFixture['calls'][number],
  { attempt }: WriteFixture,
  sent: ComparedCall | undefined,
): ComparedCall {
  const url = new URL(request.url);
  const whole = url.pathname.slice(1);
  // A shop may lie in a sub-folder, which a call does not know of.
  const path = sent !== undefined && `/${whole}`.endsWith(`/${sent.path}`) ? sent.path : whole;
  const body = withAttempt(request.body, { $key: attempt.key, $reference: attempt.reference });
  return { method: request.method, path, query: sorted(url), body };
}

function sorted({ searchParams }: URL): readonly (readonly [string, string])[] {
  return [...searchParams].sort(([left], [right]) => (left < right ? -1 : 1));
}

function withAttempt(value: JsonValue, words: Readonly<Record<string, string>>): JsonValue {
  if (typeof value === 'string') return Object.hasOwn(words, value) ? (words[value] ?? value) : value;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => withAttempt(item, words));
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, JsonValue>>).map(([name, part]) => [
      name,
      withAttempt(part, words),
    ]),
  );
}

function asJson(value: unknown): JsonValue {
  // What JSON printed is JSON.
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}
