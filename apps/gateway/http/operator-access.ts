import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Operator, requireOperator, requireRole } from '#auth';
import { GatewayError } from '#contract';
import { equalInConstantTime } from '#kit';
import type { Database, OperatorRole } from '#persistence';
import { formToken, readCookie } from './cookies.js';
import { isFromOwnPage } from './own-page.js';

declare module 'fastify' {
  interface FastifyRequest {
    operator?: Operator;
  }
}

const SAFE = new Set(['GET', 'HEAD']);
/** Minutes go by at a provider's screens. */
const FLOW_SECONDS = 600;
const FLOW = /^[A-Za-z0-9_-]{43}(\.again)?$/;

export interface OperatorCookies {
  /** What the browser's session cookie holds, whatever it is. */
  session(request: FastifyRequest): string | undefined;
  setSession(reply: FastifyReply, text: string): void;
  clear(reply: FastifyReply): void;
  /** What binds a sign-in that is under way to the browser that began it. */
  flow(request: FastifyRequest): string | undefined;
  setFlow(reply: FastifyReply, text: string): void;
}

/** Names and attributes of the operators' cookies (RFC 6265bis, section 4.1.3.2 for the prefix). */
export function operatorCookies(publicUrl: string): OperatorCookies {
  const https = publicUrl.startsWith('https://');
  // `__Host-` is only accepted with Secure, and that only over https.
  const prefix = https ? '__Host-' : '';
  const [session, flow] = [`${prefix}shopspan_operator`, `${prefix}shopspan_sign_in`];
  // Lax: the way back from the provider is a navigation from another site. No write trusts the cookie alone.
  const attributes = `Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}`;
  // Fastify adds each to those that are set already.
  const set = (reply: FastifyReply, name: string, value: string, more: string) =>
    void reply.header('set-cookie', `${name}=${value}; ${attributes}${more}`);
  return {
    session: (request) => readCookie(request.headers.cookie, session),
    flow(request) {
      const value = readCookie(request.headers.cookie, flow);
      return value !== undefined && FLOW.test(value) ? value : undefined;
    },
    // It ends with the browser; when it must end before, the gateway knows.
    setSession(reply, text) {
      set(reply, session, text, '');
      set(reply, flow, '', '; Max-Age=0');
    },
    clear: (reply) => set(reply, session, '', '; Max-Age=0'),
    setFlow: (reply, text) => set(reply, flow, text, `; Max-Age=${String(FLOW_SECONDS)}`),
  };
}

/**
 * Lets an operator in who has the role. A browser sends its cookie by itself: what changes something must come from a page
 * of the gateway then.
 * @throws GatewayError `unauthorized`, `role_missing`, `cross_site_refused`
 */
export async function enforceOperator(
  request: FastifyRequest,
  role: OperatorRole,
  database: Database,
  publicUrl: string,
): Promise<void> {
  const authorization = request.headers.authorization;
  const bearer = authorization === undefined ? undefined : (/^Bearer (\S{1,200})$/i.exec(authorization)?.[1] ?? '');
  const session = operatorCookies(publicUrl).session(request);
  const operator = await requireOperator(database, { bearer, session }, new Date());
  if (operator.kind === 'session' && !SAFE.has(request.method)) requireOwnPage(request, publicUrl);
  requireRole(operator, role);
  request.operator = operator;
}

/**
 * Refuses what a page of another site made a browser send; whoever says nothing is not let in with a cookie.
 * @throws GatewayError `cross_site_refused`
 */
export function requireOwnPage(request: FastifyRequest, publicUrl: string): void {
  if (!isFromOwnPage(request, publicUrl))
    throw new GatewayError('cross_site_refused', 'This did not come from a page of this gateway.');
}

/** What a form must show to have been given to this browser. @param secret what the browser's cookie holds */
export function formTokenOf(secret: string): string {
  return formToken("operators' form", secret);
}

/** @throws GatewayError `cross_site_refused` */
export function requireFormToken(body: unknown, secret: string | undefined): void {
  const given = typeof body === 'object' && body !== null && 'csrf' in body ? body.csrf : undefined;
  const isOurs = secret !== undefined && secret !== '' && typeof given === 'string';
  if (isOurs && equalInConstantTime(given, formTokenOf(secret))) return;
  throw new GatewayError(
    'cross_site_refused',
    'This form is too old, or cookies are switched off. Load the page again.',
  );
}

/**
 * An id out of an address, for what is named by a plain uuid.
 * @throws GatewayError `not_found` for what can be no id
 */
export function knownUuid(text: string, what: string): string {
  if (z.uuid().safeParse(text).success) return text;
  throw new GatewayError('not_found', `There is no such ${what}.`);
}

/** The operator that the root hook found. */
export function operatorOf({ operator }: FastifyRequest): Operator {
  if (operator === undefined) throw new Error('this route is not for operators');
  return operator;
}
