import { parse } from 'node:querystring';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { readPublicId } from '#contract';
import { ROUTES } from './provider.js';

/** A client that could not prove itself, for the log. */
export interface FailedAuthentication {
  /** The uuid of its id, as it is in the database; `unknown` for what can be no client's. */
  readonly clientId: string;
  readonly address: string;
  readonly endpoint: string;
  /** Whether it has failed so often that it is not listened to for a while. */
  readonly throttled: boolean;
}

type Next = () => Promise<unknown>;
const GUARDED: readonly string[] = [
  ROUTES.token,
  ROUTES.pushed_authorization_request,
  ROUTES.revocation,
  ROUTES.introspection,
];
const FAILURES = 10;
const WITHIN_SECONDS = 60;

/**
 * Whoever fails to prove that it is a client, again and again from one address, is not listened to for a minute; the same
 * client elsewhere and other clients here are. Counted by each process for itself: a secret of 256 bits is not guessed, what
 * is spared is the work.
 */
export function throttleFailures(report: (failed: FailedAuthentication) => void) {
  const limiter = new RateLimiterMemory({ points: FAILURES, duration: WITHIN_SECONDS });
  return async (context: KoaContextWithOIDC, next: Next): Promise<void> => {
    if (!GUARDED.includes(context.path) || context.method !== 'POST') {
      await next();
      return;
    }
    const presented = presentedBy(context);
    if (presented === undefined) {
      refuse(context);
      return;
    }
    const clientId = readPublicId('oauthClient', presented) ?? 'unknown';
    const failed = { clientId, address: context.ip, endpoint: context.path };
    const key = `${clientId} ${context.ip}`;
    const state = await limiter.get(key);
    if (state !== null && state.consumedPoints >= FAILURES) {
      report({ ...failed, throttled: true });
      wait(context, state.msBeforeNext);
      return;
    }
    await next();
    if (isOnlyPublic(context)) refuse(context);
    if (context.status !== 401) return;
    await limiter.penalty(key);
    report({ ...failed, throttled: false });
  };
}

/** Introspection wants proof: a client that has none, and whose id anybody may know, gets nothing (RFC 7662, section 4). */
function isOnlyPublic(context: KoaContextWithOIDC): boolean {
  return (
    context.path === ROUTES.introspection && context.status === 200 && context.oidc.client?.clientAuthMethod === 'none'
  );
}

/** The client that the request says it comes from; undefined when it says nothing. */
function presentedBy({ req, headers }: KoaContextWithOIDC): string | undefined {
  const body: unknown = 'body' in req ? req.body : undefined;
  const fields = typeof body === 'string' ? parse(body) : {};
  if (typeof fields['client_id'] === 'string') return fields['client_id'];
  if (typeof fields['client_assertion'] === 'string') return subjectOf(fields['client_assertion']);
  const { authorization } = headers;
  if (authorization === undefined) return undefined;
  const pair = Buffer.from(authorization.replace(/^Basic /i, ''), 'base64').toString('utf8');
  return pair.split(':')[0] ?? '';
}

/** What an assertion claims, unchecked: good enough for counting. */
function subjectOf(assertion: string): string {
  try {
    const claims: unknown = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null && 'sub' in claims ? String(claims.sub) : '';
  } catch {
    return '';
  }
}

// RFC 6749, section 5.2: no client authentication included.
function refuse(context: KoaContextWithOIDC): void {
  context.status = 401;
  context.set('www-authenticate', `Basic realm="${context.host}"`);
  context.body = { error: 'invalid_client', error_description: 'client authentication failed' };
}

function wait(context: KoaContextWithOIDC, milliseconds: number): void {
  context.status = 429;
  context.set('retry-after', String(Math.ceil(milliseconds / 1000)));
  context.body = { error: 'temporarily_unavailable', error_description: 'too many failed attempts; try again later' };
}
