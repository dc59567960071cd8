import { timingSafeEqual } from 'node:crypto';
import type { Integration, IntegrationToken } from '../integrations.js';
import { malformed, missing, type OAuthProblem, refusal } from './problem.js';
import { signature } from './signature.js';

/** A request that carries OAuth parameters, and what the shop knows. */
export interface OAuthRequest {
  readonly parameters: ReadonlyMap<string, string>;
  readonly method: string;
  /** Addresses the caller may have signed; one match is enough. */
  readonly urls: readonly string[];
  /** Seconds since 1970. */
  readonly now: number;
  readonly consumer: (key: string) => Integration | undefined;
  readonly byToken: (token: string) => Integration | undefined;
}

export type Validation = { readonly integration: Integration } | { readonly problem: OAuthProblem };

const KEY_LENGTH = 32;
/** How far ahead of the shop's clock a timestamp may be. Old ones are never refused (fact sheet, section 2.2). */
const TIME_DEVIATION_SECONDS = 600;
/** `oauth/consumer/expiration_period`. */
const EXCHANGE_SECONDS = 300;

const BASIC = ['oauth_consumer_key', 'oauth_signature', 'oauth_signature_method', 'oauth_nonce', 'oauth_timestamp'];

/** A request to the REST API with an access token. The order of the checks is Magento's. */
export function validateApiRequest(request: OAuthRequest): Validation {
  const known = knownConsumer(request, [...BASIC, 'oauth_token']);
  if ('problem' in known) return known;
  const { integration } = known;
  const found = tokenOf(request, integration, 'Token is not associated with the specified consumer');
  if ('problem' in found) return found;
  if (found.token.type !== 'access') return { problem: refusal('Token is not an access token') };
  return signed(request, integration, found.token.secret);
}

/** Step one of the exchange: no token yet. */
export function validateRequestTokenCall(request: OAuthRequest): Validation {
  const known = knownConsumer(request, BASIC);
  if ('problem' in known) return known;
  const { integration } = known;
  if (request.now - integration.postedAt > EXCHANGE_SECONDS) return { problem: refusal('Consumer key has expired') };
  const checked = signed(request, integration, '');
  if ('problem' in checked) return checked;
  if (integration.token?.type === 'verifier') return checked;
  return { problem: refusal('Cannot create request token because consumer token is not a verifier token') };
}

/** Step two: the request token and the verifier are traded for the access token. */
export function validateAccessTokenCall(request: OAuthRequest): Validation {
  const known = knownConsumer(request, [...BASIC, 'oauth_token', 'oauth_verifier']);
  if ('problem' in known) return known;
  const { integration } = known;
  const found = tokenOf(request, integration, 'Request token is not associated with the specified consumer');
  if ('problem' in found) return found;
  if (found.token.type !== 'request') return { problem: refusal('Token is already being used') };
  const problem = verifierProblem(request.parameters.get('oauth_verifier') ?? '', found.token.verifier);
  return problem === undefined ? signed(request, integration, found.token.secret) : { problem };
}

function verifierProblem(given: string, expected: string): OAuthProblem | undefined {
  if (given.length !== KEY_LENGTH) return refusal('Verifier is not the correct length');
  return isSame(given, expected) ? undefined : refusal('Token verifier and verifier token do not match');
}

function knownConsumer(request: OAuthRequest, required: readonly string[]): Validation {
  const problem = protocolProblem(request.parameters, required);
  if (problem !== undefined) return { problem };
  const key = request.parameters.get('oauth_consumer_key') ?? '';
  if (key.length !== KEY_LENGTH) return { problem: refusal('Consumer key is not the correct length') };
  const integration = request.consumer(key);
  if (!integration) return { problem: refusal('A consumer having the specified key does not exist') };
  const stale = nonceProblem(request, integration);
  return stale === undefined ? { integration } : { problem: stale };
}

function protocolProblem(
  parameters: ReadonlyMap<string, string>,
  required: readonly string[],
): OAuthProblem | undefined {
  const version = parameters.get('oauth_version');
  if (version !== undefined && version !== '1.0') {
    return malformed('The "%1" Oauth version isn\'t supported.', version);
  }
  const absent = required.find((name) => !parameters.has(name));
  if (absent !== undefined) return missing(absent);
  const token = parameters.get('oauth_token');
  if (token !== undefined && token.length !== KEY_LENGTH) {
    return malformed('The token length is invalid. Check the length and try again.');
  }
  const method = parameters.get('oauth_signature_method') ?? '';
  // Recorded: auth-oauth1-header-sha1.json.
  return method === 'HMAC-SHA256' ? undefined : malformed('Signature method %1 is not supported', method);
}

/** Before the signature: a nonce is used up by a request that is refused afterwards, too. */
function nonceProblem({ parameters, now }: OAuthRequest, integration: Integration): OAuthProblem | undefined {
  const timestamp = Number.parseInt(parameters.get('oauth_timestamp') ?? '', 10);
  if (!(timestamp > 0 && timestamp <= now + TIME_DEVIATION_SECONDS)) {
    return refusal('Incorrect timestamp value in the oauth_timestamp parameter');
  }
  const nonce = parameters.get('oauth_nonce') ?? '';
  if (integration.usedNonces.has(nonce)) {
    return refusal('The nonce is already being used by the consumer with ID %1', String(integration.id));
  }
  integration.usedNonces.add(nonce);
  return undefined;
}

function tokenOf(
  { parameters, byToken }: OAuthRequest,
  integration: Integration,
  foreign: string,
): { readonly token: IntegrationToken } | { readonly problem: OAuthProblem } {
  const owner = byToken(parameters.get('oauth_token') ?? '');
  // Recorded: consent-err-verifier-reused.json; a token that was exchanged is gone.
  if (!owner?.token) return { problem: refusal('Specified token does not exist') };
  return owner === integration ? { token: owner.token } : { problem: refusal(foreign) };
}

function signed({ parameters, method, urls }: OAuthRequest, integration: Integration, tokenSecret: string): Validation {
  const given = parameters.get('oauth_signature') ?? '';
  const matches = urls.some((url) =>
    isSame(given, signature({ method, url, parameters }, integration.consumerSecret, tokenSecret)),
  );
  // Recorded: auth-oauth1-bad-signature.json.
  return matches ? { integration } : { problem: refusal('The signature is invalid. Verify and try again.') };
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
