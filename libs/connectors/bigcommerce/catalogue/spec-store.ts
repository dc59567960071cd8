import type { ConnectedStore, HttpCall, JsonValue } from '#contract';
import { readAnswer } from '#kit';
import { bigcommerce } from '../bigcommerce.js';

/** For specs: a shop that answers in order and remembers what it was sent. An answer is a body, with its status before. */
export function scriptedShop(...answers: readonly (readonly [number, JsonValue] | 'unreachable')[]) {
  const left = [...answers];
  const sent: { readonly call: string; readonly body: JsonValue | undefined }[] = [];
  const http = async <T>(call: HttpCall<T>) => {
    sent.push({ call: `${call.method ?? 'GET'} ${call.path}`, body: call.body });
    const answer = left.shift();
    if (answer === undefined) throw new Error(`nobody answers ${call.path}`);
    const [status, body] = answer === 'unreachable' ? [504, {}] : answer;
    const header = (): undefined => undefined;
    return readAnswer(bigcommerce, call, { status, header, text: JSON.stringify(body) });
  };
  const signal = new AbortController().signal;
  const store: ConnectedStore = { id: 's', account: 'abc123xyz', currency: 'USD', scopes: [], signal, http };
  return { store, sent };
}

export const ATTEMPT = { key: '00000000-0000-4000-8000-000000000001', reference: 'ssp-1' };
