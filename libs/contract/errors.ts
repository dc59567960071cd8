import { ERRORS, type ErrorTraits } from './error-codes.js';

/** A public error code: the stable name of a row of {@link ERRORS}. */
export type ErrorCode = keyof typeof ERRORS;

/** The codes a connector may map a platform's answer to; the rest are ours to raise. */
export type PlatformErrorCode = Extract<
  ErrorCode,
  | 'platform_scope_missing'
  | 'platform_rate_limited'
  | 'platform_contract_broken'
  | 'platform_blocked'
  | 'platform_unavailable'
  | 'platform_timeout'
  | 'credential_expired'
  | 'credential_revoked'
  | 'store_closed'
  | 'not_found'
  | 'request_rejected'
  | 'conflict'
>;

/** What the platform itself said, kept for the caller. Never contains a credential. */
export interface PlatformWords {
  readonly id: string;
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
}

export interface ErrorContext {
  readonly platform?: PlatformWords;
  readonly operation?: string;
  /** How long to wait before the next try, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
  /** For WWW-Authenticate, where the credential is at fault. */
  readonly challenge?: string;
  /** For DPoP-Nonce. */
  readonly dpopNonce?: string;
  readonly cause?: unknown;
}

/** The one error of the product. `message` is for the person who reads it and never holds a secret. */
export class GatewayError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'GatewayError';
  readonly code: C;
  readonly context: ErrorContext;

  constructor(code: C, message: string, context: ErrorContext = {}) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause });
    this.code = code;
    this.context = context;
  }

  get traits(): ErrorTraits {
    return ERRORS[this.code];
  }

  /** Narrows to the given codes; without codes, to any error of ours. */
  static is<C extends ErrorCode>(error: unknown, ...codes: readonly C[]): error is GatewayError<C> {
    return error instanceof GatewayError && (codes.length === 0 || codes.some((code) => code === error.code));
  }
}
