import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const API_POLICY = "default-src 'none'; frame-ancestors 'none'";
// Screens: no scripts, their own style, and a form that may lead to wherever it has to.
export const SCREEN_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";
// The merchants' screens have one script of their own, which asks their own pages how things stand.
export const CONNECT_POLICY = `${SCREEN_POLICY}; script-src 'self'; connect-src 'self'`;
const DOCS_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

function policyOf(url: string): string {
  if (url.startsWith('/docs')) return DOCS_POLICY;
  if (/^\/connect(?:[/?]|$)/.test(url)) return CONNECT_POLICY;
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
