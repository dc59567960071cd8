import type { ConnectedStore, HttpCall, JsonValue } from '#contract';
import { readAnswer } from '#kit';
import { jsonAnswer } from '#testing';
import { expect } from 'vitest';
import { woocommerce } from '../woocommerce.js';

type Answer = ReturnType<typeof jsonAnswer>;
export type Sent = Pick<HttpCall<unknown>, 'method' | 'path' | 'query' | 'body'>;

/** A shop that answers by method and the end of the path; what is not named is missing. */
export function shop(answers: Readonly<Record<string, JsonValue | ((sent: Sent) => Answer)>>) {
  const sent: string[] = [];
  const bodies: JsonValue[] = [];
  const http = async <T>(call: HttpCall<T>) => {
    const name = `${call.method ?? 'GET'} ${call.path.replace('wp-json/wc/v3/', '')}`;
    sent.push(name);
    if (call.body !== undefined) bodies.push(call.body);
    const given = answers[name];
    const missing = jsonAnswer({ code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.' }, {}, 404);
    const answer = given === undefined ? missing : typeof given === 'function' ? given(call) : jsonAnswer(given);
    return readAnswer(woocommerce, call, answer);
  };
  const signal = new AbortController().signal;
  const store: ConnectedStore = { id: 's', account: 'a', currency: 'EUR', scopes: [], signal, http };
  return { store, sent, bodies };
}

export const attempt = { key: '11111111-2222-4333-8444-555555555555', reference: 'ssp-abc' };
export const eur = (amount: string) => ({ amount, currency: 'EUR' });
export const rejected = expect.objectContaining({ code: 'request_rejected' }) as Error;

/** Ten cups for 10.00 without tax, three of which cannot be shared out evenly. */
export const order = (changes: Readonly<Record<string, JsonValue>> = {}): Readonly<Record<string, JsonValue>> => ({
  id: 62,
  status: 'processing',
  currency: 'EUR',
  date_created_gmt: '2026-11-22T10:00:00',
  date_modified_gmt: '2026-11-22T10:00:00',
  date_paid_gmt: '2026-11-22T10:00:00',
  shipping_total: '5.00',
  total: '17.85',
  total_tax: '2.85',
  line_items: [
    {
      id: 7,
      name: 'Cup',
      quantity: 3,
      subtotal: '10.00',
      total: '10.00',
      total_tax: '1.90',
      taxes: [{ id: 1, total: '1.90' }],
    },
  ],
  shipping_lines: [
    {
      id: 8,
      total: '5.00',
      total_tax: '0.95',
      taxes: [
        { id: 1, total: '0.95' },
        { id: 2, total: '' },
      ],
    },
  ],
  ...changes,
});
