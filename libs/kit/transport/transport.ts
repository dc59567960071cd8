import { Buffer } from 'node:buffer';
import { IncomingMessage } from 'node:http';
import type { AxiosInstance } from 'axios';
import { type Answer, createAnswer, readHeaders } from './answer.js';
import type { Egress } from './egress.js';
import { createEnding, type Ending, type ExchangeLimits } from './exchange-limits.js';
import { failureBeforeAnswer, failureWithinAnswer } from './failures.js';
import { createHttpClient } from './http-client.js';
import { askingBeforeItLeaves } from './last-moment.js';
import { headersToSend, type OutgoingMessage } from './outgoing-message.js';
import { ACCEPTED_ENCODINGS, readBody } from './read-body.js';
import { createRouter, type Route, type StandIn } from './router.js';
import { TransportError } from './transport-error.js';

export interface TransportOptions {
  readonly egress: Egress;
  /** Sent with every message that names none of its own. */
  readonly userAgent: string;
  readonly standIn?: StandIn;
  /** Who we are in `CDN-Loop` (RFC 8586), by which a gateway that is called by itself through another name notices. */
  readonly loopName?: string;
}

/** Sends one message and waits for the whole answer. Rejects with `TransportError`. */
export interface Transport {
  (message: OutgoingMessage, limits: ExchangeLimits): Promise<Answer>;
  /** Ends all connections of this transport and its egress, and refuses what comes after. */
  close(): void;
}

interface Exchange {
  readonly client: AxiosInstance;
  readonly message: OutgoingMessage;
  readonly route: Route;
  readonly maxBytes: number;
  readonly ending: Ending;
}

// Node reads at most 16 KiB of headers; this bounds how many it makes of them (it would drop some silently at 1,000).
const MAX_HEADERS = 256;

/**
 * Builds the one way out of the product. Every status is an answer, redirects too: none is followed. The environment's
 * proxies are ignored, no cookie is kept or sent, certificates are always verified.
 *
 * @throws RangeError or TypeError when the stand-in's origin is no http or https origin
 */
export function createTransport({ egress, userAgent, standIn, loopName }: TransportOptions): Transport {
  const client = createHttpClient();
  const router = createRouter(egress, standIn);
  let closed = false;
  const send = async (message: OutgoingMessage, limits: ExchangeLimits): Promise<Answer> => {
    const host = message.url.hostname;
    const headers = headersToSend(message, userAgent);
    if (headers !== undefined && loopName !== undefined) headers['cdn-loop'] = loopName;
    if (headers === undefined) throw new TransportError('malformed', 'no', host);
    const route = router.find(message.url);
    if (route.egress.checkUrl(route.url) !== undefined) throw new TransportError('refused', 'no', host);
    if (closed) throw new TransportError('aborted', 'no', host);
    const ending = createEnding(limits);
    try {
      return await exchange({ client, message: { ...message, headers }, route, maxBytes: limits.maxBytes, ending });
    } finally {
      ending.release();
    }
  };
  const close = () => {
    closed = true;
    router.close();
  };
  return Object.assign(send, { close });
}

async function exchange({ client, message, route, maxBytes, ending }: Exchange): Promise<Answer> {
  const host = message.url.hostname;
  const incoming = await request(client, message, route, ending).catch((error: unknown) => {
    throw failureBeforeAnswer(error, host, route.egress, ending);
  });
  const { statusCode = 0, rawHeaders } = incoming;
  const headers = readHeaders(rawHeaders);
  const announced = Number(headers.get('content-length')?.[0] ?? 0);
  if (rawHeaders.length > 2 * MAX_HEADERS || (hasBody(message, statusCode) && announced > maxBytes)) {
    incoming.destroy();
    throw new TransportError('tooLarge', 'maybe', host);
  }
  const encodings = hasBody(message, statusCode) ? (headers.get('content-encoding') ?? []) : [];
  const body = await readBody(incoming, encodings, maxBytes).catch((error: unknown) => {
    throw failureWithinAnswer(error, host, ending);
  });
  if (encodings.length > 0) for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  return createAnswer(statusCode, headers, body);
}

function hasBody(message: OutgoingMessage, status: number): boolean {
  return message.method !== 'HEAD' && status !== 204 && status !== 304;
}

async function request(client: AxiosInstance, message: OutgoingMessage, route: Route, ending: Ending) {
  const { method, headers, body } = message;
  const response = await client.request<unknown>({
    url: route.url.href,
    method,
    // `false` keeps axios from naming a form's media type where there is none.
    headers: { 'content-type': false, 'accept-encoding': ACCEPTED_ENCODINGS, ...headers },
    data: body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : body,
    httpAgent: route.egress.httpAgent,
    httpsAgent: route.egress.httpsAgent,
    // Ends the answer's body too, as long as it is being read.
    signal: ending.signal,
    transport: askingBeforeItLeaves(route.url.protocol === 'https:', () => ending.askToLeave()),
  });
  if (response.data instanceof IncomingMessage) return response.data;
  throw new TypeError('not an HTTP answer');
}
