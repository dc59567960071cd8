import type { ConnectedStore, Connector, HttpCall } from '#contract';
import { type RawAnswer, readAnswer } from '#kit';

/** A call as a test sees it: where it went and with which parameters, those left out removed. */
export interface SeenCall {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** A store whose calls are answered by a function, and judged as live answers are. No network. */
export function answeringStore(
  connector: Connector,
  answer: (call: SeenCall) => RawAnswer,
  account?: string,
): ConnectedStore {
  return storeAnsweredBy(connector, (call) => answer(seen(call)), account);
}

/** The same, for whoever looks at the whole call. */
export function storeAnsweredBy(
  connector: Connector,
  answer: (call: HttpCall<unknown>) => RawAnswer,
  account = 'shop.example.com',
): ConnectedStore {
  return {
    id: 'store',
    account,
    currency: 'USD',
    scopes: [],
    signal: new AbortController().signal,
    http: async <T>(call: HttpCall<T>) => readAnswer(connector, call, answer(call)),
  };
}

function seen({ method = 'GET', path, query = {} }: HttpCall<unknown>): SeenCall {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return { method, path, query: Object.fromEntries(given) as Record<string, string> };
}

/** An answer with a JSON body. */
export function jsonAnswer(body: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): RawAnswer {
  return { status, header: (name) => headers[name.toLowerCase()], text: JSON.stringify(body) };
}
