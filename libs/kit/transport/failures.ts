import { ClientRequest } from 'node:http';
import { AxiosError } from 'axios';
import { type DialStage, type Egress, EgressError } from './egress.js';
import type { Ending } from './exchange-limits.js';
import { BodyError } from './read-body.js';
import { TransportError, type TransportFailure } from './transport-error.js';

/**
 * Names the failure of an exchange whose answer has not begun. How far the connection got decides what an error code
 * means, and whether the server can have seen the request.
 */
export function failureBeforeAnswer(error: unknown, host: string, egress: Egress, ending: Ending): TransportError {
  if (ending.wasWithheld()) return new TransportError('aborted', 'no', host);
  const { cause, request } = unwrap(error);
  const socket = request?.socket ?? undefined;
  const stage = socket === undefined ? 'dialling' : egress.stageOf(socket);
  const code = codeOf(cause);
  const fail = (reason: TransportFailure) => new TransportError(reason, stage === 'ready' ? 'maybe' : 'no', host, code);
  if (cause instanceof EgressError) return fail(cause.reason);
  const given = ending.cause();
  if (given !== undefined) return fail(given);
  // Without a request, Node refused to make one.
  return fail(request === undefined ? 'malformed' : reasonAt(stage, code));
}

function unwrap(error: unknown): { cause: unknown; request: ClientRequest | undefined } {
  if (!(error instanceof AxiosError)) return { cause: error, request: undefined };
  const request: unknown = error.request;
  return { cause: error.cause ?? error, request: request instanceof ClientRequest ? request : undefined };
}

function reasonAt(stage: DialStage, code = ''): TransportFailure {
  if (stage === 'dialling') return 'unreachable';
  if (stage === 'connected') return /^(?:ECONN|EPIPE|ETIMEDOUT|ENET|EHOST)/.test(code) ? 'unreachable' : 'tls';
  if (code === 'HPE_HEADER_OVERFLOW') return 'tooLarge';
  return code.startsWith('HPE_') ? 'malformed' : 'interrupted';
}

/** Names the failure of an exchange whose answer has begun. */
export function failureWithinAnswer(error: unknown, host: string, ending: Ending): TransportError {
  const code = codeOf(error);
  if (error instanceof BodyError) return new TransportError(error.reason, 'maybe', host);
  const given = ending.cause();
  if (given !== undefined) return new TransportError(given, 'maybe', host, code);
  return new TransportError('interrupted', 'maybe', host, code);
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
