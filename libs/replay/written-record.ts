import { type Connector, GatewayError, type HttpCall } from '#contract';
import { readAnswer } from '#kit';
import { z } from 'zod';
import type { Exchange } from './exchange.js';

const ANYTHING: HttpCall<unknown> = { path: '', effect: 'read', expect: z.unknown() };
const made = z.object({ id: z.union([z.int().positive().transform(String), z.string().min(1).max(500)]) });

/**
 * What was just made, as if it had been asked for: where records have addresses, it lies by its id below the address it
 * was made at. Undefined for anything else; other requests tell by themselves which record they answer.
 */
export function asReadingOf(connector: Connector, exchange: Exchange): Exchange | undefined {
  const { request, answer } = exchange;
  if (request.method !== 'POST' || answer.status >= 300) return undefined;
  const { id } = made.safeParse(dataOf(connector, exchange)).data ?? {};
  if (id === undefined) return undefined;
  const url = new URL(request.url.href);
  url.search = '';
  // The look-behind keeps a long row of slashes from being tried again from each of them.
  url.pathname = `${url.pathname.replace(/(?<!\/)\/+$/, '')}/${encodeURIComponent(id)}`;
  const read = { ...exchange, request: { method: 'GET', url, body: null } };
  return connector.recognize(read.request) === undefined ? undefined : read;
}

function dataOf(connector: Connector, { answer }: Exchange): unknown {
  try {
    return readAnswer(connector, ANYTHING, answer).data;
  } catch {
    return undefined;
  }
}

/** What the platform refused, by the connector's rules; undefined where it refused nothing. */
export function refusalOf(connector: Connector, { answer }: Exchange): GatewayError | undefined {
  if (answer.status < 400) return undefined;
  try {
    readAnswer(connector, ANYTHING, answer);
    return undefined;
  } catch (error) {
    if (GatewayError.is(error)) return error;
    throw error;
  }
}
