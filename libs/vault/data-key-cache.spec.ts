import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { GatewayError } from '#contract';
import { DataKeyCache } from './data-key-cache.js';
import { newDataKey, type StoredDataKey } from './data-keys.js';
import type { KeyEncryption } from './key-encryption.js';
import { localKey } from './local-key.js';
import { localKeyEncryption } from './local-key-encryption.js';
import { createVault } from './vault.js';

const HERE = { tenantId: 'a', subject: 'sto_1', field: 'access_token', version: 1 };
const LIMITS = { maxEntries: 3, ttlMs: 1000 };

interface World {
  time: number;
  lists: number;
  unwraps: number;
  failing: 'list' | 'unwrap' | undefined;
  duringUnwrap: () => void;
}

/** A cache over rows and keys whose every use is counted, and which can be made to fail. */
async function setUp(...tenants: string[]) {
  const local = localKeyEncryption([localKey(randomBytes(32))]);
  const rows = new Map<string, StoredDataKey[]>();
  for (const tenantId of tenants) rows.set(tenantId, [await newDataKey(local, tenantId, 1)]);
  const world: World = { time: 0, lists: 0, unwraps: 0, failing: undefined, duringUnwrap: () => undefined };
  const keyEncryption: KeyEncryption = {
    ...local,
    unwrap(wrapped, context) {
      world.unwraps += 1;
      world.duringUnwrap();
      return world.failing === 'unwrap' ? Promise.reject(new Error('kms: no route')) : local.unwrap(wrapped, context);
    },
  };
  const dataKeys = {
    list(tenantId: string): Promise<readonly StoredDataKey[]> {
      world.lists += 1;
      return world.failing === 'list'
        ? Promise.reject(new Error('no rows'))
        : Promise.resolve([...(rows.get(tenantId) ?? [])]);
    },
    add: () => Promise.reject(new Error('not asked for here')),
  };
  const now = () => world.time;
  return {
    rows,
    local,
    world,
    keyEncryption,
    dataKeys,
    now,
    keys: new DataKeyCache({ keyEncryption, dataKeys, ...LIMITS, now }),
  };
}

const idOf = (rows: Map<string, StoredDataKey[]>, tenantId: string) => rows.get(tenantId)?.[0]?.id ?? '';

describe('the cache of data keys', () => {
  it('unwraps once for everybody who asks at once', async () => {
    const { keys, rows, world } = await setUp('a');
    const id = idOf(rows, 'a');
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? keys.newest('a') : keys.find('a', id))),
    );
    expect(world).toMatchObject({ lists: 1, unwraps: 1 });
  });

  it('keeps tenants apart', async () => {
    const { keys, rows, world } = await setUp('a', 'b');
    await Promise.all([keys.newest('a'), keys.newest('b')]);
    expect(world).toMatchObject({ lists: 2, unwraps: 2 });
    expect((await keys.newest('b'))?.id).toBe(idOf(rows, 'b'));
    expect(await keys.find('b', idOf(rows, 'a'))).toBeUndefined();
  });

  it('holds a key until its time is over, counted from when it was read', async () => {
    const { keys, world } = await setUp('a');
    await keys.newest('a');
    world.time = 999;
    await keys.newest('a');
    expect(world).toMatchObject({ lists: 1, unwraps: 1 });
    world.time = 1000;
    await keys.newest('a');
    expect(world).toMatchObject({ lists: 2, unwraps: 2 });
  });

  it('notices a deleted tenant when the time is over', async () => {
    const { keys, rows, world } = await setUp('a');
    await keys.newest('a');
    rows.delete('a');
    world.time = 1000;
    expect(await keys.newest('a')).toBeUndefined();
  });

  it('case 98: holds no more tenants than allowed and lets the oldest go first', async () => {
    const { keys, world } = await setUp('a', 'b', 'c', 'd');
    for (const tenantId of ['a', 'b', 'c', 'd']) await keys.newest(tenantId);
    for (const tenantId of ['b', 'c', 'd']) await keys.newest(tenantId);
    expect(world.lists).toBe(4);
    await keys.newest('a');
    expect(world.lists).toBe(5);
  });

  it('keeps no failure: neither of the rows nor of the unwrapping', async () => {
    const { keys, world } = await setUp('a');
    world.failing = 'list';
    await expect(keys.newest('a')).rejects.toThrow('no rows');
    world.failing = 'unwrap';
    await expect(keys.newest('a')).rejects.toMatchObject({ code: 'vault_unavailable' });
    world.failing = undefined;
    expect(await keys.newest('a')).toBeDefined();
  });

  it('reports a key service that fails as unavailable, with the reason kept', async () => {
    const { keys, world } = await setUp('a');
    world.failing = 'unwrap';
    const error: unknown = await keys.newest('a').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(GatewayError);
    expect(String(error)).not.toContain('kms');
    expect(error).toMatchObject({ cause: { message: 'kms: no route' } });
  });

  it('does not remember that a tenant had no key', async () => {
    const { keys, rows, local } = await setUp();
    expect(await keys.newest('a')).toBeUndefined();
    rows.set('a', [await newDataKey(local, 'a', 1)]);
    expect(await keys.newest('a')).toBeDefined();
  });

  it('finds a key that another process added since, and holds it from then on', async () => {
    const { keys, rows, local, world } = await setUp('a');
    await keys.newest('a');
    const added = await newDataKey(local, 'a', 2);
    rows.get('a')?.push(added);
    expect((await keys.find('a', added.id))?.id).toBe(added.id);
    await keys.find('a', added.id);
    expect(world).toMatchObject({ lists: 2, unwraps: 2 });
    expect((await keys.newest('a'))?.id).toBe(added.id);
  });

  it('lets keys expire on time although another tenant’s were renewed in between', async () => {
    const { keys, rows, local, world } = await setUp('a', 'b');
    await keys.newest('a');
    world.time = 10;
    await keys.newest('b');
    world.time = 20;
    const added = await newDataKey(local, 'a', 2);
    rows.get('a')?.push(added);
    await keys.find('a', added.id);
    rows.delete('b');
    world.time = 1015;
    expect(await keys.newest('b')).toBeUndefined();
    await keys.newest('a');
    expect(world.lists).toBe(4);
  });

  it('does not drop what was read anew when an older read fails late', async () => {
    const { keys, world } = await setUp('a');
    world.failing = 'list';
    const failing = keys.newest('a').catch(String);
    keys.forget('a');
    world.failing = undefined;
    await Promise.all([failing, keys.newest('a')]);
    await keys.newest('a');
    expect(world.lists).toBe(2);
  });

  it('is not emptied by unknown ids', async () => {
    const { keys, world } = await setUp('a');
    await keys.newest('a');
    for (let count = 0; count < 5; count += 1) expect(await keys.find('a', 'dek_unknown')).toBeUndefined();
    await keys.newest('a');
    expect(world.unwraps).toBe(1);
  });

  it('case 98: holds nothing when the time is over, also where nobody asks any more', async () => {
    vi.useFakeTimers();
    try {
      const { keyEncryption, dataKeys } = await setUp('a', 'b');
      const keys = new DataKeyCache({ keyEncryption, dataKeys, ...LIMITS, now: () => performance.now() });
      await keys.newest('a');
      await vi.advanceTimersByTimeAsync(600);
      await keys.newest('b');
      expect(keys.size).toBe(2);
      await vi.advanceTimersByTimeAsync(401);
      expect(keys.size).toBe(1);
      await vi.advanceTimersByTimeAsync(600);
      expect(keys.size).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('case 98: forgets a tenant at once, also while its keys are being read', async () => {
    const { keys, rows, world } = await setUp('a');
    const reading = keys.newest('a');
    rows.delete('a');
    keys.forget('a');
    await reading;
    expect(await keys.newest('a')).toBeUndefined();
    expect(world.lists).toBe(2);
  });

  it('does not bring a forgotten tenant back by a search that was under way', async () => {
    const { keys, rows, local, world } = await setUp('a');
    await keys.newest('a');
    const added = await newDataKey(local, 'a', 2);
    rows.get('a')?.push(added);
    // The search has read its rows and now unwraps: this is when the tenant goes.
    world.duringUnwrap = () => {
      rows.delete('a');
      keys.forget('a');
    };
    expect((await keys.find('a', added.id))?.id).toBe(added.id);
    expect(await keys.newest('a')).toBeUndefined();
  });
});

describe('a vault over it', () => {
  it('never seals with a key that was wiped meanwhile: what it sealed opens in another process', async () => {
    const { local, keyEncryption, dataKeys, now } = await setUp('a');
    const vault = createVault({ keyEncryption, dataKeys, cache: LIMITS, now });
    await vault.seal(HERE, 'the key is held from now on');
    const sealing = Promise.all(Array.from({ length: 20 }, () => vault.seal(HERE, 'text')));
    vault.forgetTenant('a');
    const other = createVault({ keyEncryption: local, dataKeys });
    for (const blob of await sealing) expect((await other.open(HERE, blob)).expose()).toBe('text');
  });

  it('wipes the bytes of a data key once it is held, and those of a new one once it is wrapped', async () => {
    const { local, dataKeys } = await setUp('a');
    const seen: Uint8Array[] = [];
    const keyEncryption: KeyEncryption = {
      ...local,
      wrap: (dataKey, context) => (seen.push(dataKey), local.wrap(dataKey, context)),
      unwrap: async (wrapped, context) => {
        const bytes = await local.unwrap(wrapped, context);
        seen.push(bytes);
        return bytes;
      },
    };
    await createVault({ keyEncryption, dataKeys }).seal(HERE, 'text');
    await newDataKey(keyEncryption, 'a', 2);
    expect(seen.map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true, true]);
  });
});
