import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

export interface ProviderPerson {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly groups?: readonly string[];
}

/** A genuine OpenID Connect provider on loopback, foreign to the product: whoever is `present` signs in without a screen. */
export interface RunningProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  present: ProviderPerson;
  /** How long ago the person proved who they are; a provider that never asks again says the old time. */
  provedSecondsAgo: number;
  /** How often each path was asked for. */
  readonly asked: ReadonlyMap<string, number>;
  /** Registers the client; until then nothing is answered. */
  register(redirectUri: string): Promise<void>;
  close(): Promise<void>;
}

export async function startOpenidProvider(): Promise<RunningProvider> {
  const asked = new Map<string, number>();
  let answer = (_: IncomingMessage, response: ServerResponse): void => void response.writeHead(503).end();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.set(pathname, (asked.get(pathname) ?? 0) + 1);
    answer(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const running: RunningProvider = {
    ...{ issuer, asked, clientId: 'shopspan', clientSecret: 'a secret of the tests alone' },
    present: { sub: 'nobody' },
    provedSecondsAgo: 0,
    async register(redirectUri) {
      answer = await providerFor(running, redirectUri);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return running;
}

async function providerFor(running: RunningProvider, redirectUri: string) {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const { issuer, clientId: client_id, clientSecret: client_secret } = running;
  const people = new Map<string, ProviderPerson>();
  const client = {
    client_id,
    client_secret,
    redirect_uris: [redirectUri],
    id_token_signed_response_alg: 'ES256' as const,
  };
  const provider = new Provider(issuer, {
    clients: [client],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'one' }] },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    cookies: { keys: ['of the tests alone'] },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub), sub }) }),
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, AuthorizationCode: 60, IdToken: 600 },
  });
  const handle = provider.callback();
  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { params } = await provider.interactionDetails(request, response);
    const { sub } = running.present;
    people.set(sub, running.present);
    const grant = new provider.Grant({ accountId: sub, clientId: client_id });
    grant.addOIDCScope(typeof params['scope'] === 'string' ? params['scope'] : 'openid');
    const ts = Math.floor(Date.now() / 1000) - running.provedSecondsAgo;
    const result = { login: { accountId: sub, ts }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url?.startsWith('/interaction/') !== true) return void handle(request, response);
    interact(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  };
}
