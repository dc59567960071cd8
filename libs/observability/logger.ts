import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { GatewayError } from '#contract';
import { textWithoutSecrets, withoutSecrets } from './without-secrets.js';

export type { Logger } from 'pino';

const MAX_CAUSES = 4;

/** JSON lines on standard output, or where else they are to go, with the time as an RFC 3339 instant in UTC. */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    name,
    level,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { log: describeFields },
    hooks: {
      logMethod(args, write) {
        const [first, ...rest] = args;
        // Pino would print the message of an error that is logged by itself as it is.
        const fields: unknown = first instanceof Error ? { err: first } : first;
        const words = first instanceof Error && rest.length === 0 ? [first.message] : rest;
        const texts = [fields, ...words].map((part) => (typeof part === 'string' ? textWithoutSecrets(part) : part));
        // The same arguments, and at least the first of them.
        write.apply(this, texts as [object, string?, ...unknown[]]);
      },
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

// Of a request and an answer only the fields named below are ever logged, so that a new header cannot leak.
function describeFields(fields: object): Record<string, unknown> {
  const described = Object.entries(fields).map(([name, value]: [string, unknown]): [string, unknown] => {
    if (value instanceof Error || name === 'err' || name === 'error') return [name, describeError(value)];
    if (name === 'req') return [name, describeRequest(value)];
    return [name, name === 'res' ? statusOf(value) : value];
  });
  return { ...plain(described) };
}

/** An error as data: code, message, stack and causes; nothing that a library hangs on its errors (requests, headers). */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return withoutSecrets(error);
  const inner: unknown = error.cause;
  const cause = inner === undefined || depth >= MAX_CAUSES ? {} : { cause: describeError(inner, depth + 1) };
  const code = GatewayError.is(error) ? { code: error.code } : {};
  return {
    type: error.name,
    message: textWithoutSecrets(error.message.slice(0, 1000)),
    ...code,
    stack: textWithoutSecrets(error.stack ?? ''),
    ...cause,
  };
}

function describeRequest(request: unknown): unknown {
  if (typeof request !== 'object' || request === null) return undefined;
  const { method, url, id } = request as { method?: unknown; url?: unknown; id?: unknown };
  // Queries may hold codes and states.
  const path = typeof url === 'string' ? textWithoutSecrets(url.split('?')[0] ?? '') : undefined;
  return { id, method, path };
}

function statusOf(response: unknown): unknown {
  if (typeof response !== 'object' || response === null || !('statusCode' in response)) return undefined;
  return { status: response.statusCode };
}
