import type { Answer } from './answer.js';
import type { ExchangeLimits } from './exchange-limits.js';
import type { OutgoingMessage } from './outgoing-message.js';
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
 * @param read sees each answer and may give it another body, before a `Response` is made of it
 */
export function asFetch(
  transport: Transport,
  limits: ExchangeLimits,
  read: (answer: Answer) => ReplacedBody | undefined = () => undefined,
): Fetch {
  return async (input, init = {}) => {
    const { message, signal } = plainCall(input, init) ?? (await anyCall(input, init));
    const signals = [signal, limits.signal].filter((one) => one !== undefined);
    const [first, ...others] = signals;
    const ending = others.length === 0 ? first : AbortSignal.any(signals);
    const answer = await transport(message, { ...limits, ...(ending !== undefined && { signal: ending }) });
    const { status } = answer;
    // The Fetch API has no answer outside this range.
    if (status < 200 || status > 599) throw new TransportError('malformed', 'maybe', message.url.hostname);
    const replaced = read(answer);
    if (replaced !== undefined)
      return new Response(NULL_BODY.has(status) ? null : replaced.body, { ...replaced, status });
    const headers = [...answer.headers].flatMap(([name, values]) =>
      values.map((value): [string, string] => [name, value]),
    );
    return new Response(NULL_BODY.has(status) ? null : answer.body, { status, headers });
  };
}

/** Another body for an answer, with all the headers that then hold. */
export interface ReplacedBody {
  readonly body: string;
  readonly headers: Record<string, string>;
}

interface Call {
  readonly message: OutgoingMessage;
  readonly signal: AbortSignal | undefined;
}

const WITH_BODY = /^(?:POST|PUT|PATCH)$/;

/**
 * A form posted with plain headers, which is what OAuth sends: read without a `Request`, whose streams cost more than all
 * the rest of the call. Whatever else there is goes the other way.
 */
function plainCall(input: string | URL | Request, init: FetchInit): Call | undefined {
  const { method = 'GET', body, headers = {}, signal } = init;
  const isPlain = Object.getPrototypeOf(headers) === Object.prototype && WITH_BODY.test(method);
  if (!(body instanceof URLSearchParams) || !isPlain || input instanceof Request || !URL.canParse(String(input)))
    return undefined;
  const url = new URL(input);
  if (url.username !== '' || url.password !== '') return undefined;
  const given = Object.entries(headers as Readonly<Record<string, string>>).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  const type = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' };
  return {
    message: { method, url, headers: { ...type, ...Object.fromEntries(given) }, body: body.toString() },
    signal: signal ?? undefined,
  };
}

async function anyCall(input: string | URL | Request, { body: given, ...init }: FetchInit): Promise<Call> {
  const request = new Request(input, given === undefined ? init : { ...init, body: given });
  const body = new Uint8Array(await request.arrayBuffer());
  const { headers, signal } = request;
  const method = request.method.toUpperCase();
  const bytes = body.byteLength > 0 && { body };
  return { message: { method, url: new URL(request.url), headers: Object.fromEntries(headers), ...bytes }, signal };
}
