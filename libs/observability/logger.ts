import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { currentWork } from './tracing/work.js';
import { textWithoutSecrets, withoutSecrets } from './without-secrets.js';

export type { Logger } from 'pino';

/** JSON lines on standard output, or where else they are to go, with the time as an RFC 3339 instant in UTC. */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    name,
    level,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    // Whatever a request or job makes us say is found under it, across processes.
    mixin: () => currentWork(),
    // What a line says of itself goes first.
    mixinMergeStrategy: (fields, work) => ({ ...work, ...fields }),
    formatters: { log: (fields) => describeFields(fields) },
    // Ours describe the same and more; pino's own would go first.
    serializers: { err: (error: unknown) => error },
    hooks: {
      logMethod(args, write) {
        write.apply(this, harmless(args));
      },
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

type LogArguments = Parameters<NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>>[0];

// Fields are the formatter's business; here go the words. Where there are none, pino prints the message of the error as
// it is, so it is given here.
function harmless(args: LogArguments): LogArguments {
  const [first, ...given]: readonly unknown[] = args;
  const fields = first instanceof Error ? { err: first } : first;
  const words = given.length === 0 ? messageOf(fields) : given;
  const all = [fields, ...words].map((part) => (typeof part === 'string' ? textWithoutSecrets(part) : part));
  // An object or a text first, as before.
  return all as unknown as LogArguments;
}

function messageOf(fields: unknown): readonly string[] {
  const error: unknown = typeof fields === 'object' && fields !== null && 'err' in fields ? fields.err : undefined;
  const message: unknown =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined;
  return typeof message === 'string' ? [message] : [];
}

function describeFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { req, res, ...rest } = fields;
  const described = withoutSecrets({
    ...rest,
    ...(req === undefined ? {} : { req: describeRequest(req) }),
    ...(res === undefined ? {} : { res: describeResponse(res) }),
  });
  // A record of fields stays one.
  return described as Record<string, unknown>;
}

// Only these fields of a request are ever logged: an allow-list, so that a new header cannot leak.
function describeRequest(request: unknown): unknown {
  if (typeof request !== 'object' || request === null) return undefined;
  const { method, url, id } = request as { method?: unknown; url?: unknown; id?: unknown };
  return { id, method, path: typeof url === 'string' ? url.split('?')[0] : undefined };
}

function describeResponse(response: unknown): unknown {
  if (typeof response !== 'object' || response === null || !('statusCode' in response)) return undefined;
  return { status: response.statusCode };
}
