import { isDeepStrictEqual } from 'node:util';
import type { Connector, HttpCall, ReplayTarget } from '#contract';
import type { RawAnswer } from '#kit';
import type { Exchange } from './exchange.js';

const ABSENT: RawAnswer = { status: 404, header: () => undefined, text: '' };

/**
 * Answers calls out of recordings, each of which answers once, so that a loop over pages comes to an end. The replayed
 * exchange comes first; of the others, those that succeeded. An empty 404 stands for what was not recorded.
 */
export function answersOf(
  connector: Connector,
  exchange: Exchange,
  others: readonly Exchange[],
): (call: HttpCall<unknown>) => RawAnswer {
  const rest = others.filter((other) => other !== exchange && !other.fromPlatform);
  const left = [exchange, ...rest.filter(succeeded), ...rest.filter((other) => !succeeded(other))];
  return (call) => {
    const isOwn = left[0] === exchange && (isSameCall(exchange, call, true) || meansTheSame(connector, exchange, call));
    const found = isOwn ? exchange : left.find((other) => other !== exchange && isSameCall(other, call, false));
    if (found === undefined) return ABSENT;
    left.splice(left.indexOf(found), 1);
    return found.answer;
  };
}

function succeeded({ answer }: Exchange): boolean {
  return answer.status >= 200 && answer.status < 300;
}

function isSameCall({ request }: Exchange, call: HttpCall<unknown>, whateverBody: boolean): boolean {
  const method = call.method ?? 'GET';
  if (request.method !== method || !withoutEnd(request.url.pathname).endsWith(`/${withoutEnd(call.path)}`))
    return false;
  return method === 'GET' || whateverBody || isDeepStrictEqual(request.body, call.body ?? null);
}

/**
 * The recorded request may spell the same thing in another way than our call does: another version of the API, the route
 * in a parameter. Reading the shop takes several different calls, so there at least the end of the path must agree.
 * A recorded write answers as the read does whose record it holds.
 */
function meansTheSame(connector: Connector, exchange: Exchange, call: HttpCall<unknown>): boolean {
  const url = new URL(call.path, 'https://recorded.invalid/');
  for (const [name, value] of Object.entries(call.query ?? {}))
    if (value !== undefined) url.searchParams.append(name, String(value));
  const method = call.method ?? 'GET';
  const ours = connector.recognize({ method, url, body: call.body ?? null });
  const recorded = connector.recognize(exchange.request);
  const isAnswer = exchange.request.method === method || method === 'GET';
  if (!isAnswer || !isDeepStrictEqual(ours, recorded)) return false;
  return !isShop(recorded) || lastPart(url) === lastPart(exchange.request.url);
}

function isShop(target: ReplayTarget | undefined): boolean {
  return target?.operation === 'shop.get';
}

function lastPart(url: URL): string | undefined {
  return withoutEnd(url.pathname).split('/').at(-1);
}

function withoutEnd(path: string): string {
  // The look-behind keeps a long row of slashes from being tried again from each of them.
  return path.replace(/(?<!\/)\/+$/, '');
}
