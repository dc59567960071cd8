import type { Grant } from '../oauth/grants.js';
import type { StoreData } from '../state/store-data.js';

/** What a resource answers. */
export interface Answer {
  readonly status: number;
  /** Absent = an empty body. */
  readonly body?: unknown;
}

/** A request as a resource sees it. */
export interface Call {
  readonly data: StoreData;
  readonly grant: Grant;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Tells hooks of a scope. */
  readonly emit: (scope: string, payload: Readonly<Record<string, unknown>>) => void;
}

/** One method of one path. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/stores/{hash}`, e.g. `/v2/orders/:id`. */
  readonly path: string;
  /** Any of them lets a token in; absent = every token. */
  readonly scopes?: readonly string[];
  handle(call: Call): Answer;
}

/** What is wrong with a request, in the words of either version. */
export class RestFailure extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** V3's `errors`, V2's `details`. */
    readonly details: Readonly<Record<string, unknown>> = {},
    /** A body in place of the usual envelope. */
    readonly body?: unknown,
  ) {
    super(message);
  }
}

export const notFound = (message = 'The requested resource was not found.'): RestFailure =>
  new RestFailure(404, message);

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const noContent: Answer = { status: 204 };
