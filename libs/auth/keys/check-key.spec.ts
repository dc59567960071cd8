import { hash, randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { GatewayError } from '#contract';
import { hashToken } from '#kit';
import type { PresentedKey } from '#persistence';
import { generateApiKey, modeOfKey } from './api-key.js';
import { createKeyChecker } from './check-key.js';
import { BATCH_EVERY_MS, createLookUp } from './look-up.js';

const nowhere = (): string => {
  throw new Error('the address is of no interest');
};

/** A process with a clock, and a table of keys. */
function world() {
  const state = { now: 0, isCurrent: true, isDown: false };
  const table = new Map<string, PresentedKey>();
  const start = Date.now();
  const find = vi.fn((hashes: readonly Buffer[]): Promise<readonly PresentedKey[]> => {
    if (state.isDown) return Promise.reject(new GatewayError('database_unavailable', 'away'));
    return Promise.resolve(hashes.flatMap((one) => table.get(one.toString('base64')) ?? []));
  });
  const used = vi.fn<(keyId: string) => void>();
  const sleep = (milliseconds: number): Promise<void> => {
    state.now += milliseconds;
    return Promise.resolve();
  };
  const elapsed = () => state.now;
  const lookUp = createLookUp({ find, elapsed, sleep });
  const feed = { isCurrent: () => state.isCurrent };
  const keys = createKeyChecker({ feed, lookUp, used, now: () => start + state.now, elapsed });
  const add = (
    change: Partial<PresentedKey> = {},
    mode: 'live' | 'test' = 'live',
  ): { text: string; row: PresentedKey } => {
    const { text, hash: stored } = generateApiKey(mode);
    const row: PresentedKey = {
      ...{ hash: stored, id: randomUUID(), tenantId: randomUUID(), appId: randomUUID(), mode },
      ...{ scopes: ['read:orders', 'write:nonsense'], allowedAddresses: [] },
      ...{ expiresAt: null, revokedAt: null, suspendedAt: null, ...change },
    };
    table.set(stored.toString('base64'), row);
    return { text, row };
  };
  const codeOf = async (text: string, address = nowhere): Promise<string> => {
    try {
      return [...(await keys.check(text, address)).scopes].join(' ');
    } catch (error) {
      return GatewayError.is(error) ? error.code : String(error);
    }
  };
  return { state, table, find, used, keys, add, codeOf, start };
}

describe('an API key', () => {
  it('says who calls, the second time without asking anybody', async () => {
    const { keys, add, find, used, state } = world();
    const { text, row } = add();
    const caller = await keys.check(text, nowhere);
    expect(caller).toMatchObject({ appId: row.appId, tenantId: row.tenantId, mode: 'live', storeId: null });
    expect(caller.credential).toEqual({ kind: 'apiKey', id: row.id, clientId: null });
    state.now += 50_000;
    expect(keys.check(text, nowhere)).toBe(caller);
    expect([find.mock.calls.length, used.mock.calls.length]).toEqual([1, 1]);
    // What is known is read again after a minute, and the use is noted again.
    state.now += 10_000;
    await keys.check(text, nowhere);
    expect([find.mock.calls.length, used.mock.calls.length]).toEqual([2, 2]);
  });

  it('case 88: that is none, or of which a part is missing, never costs a query', async () => {
    const { codeOf, add, find } = world();
    const { text } = add();
    const wrong = [
      ...['', 'x', 'ssk_live_', text.slice(0, -1), text.slice(1), `${text}0`, text.toUpperCase(), `${text} `],
      ...[text.replace('ssk_live_', 'ssk_test_'), text.replace('ssk_live_', 'ssk_prod_'), `ssk_live_${'a'.repeat(51)}`],
      text.slice(0, -1) + (text.endsWith('0') ? '1' : '0'),
    ];
    for (const one of wrong) expect([one, await codeOf(one)]).toEqual([one, 'unauthorized']);
    expect(find).not.toHaveBeenCalled();
  });

  it('case 88: of the other environment, revoked, suspended, expired or unknown: the answer is the same', async () => {
    const { keys, add, start, table } = world();
    const crossed = generateApiKey('test');
    const { row } = add();
    table.set(crossed.hash.toString('base64'), { ...row, hash: crossed.hash });
    const wrong = [
      crossed.text,
      add({ revokedAt: new Date(start) }).text,
      add({ suspendedAt: new Date(start) }).text,
      add({ expiresAt: new Date(start) }).text,
      add({ allowedAddresses: ['10.0.0.0/8'] }).text,
      generateApiKey('live').text,
    ];
    const answers = await Promise.all(
      wrong.map(async (text) => {
        try {
          await keys.check(text, () => '192.0.2.1');
          return 'let in';
        } catch (error) {
          return GatewayError.is(error) ? JSON.stringify([error.code, error.message, error.context.challenge]) : error;
        }
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('unauthorized');
  });

  it('case 88: ends when it expires, cached or not', async () => {
    const { codeOf, add, state, start } = world();
    const { text } = add({ expiresAt: new Date(start + 1000) });
    expect(await codeOf(text)).toBe('read:orders');
    state.now += 1000;
    expect(await codeOf(text)).toBe('unauthorized');
  });

  it('may be used from the addresses allowed, and from no other, cached or not', async () => {
    const { codeOf, add } = world();
    const { text } = add({ allowedAddresses: ['203.0.113.7', '10.0.0.0/8', '2001:db8::/32'] });
    for (const [address, may] of [
      ['203.0.113.7', true],
      ['203.0.113.8', false],
      ['10.255.0.1', true],
      ['11.0.0.1', false],
      ['::ffff:10.0.0.1', true],
      ['2001:db8:1::1', true],
      ['2001:db9::1', false],
      ['unknown', false],
      ['', false],
    ] as const) {
      const code = await codeOf(text, () => address);
      expect([address, code]).toEqual([address, may ? 'read:orders' : 'unauthorized']);
    }
  });

  it.each(['key', 'app', 'tenant'] as const)('case 90: is looked up again when its %s was cut off', async (kind) => {
    const { codeOf, add, keys, find, table } = world();
    const { text, row } = add();
    await codeOf(text);
    table.set(row.hash.toString('base64'), { ...row, revokedAt: new Date() });
    keys.forget({ kind, target: randomUUID(), cutAt: 0 });
    expect([await codeOf(text), find.mock.calls.length]).toEqual(['read:orders', 1]);
    keys.forget({ kind, target: { key: row.id, app: row.appId, tenant: row.tenantId }[kind], cutAt: 0 });
    expect([await codeOf(text), find.mock.calls.length]).toEqual(['unauthorized', 2]);
    // What is back is let in at once.
    table.set(row.hash.toString('base64'), row);
    keys.forget({ kind, target: 'whatever', cutAt: 0 });
    expect(await codeOf(text)).toBe('read:orders');
  });

  it('case 90: is not remembered from a reading that is older than a cut-off', async () => {
    const { codeOf, add, keys, find, table } = world();
    const { text, row } = add();
    let answer: (rows: readonly PresentedKey[]) => void = () => undefined;
    find.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    const first = codeOf(text);
    keys.forget({ kind: 'key', target: row.id, cutAt: 0 });
    answer([row]);
    await first;
    table.set(row.hash.toString('base64'), { ...row, revokedAt: new Date() });
    expect(await codeOf(text)).toBe('unauthorized');
  });

  it('case 85: is looked up each time while the feed is lost, and nobody is let in without', async () => {
    const { codeOf, add, state, find } = world();
    const { text } = add();
    await codeOf(text);
    state.isCurrent = false;
    expect([await codeOf(text), await codeOf(text), find.mock.calls.length]).toEqual(['read:orders', 'read:orders', 3]);
    state.isDown = true;
    expect(await codeOf(text)).toBe('database_unavailable');
    state.isCurrent = true;
    expect(await codeOf(text)).toBe('read:orders');
  });

  it('case 88: any number of unknown keys costs so many queries and no more', async () => {
    const { codeOf, find, state } = world();
    const keys = Array.from({ length: 1000 }, () => generateApiKey('live').text);
    expect(new Set(await Promise.all(keys.map((key) => codeOf(key))))).toEqual(new Set(['unauthorized']));
    expect(find.mock.calls.length).toBeLessThanOrEqual(2);
    // Again: they are known to be unknown.
    await Promise.all(keys.map((key) => codeOf(key)));
    expect(find.mock.calls.length).toBeLessThanOrEqual(2);
    // One after the other they come no faster than batches do.
    const before = [state.now, find.mock.calls.length] as const;
    for (let count = 0; count < 40; count += 1) await codeOf(generateApiKey('live').text);
    const queries = find.mock.calls.length - before[1];
    expect(state.now - before[0]).toBeGreaterThanOrEqual((queries - 1) * BATCH_EVERY_MS);
  });
});

describe('the text of a key', () => {
  it('case 89: has a prefix that says its environment, and a checksum', () => {
    const { text, lastFour, hash: stored } = generateApiKey('test');
    expect(text).toMatch(/^ssk_test_[\w-]{43}[0-9a-f]{8}$/);
    expect([modeOfKey(text), lastFour]).toEqual(['test', text.slice(-4)]);
    expect(stored.toString('base64')).toBe(hash('sha256', text, 'base64'));
    expect(stored).toEqual(hashToken(text));
  });
});
