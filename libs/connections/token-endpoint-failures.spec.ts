import { GatewayError, Secret } from '#contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { closedPort, cut, type Reply, reset } from '../../test/setup/loopback.js';
import { connectorsWith } from '../../test/setup/oauth-platforms.js';
import { endpointAt, endpointThat as startEndpoint, ISSUED } from '../../test/setup/token-server.js';
import { renewGrant } from './token-endpoint.js';
import type { TokenGrant } from './token-grant.js';

vi.setConfig({ testTimeout: 30_000 });
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const OLD = new Secret('old-refresh-token');

describe.each(connectorsWith('oauth2Code'))('the token endpoint of $connector.name', (of) => {
  /** Ends with the test. */
  async function endpointThat(...given: [reply: Reply, deadlineMs?: number]): ReturnType<typeof startEndpoint> {
    const started = await startEndpoint(of, ...given);
    opened.push(started);
    return started;
  }

  const renew = async (reply: Reply, deadlineMs?: number): Promise<TokenGrant> =>
    renewGrant((await endpointThat(reply, deadlineMs)).endpoint, OLD);
  const failureOf = async (reply: Reply): Promise<unknown> => renew(reply).catch((error: unknown) => error);
  const codeOf = async (reply: Reply): Promise<unknown> => {
    const failure = await failureOf(reply);
    return GatewayError.is(failure) ? failure.code : failure;
  };

  describe('when it fails', () => {
    it.each<[string, Reply, string]>([
      ['429', { status: 429 }, 'platform_rate_limited'],
      ['500', { status: 500 }, 'platform_unavailable'],
      ['502 with a page', { status: 502, body: '<html>' }, 'platform_unavailable'],
      ['503', { status: 503, body: { error: 'x' } }, 'platform_unavailable'],
      ['408', { status: 408 }, 'platform_unavailable'],
      ['a page', { body: '<html>Just a moment</html>' }, 'platform_contract_broken'],
      [
        'half a document',
        { headers: { 'content-type': 'application/json' }, body: '{"access_token":"at' },
        'platform_contract_broken',
      ],
      ['nothing', { body: '' }, 'platform_contract_broken'],
      ['a list', { body: [ISSUED] }, 'platform_contract_broken'],
      ['no access token', { body: { ...ISSUED, access_token: undefined } }, 'platform_contract_broken'],
      ['an empty access token', { body: { ...ISSUED, access_token: '' } }, 'platform_contract_broken'],
      ['an access token that is no text', { body: { ...ISSUED, access_token: 7 } }, 'platform_contract_broken'],
      ['204', (_, response) => void response.writeHead(204).end(), 'platform_contract_broken'],
      ['a redirect', { status: 302, headers: { location: 'https://evil.example.net/' } }, 'platform_contract_broken'],
      ['a cut answer', cut, 'platform_unavailable'],
      ['a reset connection', reset, 'platform_unavailable'],
    ])('with %s, the outcome is unknown and the same token may be sent again', async (_, reply, code) => {
      expect(await codeOf(reply)).toBe(code);
    });

    it('by not answering, it is given up at the deadline', async () => {
      const failure = await renew(() => undefined, 100).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'platform_timeout' });
    });

    it('by not being there, nothing was sent', async () => {
      const endpoint = endpointAt(of, `http://${await closedPort()}`);
      await expect(renewGrant(endpoint, OLD)).rejects.toMatchObject({
        code: 'platform_unavailable',
        cause: { sent: 'no' },
      });
    });

    it.each([
      ['120', 120_000],
      ['1000000000', 3_600_000],
      ['Sun, 22 Nov 2026 10:02:00 GMT', 120_000],
      ['Sun, 22 Nov 2099 10:02:00 GMT', 3_600_000],
      ['Sun, 22 Nov 1999 10:02:00 GMT', 0],
      ['-5', undefined],
      ['soon', undefined],
    ])('it says when to come back: %s', async (retryAfter, milliseconds) => {
      const headers = { 'retry-after': retryAfter, date: 'Sun, 22 Nov 2026 10:00:00 GMT' };
      for (const status of [429, 503]) {
        const failure = await failureOf({ status, headers, body: { error: 'slow_down' } });
        expect(GatewayError.is(failure) ? failure.context.retryAfterMs : failure).toBe(milliseconds);
      }
    });

    it('its words are cut and harmless, and neither token nor secret is among them', async () => {
      const echo: Reply = {
        status: 400,
        body: { error: 'odd\r\n', error_description: `<b>${'x'.repeat(5_000)}</b> Bearer ${OLD.expose()}` },
      };
      const failure = await failureOf(echo);
      const told = GatewayError.is(failure) ? JSON.stringify([failure.message, failure.context.platform]) : '';
      expect(told).toContain('odd');
      expect(told.length).toBeLessThan(2_000);
      for (const hidden of [OLD.expose(), 'client-secret-1', '<b>', '\\r']) expect(told).not.toContain(hidden);
    });
  });
});
