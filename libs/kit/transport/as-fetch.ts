import type { ExchangeLimits } from './exchange-limits.js';
import type { Transport } from './transport.js';
import { TransportError } from './transport-error.js';

const NULL_BODY = new Set([204, 205, 304]);

/** `RequestInit` whose body may be given as `undefined`, which libraries do and the type of Node's `fetch` forbids. */
export type FetchInit = Omit<RequestInit, 'body'> & { readonly body?: RequestInit['body'] | undefined };

export type Fetch = (input: string | URL | Request, init?: FetchInit) => Promise<Response>;

/**
 * The transport in the shape of the Fetch API, for libraries that bring no HTTP of their own (openid-client's
 * `customFetch`). Differs from `fetch` where the guard does: redirects are returned whatever `redirect` says, no cookies,
 * the body is complete when the promise resolves, and failures of the exchange are `TransportError`. What is no request
 * at all (a relative address, a user name in it) stays a `TypeError`.
 *
 * @param limits apply to every call; the call's own `signal` ends it as well
 */
export function asFetch(transport: Transport, limits: ExchangeLimits): Fetch {
  return async (input, { body: given, ...init } = {}) => {
    const request = new Request(input, given === undefined ? init : { ...init, body: given });
    const url = new URL(request.url);
    const body = new Uint8Array(await request.arrayBuffer());
    const signals = limits.signal === undefined ? [request.signal] : [request.signal, limits.signal];
    const answer = await transport(
      {
        method: request.method.toUpperCase(),
        url,
        headers: Object.fromEntries(request.headers),
        ...(body.byteLength > 0 && { body }),
      },
      { ...limits, signal: AbortSignal.any(signals) },
    );
    // The Fetch API has no answer outside this range.
    if (answer.status < 200 || answer.status > 599) throw new TransportError('malformed', 'maybe', url.hostname);
    const headers = [...answer.headers].flatMap(([name, values]) =>
      values.map((value): [string, string] => [name, value]),
    );
    return new Response(NULL_BODY.has(answer.status) ? null : answer.body, { status: answer.status, headers });
  };
}
