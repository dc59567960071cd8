import { parse } from 'node:querystring';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type AuthorizationServer, NoSuchConsent } from '#auth';
import type { Access } from '../http/access.js';
import { isFromOwnPage } from '../http/own-page.js';
import { SCREEN_POLICY } from '../http/security-headers.js';
import { consentScreen, errorScreen, staleScreen } from './screens.js';

const PERSON = 'whoever is asked has a ticket of the app and a cookie of this question';
const EXPIRED = { error: 'expired', error_description: 'There is no such question any more. Go back and start again.' };

/** The question and its answer. Looking changes nothing; an answer proves that it comes from the page that asked. */
export function addConsentRoutes(oauth: FastifyInstance, server: AuthorizationServer, publicUrl: string): void {
  const asked: Access = { kind: 'public', because: PERSON };
  const answered: Access = { kind: 'public', because: PERSON, takes: 'form' };
  oauth.get('/oauth/interaction/:uid', { config: { access: asked } }, (request, reply) =>
    send(reply, async () => {
      const look = await server.lookAtConsent(request.raw, reply.raw);
      const action = pathOf(request);
      return look.kind === 'stale' ? staleScreen(look.csrf, action) : consentScreen(look.question, action);
    }),
  );
  oauth.post('/oauth/interaction/:uid', { config: { access: answered } }, (request, reply) =>
    send(reply, async () => {
      if (!isFromOwnPage(request, publicUrl)) throw new NoSuchConsent();
      const fields = parse(typeof request.body === 'string' ? request.body : '');
      const answer = { csrf: textOf(fields['csrf']), agreed: fields['decision'] === 'allow' };
      return new URL(await server.answerConsent(request.raw, reply.raw, answer));
    }),
  );
}

async function send(reply: FastifyReply, make: () => Promise<string | URL>): Promise<void> {
  void reply.header('content-security-policy', SCREEN_POLICY).header('x-frame-options', 'DENY');
  try {
    const made = await make();
    if (made instanceof URL) await reply.redirect(made.href, 303);
    else await reply.type('text/html; charset=utf-8').send(made);
  } catch (error) {
    if (!(error instanceof NoSuchConsent)) throw error;
    await reply.status(400).type('text/html; charset=utf-8').send(errorScreen(EXPIRED));
  }
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? '';
}

function textOf(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}
