import { GatewayError, Secret } from '#contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Reply } from '../../test/setup/loopback.js';
import { connectorsWith } from '../../test/setup/oauth-platforms.js';
import { endpointThat as startEndpoint, ISSUED } from '../../test/setup/token-server.js';
import { authorizationUrl, exchangeCode, GrantRefused, renewGrant } from './token-endpoint.js';

vi.setConfig({ testTimeout: 30_000 });
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const OLD = new Secret('old-refresh-token');

describe.each(connectorsWith('oauth2Code'))('the token endpoint of $connector.name', (of) => {
  const { strategy, address } = of;

  /** Ends with the test. */
  async function endpointThat(...given: [reply: Reply, deadlineMs?: number]): ReturnType<typeof startEndpoint> {
    const started = await startEndpoint(of, ...given);
    opened.push(started);
    return started;
  }

  const renew = async (reply: Reply) => renewGrant((await endpointThat(reply)).endpoint, OLD);
  const failureOf = async (reply: Reply): Promise<unknown> => renew(reply).catch((error: unknown) => error);
  const codeOf = async (reply: Reply): Promise<unknown> => {
    const failure = await failureOf(reply);
    return GatewayError.is(failure) ? failure.code : failure;
  };

  describe('when a grant is renewed', () => {
    it('is asked once, by POST, with the token, the client and its secret, and with nothing in the address', async () => {
      const { endpoint, server } = await endpointThat({ body: ISSUED });
      await renewGrant(endpoint, OLD);
      const [request] = server.seen;
      expect(server.seen).toHaveLength(1);
      expect(request?.method).toBe('POST');
      expect(request?.url).toBe(`/${address.apiRoot.hostname}${strategy.tokenEndpoint(address).pathname}`);
      expect(Object.fromEntries(new URLSearchParams(request?.body))).toMatchObject({
        grant_type: 'refresh_token',
        refresh_token: OLD.expose(),
        client_id: 'client-1',
        client_secret: 'client-secret-1',
      });
    });

    it('gives the new pair with its lifetimes and scopes', async () => {
      const { credentials, ...rest } = await renew({ body: ISSUED });
      expect([credentials.accessToken.expose(), credentials.refreshToken?.expose()]).toEqual(['at-1', 'rt-1']);
      expect(rest).toEqual({ accessSeconds: 3600, refreshSeconds: 7_776_000, scopes: ['a', 'b'] });
    });

    it.each<[string, object]>([
      ['none', { refresh_token: undefined }],
      ['null', { refresh_token: null }],
      ['an empty one', { refresh_token: '' }],
    ])('case 7: leaves the old refresh token in force when the answer has %s', async (_, change) => {
      const { credentials } = await renew({ body: { ...ISSUED, ...change } });
      expect([credentials.accessToken.expose(), credentials.refreshToken?.expose()]).toEqual(['at-1', OLD.expose()]);
    });

    it('expires, though the answer names neither a lifetime nor a new refresh token', async () => {
      const { accessSeconds } = await renew({ body: { ...ISSUED, refresh_token: undefined, expires_in: undefined } });
      expect(accessSeconds).toBe(strategy.defaultLifetimeSeconds);
    });

    it('case 14: is not lost for a lifetime that is none, where the platform’s own repair lets it through', async () => {
      const { endpoint } = await endpointThat({ body: { ...ISSUED, expires_in: 'an hour' } });
      const asItCame = { ...strategy, repairTokenReply: (body: object) => ({ token_type: 'bearer', ...body }) };
      const { credentials, accessSeconds } = await renewGrant({ ...endpoint, strategy: asItCame }, OLD);
      expect([credentials.accessToken.expose(), accessSeconds]).toEqual(['at-1', strategy.defaultLifetimeSeconds]);
    });

    it('case 8: takes the same refresh token again for what it is', async () => {
      const { credentials } = await renew({ body: { ...ISSUED, refresh_token: OLD.expose() } });
      expect(credentials.refreshToken?.expose()).toBe(OLD.expose());
    });

    it('is understood without a token type', async () => {
      const { credentials } = await renew({ body: { ...ISSUED, token_type: undefined } });
      expect(credentials.accessToken.expose()).toBe('at-1');
    });

    it.each<[string, unknown, number]>([
      ['missing', undefined, strategy.defaultLifetimeSeconds],
      ['null', null, strategy.defaultLifetimeSeconds],
      ['0: it is over already', 0, 0],
      ['a fraction of a second', 0.4, 0],
      ['negative', -5, strategy.defaultLifetimeSeconds],
      ['10^12', 1e12, strategy.defaultLifetimeSeconds],
      ['the text NaN', 'NaN', strategy.defaultLifetimeSeconds],
      ['words', 'an hour', strategy.defaultLifetimeSeconds],
      ['a list', [60], strategy.defaultLifetimeSeconds],
      ['a text', '1800', 1800],
      ['a fraction', 1800.9, 1800],
    ])('case 14: never lives for nonsense: %s', async (_, lifetime, seconds) => {
      const { accessSeconds } = await renew({ body: { ...ISSUED, expires_in: lifetime } });
      expect(accessSeconds).toBe(seconds);
    });

    it.each<[unknown, number | null]>([
      [undefined, null],
      [null, null],
      [0, null],
      [-1, null],
      ['x', null],
      ['86400', 86_400],
      [1e18, 315_360_000],
    ])('has a refresh token that lives for %j: %j', async (lifetime, seconds) => {
      const { refreshSeconds } = await renew({ body: { ...ISSUED, refresh_token_expires_in: lifetime } });
      expect(refreshSeconds).toBe(seconds);
    });

    it('does not say what was granted where the platform does not', async () => {
      expect((await renew({ body: { ...ISSUED, scope: undefined } })).scopes).toBeNull();
    });
  });

  describe('when it refuses', () => {
    it.each([{ status: 400, error: 'invalid_grant' }, ...strategy.terminalRefusals])(
      'for good ($status $error), only a new consent helps',
      async ({ status, error }) => {
        const failure = await failureOf({
          status,
          body: { error, error_description: 'This grant has been revoked.' },
        });
        expect(failure).toBeInstanceOf(GrantRefused);
        expect(failure).toMatchObject({ message: `${error}: This grant has been revoked.` });
      },
    );

    it.each([
      { status: 400, error: 'invalid_request' },
      { status: 400, error: 'temporarily_unavailable' },
      { status: 401, error: 'invalid_grant_' },
      { status: 500, error: 'invalid_grant' },
      { status: 200, error: 'invalid_grant' },
    ])('in other words ($status $error), the grant is not given up', async ({ status, error }) => {
      expect(await failureOf({ status, body: { error } })).toBeInstanceOf(GatewayError);
    });

    it.each([
      [400, 'invalid_client'],
      [401, 'invalid_client'],
      [400, 'unauthorized_client'],
    ])('the client (%i %s), it is the app that must act', async (status, error) => {
      expect(await codeOf({ status, body: { error } })).toBe('platform_client_refused');
    });
  });

  describe('when a code is traded', () => {
    const callback = (more = ''): URL =>
      new URL(`https://gateway.example.com/connect/callback/h?code=code-1&state=state-1${more}`);

    it('is asked for a pair that can be renewed', async () => {
      const { endpoint, server } = await endpointThat({ body: ISSUED });
      const grant = await exchangeCode(endpoint, callback('&shop=x&hmac=y'), 'state-1');
      expect(grant.credentials.refreshToken?.expose()).toBe('rt-1');
      expect(Object.fromEntries(new URLSearchParams(server.seen[0]?.body))).toMatchObject({
        ...strategy.tokenParameters,
        grant_type: 'authorization_code',
        code: 'code-1',
        redirect_uri: 'https://gateway.example.com/connect/callback/h',
      });
    });

    it.each<[string, URL, string]>([
      ['another state', callback(), 'state-2'],
      ['no state', new URL('https://gateway.example.com/connect/callback/h?code=code-1'), 'state-1'],
      ['another issuer', callback('&iss=https%3A%2F%2Fevil.example.net'), 'state-1'],
      ['no code', new URL('https://gateway.example.com/connect/callback/h?state=state-1'), 'state-1'],
      ['two codes', callback('&code=code-2'), 'state-1'],
    ])('with %s, nothing is sent', async (_, url, state) => {
      const { endpoint, server } = await endpointThat({ body: ISSUED });
      await expect(exchangeCode(endpoint, url, state)).rejects.toBeInstanceOf(GatewayError);
      expect(server.seen).toEqual([]);
    });

    it('and refused, the callback proved nothing', async () => {
      const { endpoint } = await endpointThat({ status: 400, body: { error: 'invalid_grant' } });
      await expect(exchangeCode(endpoint, callback(), 'state-1')).rejects.toMatchObject({
        code: 'connect_callback_invalid',
      });
    });
  });

  it('is preceded by a screen of the platform that knows who asks for what', async () => {
    const { endpoint } = await endpointThat({});
    const redirectUri = new URL('https://gateway.example.com/connect/callback/h');
    const url = authorizationUrl(endpoint, { redirectUri, state: 'state-1', scopes: ['a', 'b'] });
    expect(`${url.origin}${url.pathname}`).toBe(strategy.authorizationEndpoint(address).href);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'client-1',
      redirect_uri: 'https://gateway.example.com/connect/callback/h',
      state: 'state-1',
      scope: `a${strategy.scopeSeparator}b`,
    });
    expect(url.href).not.toContain('client-secret');
  });
});
