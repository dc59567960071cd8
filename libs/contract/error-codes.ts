/** Who can change the situation: the caller of our API, the merchant, the operator of this gateway, or the platform. */
export type Actor = 'caller' | 'merchant' | 'operator' | 'platform';

/** What a worker or a caller may do: never try again, try again later, or only after the credential was refreshed. */
export type Retry = 'never' | 'backoff' | 'refresh';

export interface ErrorTraits {
  readonly http: number;
  readonly retry: Retry;
  readonly actor: Actor;
  /** One sentence for the person who reads the error table: what happened and what to do. */
  readonly advice: string;
}

/**
 * Every failure the gateway can report, in one table. The key is the public, stable `code`; nothing outside this file
 * decides an HTTP status, whether a worker may retry, or who can act. README's table is generated from it and tested.
 */
export const ERRORS = {
  request_invalid: { http: 400, retry: 'never', actor: 'caller', advice: 'Correct the fields named in `fields`.' },
  cursor_invalid: {
    http: 400,
    retry: 'never',
    actor: 'caller',
    advice: 'Start the list again without a cursor; a cursor belongs to one tenant and one set of filters.',
  },
  unauthorized: {
    http: 401,
    retry: 'never',
    actor: 'caller',
    advice: 'Send a valid key or access token as `Authorization: Bearer ...`.',
  },
  scope_missing: {
    http: 403,
    retry: 'never',
    actor: 'caller',
    advice: 'Use a key or token that carries the scope named.',
  },
  role_missing: {
    http: 403,
    retry: 'never',
    actor: 'operator',
    advice: 'An administrator of the gateway gives roles; `/ops/session` shows yours.',
  },
  step_up_required: {
    http: 403,
    retry: 'never',
    actor: 'operator',
    advice: 'Sign in again at `/ops/sign-in?again=1`, then do it within five minutes.',
  },
  second_person_required: {
    http: 403,
    retry: 'never',
    actor: 'operator',
    advice: 'Another administrator must confirm it within the hour.',
  },
  cross_site_refused: {
    http: 403,
    retry: 'never',
    actor: 'operator',
    advice: "Send it from a page of the gateway, or with an operator token instead of a browser's cookie.",
  },
  sign_in_refused: {
    http: 403,
    retry: 'never',
    actor: 'operator',
    advice: 'Whoever runs the gateway can name you in SHOPSPAN_OPERATORS_ROLES, or undo that you were disabled.',
  },
  sign_in_invalid: {
    http: 400,
    retry: 'never',
    actor: 'operator',
    advice: 'Start signing in again at `/ops/sign-in`.',
  },
  sign_in_link_invalid: {
    http: 404,
    retry: 'never',
    actor: 'operator',
    advice: 'Make a new one with `npm run admin -- operator:link`.',
  },
  sign_in_unavailable: {
    http: 503,
    retry: 'backoff',
    actor: 'operator',
    advice: 'Look at SHOPSPAN_OPERATORS_ISSUER and at the provider; meanwhile sign in with a one-time link.',
  },
  not_found: { http: 404, retry: 'never', actor: 'caller', advice: 'Check the id; it may belong to another app.' },
  method_not_allowed: { http: 405, retry: 'never', actor: 'caller', advice: 'See /docs for the methods of this path.' },
  request_timeout: {
    http: 408,
    retry: 'backoff',
    actor: 'caller',
    advice: 'Send the whole request, headers and body, within 30 seconds.',
  },
  conflict: { http: 409, retry: 'never', actor: 'caller', advice: 'Read the record again and decide anew.' },
  payload_too_large: { http: 413, retry: 'never', actor: 'caller', advice: 'Send a smaller body.' },
  headers_too_large: { http: 431, retry: 'never', actor: 'caller', advice: 'Send fewer and shorter headers.' },
  media_type_unsupported: { http: 415, retry: 'never', actor: 'caller', advice: 'Send `application/json`.' },
  store_required: { http: 422, retry: 'never', actor: 'caller', advice: 'Name at least one store with `?store=`.' },
  filter_unsupported: {
    http: 422,
    retry: 'never',
    actor: 'caller',
    advice: 'Leave out the filter named; `GET /v1/platforms` lists the filters of every platform.',
  },
  operation_unsupported: {
    http: 422,
    retry: 'never',
    actor: 'caller',
    advice: 'This platform cannot do that; `GET /v1/platforms` says what it can do.',
  },
  request_rejected: { http: 422, retry: 'never', actor: 'caller', advice: 'The platform refused the request as sent.' },
  idempotency_key_required: {
    http: 400,
    retry: 'never',
    actor: 'caller',
    advice: 'Send an `Idempotency-Key` header: a new one for each order or refund, the same one when you try again.',
  },
  idempotency_key_reused: {
    http: 422,
    retry: 'never',
    actor: 'caller',
    advice: 'This key was used for another request; use a new key for a new request.',
  },
  idempotency_in_progress: {
    http: 409,
    retry: 'backoff',
    actor: 'caller',
    advice: 'The same request is still under way; try again in a moment with the same key.',
  },
  outcome_unknown: {
    http: 409,
    retry: 'never',
    actor: 'caller',
    advice: 'Whether the platform did it cannot be told: look at the record there before you send it with a new key.',
  },
  store_already_connected: {
    http: 409,
    retry: 'never',
    actor: 'caller',
    advice: 'This shop is already connected with the same platform client; reconnect that store instead.',
  },
  store_paused: {
    http: 409,
    retry: 'backoff',
    actor: 'operator',
    advice: 'An operator has stopped the calls to this store; they go on when the stop is lifted.',
  },
  store_disconnected: { http: 409, retry: 'never', actor: 'caller', advice: 'Connect the store again.' },
  credential_expired: {
    http: 409,
    retry: 'refresh',
    actor: 'platform',
    advice: 'The access token is being renewed; try again in a moment.',
  },
  credential_revoked: {
    http: 409,
    retry: 'never',
    actor: 'merchant',
    advice: 'The merchant must connect the store again: open the reconnect link.',
  },
  platform_scope_missing: {
    http: 403,
    retry: 'never',
    actor: 'merchant',
    advice: 'The grant lacks a permission; connect again with more access.',
  },
  store_closed: {
    http: 409,
    retry: 'never',
    actor: 'merchant',
    advice: 'The shop is closed, frozen or locked at its platform.',
  },
  record_unreadable: {
    http: 502,
    retry: 'never',
    actor: 'operator',
    advice:
      'The platform answered a record that does not add up; the reason is named. Report it with `npm run replay`.',
  },
  connect_session_invalid: {
    http: 404,
    retry: 'never',
    actor: 'merchant',
    advice: 'The connect link is unknown, used or too old; ask for a new one.',
  },
  connect_state_invalid: {
    http: 400,
    retry: 'never',
    actor: 'merchant',
    advice: 'Start connecting again from the link.',
  },
  connect_callback_invalid: {
    http: 400,
    retry: 'never',
    actor: 'platform',
    advice: 'The answer of the platform did not prove itself; nothing was stored.',
  },
  connect_other_shop: {
    http: 400,
    retry: 'never',
    actor: 'merchant',
    advice:
      'The link connects one certain shop again, and another one was named; name that shop, or ask for a new link.',
  },
  connect_denied: {
    http: 400,
    retry: 'never',
    actor: 'merchant',
    advice: 'The merchant did not agree; start again if wanted.',
  },
  platform_client_missing: {
    http: 422,
    retry: 'never',
    actor: 'caller',
    advice: 'Register the app at the platform and store its client with `PUT /v1/platform-clients/{platform}`.',
  },
  platform_client_refused: {
    http: 409,
    retry: 'backoff',
    actor: 'caller',
    advice: "The platform does not accept the app's client id or secret; store the right one.",
  },
  address_refused: {
    http: 422,
    retry: 'never',
    actor: 'caller',
    advice: 'Only public https addresses are allowed; an operator may open one with SHOPSPAN_EGRESS_ALLOW.',
  },
  rate_limited: {
    http: 429,
    retry: 'backoff',
    actor: 'caller',
    advice: 'Wait as `Retry-After` says; the `RateLimit` header tells how much is left.',
  },
  platform_rate_limited: { http: 429, retry: 'backoff', actor: 'platform', advice: 'Wait as `Retry-After` says.' },
  platform_contract_broken: {
    http: 502,
    retry: 'never',
    actor: 'operator',
    advice: 'The platform answered something else than it documents; the connector must be looked at.',
  },
  platform_blocked: {
    http: 502,
    retry: 'backoff',
    actor: 'merchant',
    advice: 'A firewall or plugin in front of the shop answered instead of the shop; it must let the gateway through.',
  },
  platform_unavailable: {
    http: 503,
    retry: 'backoff',
    actor: 'platform',
    advice: 'The platform is down; try again later.',
  },
  platform_timeout: {
    http: 504,
    retry: 'backoff',
    actor: 'platform',
    advice: 'The platform was too slow; try again later.',
  },
  vault_unavailable: {
    http: 503,
    retry: 'backoff',
    actor: 'operator',
    advice: 'The key that opens credentials is out of reach.',
  },
  credential_unreadable: {
    http: 500,
    retry: 'never',
    actor: 'operator',
    advice: 'A sealed credential does not open: wrong key or tampered row.',
  },
  webhook_unverified: {
    http: 401,
    retry: 'never',
    actor: 'platform',
    advice: 'The delivery did not prove where it comes from; nothing was done.',
  },
  webhook_unroutable: {
    http: 404,
    retry: 'never',
    actor: 'operator',
    advice: 'No store has this address any more; the subscription at the platform can be removed.',
  },
  loop_detected: {
    http: 508,
    retry: 'never',
    actor: 'operator',
    advice:
      'The request came from this gateway itself: a store or webhook address leads back to it; remove that address.',
  },
  database_unavailable: { http: 503, retry: 'backoff', actor: 'operator', advice: 'The database does not answer.' },
  internal: { http: 500, retry: 'never', actor: 'operator', advice: 'Report the `requestId`.' },
} as const satisfies Readonly<Record<string, ErrorTraits>>;
