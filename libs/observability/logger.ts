import { type DestinationStream, type Logger, type LoggerOptions, pino, stdSerializers } from 'pino';
import { GatewayError } from '#contract';

export type { Logger } from 'pino';

/** Names under which credentials travel; their values never reach a log line, whatever object they sit in. */
const REDACTED = [
  'authorization',
  'cookie',
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'client_secret',
  'clientSecret',
  'consumer_secret',
  'password',
  'secret',
  'token',
  'apiKey',
];

/** JSON lines on standard output, or where else they are to go, with the time as an RFC 3339 instant in UTC. */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    name,
    level,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: REDACTED.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[secret]' },
    // Only these fields of a request are ever logged: an allow-list, so that a new header cannot leak.
    serializers: {
      err: describeError,
      error: describeError,
      req: describeRequest,
      res: (res: unknown) => statusOf(res),
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** An error as data: code, message, stack and causes; nothing that a library hangs on its errors (requests, headers). */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return stdSerializers.err(new Error(String(error)));
  const inner: unknown = error.cause;
  const cause = inner === undefined || depth > 3 ? {} : { cause: describeError(inner, depth + 1) };
  const code = GatewayError.is(error) ? { code: error.code } : {};
  return {
    type: error.name,
    message: error.message.slice(0, 1000),
    ...code,
    stack: error.stack?.slice(0, 4000),
    ...cause,
  };
}

function describeRequest(request: unknown): unknown {
  if (typeof request !== 'object' || request === null) return undefined;
  const { method, url, id } = request as { method?: unknown; url?: unknown; id?: unknown };
  // Queries may hold codes and states; connect links are secrets in themselves.
  const path =
    typeof url === 'string' ? url.split('?')[0]?.replace(/^\/connect\/(keys\/)?[^/]+/, '/connect/$1…') : undefined;
  return { id, method, path };
}

function statusOf(response: unknown): unknown {
  if (typeof response !== 'object' || response === null || !('statusCode' in response)) return undefined;
  return { status: response.statusCode };
}
