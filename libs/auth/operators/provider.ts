import { createHash } from 'node:crypto';
import * as oidc from 'openid-client';
import type { Settings } from '#config';
import { GatewayError } from '#contract';
import { asFetch, type Transport, TransportError } from '#kit';
import type { OperatorIdentity } from '#persistence';
import { type Claims, roleOf } from './role-of.js';

const LIMITS = { deadlineMs: 10_000, maxBytes: 512 * 1024 };
/** So long its metadata is believed: a provider that moved an endpoint is found again without a restart. */
const METADATA_MS = 3600_000;
/** A sign-in that is to be fresh may not be older; the person may still have screens to pass. */
const FRESH_SECONDS = 300;

/** The OpenID Connect provider operators sign in with. */
export interface OperatorsProvider {
  /** For people. */
  readonly host: string;
  /**
   * Where the browser goes.
   * @param flow 256 random bits that only this browser holds
   * @param fresh whether the person must prove who they are now, whatever session the provider has
   * @throws GatewayError `sign_in_unavailable`
   */
  begin(flow: string, fresh: boolean): Promise<URL>;
  /**
   * Who came back.
   * @param callback the address that the provider sent the browser to, with its query
   * @throws GatewayError `sign_in_invalid`, `sign_in_refused`, `sign_in_unavailable`
   */
  finish(flow: string, fresh: boolean, callback: URL): Promise<OperatorIdentity>;
}

export interface ProviderOptions {
  readonly settings: Settings;
  /** Must be guarded: an issuer on a private address is called only where that is opened. */
  readonly transport: Transport;
  readonly redirectUri: string;
  /** Milliseconds that only run forward. */
  readonly elapsed: () => number;
}

/** @returns undefined where no provider is set */
export function createOperatorsProvider(options: ProviderOptions): OperatorsProvider | undefined {
  const { settings, redirectUri } = options;
  const { SHOPSPAN_OPERATORS_ISSUER: issuer, SHOPSPAN_OPERATORS_CLIENT_ID: clientId } = settings;
  if (issuer === undefined || clientId === undefined) return undefined;
  const configuration = remembered(options, issuer, clientId);
  return {
    host: new URL(issuer).host,
    async begin(flow, fresh) {
      const { verifier, state, nonce } = secretsOf(flow);
      return oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: settings.SHOPSPAN_OPERATORS_SCOPES,
        ...{ state, nonce },
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(fresh ? { max_age: '0', prompt: 'login' } : {}),
      });
    },
    async finish(flow, fresh, callback) {
      const known = await configuration();
      const { verifier, state, nonce } = secretsOf(flow);
      try {
        const tokens = await oidc.authorizationCodeGrant(known, callback, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
          ...(fresh ? { maxAge: FRESH_SECONDS } : {}),
        });
        const claims = tokens.claims();
        if (claims === undefined) throw new Error('there is no ID token');
        return await identityOf(settings, claims, () => oidc.fetchUserInfo(known, tokens.access_token, claims.sub));
      } catch (error) {
        throw asSignInError(error);
      }
    },
  };
}

/**
 * What one sign-in is recognized by, all from the one random value that its browser holds: nothing is kept here, and nobody
 * can come back in another browser than the one that left.
 */
function secretsOf(flow: string): { readonly verifier: string; readonly state: string; readonly nonce: string } {
  const derive = (what: string) => createHash('sha256').update(`${what}\n${flow}`).digest('base64url');
  return { verifier: derive('verifier'), state: derive('state'), nonce: derive('nonce') };
}

/** Asks the provider for its metadata when it is first needed, and again when that is old. A failure is not remembered. */
function remembered(options: ProviderOptions, issuer: string, clientId: string): () => Promise<oidc.Configuration> {
  let known: { readonly at: number; readonly configuration: Promise<oidc.Configuration> } | undefined;
  return () => {
    if (known !== undefined && options.elapsed() - known.at < METADATA_MS) return known.configuration;
    const configuration = discover(options, issuer, clientId);
    const asked = { at: options.elapsed(), configuration };
    known = asked;
    configuration.catch(() => {
      if (known === asked) known = undefined;
    });
    return configuration;
  };
}

async function discover(
  { settings, transport }: ProviderOptions,
  issuer: string,
  clientId: string,
): Promise<oidc.Configuration> {
  const guarded = asFetch(transport, LIMITS);
  const secret = settings.SHOPSPAN_OPERATORS_CLIENT_SECRET;
  try {
    const configuration = await oidc.discovery(new URL(issuer), clientId, {}, authentication(secret), {
      [oidc.customFetch]: (url, init) => guarded(url, { ...init, body: init.body ?? null }),
      // What may be called over http is for the guard to say: in development, what was opened for it.
      execute: [...(issuer.startsWith('http://') ? [oidc.allowInsecureRequests] : []), oidc.enableNonRepudiationChecks],
    });
    // The transport has the deadline.
    configuration.timeout = 0;
    return configuration;
  } catch (error) {
    throw unavailable(error);
  }
}

/** As the provider wants it; RFC 8414 says that one which does not say wants Basic. */
function authentication(secret: string | undefined): oidc.ClientAuth {
  if (secret === undefined) return oidc.None();
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

async function identityOf(
  settings: Settings,
  idToken: oidc.IDToken,
  ask: () => Promise<Claims>,
): Promise<OperatorIdentity> {
  // Some providers put people's claims into the ID token, others tell them when asked.
  const fromToken = roleOf(settings, idToken);
  const claims: Claims = fromToken === undefined ? { ...(await ask()), sub: idToken.sub } : idToken;
  const role = fromToken ?? roleOf(settings, claims);
  const email = textOf(claims['email']);
  const name = textOf(claims['name']) ?? textOf(claims['preferred_username']) ?? email ?? idToken.sub;
  if (role === undefined) {
    throw new GatewayError(
      'sign_in_refused',
      `${name} has no role here: no e-mail address or group of theirs is named.`,
    );
  }
  const { auth_time: seconds } = idToken;
  const authenticatedAt = seconds === undefined ? null : new Date(Math.min(seconds * 1000, Date.now()));
  return { issuer: idToken.iss, subject: idToken.sub, name: name.slice(0, 200), email, role, authenticatedAt };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function unavailable(cause: unknown): GatewayError<'sign_in_unavailable'> {
  const message = 'The provider that operators sign in with cannot be used just now.';
  return new GatewayError('sign_in_unavailable', message, { cause });
}

/** What the provider's failure is to the person: to try again later, or to begin anew. */
function asSignInError(error: unknown): Error {
  if (GatewayError.is(error)) return error;
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth += 1) {
    if (current instanceof TransportError) return unavailable(error);
  }
  const refusesUs = error instanceof oidc.ResponseBodyError && error.error !== 'invalid_grant';
  if (refusesUs) return unavailable(error);
  const denied = error instanceof oidc.AuthorizationResponseError;
  const message = denied
    ? 'The provider did not let you in.'
    : 'What came back from the provider does not belong here.';
  return new GatewayError('sign_in_invalid', message, { cause: error });
}
