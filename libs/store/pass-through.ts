import { GatewayError, type JsonValue } from '#contract';
import { connectorOf } from '#connectors';
import type { StoreRow } from '#persistence';
import { callStore } from './call-store.js';
import type { StoreContext } from './context.js';

/** A caller's own call to a store's API. It names a path and nothing more of where it goes; headers are ours. */
export interface RawRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly body: JsonValue | undefined;
}

/** What the platform answered, whatever it is. */
export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON, else the text. */
  readonly body: unknown;
}

const ALWAYS_SHOWN = ['content-type', 'retry-after'];

/**
 * One raw call to that store's own API host, signed, paced and reported. A write is never sent twice.
 * @throws GatewayError `request_invalid` for a path outside of the platform's API, or what kept the call from being made
 */
export async function passThrough(
  context: StoreContext,
  store: StoreRow,
  request: RawRequest,
  signal: AbortSignal,
): Promise<RawReply> {
  const { passthrough } = connectorOf(store.platform);
  checkPath(request.path, passthrough.prefixes);
  const { method, path, query, body } = request;
  const why = passthrough.refuses?.({ method, path, query });
  if (why !== undefined) throw new GatewayError('request_invalid', why, { fields: [{ path: 'path', message: why }] });
  const effect = method === 'GET' ? ('read' as const) : ('write' as const);
  const call = { method, path, query, effect, ...(body === undefined ? {} : { body }) };
  const answer = await callStore(context, store, signal, ({ raw }) => raw(call), {
    purpose: 'passThrough',
    failureIn: ({ failure }) => failure,
  });
  const shown = [...ALWAYS_SHOWN, ...(passthrough.answerHeaders ?? [])];
  const headers = shown.flatMap((name) => {
    const value = answer.header(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { status: answer.status, headers: Object.fromEntries(headers), body: parsed(answer.text) };
}

/** What a path may be made of. Nothing that any program could read as another host, another folder or a query. */
const PLAIN_PATH = /^(?:[\w~!$'()*+,;=:@-]|\.(?!\.)|%(?!2e|2f|5c|00)[0-9a-f]{2}|\/(?!\/))+$/i;

function checkPath(path: string, prefixes: readonly string[]): void {
  const inside = prefixes.some((prefix) => path.startsWith(prefix));
  const plain = PLAIN_PATH.test(path) && path.split('/').every((part) => part !== '.' && part !== '..');
  if (inside && plain && !/^[a-z][a-z0-9+.-]*:/i.test(path)) return;
  const message = `The path must begin with ${prefixes.join(' or ')} and stay below it.`;
  throw new GatewayError('request_invalid', message, { fields: [{ path: 'path', message }] });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
