import type { ConnectedStore, HttpCall, JsonValue } from '#contract';
import { readAnswer } from '#kit';
import { woocommerce } from '../woocommerce.js';

/** For specs: a shop that answers in order and remembers what it was sent. An answer is a body, with its status before. */
export function scriptedShop(...answers: readonly (readonly [number, JsonValue] | 'unreachable')[]) {
  const left = [...answers];
  const sent: { method: string; path: string; body: JsonValue | undefined }[] = [];
  const http = async <T>(call: HttpCall<T>) => {
    sent.push({ method: call.method ?? 'GET', path: call.path.replace('wp-json/wc/v3/', ''), body: call.body });
    const answer = left.shift();
    if (answer === undefined) throw new Error(`nobody answers ${call.path}`);
    const [status, body] = answer === 'unreachable' ? [504, 'the proxy gave up'] : answer;
    const header = (): undefined => undefined;
    return readAnswer(woocommerce, call, { status, header, text: JSON.stringify(body) });
  };
  const signal = new AbortController().signal;
  const store: ConnectedStore = { id: 's', account: 'shop.example.com', currency: 'EUR', scopes: [], signal, http };
  return { store, sent };
}

/** For specs: what a write came to, as its code and its words. */
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

export const ATTEMPT = { key: '00000000-0000-4000-8000-000000000001', reference: 'ssp-1' };
