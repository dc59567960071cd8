import { describe, expect, it } from 'vitest';
import {
  ERRORS,
  HEALTH_ACTORS,
  HEALTH_REASON_CODES,
  HEALTH_REASONS,
  HEALTH_STATES,
  type HealthReason,
  TROUBLES,
} from '#contract';
import { type HealthFacts, healthOf, warningOf } from './health-of.js';
import { isSilent } from './probe-store.js';

const NOW = new Date('2026-11-29T12:00:00Z');
const HOUR = 3600_000;
const DAY = 24 * HOUR;
const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY);
const ago = (milliseconds: number): Date => new Date(NOW.getTime() - milliseconds);

type Store = HealthFacts['store'];
type Kept = NonNullable<HealthFacts['credential']>;
const NO_ERROR = { lastErrorCode: null, lastErrorMessage: null, lastErrorAt: null };

function facts(
  store: Partial<Store> = {},
  credential: Partial<Kept> | undefined = {},
  more: Partial<HealthFacts> = {},
): HealthFacts {
  const reason = (store.healthReason ?? 'ok') as HealthReason;
  const state = HEALTH_REASONS[reason].state;
  const times = { accessExpiresAt: null, refreshExpiresAt: null, dueAt: null, lastRefreshedAt: null, attempt: 0 };
  return {
    store: {
      ...{
        status: 'active',
        healthState: state,
        healthReason: reason,
        healthSince: ago(DAY),
        lastSuccessAt: ago(HOUR),
      },
      ...{ ...NO_ERROR, scopesLost: [], ...store },
    },
    credential: { ...times, ...NO_ERROR, ...credential },
    livesAnew: true,
    apiVersionUntil: null,
    ...more,
  };
}

describe('the table of reasons', () => {
  it.each(HEALTH_REASON_CODES)('says of %s its state, who can act, and what to do in sentences', (code) => {
    const { state, actor, sentence } = HEALTH_REASONS[code];
    expect(HEALTH_STATES).toContain(state);
    expect(HEALTH_ACTORS).toContain(actor);
    expect(sentence).toMatch(/^[A-Z].+\.$/);
    expect(code).toMatch(/^[a-z]+[A-Za-z]*$/);
  });

  it('has a reason for every state, and nobody to act only where nothing is to be done', () => {
    const reasons = Object.values(HEALTH_REASONS);
    for (const state of HEALTH_STATES) expect(reasons.map((reason) => reason.state)).toContain(state);
    const idle = HEALTH_REASON_CODES.filter((code) => HEALTH_REASONS[code].actor === 'nobody');
    expect(idle).toEqual(['ok', 'disconnected']);
  });

  it('case 180: no failed call alone makes a merchant connect again', () => {
    for (const reason of Object.values(TROUBLES))
      expect(['degraded', 'rateLimited'], reason).toContain(HEALTH_REASONS[reason].state);
  });
});

describe('how a store is', () => {
  it.each([
    ['ok', 'healthy', 'nobody', false],
    ['refusedOnce', 'degraded', 'us', false],
    ['unavailable', 'degraded', 'platform', false],
    ['blocked', 'degraded', 'merchant', false],
    ['contractBroken', 'degraded', 'operator', false],
    ['scopeLost', 'degraded', 'merchant', true],
    ['rateLimited', 'rateLimited', 'platform', false],
    ['grantEnded', 'needsReauth', 'merchant', true],
    ['refusedRepeatedly', 'needsReauth', 'merchant', true],
    ['appRemoved', 'revoked', 'merchant', true],
    ['disconnected', 'revoked', 'nobody', false],
    ['paused', 'paused', 'operator', false],
  ] as const)('%s: %s, %s can act, connecting again helps: %s', (healthReason, state, actor, reconnectHelps) => {
    const health = healthOf(facts({ healthReason }), NOW);
    expect(health).toMatchObject({ state, reason: healthReason, actor, reconnectHelps, since: ago(DAY) });
    expect(health.sentence).toBe(HEALTH_REASONS[healthReason].sentence);
  });

  it('is read by its state alone where a newer version wrote a reason', () => {
    const { store, ...rest } = facts();
    const unknown = { ...rest, store: { ...store, healthState: 'needsReauth' as const, healthReason: 'fromTomorrow' } };
    expect(healthOf(unknown, NOW)).toMatchObject({ state: 'needsReauth', reason: 'grantEnded', actor: 'merchant' });
  });

  it('names the client that the platform refuses rather than the calls that fail for it', () => {
    const refused = { attempt: 4, lastErrorCode: 'platform_client_refused' };
    expect(healthOf(facts({ healthReason: 'unavailable' }, refused), NOW)).toMatchObject({ reason: 'clientRefused' });
    expect(healthOf(facts({ healthReason: 'ok' }, refused), NOW)).toMatchObject({ reason: 'ok' });
    expect(healthOf(facts({ healthReason: 'grantEnded' }, refused), NOW)).toMatchObject({ reason: 'grantEnded' });
    const before = { ...refused, attempt: 0 };
    expect(healthOf(facts({ healthReason: 'blocked' }, before), NOW)).toMatchObject({ reason: 'blocked' });
  });

  it('tells the newer of what calls and renewals met last, and who can act on it', () => {
    const called = { lastErrorCode: 'store_closed', lastErrorMessage: 'closed', lastErrorAt: ago(HOUR) };
    const renewed = { lastErrorCode: 'platform_client_refused', lastErrorMessage: null, lastErrorAt: ago(2 * HOUR) };
    const closed = { code: 'store_closed', message: 'closed', at: ago(HOUR), actor: ERRORS.store_closed.actor };
    expect(healthOf(facts(called, renewed), NOW).lastError).toEqual(closed);
    expect(healthOf(facts(called), NOW).lastError).toEqual(closed);
    expect(healthOf(facts({}, renewed), NOW).lastError).toMatchObject({ code: 'platform_client_refused', message: '' });
    expect(healthOf(facts({}, { ...renewed, lastErrorAt: NOW }), NOW).lastError).toMatchObject({ at: NOW });
    expect(healthOf(facts({ ...called, lastErrorCode: 'from_tomorrow' }), NOW).lastError).toMatchObject({
      actor: 'operator',
    });
    expect(healthOf(facts(), NOW).lastError).toBeNull();
  });
});

describe('when a connection dies if nobody acts', () => {
  const renewing = { refreshExpiresAt: inDays(90), accessExpiresAt: inDays(0.04), dueAt: inDays(0.02) };
  const death = (...parts: Parameters<typeof facts>) => {
    const { diesAt, dying } = healthOf(facts(...parts), NOW);
    return diesAt === null ? null : [diesAt.why, (diesAt.at.getTime() - NOW.getTime()) / DAY, diesAt.actor, dying];
  };

  it('knows no end of keys that last', () => {
    expect(death()).toBeNull();
    expect(death({}, undefined)).toBeNull();
  });

  it('is the life of the refresh token, which is ours to renew', () => {
    expect(death({}, renewing)).toEqual(['refreshTokenLife', 90, 'us', false]);
  });

  it('is near in its last 14 days, unless renewals that work give it a whole life anew', () => {
    const near = { ...renewing, refreshExpiresAt: inDays(14) };
    expect(death({}, near)).toEqual(['refreshTokenLife', 14, 'us', false]);
    expect(death({}, near, { livesAnew: false })).toEqual(['refreshTokenLife', 14, 'merchant', true]);
    expect(death({}, { ...near, attempt: 1 })).toEqual(['refreshTokenLife', 14, 'merchant', true]);
    expect(death({}, { ...near, dueAt: null })).toEqual(['refreshTokenLife', 14, 'merchant', true]);
    expect(death({ status: 'paused', healthReason: 'paused' }, near)).toEqual([
      'refreshTokenLife',
      14,
      'merchant',
      true,
    ]);
    const justFar = { ...near, refreshExpiresAt: new Date(inDays(14).getTime() + 1) };
    expect(death({}, justFar, { livesAnew: false })?.at(-1)).toBe(false);
  });

  it('is the life of an access token that nothing renews', () => {
    expect(death({}, { accessExpiresAt: inDays(3) })).toEqual(['accessTokenLife', 3, 'merchant', true]);
    expect(death({}, { accessExpiresAt: inDays(3), dueAt: inDays(1) })).toBeNull();
  });

  it('is the end of the API version, which an operator averts', () => {
    const sunset = { apiVersionUntil: inDays(20) };
    expect(death({}, renewing, sunset)).toEqual(['apiVersionSunset', 20, 'operator', false]);
    expect(death({}, renewing, { apiVersionUntil: inDays(200) })).toEqual(['refreshTokenLife', 90, 'us', false]);
    expect(healthOf(facts({}, renewing, { apiVersionUntil: inDays(2) }), NOW)).toMatchObject({
      dying: true,
      reconnectHelps: false,
    });
  });

  it('names what must be averted before what averts itself', () => {
    const near = { ...renewing, refreshExpiresAt: inDays(2) };
    expect(death({}, near, { apiVersionUntil: inDays(5) })).toEqual(['apiVersionSunset', 5, 'operator', true]);
  });

  it('offers the merchant’s way while that still averts it', () => {
    expect(healthOf(facts({}, { accessExpiresAt: inDays(3) }), NOW).reconnectHelps).toBe(true);
    expect(healthOf(facts({}, { accessExpiresAt: inDays(30) }), NOW).reconnectHelps).toBe(false);
  });

  it.each(['needsReauth', 'revoked', 'disconnected', 'connecting'] as const)(
    'is past for a store that is %s',
    (status) => {
      expect(death({ status }, renewing, { apiVersionUntil: inDays(1) })).toBeNull();
    },
  );
});

describe('case 21: warnings', () => {
  it.each([
    [14.001, undefined],
    [14, 14],
    [7.001, 14],
    [7, 7],
    [1.001, 7],
    [1, 1],
    [-3, 1],
  ])('%d days before: %s', (days, step) => {
    const health = healthOf(facts({}, { accessExpiresAt: inDays(days) }), NOW);
    expect(warningOf(health, NOW)).toBe(step);
  });
});

describe('a probe calls', () => {
  const store = { status: 'active', healthReason: 'ok', refusals: 0, lastSuccessAt: ago(HOUR) } as const;
  it.each([
    ['nobody who was called', {}, false],
    ['who was silent', { lastSuccessAt: ago(5 * HOUR) }, true],
    ['who never answered', { lastSuccessAt: null }, true],
    ['who refused', { refusals: 1 }, true],
    ['who is in trouble', { healthReason: 'unavailable' }, true],
    ['nobody for scopes that are lost', { healthReason: 'scopeLost' }, false],
    ['nobody who is paused', { status: 'paused' as const, lastSuccessAt: null }, false],
  ])('%s', (_who, change, called) => {
    expect(isSilent({ ...store, ...change }, NOW)).toBe(called);
  });
});
