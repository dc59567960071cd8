import type { z } from 'zod';
import type { JsonValue } from './json.js';

/** One request of an operation, in terms of the store; host, signature, pace and retries are not its business. */
export interface HttpCall<T> {
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Relative to the store's API root. An absolute URL or one that leaves the root is refused. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: JsonValue;
  /** A read may be sent again after any failure, whatever its verb (a GraphQL query is a POST); a write may not. */
  readonly effect: 'read' | 'write';
  /** Only what the mapper reads. An answer that does not fit is `platform_contract_broken`. */
  readonly expect: z.ZodType<T>;
  /** Units of the rate budget this call is expected to take. Default 1. */
  readonly cost?: number;
}

export interface HttpReply<T> {
  readonly status: number;
  readonly data: T;
  header(name: string): string | undefined;
}

/** Authenticated, host-bound, paced, retried, logged. Throws only `GatewayError`. */
export type StoreHttp = <T>(call: HttpCall<T>) => Promise<HttpReply<T>>;

/** A request as it will be sent; what `sign` adds its credential to. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** All an operation ever sees of a connection. There is no credential on it. */
export interface ConnectedStore {
  readonly id: string;
  /** The shop's identity at its platform, e.g. its domain. */
  readonly account: string;
  /** The shop's own currency, for prices that do not name theirs. ISO 4217. */
  readonly currency: string;
  /** The platform's scopes that were granted, where they are known. */
  readonly scopes: readonly string[];
  readonly http: StoreHttp;
  readonly signal: AbortSignal;
}
