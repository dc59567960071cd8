import { describe, expect, test } from 'vitest';
import { createTestClock } from '../testing/running-shopify.js';
import type { Grantee, Grants, Redeemed, TokenPair } from './grant-types.js';
import { createGrants } from './grants.js';

const APP: Grantee = { clientId: 'app', host: 'a.myshopify.com' };
const DAY = 86_400_000;

function store(): { grants: Grants; clock: ReturnType<typeof createTestClock> } {
  const clock = createTestClock();
  return {
    clock,
    grants: createGrants(
      () => clock.now(),
      () => 3_600,
      () => undefined,
    ),
  };
}

function expiring(pair: TokenPair | undefined): NonNullable<TokenPair['expiring']> & { accessToken: string } {
  if (pair === undefined || pair.expiring === null) throw new Error('No expiring pair.');
  return { accessToken: pair.accessToken, ...pair.expiring };
}

function connected(grants: Grants): ReturnType<typeof expiring> {
  return expiring(grants.redeemCode(grants.issueCode(APP, ['read_orders']), APP, true));
}

function pairOf(redeemed: Redeemed): ReturnType<typeof expiring> {
  if (redeemed.outcome === 'refused') throw new Error(redeemed.reason);
  return expiring(redeemed.pair);
}

describe('codes', () => {
  test('are good once, for a minute, for their own app and shop', () => {
    const { grants, clock } = store();
    const code = grants.issueCode(APP, []);
    expect(grants.redeemCode(code, { ...APP, clientId: 'other' }, true)).toBeUndefined();
    expect(grants.redeemCode(code, { ...APP, host: 'b.myshopify.com' }, true)).toBeUndefined();
    expect(grants.redeemCode(code, APP, true)).toBeDefined();
    expect(grants.redeemCode(code, APP, true)).toBeUndefined();
    const late = grants.issueCode(APP, []);
    clock.advance(60_000);
    expect(grants.redeemCode(late, APP, true)).toBeUndefined();
  });
});

describe('refresh tokens', () => {
  test('rotate together with the access token, whose predecessor lives on', () => {
    const { grants, clock } = store();
    const first = connected(grants);
    const second = pairOf(grants.redeemRefreshToken(first.refreshToken, APP));
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(second).toMatchObject({ expiresIn: 3_600, refreshTokenExpiresIn: 7_776_000 });
    expect(grants.accessOf(first.accessToken, APP.host)).toBeDefined();
    clock.advance(3_600_000);
    expect(grants.accessOf(first.accessToken, APP.host)).toBeUndefined();
    expect(grants.accessOf(second.accessToken, APP.host)).toBeUndefined();
  });

  test('may be retried with the same result until the replacement is used', () => {
    const { grants } = store();
    const first = connected(grants);
    const second = pairOf(grants.redeemRefreshToken(first.refreshToken, APP));
    const retried = grants.redeemRefreshToken(first.refreshToken, APP);
    expect(retried.outcome).toBe('replayed');
    expect(pairOf(retried)).toMatchObject({ accessToken: second.accessToken, refreshToken: second.refreshToken });
    const third = pairOf(grants.redeemRefreshToken(second.refreshToken, APP));
    expect(grants.redeemRefreshToken(first.refreshToken, APP).outcome).toBe('refused');
    expect(pairOf(grants.redeemRefreshToken(second.refreshToken, APP)).refreshToken).toBe(third.refreshToken);
    expect(grants.snapshot().refresh.map(({ token }) => token)).toEqual([second.refreshToken, third.refreshToken]);
  });

  test('may be retried for 30 days at most', () => {
    const { grants, clock } = store();
    const first = connected(grants);
    grants.redeemRefreshToken(first.refreshToken, APP);
    clock.advance(30 * DAY - 1_000);
    expect(grants.redeemRefreshToken(first.refreshToken, APP).outcome).toBe('replayed');
    clock.advance(1_000);
    expect(grants.redeemRefreshToken(first.refreshToken, APP).outcome).toBe('refused');
  });

  test('live 90 days, anew with every refresh', () => {
    const { grants, clock } = store();
    const first = connected(grants);
    clock.advance(80 * DAY);
    const second = pairOf(grants.redeemRefreshToken(first.refreshToken, APP));
    clock.advance(80 * DAY);
    const third = pairOf(grants.redeemRefreshToken(second.refreshToken, APP));
    clock.advance(90 * DAY);
    expect(grants.redeemRefreshToken(third.refreshToken, APP)).toEqual({ outcome: 'refused', reason: 'expired' });
  });

  test('are refused to another app and another shop', () => {
    const { grants } = store();
    const { refreshToken } = connected(grants);
    expect(grants.redeemRefreshToken(refreshToken, { ...APP, clientId: 'other' }).outcome).toBe('refused');
    expect(grants.redeemRefreshToken(refreshToken, { ...APP, host: 'b.myshopify.com' }).outcome).toBe('refused');
  });
});

describe('grants of a shop', () => {
  test('a new consent supersedes the old pair, and only of that app', () => {
    const { grants } = store();
    const other = { ...APP, clientId: 'other' };
    const kept = expiring(grants.redeemCode(grants.issueCode(other, []), other, true));
    const old = connected(grants);
    connected(grants);
    expect(grants.redeemRefreshToken(old.refreshToken, APP).outcome).toBe('refused');
    expect(grants.accessOf(old.accessToken, APP.host)).toBeUndefined();
    expect(grants.redeemRefreshToken(kept.refreshToken, other).outcome).toBe('issued');
  });

  test('without expiring=1 there is a token that never ends', () => {
    const { grants, clock } = store();
    const pair = grants.redeemCode(grants.issueCode(APP, []), APP, false);
    expect(pair?.expiring).toBeNull();
    clock.advance(400 * DAY);
    expect(grants.accessOf(pair?.accessToken ?? '', APP.host)).toBeDefined();
    expect(grants.accessOf(pair?.accessToken ?? '', 'b.myshopify.com')).toBeUndefined();
  });

  test('survive being saved', () => {
    const { grants } = store();
    const first = connected(grants);
    const second = pairOf(grants.redeemRefreshToken(first.refreshToken, APP));
    const other = store().grants;
    other.restore(structuredClone(grants.snapshot()));
    expect(pairOf(other.redeemRefreshToken(first.refreshToken, APP)).refreshToken).toBe(second.refreshToken);
    expect(other.installedClients(APP.host)).toEqual(['app']);
    other.revoke(APP.host);
    expect(other.snapshot()).toEqual({ codes: [], access: [], refresh: [], installed: [] });
  });
});
