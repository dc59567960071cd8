import type { ConnectedStore, Connector, HttpCall, JsonValue } from '#contract';
import { readAnswer } from '#kit';

/** An answer of a scripted store: a status with a body, a body by itself, or a proxy that gave up. */
export type ScriptedAnswer = readonly [number, JsonValue] | 'unreachable';

/** A call as a scripted store was sent it; its path without what every path of the platform begins with. */
export interface SentCall {
  readonly method: string;
  readonly path: string;
  readonly body: JsonValue | undefined;
}

/** A store that answers in order, judged as live answers are, and remembers what it was sent, and asked with. No network. */
export function scriptedStore(connector: Connector, root: string, ...answers: readonly ScriptedAnswer[]) {
  const left = [...answers];
  const sent: SentCall[] = [];
  const queries: NonNullable<HttpCall<unknown>['query']>[] = [];
  const http = async <T>(call: HttpCall<T>) => {
    const { method = 'GET', path, query = {}, body } = call;
    sent.push({ method, path: path.replace(root, ''), body });
    queries.push(query);
    const answer = left.shift();
    if (answer === undefined) throw new Error(`nobody answers ${path}`);
    const [status, said] = answer === 'unreachable' ? [504, 'the proxy gave up'] : answer;
    const header = (): undefined => undefined;
    return readAnswer(connector, call, { status, header, text: JSON.stringify(said) });
  };
  const signal = new AbortController().signal;
  const store: ConnectedStore = { id: 's', account: 'shop.example.com', currency: 'EUR', scopes: [], signal, http };
  return { store, sent, queries };
}

/** What a write came to, as its code and its words. */
export async function outcomeOf(work: Promise<unknown>): Promise<{ code: string; message: string } | 'done'> {
  return work.then(
    () => 'done' as const,
    // Whatever it is, the spec looks at what it says.
    (error: unknown) => ({
      code: 'thrown',
      message: '',
      ...(error as object),
      ...(error instanceof Error && { message: error.message }),
    }),
  );
}
