import type { JsonValue } from '#contract';

/** An error as WordPress' REST server prints it; `data` carries the HTTP status, except where a controller forgets to. */
export interface RestError {
  readonly status: number;
  /** A number where a controller lets an exception's code through. */
  readonly code: string | number;
  readonly message: string;
  readonly data: JsonValue;
}

export function restError(status: number, code: string | number, message: string): RestError {
  return { status, code, message, data: { status } };
}

export const NO_ROUTE = restError(404, 'rest_no_route', 'No route was found matching the URL and request method.');

/** Wrong key, wrong scope, bad signature: all 401 with one code (recorded: err-401-bad-secret, err-401-read-key-writes). */
export function authenticationError(message: string): RestError {
  return restError(401, 'woocommerce_rest_authentication_error', message);
}
