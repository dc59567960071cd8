import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { REQUEST_ID_HEADER, SANDBOX_HOST_HEADER, type Ledger, type Redemption } from '../../platform.js';
import type { Clients } from '../../clients.js';
import type { Grantee, Grants, TokenPair } from './grant-types.js';
import { sendFailure, type OAuthFailure } from './oauth-failure.js';
import { withoutImplied } from './scopes.js';

/** What the token endpoint works with. */
export interface TokenParts {
  readonly clients: Clients;
  readonly grants: Grants;
  readonly ledger: Ledger;
  /** Whether this shop, unlike the genuine platform's, refuses a retry with a token that was used. */
  isStrict(host: string): boolean;
}

const text = z.union([z.string(), z.number().transform(String)]).exactOptional();
const bodySchema = z.object({
  client_id: text,
  client_secret: text,
  code: text,
  refresh_token: text,
  grant_type: text,
  expiring: z.union([text, z.boolean().transform((value) => (value ? '1' : '0'))]),
});

type Note = Pick<Redemption, 'outcome' | 'status'> & { readonly issued?: string; readonly note?: string };

/** recorded: exactly this for a token that is unknown, superseded, expired or revoked. */
const NO_ACTIVE_REFRESH_TOKEN: OAuthFailure = {
  status: 401,
  error: 'invalid_request',
  description: 'This request requires an active refresh_token',
};
/** The description is believed, not recorded. */
const NO_SUCH_CODE: OAuthFailure = {
  status: 400,
  error: 'invalid_request',
  description: 'The authorization code was not found or was already used',
};

/** recorded in issue threads, both of them. */
const NOT_PERMITTED: OAuthFailure = {
  status: 400,
  error: 'shop_not_permitted',
  description: 'Client credentials cannot be performed on this shop.',
};
const NOT_INSTALLED: OAuthFailure = {
  status: 400,
  error: 'app_not_installed',
  description: 'The application is not installed on this shop.',
};

const missing = (parameter: string): OAuthFailure => ({
  status: 400,
  error: 'invalid_request',
  description: `Missing or invalid parameter: ${parameter}`,
});

/** Shopify names no token type, and separates scopes by commas. */
function printPair({ accessToken, scopes, expiring }: TokenPair) {
  const granted = { access_token: accessToken, scope: withoutImplied(scopes).join(',') };
  if (expiring === null) return granted;
  const { expiresIn, refreshToken, refreshTokenExpiresIn } = expiring;
  return {
    ...granted,
    expires_in: expiresIn,
    refresh_token: refreshToken,
    refresh_token_expires_in: refreshTokenExpiresIn,
  };
}

function clientFailure(clients: Clients, clientId: string, secret: string): OAuthFailure | undefined {
  if (clients.find(clientId) === undefined) {
    return { status: 400, error: 'application_cannot_be_found', description: 'Could not find the application.' };
  }
  if (clients.authenticates(clientId, secret)) return undefined;
  return { status: 400, error: 'invalid_client', description: 'The client secret is not valid for this application.' };
}

/** Answers one token request and writes what was presented into the ledger. */
class TokenExchange {
  readonly #host: string;
  readonly #grantee: Grantee;
  readonly #body: z.infer<typeof bodySchema>;

  constructor(
    readonly parts: TokenParts,
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
    body: z.infer<typeof bodySchema>,
  ) {
    this.#host = String(request.headers[SANDBOX_HOST_HEADER] ?? '');
    this.#grantee = { clientId: body.client_id ?? '', host: this.#host };
    this.#body = body;
  }

  answer(): FastifyReply {
    return this.#body.grant_type === 'client_credentials' ? this.#own() : this.#exchange();
  }

  /** Of a code or a refresh token. */
  #exchange(): FastifyReply {
    const { grant_type: type, refresh_token: refreshToken, code } = this.#body;
    const refresh = type === 'refresh_token';
    const kind = refresh ? 'refreshToken' : 'code';
    const credential = refresh ? refreshToken : code;
    if (type !== undefined && !refresh && type !== 'authorization_code') {
      return this.#fail({
        status: 400,
        error: 'unsupported_grant_type',
        description: 'The sandbox does not simulate this grant.',
      });
    }
    const failure = clientFailure(this.parts.clients, this.#grantee.clientId, this.#body.client_secret ?? '');
    if (failure !== undefined) return this.#refuse(kind, credential, failure, failure.error);
    if (credential === undefined || credential === '') return this.#fail(missing(refresh ? 'refresh_token' : 'code'));
    return refresh ? this.#refresh(credential) : this.#redeem(credential);
  }

  /** The app asks for a token on a shop of its own developer. */
  #own(): FastifyReply {
    const { clientId, host } = this.#grantee;
    const kind = 'clientCredentials';
    const failure = clientFailure(this.parts.clients, clientId, this.#body.client_secret ?? '');
    if (failure !== undefined) return this.#refuse(kind, clientId, failure, failure.error);
    const own = this.parts.clients.find(clientId)?.ownShops?.includes(host) === true;
    if (!own) return this.#refuse(kind, clientId, NOT_PERMITTED, 'the shop is another organisation’s');
    const token = this.parts.grants.issueOwn(this.#grantee);
    if (token === undefined) return this.#refuse(kind, clientId, NOT_INSTALLED, 'not installed');
    this.#note(kind, clientId, { outcome: 'issued', status: 200, issued: token.accessToken });
    const { accessToken, scopes, expiresIn } = token;
    const scope = withoutImplied(scopes).join(',');
    return this.reply
      .header('cache-control', 'no-store')
      .send({ access_token: accessToken, scope, expires_in: expiresIn });
  }

  #redeem(code: string): FastifyReply {
    const pair = this.parts.grants.redeemCode(code, this.#grantee, this.#body.expiring === '1');
    if (pair === undefined) return this.#refuse('code', code, NO_SUCH_CODE, 'unknown, used or too old');
    return this.#grant('code', code, 'issued', pair);
  }

  #refresh(token: string): FastifyReply {
    const redeemed = this.parts.grants.redeemRefreshToken(token, this.#grantee);
    if (redeemed.outcome === 'refused') {
      return this.#refuse('refreshToken', token, NO_ACTIVE_REFRESH_TOKEN, redeemed.reason);
    }
    if (redeemed.outcome === 'replayed' && this.parts.isStrict(this.#host)) {
      return this.#refuse('refreshToken', token, NO_ACTIVE_REFRESH_TOKEN, 'used once, and this shop is strict');
    }
    return this.#grant('refreshToken', token, redeemed.outcome, redeemed.pair);
  }

  #grant(kind: Redemption['kind'], credential: string, outcome: 'issued' | 'replayed', pair: TokenPair): FastifyReply {
    const issued = pair.expiring?.refreshToken ?? pair.accessToken;
    this.#note(kind, credential, { outcome, status: 200, issued });
    return this.reply.header('cache-control', 'no-store').send(printPair(pair));
  }

  #refuse(kind: Redemption['kind'], credential: string | undefined, failure: OAuthFailure, note: string): FastifyReply {
    if (credential !== undefined && credential !== '') {
      this.#note(kind, credential, { outcome: 'refused', status: failure.status, note });
    }
    return this.#fail(failure);
  }

  #fail(failure: OAuthFailure): FastifyReply {
    return sendFailure(this.request, this.reply, failure);
  }

  #note(kind: Redemption['kind'], credential: string, note: Note): void {
    const requestId = String(this.request.headers[REQUEST_ID_HEADER] ?? '');
    this.parts.ledger.record({ platform: 'shopify', host: this.#host, kind, credential, requestId, ...note });
  }
}

/** Registers `POST /admin/oauth/access_token`: the code, refresh and client-credentials grants, as JSON or form. */
export function registerTokenRoutes(server: FastifyInstance, parts: TokenParts): void {
  server.post('/admin/oauth/access_token', (request, reply) => {
    const body = bodySchema.safeParse(request.body ?? {});
    if (!body.success) return sendFailure(request, reply, missing(String(body.error.issues[0]?.path[0] ?? 'body')));
    return new TokenExchange(parts, request, reply, body.data).answer();
  });
}
