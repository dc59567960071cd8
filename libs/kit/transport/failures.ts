import { ClientRequest } from 'node:http';
import { AxiosError } from 'axios';
import { type Egress, EgressError } from './egress.js';
import type { Ending } from './exchange-limits.js';
import { BodyError } from './read-body.js';
import { TransportError, type TransportFailure } from './transport-error.js';

/**
 * Names the failure of an exchange whose answer has not begun. How far the connection got decides what an error code
 * means, and whether the server can have seen the request.
 */
export function failureBeforeAnswer(error: unknown, host: string, egress: Egress, ending: Ending): TransportError {
  const cause = error instanceof AxiosError && error.cause !== undefined ? error.cause : error;
  const request: unknown = error instanceof AxiosError ? error.request : undefined;
  const socket = request instanceof ClientRequest ? request.socket : null;
  const stage = socket === null ? 'dialling' : egress.stageOf(socket);
  const code = codeOf(cause);
  const fail = (reason: TransportFailure) => new TransportError(reason, stage === 'ready' ? 'maybe' : 'no', host, code);
  if (cause instanceof EgressError) return fail(cause.reason);
  const given = ending.cause();
  if (given !== undefined) return fail(given);
  // Without a request, Node refused to make one.
  if (request === undefined) return fail('malformed');
  if (stage === 'dialling') return fail('unreachable');
  if (stage === 'connected') return fail(isConnectionLoss(code) ? 'unreachable' : 'tls');
  if (code === 'HPE_HEADER_OVERFLOW') return fail('tooLarge');
  return fail(code?.startsWith('HPE_') === true ? 'malformed' : 'interrupted');
}

/** Names the failure of an exchange whose answer has begun. */
export function failureWithinAnswer(error: unknown, host: string, ending: Ending): TransportError {
  const code = codeOf(error);
  if (error instanceof BodyError) return new TransportError(error.reason, 'maybe', host);
  const given = ending.cause();
  if (given !== undefined) return new TransportError(given, 'maybe', host, code);
  return new TransportError('interrupted', 'maybe', host, code);
}

function isConnectionLoss(code: string | undefined): boolean {
  return code !== undefined && /^(?:ECONN|EPIPE|ETIMEDOUT|ENET|EHOST)/.test(code);
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
