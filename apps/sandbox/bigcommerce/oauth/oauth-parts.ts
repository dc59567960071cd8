import type { FastifyReply } from 'fastify';
import type { Clients } from '../../clients.js';
import { HTML_HEADERS } from '../../html-page.js';
import type { SandboxContext } from '../../platform.js';
import type { Grants } from './grants.js';

/** What installing apps works with. */
export interface OauthParts {
  readonly context: SandboxContext;
  readonly clients: Clients;
  readonly grants: Grants;
  /** The merchant removes an app. */
  readonly uninstall: (hash: string, clientId: string) => void;
}

/** Sends a page. */
export function sendPage(reply: FastifyReply, html: string, status = 200): FastifyReply {
  return reply.code(status).headers(HTML_HEADERS).send(html);
}
