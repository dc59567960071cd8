import type { Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { ServerOptions as HttpServerOptions } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { type ErrorCode, GatewayError } from '#contract';
import { problemOf } from './problem.js';
import { securityHeaders } from './security-headers.js';

/** What one request and one connection may cost. Milliseconds and bytes. */
export const LIMITS = {
  bodyBytes: 256 * 1024,
  /** Of all headers together; more ends as 431. */
  headerBytes: 16 * 1024,
  headers: 100,
  /** Of path and query. A cursor alone may have 8,000. */
  addressCharacters: 10_000,
  /** A record id carries its platform's own id, which may be long. */
  parameterCharacters: 1_100,
  /** From the first byte, or from the connection, to the last header. */
  headersMs: 10_000,
  /** To the last byte of the body. */
  requestMs: 30_000,
  /** Between two requests of a connection; longer than load balancers keep theirs, so that they hang up first. */
  idleMs: 65_000,
  /** How often connections are looked at. */
  checkMs: 2_000,
  requestsPerConnection: 10_000,
  connections: 8_000,
};
export type Limits = typeof LIMITS;

/** How Fastify and Node are told. */
interface ServerOptions {
  readonly bodyLimit: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly maxRequestsPerSocket: number;
  readonly http: HttpServerOptions;
  readonly clientErrorHandler: (error: Error & { readonly code?: string }, socket: Socket) => void;
}

/** The limits that Node and Fastify keep by themselves. HTTP/2 is not spoken. */
export function serverOptions(limits: Limits, https: boolean): ServerOptions {
  return {
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    maxRequestsPerSocket: limits.requestsPerConnection,
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: limits.checkMs,
    },
    clientErrorHandler: (error, socket) => answerUnreadable(error.code, socket, https),
  };
}

const MESSAGES = {
  headers_too_large: 'The headers are larger than is accepted.',
  request_timeout: 'The request did not arrive in time.',
  request_invalid: 'This is not a well-formed HTTP request.',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** What never became a request is answered like every other: as a problem, with the headers that protect browsers. */
function answerUnreadable(code: string | undefined, socket: Socket, https: boolean): void {
  if (code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const known = codeOf(code);
  const error = new GatewayError(known, MESSAGES[known]);
  const requestId = randomUUID();
  const body = JSON.stringify(problemOf(error, requestId));
  const headers = {
    ...securityHeaders('/', requestId, https),
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${error.traits.http} ${known}\r\n${lines.join('')}\r\n${body}`);
}

function codeOf(code: string | undefined): keyof typeof MESSAGES {
  if (code === 'HPE_HEADER_OVERFLOW' || code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 'headers_too_large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request_timeout' : 'request_invalid';
}

/**
 * The limits that have to be looked at: number of headers, length of the address, compressed bodies, and requests that came
 * from this gateway itself.
 * @param loopName how this gateway names itself in `CDN-Loop`
 */
export function limitRequests(fastify: FastifyInstance, limits: Limits, loopName: string): void {
  fastify.server.maxConnections = limits.connections;
  fastify.addHook('onRequest', async ({ raw, headers }) => {
    if (raw.rawHeaders.length > 2 * limits.headers)
      throw new GatewayError('headers_too_large', `Send no more than ${limits.headers} headers.`);
    if ((raw.url ?? '').length > limits.addressCharacters)
      throw new GatewayError('request_invalid', `The address has more than ${limits.addressCharacters} characters.`);
    // Nothing here unpacks a body, so that nothing can unfold.
    if (!/^(?:identity)?$/i.test(headers['content-encoding'] ?? ''))
      throw new GatewayError('media_type_unsupported', 'Send the body as it is, not compressed.');
    if (namesIn(headers['cdn-loop']).includes(loopName))
      throw new GatewayError('loop_detected', 'This request was sent by this very gateway.');
  });
}

/** RFC 8586: names, each with parameters, separated by commas. */
function namesIn(header: string | readonly string[] | undefined): string[] {
  return String(header ?? '')
    .split(',')
    .map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '');
}
