import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  BASE,
  call,
  clientOf,
  DE,
  JP,
  type RunningMagento,
  signWithLibrary,
  startMagento,
  US,
} from '../testing/running-magento.js';

let running: RunningMagento;

beforeAll(async () => {
  running = await startMagento();
});
afterAll(() => running.close());

const LIST = 'V1/orders?searchCriteria%5BpageSize%5D=1&fields=total_count';

describe('a signed request', () => {
  it.each([US, DE, JP])('is taken by %s, signed by an independent library', async (host) => {
    const client = await clientOf(running, host);
    const answer = await client.get(LIST);
    expect(answer).toMatchObject({ status: 200, body: { total_count: expect.any(Number) } });
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('is taken with the address of the sandbox itself', async () => {
    const { credentials } = await clientOf(running, US);
    const address = `${running.url}/${US}/rest/${LIST}`;
    const authorization = signWithLibrary('GET', address, credentials, running.clock.now);
    expect(await call(running.url, 'GET', address, { authorization })).toMatchObject({ status: 200 });
  });

  // Recorded: auth-oauth1-bad-signature.json.
  it('is refused when the secret is another', async () => {
    const { credentials } = await clientOf(running, DE);
    const answer = await sendWith({ ...credentials, access_token_secret: 'x'.repeat(32) });
    expect(answer).toMatchObject({
      status: 401,
      body: { message: 'The signature is invalid. Verify and try again.' },
    });
  });

  it('is refused when it comes a second time', async () => {
    const { credentials } = await clientOf(running, DE);
    const address = `${BASE[DE] ?? ''}rest/${LIST}`;
    const authorization = signWithLibrary('GET', address, credentials, running.clock.now);
    expect((await call(running.url, 'GET', address, { authorization })).status).toBe(200);
    expect(await call(running.url, 'GET', address, { authorization })).toMatchObject({
      status: 401,
      body: {
        message: 'The nonce is already being used by the consumer with ID %1',
        parameters: [String(credentials.id)],
      },
    });
  });

  it('may be old, but not ten minutes ahead', async () => {
    const { credentials } = await clientOf(running, DE);
    const at = (seconds: number): Date => new Date(running.clock.now.getTime() + seconds * 1000);
    expect((await sendWith(credentials, at(-86_400))).status).toBe(200);
    expect((await sendWith(credentials, at(600))).status).toBe(200);
    expect(await sendWith(credentials, at(601))).toMatchObject({
      status: 401,
      body: { message: 'Incorrect timestamp value in the oauth_timestamp parameter' },
    });
  });

  it('does not reach another shop', async () => {
    const { credentials } = await clientOf(running, US);
    expect(await sendWith(credentials)).toMatchObject({
      status: 401,
      body: { message: 'A consumer having the specified key does not exist' },
    });
  });

  // Recorded: auth-oauth1-header-sha1.json.
  it('is malformed with SHA-1', async () => {
    const { credentials } = await clientOf(running, DE);
    const address = `${BASE[DE] ?? ''}rest/${LIST}`;
    const authorization = signWithLibrary('GET', address, credentials, running.clock.now).replace('SHA256', 'SHA1');
    expect(await call(running.url, 'GET', address, { authorization })).toMatchObject({
      status: 400,
      body: { message: 'Signature method %1 is not supported', parameters: ['HMAC-SHA1'] },
    });
  });

  async function sendWith(keys: Parameters<typeof signWithLibrary>[2], now: Date = running.clock.now): Promise<Answer> {
    const address = `${BASE[DE] ?? ''}rest/${LIST}`;
    return call(running.url, 'GET', address, { authorization: signWithLibrary('GET', address, keys, now) });
  }
});

describe('a token as bearer', () => {
  // Recorded: auth-integration-token-as-bearer.json.
  it('means nothing by default', async () => {
    const { credentials } = await clientOf(running, DE);
    expect(await bearer(DE, credentials.access_token)).toMatchObject({
      status: 401,
      body: {
        message: "The consumer isn't authorized to access %resources.",
        parameters: { resources: 'Magento_Sales::actions_view' },
      },
    });
  });

  it('is taken where the shop allows it', async () => {
    const { credentials } = await clientOf(running, US);
    expect(await bearer(US, credentials.access_token)).toMatchObject({ status: 200 });
    expect(await bearer(US, 'x'.repeat(32))).toMatchObject({ status: 401 });
  });

  async function bearer(host: string, token: string): Promise<Answer> {
    return call(running.url, 'GET', `${BASE[host] ?? ''}rest/${LIST}`, { authorization: `Bearer ${token}` });
  }
});

describe('rights', () => {
  it('that are missing are 401, with their names', async () => {
    const client = await clientOf(running, US, ['Magento_Backend::store']);
    expect((await client.get('V1/store/storeConfigs')).status).toBe(200);
    expect(await client.get(LIST)).toMatchObject({
      status: 401,
      body: { parameters: { resources: 'Magento_Sales::actions_view' } },
    });
  });

  it('end with the integration', async () => {
    const client = await clientOf(running, JP);
    expect((await client.get(LIST)).status).toBe(200);
    await fetch(`${running.url}/control/grants/${JP}`, { method: 'DELETE' });
    expect(await client.get(LIST)).toMatchObject({
      status: 401,
      body: { message: 'A consumer having the specified key does not exist' },
    });
  });
});
