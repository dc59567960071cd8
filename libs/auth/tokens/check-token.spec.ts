import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { accessToken, newKey, RULES, type TestKey } from '../../../test/setup/access-tokens.js';
import { GatewayError, publicId } from '#contract';
import type { AccessCutoff, AccessReading } from '#persistence';
import { type CheckToken, createTokenChecker } from './check-token.js';
import { BELIEVED_MS, createCutoffFeed, READ_EVERY_MS } from './cutoff-feed.js';
import { createVerificationKeys, type StoredKey } from './verification-keys.js';

const APP = randomUUID();
const TENANT = randomUUID();
const CLAIMS = {
  ...{ jti: 'token-1', grant_id: 'grant-1', client_id: 'client-1' },
  ...{ app_id: publicId('app', APP), tenant_id: publicId('tenant', TENANT) },
};

let key: TestKey;
beforeAll(async () => {
  key = await newKey('ES256', 'ours');
});

/** A process with a clock and a database of its own. */
function world() {
  const state = {
    now: 0,
    isDown: false,
    keysAreLost: false,
    cutoffs: [] as AccessCutoff[],
    suspended: [] as string[],
    keys: [{ kid: 'ours', publicJwk: key.publicJwk, notAfter: null }] as StoredKey[],
  };
  let wake: (() => void)[] = [];
  const start = Date.now();
  const now = () => start + state.now;
  const read = vi.fn((): Promise<AccessReading> => {
    if (state.isDown) return Promise.reject(new GatewayError('database_unavailable', 'away'));
    return Promise.resolve({
      readAt: new Date(now()),
      cutoffs: state.cutoffs,
      suspended: state.suspended,
      limits: new Map(),
    });
  });
  const feed = createCutoffFeed({
    read,
    elapsed: () => state.now,
    sleep: () => new Promise((resolve) => wake.push(resolve)),
    learnt: () => undefined,
  });
  const readKeys = () =>
    state.keysAreLost ? Promise.reject(new Error('permission denied for database')) : Promise.resolve(state.keys);
  const keys = createVerificationKeys({ read: readKeys, elapsed: () => state.now });
  const check: CheckToken = createTokenChecker({ rules: RULES, keys, feed, now });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  /** Time goes on; what waits for it goes on too. */
  const pass = async (milliseconds: number): Promise<void> => {
    state.now += milliseconds;
    const woken = wake;
    wake = [];
    for (const one of woken) one();
    await settle();
  };
  const codeOf = async (token: string): Promise<string> => {
    try {
      return [...(await check(token)).caller.scopes].join(' ');
    } catch (error) {
      return GatewayError.is(error) ? error.code : String(error);
    }
  };
  return { state, feed, keys, check, pass, settle, codeOf, now, read };
}

const cutoff = (kind: AccessCutoff['kind'], target: string, cutAt: number): AccessCutoff => ({ kind, target, cutAt });

describe('an access token that was seen before', () => {
  it('is checked at once, and asks nobody', async () => {
    const { check, settle, read } = world();
    await settle();
    const token = await accessToken(key, CLAIMS);
    const first = await check(token);
    expect(first.caller).toMatchObject({ appId: APP, tenantId: TENANT, mode: 'test', storeId: null });
    const asked = read.mock.calls.length;
    expect(check(token)).toBe(first);
    expect(read).toHaveBeenCalledTimes(asked);
  });

  it('case 85: ends when it ends, cached or not', async () => {
    const { check, codeOf, pass, settle } = world();
    await settle();
    const exp = Math.floor(Date.now() / 1000) + 20;
    const token = await accessToken(key, { ...CLAIMS, exp });
    expect(await codeOf(token)).toBe('read:orders read:stores');
    for (let second = 0; second < 60; second += 1) await pass(1000);
    expect(() => check(token)).toThrow(GatewayError);
  });

  it('case 85: ends with its key, in the overlap and when the key is taken away', async () => {
    const { codeOf, state, keys, pass, settle, now } = world();
    await settle();
    const token = await accessToken(key, CLAIMS);
    state.keys = [{ kid: 'ours', publicJwk: key.publicJwk, notAfter: new Date(now() + 5000) }];
    expect(await codeOf(token)).toBe('read:orders read:stores');
    for (let second = 0; second < 5; second += 1) await pass(1000);
    expect(await codeOf(token)).toBe('unauthorized');

    const other = world();
    await other.settle();
    expect(await other.codeOf(token)).toBe('read:orders read:stores');
    other.state.keys = [];
    await other.pass(2000);
    await other.keys.look();
    expect(await other.codeOf(token)).toBe('unauthorized');
    await keys.look();
  });

  it.each([
    ['token', 'token-1'],
    ['grant', 'grant-1'],
    ['client', 'client-1'],
    ['app', APP],
    ['tenant', TENANT],
  ] as const)('case 85: is refused as soon as its %s is cut off', async (kind, target) => {
    const { codeOf, feed, settle, now } = world();
    await settle();
    const token = await accessToken(key, CLAIMS);
    expect(await codeOf(token)).toBe('read:orders read:stores');
    feed.hear(cutoff(kind, 'another', now()));
    expect(await codeOf(token)).toBe('read:orders read:stores');
    feed.hear(cutoff(kind, target, now()));
    expect(await codeOf(token)).toBe('unauthorized');
  });

  it('case 85: is refused though it was first seen after the cut-off', async () => {
    const { codeOf, feed, settle, now } = world();
    await settle();
    const token = await accessToken(key, CLAIMS);
    feed.hear(cutoff('client', 'client-1', now()));
    expect(await codeOf(token)).toBe('unauthorized');
    const later = await accessToken(key, { ...CLAIMS, iat: Math.floor(now() / 1000) + 10 });
    expect(await codeOf(later)).toBe('read:orders read:stores');
  });

  it('loses a scope that was cut off for its client, and keeps the others', async () => {
    const { codeOf, feed, settle, now } = world();
    await settle();
    const token = await accessToken(key, CLAIMS);
    await codeOf(token);
    feed.hear(cutoff('scope', 'another read:orders', now()));
    expect(await codeOf(token)).toBe('read:orders read:stores');
    feed.hear(cutoff('scope', 'client-1 read:orders', now()));
    expect(await codeOf(token)).toBe('read:stores');
  });

  it.each([APP, TENANT])('case 90: is refused while its owner is suspended, whenever it was issued', async (owner) => {
    const { codeOf, state, pass, settle, now } = world();
    await settle();
    const token = await accessToken(key, { ...CLAIMS, iat: Math.floor(now() / 1000) + 20 });
    expect(await codeOf(token)).toBe('read:orders read:stores');
    state.suspended = [owner];
    await pass(READ_EVERY_MS);
    expect(await codeOf(token)).toBe('unauthorized');
    state.suspended = [];
    await pass(READ_EVERY_MS);
    expect(await codeOf(token)).toBe('read:orders read:stores');
  });
});

describe('a process that lost its feed', () => {
  it('case 85: stops to believe what it knows within a second, and says that it does not know', async () => {
    const { codeOf, state, pass, settle, check } = world();
    await settle();
    const token = await accessToken(key, CLAIMS);
    await codeOf(token);
    state.isDown = true;
    await pass(BELIEVED_MS - 1);
    expect(check(token)).not.toBeInstanceOf(Promise);
    await pass(1);
    expect(await codeOf(token)).toBe('database_unavailable');
  });

  it('case 85: never calls a token invalid because its key could not be looked for, however that failed', async () => {
    const { codeOf, state, settle } = world();
    await settle();
    const token = await accessToken(key, CLAIMS);
    state.keysAreLost = true;
    expect(await codeOf(token)).toBe('database_unavailable');
    state.keysAreLost = false;
    expect(await codeOf(token)).toBe('read:orders read:stores');
  });

  it('case 85: knows what happened meanwhile before it lets anybody in again', async () => {
    const { codeOf, state, pass, settle, now } = world();
    await settle();
    const token = await accessToken(key, CLAIMS);
    await codeOf(token);
    state.isDown = true;
    await pass(BELIEVED_MS);
    state.cutoffs = [cutoff('token', 'token-1', now())];
    state.isDown = false;
    expect(await codeOf(token)).toBe('unauthorized');
  });
});
