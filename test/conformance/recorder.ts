import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { connectorOf } from '#connectors';
import { capabilities, type Connector, type JsonValue, shapeOf } from '#contract';
import { type Exchange, replayExchange } from '#replay';
import {
  type ComparedCall,
  type Fixtures,
  readFixtures,
  replayWrite,
  secretLookAlikes,
  type WriteFixture,
} from '#testing';
import { RECORD_ROUTES } from '../../apps/gateway/records/record-routes.js';
import type { ApiClient } from '../e2e/api-client.js';
import type { TappedExchange } from './tap.js';

/** What passed the tap; its headers where the tap keeps them. */
export type Passed = TappedExchange & { readonly headers?: Readonly<Record<string, string>> };

export interface Recorder {
  /** The API, every write through it remembered with what it made pass. */
  readonly api: ApiClient;
  /** Writes a fixture for each operation that has none yet, when `SHOPSPAN_RECORD=1`. @returns the names of the files */
  save(): Promise<readonly string[]>;
}

interface Made {
  readonly operation: string;
  readonly input: Readonly<Record<string, JsonValue>>;
  readonly passed: readonly Passed[];
}

/**
 * Turns what passed between the gateway and a sandbox into fixtures of a connector: a write with all its calls, and
 * pages and records that were read. What the connector makes of them is what it makes of them now: look at it before
 * you keep it. A fixture to be recorded anew is deleted first.
 */
export function createRecorder(
  platform: string,
  passed: readonly Passed[],
  api: ApiClient,
  folder = new URL(`../../libs/connectors/${platform}/__fixtures__/`, import.meta.url),
): Recorder {
  const connector = connectorOf(platform);
  const made: Made[] = [];
  const call: ApiClient['call'] = async (method, path, body, headers) => {
    const before = passed.length;
    const answer = await api.call(method, path, body, headers);
    const asked = askedFor(method, path, body);
    if (asked !== undefined && answer.status < 300) made.push({ ...asked, passed: passed.slice(before) });
    return answer;
  };
  const save = async (): Promise<readonly string[]> => {
    if (process.env['SHOPSPAN_RECORD'] !== '1') return [];
    const known = readFixtures(folder);
    return [
      ...(await saveWrites(connector, folder, known, made)),
      ...(await saveReads(connector, folder, known, passed)),
    ];
  };
  return { api: { ...api, call }, save };
}

/** The operation behind a call of our API and its input, with the platform's own ids. */
function askedFor(method: string, path: string, body: unknown): Omit<Made, 'passed'> | undefined {
  const url = new URL(path, 'http://gateway.invalid');
  if (method === 'GET' || url.searchParams.has('dryRun')) return undefined;
  for (const route of RECORD_ROUTES.filter((one) => one.method === method)) {
    const pattern = route.path.replace(/:(\w+)/g, (_whole, name: string) => `(?<${name}>[^/]+)`);
    const match = new RegExp(`^/v1/${pattern}$`).exec(url.pathname);
    if (match === null) continue;
    const named = Object.entries(route.parameters).map(([name, field]) => [field, match.groups?.[name] ?? '']);
    // What a test sends is JSON.
    const sent = (body ?? {}) as Readonly<Record<string, JsonValue>>;
    return { operation: route.operation, input: withPlatformIds({ ...Object.fromEntries(named), ...sent }) };
  }
  return undefined;
}

const RECORD_ID = /^[a-z]{3}_[0-9a-f]{32}_([A-Za-z0-9_-]+)$/;

function withPlatformIds<T extends JsonValue>(value: T): T {
  const shown = JSON.stringify(value, (_name, part: unknown) => {
    const encoded = typeof part === 'string' ? RECORD_ID.exec(part)?.[1] : undefined;
    return encoded === undefined ? part : Buffer.from(encoded, 'base64url').toString('utf8');
  });
  // Only texts were exchanged for texts.
  return JSON.parse(shown) as T;
}

async function saveWrites(
  connector: Connector,
  folder: URL,
  { writes }: Fixtures,
  made: readonly Made[],
): Promise<readonly string[]> {
  const missing = made.filter(
    ({ operation }, index) =>
      made.findIndex((one) => one.operation === operation) === index &&
      !writes.some((write) => write.operation === operation && !('error' in write.expect)),
  );
  const saved: string[] = [];
  for (const one of missing) {
    const recorded = await inOrderOfSending(connector, fixtureOf(one));
    const { sent, outcome } = await replayWrite(connector, recorded);
    // The keys of the attempt are the fixture's own: what is compared later is what is sent with them.
    const calls = recorded.calls.map((call, index) => ({
      ...call,
      request: { ...call.request, body: sent[index]?.body ?? call.request.body },
    }));
    const { operation, input, attempt, store } = recorded;
    const fixture = { operation, input, attempt, store, calls, expect: outcome };
    saved.push(saveFile(connector, folder, `write-${operation.replace('.', '-')}`, fixture));
  }
  return saved;
}

/**
 * Calls that were under way together are answered in any order, and others may come between, of the worker that keeps
 * subscriptions. The write is made again until each call finds its own answer in its place.
 * @throws Error when the answer to a call did not pass
 */
async function inOrderOfSending(connector: Connector, recorded: WriteFixture): Promise<WriteFixture> {
  const calls = [...recorded.calls];
  for (;;) {
    const { sent, recorded: again } = await replayWrite(connector, { ...recorded, calls });
    const at = sent.findIndex((call, index) => !isSameCall(call, again[index]));
    if (at < 0) return { ...recorded, calls: calls.slice(0, sent.length) };
    const own = calls.findIndex((call, index) => index > at && isOwnCall(sent[at], call));
    if (own < 0) throw new Error(`${recorded.operation}: the answer to ${sent[at]?.path ?? 'a call'} did not pass`);
    calls.splice(at, 0, ...calls.splice(own, 1));
  }
}

function isOwnCall(sent: ComparedCall | undefined, { request }: WriteFixture['calls'][number]): boolean {
  const { pathname, searchParams } = new URL(request.url);
  const query = [...searchParams].sort(([left], [right]) => (left < right ? -1 : 1));
  return isSameCall(sent, { method: request.method, path: pathname.slice(1), query, body: null });
}

/** What is sent may differ by the keys of the attempt; where it goes may not. */
function isSameCall(sent: ComparedCall | undefined, recorded: ComparedCall | undefined): boolean {
  if (sent === undefined || recorded === undefined || sent.method !== recorded.method) return false;
  return `/${recorded.path}`.endsWith(`/${sent.path}`) && isDeepStrictEqual(sent.query, recorded.query);
}

const ATTEMPT = { key: '00000000-0000-4000-8000-000000000001', reference: 'ssp-00000000000000000001' };

/** As it passed; what comes of it is told by making it again. */
function fixtureOf({ operation, input, passed }: Made): WriteFixture {
  const calls = passed.map(({ method, host, path, body, status, answer, headers = {} }) => ({
    request: { method, url: `https://${host}/${path}`, body: jsonOf(body) },
    response: {
      status,
      headers,
      body: jsonOf(answer.replaceAll(/ssp-[0-9a-f]{20}/g, ATTEMPT.reference)),
    },
  }));
  const currency = /"currency(?:Code)?":"([A-Z]{3})"/.exec(passed.map(({ answer }) => answer).join(''))?.[1] ?? 'EUR';
  const rest = { calls, expect: { done: true as const }, name: operation, text: '' };
  return {
    operation,
    input,
    attempt: ATTEMPT,
    store: { currency },
    ...rest,
  };
}

function jsonOf(text: string): JsonValue {
  if (text === '') return null;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

async function saveReads(
  connector: Connector,
  folder: URL,
  { reads }: Fixtures,
  passed: readonly Passed[],
): Promise<readonly string[]> {
  const had = new Set(reads.map(({ exchange }) => connector.recognize(exchange.request)?.operation));
  const wanted = capabilities(connector.operations)
    .filter(
      ({ operation, support }) => support !== 'none' && shapeOf(operation)?.shape !== 'write' && !had.has(operation),
    )
    .map(({ operation }) => operation);
  const exchanges = passed.map(exchangeOf);
  const kept = new Map<string, object>();
  for (const [index, exchange] of exchanges.entries()) {
    const { operation } = connector.recognize(exchange.request) ?? {};
    if (operation === undefined || !wanted.includes(operation)) continue;
    const result = await replayExchange(connector, exchange, exchanges.slice(index + 1));
    if (result.outcome !== 'read' || (result.records.length === 0 && result.more)) continue;
    const { records, quarantined, more } = result;
    const name = `${operation.replace('.', '-')}${more || shapeOf(operation)?.shape !== 'list' ? '' : '-last'}`;
    if (!kept.has(name)) kept.set(name, { ...recordingOf(passed[index]), expect: { records, quarantined, more } });
  }
  return [...kept].map(([name, fixture]) => saveFile(connector, folder, name, fixture));
}

function exchangeOf({ method, host, path, body, status, answer, headers = {} }: Passed): Exchange {
  const request = { method, url: new URL(`https://${host}/${path}`), body: jsonOf(body) };
  return {
    request,
    answer: { status, header: (name) => headers[name.toLowerCase()], text: answer },
    fromPlatform: false,
  };
}

function recordingOf(passed: Passed | undefined): object {
  if (passed === undefined) return {};
  const { method, host, path, body, status, answer, headers = {} } = passed;
  return {
    request: { method, url: `https://${host}/${path}`, body: jsonOf(body) },
    response: { status, headers, body: jsonOf(answer) },
  };
}

function saveFile({ id, apiVersion }: Connector, folder: URL, name: string, fixture: object): string {
  const _meta = { platform: id, version: `${apiVersion}, the sandbox of this repository`, name };
  const text = `${JSON.stringify({ _meta, ...fixture }, null, 1)}\n`;
  const secrets = secretLookAlikes(text);
  if (secrets.length > 0) throw new Error(`${name} would hold ${secrets.join(', ')}`);
  const file = new URL(`${name}.json`, folder);
  if (existsSync(file)) throw new Error(`${fileURLToPath(file)} is there already, and is no proof of its operation`);
  writeFileSync(file, text);
  return `${name}.json`;
}
