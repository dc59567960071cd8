import type { FastifyReply, FastifyRequest } from 'fastify';
import { escapeHtml } from '../../escape-html.js';
import { HTML_HEADERS, htmlPage } from '../../html-page.js';

/** An error of the consent screen or the token endpoint. */
export interface OAuthFailure {
  readonly status: number;
  readonly error: string;
  readonly description: string;
}

/** recorded in issue threads: a page that begins with "Oauth error". */
export function sendFailurePage(reply: FastifyReply, { status, error, description }: OAuthFailure): FastifyReply {
  const text = `Oauth error ${error}: ${description}`;
  return reply
    .code(status)
    .headers(HTML_HEADERS)
    .send(htmlPage('Oauth error', `<p>${escapeHtml(text)}</p>`));
}

/** As JSON for a caller that asks for JSON, else as a page: that is how the token endpoint answers too. */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, failure: OAuthFailure): FastifyReply {
  const accepted = request.headers.accept ?? '';
  if (!accepted.includes('application/json')) return sendFailurePage(reply, failure);
  return reply.code(failure.status).send({ error: failure.error, error_description: failure.description });
}
