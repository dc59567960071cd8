import { type Connector, GatewayError, type HttpCall, shapeOf } from '#contract';
import { readAnswer } from '#kit';
import { z } from 'zod';
import type { Exchange } from './exchange.js';

const ANYTHING: HttpCall<unknown> = { path: '', effect: 'read', expect: z.unknown() };
const number = z.union([z.int().positive().transform(String), z.string().min(1).max(500)]);
const oneRecord = z.union([
  z.object({ id: number }),
  z.object({ entity_id: number }).transform(({ entity_id: id }) => ({ id })),
]);

/**
 * One record that no operation of ours would ask for in this way, as if it had been asked for: where records have
 * addresses, what was made lies by its id below the address it was made at; what is never read alone is read as a list
 * of nothing else. Undefined where neither is an operation.
 */
export function asReadingOf(connector: Connector, exchange: Exchange): Exchange | undefined {
  const { request, answer } = exchange;
  if (request.method === 'DELETE' || answer.status >= 300) return undefined;
  const { id } = oneRecord.safeParse(dataOf(connector, exchange)).data ?? {};
  if (id === undefined) return undefined;
  // The look-behind keeps a long row of slashes from being tried again from each of them.
  const path = request.url.pathname.replace(/(?<!\/)\/+$/, '');
  const own = `/${encodeURIComponent(id)}`;
  const isOwn = path.endsWith(own);
  const alone = readingOf(exchange, isOwn ? path : path + own, answer.text);
  if (shapeOfReading(connector, alone) === 'get') return alone;
  const among = readingOf(exchange, isOwn ? path.slice(0, -own.length) : path, `[${answer.text}]`);
  return shapeOfReading(connector, among) === 'list' ? among : undefined;
}

function readingOf({ request, answer, fromPlatform }: Exchange, path: string, text: string): Exchange {
  const url = new URL(request.url.href);
  url.search = '';
  url.pathname = path;
  return { request: { method: 'GET', url, body: null }, answer: { ...answer, text }, fromPlatform };
}

function shapeOfReading(connector: Connector, { request }: Exchange): 'get' | 'list' | undefined {
  const { operation } = connector.recognize(request) ?? {};
  if (operation === undefined) return undefined;
  // Subscriptions are the gateway's own business; callers cannot ask for them.
  if (operation === 'webhooks.list') return 'list';
  const shape = shapeOf(operation)?.shape;
  return shape === 'write' ? undefined : shape;
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
