import type { FastifyRequest } from 'fastify';
import { REQUEST_ID_HEADER } from '../platform.js';
import type { ApiKey } from './api-keys.js';
import { PLATFORM_ID, type SandboxState } from './sandbox-state.js';

/** A key that was made, and what became of it. */
interface KeyIssue {
  readonly request: FastifyRequest;
  readonly host: string;
  /** What the key was given for: the application's `user_id`, or the key itself where nobody asked. */
  readonly credential: string;
  readonly key: ApiKey;
  readonly status: number;
  readonly isTaken: boolean;
}

/** Writes a key that was made into the ledger. */
export function recordIssue(state: SandboxState, { request, host, credential, key, status, isTaken }: KeyIssue): void {
  const requestId = request.headers[REQUEST_ID_HEADER];
  state.context.ledger.record({
    platform: PLATFORM_ID,
    host,
    kind: 'keyExchange',
    credential,
    ...(isTaken ? { issued: key.consumerKey } : { note: 'the callback did not take the key' }),
    requestId: typeof requestId === 'string' ? requestId : '',
    status,
    outcome: isTaken ? 'issued' : 'refused',
  });
}
