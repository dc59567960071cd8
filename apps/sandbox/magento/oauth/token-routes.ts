import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { encodePhp } from '../../php-query.js';
import { REQUEST_ID_HEADER } from '../../platform.js';
import { type IntegrationToken, renewToken } from '../integrations.js';
import { oauthRequest } from '../rest/caller.js';
import { PLATFORM_ID, type SandboxState } from '../sandbox-state.js';
import { siteRequest } from '../site-request.js';
import { missing, type OAuthProblem, plainText } from './problem.js';
import { type OAuthRequest, type Validation, validateAccessTokenCall, validateRequestTokenCall } from './validate.js';

interface Step {
  readonly validate: (request: OAuthRequest) => Validation;
  readonly becomes: IntegrationToken['type'];
  /** The parameter that is used up, for the ledger. */
  readonly spends: string;
}

const STEPS: Readonly<Record<string, Step>> = {
  request: { validate: validateRequestTokenCall, becomes: 'request', spends: 'oauth_consumer_key' },
  access: { validate: validateAccessTokenCall, becomes: 'access', spends: 'oauth_verifier' },
};

/** Recorded: consent-2-request-token.json, consent-3-access-token.json. */
const HEADERS = {
  'content-type': 'text/html; charset=UTF-8',
  'cache-control': 'max-age=0, must-revalidate, no-cache, no-store',
  pragma: 'no-cache',
} as const;

/** The two token endpoints; bodies are form-encoded under the name of HTML. */
export function registerTokenRoutes(server: FastifyInstance, state: SandboxState): void {
  for (const [name, step] of Object.entries(STEPS)) {
    server.post(`/oauth/token/${name}`, (request, reply) => exchange(state, step, request, reply));
  }
}

function exchange(state: SandboxState, step: Step, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const site = siteRequest(request, state);
  if (!site) return reply.code(404).send();
  const oauth = oauthRequest(request, site, state);
  const validation = oauth ? step.validate(oauth) : { problem: missing('oauth_consumer_key') };
  const credential = oauth?.parameters.get(step.spends) ?? '';
  const requestId = request.headers[REQUEST_ID_HEADER];
  const entry = {
    platform: PLATFORM_ID,
    host: site.shop.host,
    kind: 'keyExchange',
    credential,
    requestId: typeof requestId === 'string' ? requestId : '',
  } as const;
  if ('problem' in validation) {
    const { status } = validation.problem;
    state.context.ledger.record({ ...entry, status, outcome: 'refused', note: validation.problem.message });
    return refuse(reply, validation.problem);
  }
  const { integration } = validation;
  const { token, secret } = renewToken(integration, step.becomes);
  if (step.becomes === 'access') integration.status = 'active';
  state.context.changed();
  state.context.ledger.record({ ...entry, issued: token, status: 200, outcome: 'issued' });
  return reply.headers(HEADERS).send(`oauth_token=${token}&oauth_token_secret=${secret}`);
}

/** Recorded: consent-err-verifier-reused.json. */
function refuse(reply: FastifyReply, problem: OAuthProblem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(HEADERS)
    .send(`oauth_problem=${encodePhp(plainText(problem))}`);
}
