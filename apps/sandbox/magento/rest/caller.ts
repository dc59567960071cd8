import type { FastifyRequest } from 'fastify';
import { oauthParameters, rawUrlDecode } from '../oauth/oauth-parameters.js';
import type { OAuthProblem } from '../oauth/problem.js';
import { type OAuthRequest, validateApiRequest } from '../oauth/validate.js';
import { nowOf, type SandboxState } from '../sandbox-state.js';
import type { SiteRequest } from '../site-request.js';
import { RestError } from './rest-error.js';

/** What the caller may do; nobody in particular may do nothing. */
export type Rights = 'all' | readonly string[];

/** The OAuth part of a request; undefined when it has none. */
export function oauthRequest(
  request: FastifyRequest,
  site: SiteRequest,
  state: SandboxState,
): OAuthRequest | undefined {
  const { shop, query, signedUrls } = site;
  const parameters = oauthParameters({
    authorization: request.headers.authorization,
    contentType: request.headers['content-type'],
    body: Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '',
    query,
  });
  if (!parameters) return undefined;
  return {
    parameters,
    method: request.method,
    // 2.4.6 and 2.4.7 check the signature of the decoded path (issue #37278), so an escape in it is always refused.
    urls: shop.breaksEscapedSignatures ? signedUrls.map(rawUrlDecode) : signedUrls,
    now: nowOf(state),
    consumer: (key) => state.integrations.byConsumerKey(shop.host, key),
    byToken: (token) => state.integrations.byToken(shop.host, token),
  };
}

/**
 * Finds out who calls. A token that means nothing, or one that may not be used as bearer, is ignored: then nobody calls
 * (recorded: auth-integration-token-as-bearer.json, err-401-bad-token.json).
 * @throws {RestError} when a signature was tried and is refused
 */
export function rightsOf(request: FastifyRequest, site: SiteRequest, state: SandboxState): Rights {
  const bearer = /^bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearerRights(bearer, site, state);
  const oauth = oauthRequest(request, site, state);
  if (!oauth) return [];
  const validation = validateApiRequest(oauth);
  if ('problem' in validation) throw asRestError(validation.problem);
  return validation.integration.resources;
}

function bearerRights(
  token: string,
  { shop }: SiteRequest,
  { integrations, adminTokens, ...state }: SandboxState,
): Rights {
  const endsAt = adminTokens.get(`${shop.host} ${token}`);
  if (endsAt !== undefined) return state.context.now().getTime() / 1000 < endsAt ? 'all' : [];
  const integration = shop.allowsBearer ? integrations.byToken(shop.host, token) : undefined;
  return integration?.token?.type === 'access' ? integration.resources : [];
}

function asRestError({ status, message, parameters }: OAuthProblem): RestError {
  return new RestError(status, message, parameters);
}

export function mayUse(rights: Rights, resource: string): boolean {
  return resource === 'anonymous' || rights === 'all' || rights.includes(resource);
}
