import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const API_POLICY = "default-src 'none'; frame-ancestors 'none'";
// Screens: no scripts, their own style, and a form that may lead to wherever it has to.
export const SCREEN_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";
// The merchants' screens have one script of their own, which asks their own pages how things stand.
export const CONNECT_POLICY = `${SCREEN_POLICY}; script-src 'self'; connect-src 'self'`;
const DOCS_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

// The operators' console: its own scripts, and styles that carry the nonce of the answer they came with.
const consolePolicy = (styles: string): string =>
  [
    "default-src 'none'; script-src 'self'",
    `style-src 'self'${styles}`,
    "connect-src 'self'; img-src 'self' data:; font-src 'self'",
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  ].join('; ');
// What the queue's board brings along: it names its own place in a `base`, and sends no forms.
const BOARD_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

/** @param nonce of this one answer */
export function consolePolicyWith(nonce: string): string {
  return consolePolicy(` 'nonce-${nonce}'`);
}

function policyOf(url: string): string {
  if (url.startsWith('/docs')) return DOCS_POLICY;
  if (/^\/connect(?:[/?]|$)/.test(url)) return CONNECT_POLICY;
  if (/^\/console(?:[/?]|$)/.test(url)) return consolePolicy('');
  if (/^\/ops\/queues\/board(?:[/?]|$)/.test(url)) return BOARD_POLICY;
  return url.startsWith('/ops') ? SCREEN_POLICY : API_POLICY;
}

/** What every answer carries, by lower-case name; HSTS only where the gateway is reached over https. */
export function securityHeaders(url: string, requestId: string, https: boolean): Record<string, string> {
  return {
    'content-security-policy': policyOf(url),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
    'x-request-id': requestId,
    ...(https ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}

export function setSecurityHeaders(request: FastifyRequest, reply: FastifyReply, https: boolean): void {
  void reply.headers(securityHeaders(request.url, request.id, https));
}

/** On every answer, errors and unknown paths too. */
export function addSecurityHeaders(fastify: FastifyInstance, https: boolean): void {
  fastify.addHook('onRequest', async (request, reply) => setSecurityHeaders(request, reply, https));
}
