import {
  type AuthStrategy,
  type Budget,
  type Connector,
  type Credentials,
  type ErrorCode,
  GatewayError,
  type Hosting,
  type HttpCall,
  type HttpReply,
  type OutgoingRequest,
  type SigningMoment,
  signWith,
  type StoreHttp,
} from '#contract';
import { z } from 'zod';
import type { Pacer } from './pacer.js';
import { type RawAnswer, readAnswer } from './read-answer.js';
import type { Answer } from './transport/answer.js';
import type { Transport } from './transport/transport.js';
import { TransportError } from './transport/transport-error.js';

/** What a call is signed with. */
export interface OpenedCredential {
  readonly credentials: Credentials;
  readonly version: number;
  /** Only the merchant can give a new one: one that is refused is not asked to be renewed. */
  readonly forGood?: true;
}

/** Opens the credential for one call, and has it renewed when the platform no longer takes it. */
export interface CredentialSource {
  current(): Promise<OpenedCredential>;
  /** Resolves when a version newer than `seen` can be had; throws when the merchant must connect again. */
  renew(seen: number): Promise<void>;
}

/** What one call did, for logs and health. Holds no credential, no query and no body. */
export interface CallReport {
  readonly storeId: string;
  readonly platform: string;
  /** What the call is for, such as `orders.list`; undefined where nobody said. */
  readonly operation?: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly code: string | null;
  readonly attempt: number;
  readonly durationMs: number;
}

export interface StoreHttpOptions {
  readonly storeId: string;
  readonly connector: Connector;
  readonly strategy: AuthStrategy;
  /** Ends with `/`; every path is resolved below it. */
  readonly apiRoot: URL;
  readonly credential: CredentialSource;
  readonly transport: Transport;
  readonly pacer: Pacer;
  readonly signal: AbortSignal;
  readonly moment: () => SigningMoment;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Monotone, milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  readonly report: (call: CallReport) => void;
}

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_ATTEMPTS = 4;
// Longer than this a caller should wait itself: it gets the error with `Retry-After`.
const LONGEST_WAIT_MS = 10_000;

/**
 * The only way from an operation to its store: signed, host-bound, paced, retried by effect, reported.
 * A read is sent again after passing failures; a write only when the request cannot have reached the platform. A
 * credential refused once is renewed once, and a read is then sent again.
 */
export function createStoreHttp(options: StoreHttpOptions): StoreHttp {
  return <T>(call: HttpCall<T>): Promise<HttpReply<T>> =>
    exchange(options, call, (answer) => readAnswer(options.connector, call, answer));
}

/**
 * A caller's own call: signed, host-bound, paced and reported like every other, its answer whatever it is. `failure` is what
 * the same answer would be to a call of ours.
 */
export type RawHttp = (
  call: Omit<HttpCall<unknown>, 'expect'>,
) => Promise<RawAnswer & { readonly failure: GatewayError | undefined }>;

/** The same way out for calls whose answers nobody reads for the caller. Only a refused credential is acted on. */
export function createRawHttp(options: StoreHttpOptions): RawHttp {
  return (call) => {
    const whole = { ...call, expect: z.unknown() };
    return exchange(options, whole, (answer) => {
      const failure = failureOf(options.connector, whole, answer);
      if (failure?.code === 'credential_expired') throw failure;
      return { ...answer, failure };
    });
  };
}

function failureOf(connector: Connector, call: HttpCall<unknown>, answer: RawAnswer): GatewayError | undefined {
  try {
    readAnswer(connector, call, answer);
    return undefined;
  } catch (error) {
    return GatewayError.is(error) ? error : undefined;
  }
}

async function exchange<T>(
  options: StoreHttpOptions,
  call: HttpCall<unknown>,
  read: (answer: RawAnswer) => T,
): Promise<T> {
  const url = resolveUrl(options, call);
  let renewed = false;
  for (let attempt = 1; ; attempt += 1) {
    options.signal.throwIfAborted();
    const { credentials, version, forGood } = await options.credential.current();
    try {
      return await sendOnce(options, call, url, credentials, attempt, read);
    } catch (error) {
      if (!GatewayError.is(error)) throw error;
      if (error.code === 'credential_expired') {
        if (renewed || forGood) throw refusedForGood(options, error, renewed);
        renewed = true;
        await options.credential.renew(version);
        if (call.effect === 'read') continue;
        throw error;
      }
      const wait = waitBeforeRetry(options, call, error, attempt);
      if (wait === undefined) throw error;
      await options.sleep(wait, options.signal);
    }
  }
}

// A pair that is refused right after it was issued means that the grant itself is gone, e.g. the app was removed.
function refusedForGood(
  { connector }: StoreHttpOptions,
  cause: GatewayError,
  renewed: boolean,
): GatewayError<'credential_revoked'> {
  const what = renewed ? 'a token that it has just issued' : 'a token that cannot be renewed';
  return new GatewayError('credential_revoked', `${connector.name} refuses ${what}.`, { ...cause.context, cause });
}

function waitBeforeRetry<T>(
  { random }: StoreHttpOptions,
  call: HttpCall<T>,
  error: GatewayError,
  attempt: number,
): number | undefined {
  if (error.traits.retry !== 'backoff' || attempt >= MAX_ATTEMPTS) return undefined;
  const notSent = error.cause instanceof TransportError && error.cause.sent === 'no';
  const refusedByPace = error.code === 'platform_rate_limited';
  if (call.effect === 'write' && !notSent && !refusedByPace) return undefined;
  // Waiting again for a platform that took its whole deadline would only double the caller's wait.
  if (error.code === 'platform_timeout' || error.code === 'platform_blocked' || error.code === 'store_paused')
    return undefined;
  const wait = error.context.retryAfterMs ?? Math.round(200 * 2 ** attempt * (0.5 + random()));
  return wait <= LONGEST_WAIT_MS ? wait : undefined;
}

async function sendOnce<T>(
  options: StoreHttpOptions,
  call: HttpCall<unknown>,
  url: URL,
  credentials: Credentials,
  attempt: number,
  read: (answer: RawAnswer) => T,
): Promise<T> {
  const { connector, pacer, storeId, signal } = options;
  const leave = await pacer.enter(storeId, connector.limits, call.cost ?? 1, signal);
  const startedAt = options.now();
  let status: number | null = null;
  let code: ErrorCode | null = null;
  let budget: Budget | undefined;
  try {
    const request = signWith(options.strategy, unsigned(call, url), credentials, options.moment());
    const answer = await send(options, request);
    status = answer.status;
    budget = learnBudget(options, answer);
    return read({ status, header: (name) => answer.header(name), text: answer.text() });
  } catch (error) {
    code = GatewayError.is(error) ? error.code : 'internal';
    throw error;
  } finally {
    // Before the place is given back: that is no time of the platform's, and where it fails the call was made all the same.
    const durationMs = Math.round(options.now() - startedAt);
    const { method = 'GET', path } = call;
    options.report({ storeId, platform: connector.id, method, path, status, code, attempt, durationMs });
    await leave({ strained: strainOf(code), budget });
  }
}

async function send({ connector, transport, signal }: StoreHttpOptions, request: OutgoingRequest): Promise<Answer> {
  try {
    return await transport(request, { deadlineMs: connector.deadlineMs, maxBytes: MAX_BYTES, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof TransportError ? asGatewayError(connector.id, error) : error;
  }
}

/** The public error for an exchange that ended without an answer. */
export function asGatewayError(platform: string, error: TransportError): GatewayError {
  const context = { platform: { id: platform }, cause: error };
  switch (error.reason) {
    case 'refused':
      return new GatewayError('address_refused', error.message, context);
    case 'timeout':
      return new GatewayError('platform_timeout', error.message, context);
    case 'tooLarge':
    case 'malformed':
      return new GatewayError('platform_contract_broken', error.message, context);
    case 'unresolvable':
    case 'unreachable':
    case 'tls':
    case 'interrupted':
    case 'aborted':
      return new GatewayError('platform_unavailable', error.message, context);
  }
}

function learnBudget({ connector, pacer, storeId }: StoreHttpOptions, answer: Answer): Budget | undefined {
  const budget = connector.budget?.(parsed(answer), (name) => answer.header(name));
  if (budget !== undefined) pacer.learn(storeId, budget);
  return budget;
}

/** Whether a shop bears its calls; a refusal for another reason says nothing of that. */
function strainOf(code: ErrorCode | null): boolean | undefined {
  if (code === null) return false;
  return ['platform_rate_limited', 'platform_unavailable', 'platform_timeout'].includes(code) ? true : undefined;
}

function parsed(answer: Answer): unknown {
  try {
    return JSON.parse(answer.text());
  } catch {
    return undefined;
  }
}

function unsigned<T>({ method = 'GET', body }: HttpCall<T>, url: URL): OutgoingRequest {
  const accept = { accept: 'application/json' };
  if (body === undefined) return { method, url, headers: accept };
  return { method, url, headers: { ...accept, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/**
 * Where a call goes: below the store's API root and nowhere else.
 * @throws GatewayError `internal` for a path that would leave it; that is a defect of the connector.
 */
function resolveUrl<T>({ apiRoot, connector }: StoreHttpOptions, { path, query = {} }: HttpCall<T>): URL {
  const url = new URL(`./${path}`, apiRoot);
  const inside = url.origin === apiRoot.origin && url.pathname.startsWith(apiRoot.pathname);
  if (
    !inside ||
    /[\\]|(^|\/)\.{1,2}(\/|$)|%2e|^[a-z]+:|^\//i.test(path) ||
    !hostAllowed(connector.hosting, url.hostname)
  ) {
    throw new GatewayError('internal', 'A call must stay below the address of its store.', {
      platform: { id: connector.id },
    });
  }
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.append(name, String(value));
  }
  // Both spell a space, but a plus stays one where what is signed is decoded as RFC 3986 has it.
  url.search = url.search.replaceAll('+', '%20');
  return url;
}

/** Whether a credential of this platform may be sent to that host. */
export function hostAllowed(hosting: Hosting, host: string): boolean {
  switch (hosting.kind) {
    case 'fixed':
      return hosting.hosts.includes(host);
    case 'suffix':
      return host.endsWith(hosting.suffix) && host.length > hosting.suffix.length;
    case 'merchant':
      return true;
  }
}
