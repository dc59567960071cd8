import * as client from 'openid-client';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { startSystem, type System, type TestApp } from '../system.js';
import { authorize, CALLBACK, INVALID_GRANT, presentCode, presentRefresh, redeem } from './oauth-way.js';

// What is held twice: each of both is seen by itself, with the other out of the way.
let system: System;
let app: TestApp;
let [one, other] = ['', ''];
beforeAll(async () => {
  system = await startSystem({ idle: true });
  ({ app } = system.tenants[0]);
  const browser = { kind: 'browser', redirectUris: [CALLBACK] } as const;
  ({ clientId: one } = await system.addClient(app, browser));
  ({ clientId: other } = await system.addClient(app, browser));
  return () => system.stop();
});

/** Writes another client into all grants of one, past every door. */
const giveGrants = (from: string, to: string) =>
  system.sql(
    `UPDATE oauth_artifacts SET payload = replace(payload, '"clientId":"' || $1 || '"', '"clientId":"' || $2 || '"')
     WHERE kind = 'Grant' AND payload LIKE '%' || $1 || '%'`,
    [from, to],
  );

describe('an authorization code', () => {
  it('case 68: is bound to its client twice over, by itself and by its grant', async () => {
    const authorized = await authorize(system, app, one);
    await giveGrants(one, other);
    expect(await presentCode(system, one, authorized)).toMatchObject(INVALID_GRANT);
    // The grant is the other's now, and the code is not.
    expect(await presentCode(system, other, authorized)).toMatchObject(INVALID_GRANT);
    await giveGrants(other, one);
    expect((await redeem(authorized)).token_type).toBe('bearer');
  });

  it('case 69: says itself until when, whatever its row says', async () => {
    const authorized = await authorize(system, app, one);
    await system.sql(
      "UPDATE oauth_artifacts SET expires_at = expires_at + interval '1 hour' WHERE kind = 'AuthorizationCode'",
    );
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    try {
      expect(await presentCode(system, one, authorized)).toMatchObject(INVALID_GRANT);
    } finally {
      vi.useRealTimers();
    }
    expect((await redeem(authorized)).token_type).toBe('bearer');
  });

  it.each([
    [42, 400],
    [43, 200],
    [128, 200],
    [129, 400],
  ])('case 70: with a right verifier of %i characters is answered with %i', async (length, status) => {
    const verifier = 'A'.repeat(length);
    const challenge = await client.calculatePKCECodeChallenge(verifier);
    const authorized = await authorize(system, app, one, { code_challenge: challenge });
    expect((await presentCode(system, one, authorized, { code_verifier: verifier })).status).toBe(status);
  });
});

it('case 73: a refresh token is bound to its client twice over, by itself and by its grant', async () => {
  const { refresh_token: token = '' } = await redeem(await authorize(system, app, one));
  await giveGrants(one, other);
  expect(await presentRefresh(system, one, token)).toMatchObject(INVALID_GRANT);
  expect(await presentRefresh(system, other, token)).toMatchObject(INVALID_GRANT);
  await giveGrants(other, one);
  expect((await presentRefresh(system, one, token)).status).toBe(200);
});
