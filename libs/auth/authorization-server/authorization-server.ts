import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { cutOffAccess, type Database } from '#persistence';
import type { Sealer } from '#vault';
import { answerConsent, lookAtConsent } from './consent.js';
import type { ConsentAnswer, ConsentLook } from './consent-question.js';
import { type FailedAuthentication, throttleFailures } from './failed-authentication.js';
import { answerForJwts } from './jwt-tokens.js';
import { withholdFromOthers } from './other-origins.js';
import { createProvider, type ProviderParts } from './provider.js';
import type { SigningKeys } from './signing-keys.js';
import { type MadeTicket, makeTicket, type Ticket } from './tickets.js';
import { nameUnauthorizedClient } from './unauthorized-client.js';

export interface AuthorizationServerOptions extends Pick<ProviderParts, 'cookieKeys' | 'errorPage' | 'publicUrl'> {
  readonly database: Database;
  readonly signingKeys: SigningKeys;
  readonly sealer: Sealer;
  /** Whether pages of that origin belong to that app. */
  readonly isOriginOf: (origin: string, appId: string) => boolean;
  /** A failure of ours; what a caller does wrong is answered, not reported. */
  readonly report: (error: unknown) => void;
  /** What an operator should know of. */
  readonly warn: (event: SecurityEvent) => void;
}

/** A grant ends because somebody took it back, or because something was presented a second time. */
export type SecurityEvent =
  | ({ readonly event: 'oauth.clientRefused' } & FailedAuthentication)
  | { readonly event: 'oauth.grantEnded'; readonly grantId: string };

/** The authorization server, as it is mounted in the gateway. */
export interface AuthorizationServer {
  readonly signingKeys: SigningKeys;
  /** Answers a request whose `url` is without the mount's own path. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** What the person in front of this browser is asked. @throws NoSuchConsent */
  lookAtConsent(request: IncomingMessage, response: ServerResponse): Promise<ConsentLook>;
  /** @returns where the browser goes on. @throws NoSuchConsent */
  answerConsent(request: IncomingMessage, response: ServerResponse, answer: ConsentAnswer): Promise<string>;
  makeTicket(ticket: Ticket): Promise<MadeTicket>;
}

/** Whenever another key signs, there is another provider that signs with it. */
export function buildAuthorizationServer(options: AuthorizationServerOptions): AuthorizationServer {
  const { database, warn } = options;
  const cutOffGrant = async (grantId: string): Promise<void> => {
    await cutOffAccess(database.shared, 'grant', grantId);
    warn({ event: 'oauth.grantEnded', grantId });
  };
  const parts: ProviderParts = { ...options, store: { database, sealer: options.sealer, cutOffGrant } };
  const providerNow = following(parts, options);
  return {
    signingKeys: options.signingKeys,
    handle: async (request, response) => {
      await providerNow().callback()(request, response);
    },
    lookAtConsent: (request, response) => lookAtConsent(providerNow(), parts, request, response),
    answerConsent: (request, response, answer) => answerConsent(providerNow(), parts, request, response, answer),
    makeTicket: (ticket) => makeTicket(parts.store, ticket),
  };
}

function following(parts: ProviderParts, options: AuthorizationServerOptions): () => Provider {
  const { database, signingKeys, publicUrl, report, warn } = options;
  // One for all providers, so that a change of keys forgives nobody.
  const throttle = throttleFailures((failed) => warn({ event: 'oauth.clientRefused', ...failed }));
  const withhold = withholdFromOthers(options.isOriginOf);
  const answer = answerForJwts({ database, signingKeys, publicUrl });
  let made: { readonly kid: string; readonly provider: Provider } | undefined;
  return () => {
    const key = signingKeys.current();
    if (made?.kid !== key.kid) {
      const provider = createProvider(parts, key);
      provider.on('server_error', (_context, error) => report(error));
      provider.use(withhold);
      provider.use(throttle);
      provider.use(answer);
      provider.use(nameUnauthorizedClient);
      made = { kid: key.kid, provider };
    }
    return made.provider;
  };
}
