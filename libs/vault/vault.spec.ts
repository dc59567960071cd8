import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { GatewayError, Secret } from '#contract';
import { dataKeyIdOf } from './blob.js';
import { rewrapDataKey, type DataKeyStore, type StoredDataKey } from './data-keys.js';
import { localKey, type LocalKey } from './local-key.js';
import { localKeyEncryption } from './local-key-encryption.js';
import { createVault } from './vault.js';

const TOKEN = 'shpat_canary_0123456789abcdef';
const HERE = { tenantId: 'ten_1', subject: 'sto_1', field: 'access_token', version: 1 };
const REFUSED = {
  code: 'credential_unreadable',
  message: 'A sealed value does not open: it was changed or moved from its place, or its key is gone.',
};

/** The rows of a database, open to tampering. */
type Rows = Map<string, StoredDataKey[]>;

function storeOf(rows: Rows): DataKeyStore {
  return {
    list: (tenantId) => Promise.resolve([...(rows.get(tenantId) ?? [])]),
    add(tenantId, key) {
      const keys = rows.get(tenantId) ?? [];
      const winner = keys.find(({ generation }) => generation === key.generation) ?? key;
      rows.set(tenantId, [...keys.filter((kept) => kept !== winner), winner]);
      return Promise.resolve(winner);
    },
  };
}

const newKey = () => localKey(randomBytes(32));
const processWith = (rows: Rows, ...keys: LocalKey[]) =>
  createVault({ keyEncryption: localKeyEncryption(keys), dataKeys: storeOf(rows) });

async function vaultWithTwoTenants() {
  const rows: Rows = new Map();
  const key = newKey();
  const vault = processWith(rows, key);
  await vault.createTenantKey('ten_1');
  await vault.createTenantKey('ten_2');
  return { rows, key, vault, sealed: await vault.seal(HERE, TOKEN) };
}

describe('seal and open', () => {
  it('gives back the text as a Secret, in this process and in another', async () => {
    const { rows, key, vault, sealed } = await vaultWithTwoTenants();
    for (const process of [vault, processWith(rows, key)]) {
      const opened = await process.open(HERE, sealed);
      expect(opened).toBeInstanceOf(Secret);
      expect(opened.expose()).toBe(TOKEN);
    }
  });

  it.each([
    ['another tenant that has a key', { ...HERE, tenantId: 'ten_2' }],
    ['a tenant without a key', { ...HERE, tenantId: 'ten_3' }],
    ['another store', { ...HERE, subject: 'sto_2' }],
    ['another field', { ...HERE, field: 'refresh_token' }],
    ['an older version', { ...HERE, version: 0 }],
    ['a newer version', { ...HERE, version: 2 }],
  ])('case 99: does not open for %s', async (_, context) => {
    const { vault, sealed } = await vaultWithTwoTenants();
    await expect(vault.open(context, sealed)).rejects.toMatchObject(REFUSED);
  });

  it('case 100: does not open with any bit flipped or cut at any length: always the same words', async () => {
    const { vault, sealed } = await vaultWithTwoTenants();
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = sealed.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      await expect(vault.open(HERE, changed), `bit ${bit}`).rejects.toMatchObject(REFUSED);
    }
    for (let length = 0; length < sealed.length; length += 1) {
      await expect(vault.open(HERE, sealed.subarray(0, length)), `first ${length}`).rejects.toMatchObject(REFUSED);
    }
  });

  it('case 99: every blob that does not open is reported with the place it was asked for, and with nothing else', async () => {
    const { rows, key, sealed } = await vaultWithTwoTenants();
    const reported: unknown[] = [];
    const vault = createVault({
      keyEncryption: localKeyEncryption([key]),
      dataKeys: storeOf(rows),
      reportUnreadable: (place) => reported.push(place),
    });
    const places = [
      { ...HERE, tenantId: 'ten_2' },
      { ...HERE, subject: 'sto_2' },
      { ...HERE, version: 0 },
    ];
    for (const place of places) await expect(vault.open(place, sealed)).rejects.toMatchObject(REFUSED);
    await expect(vault.open(HERE, sealed.subarray(1))).rejects.toMatchObject(REFUSED);
    await vault.open(HERE, sealed);
    expect(reported).toEqual([...places, HERE]);
  });

  it('does not seal for a tenant without a key, and does not make one silently', async () => {
    const { rows, vault } = await vaultWithTwoTenants();
    await expect(vault.seal({ ...HERE, tenantId: 'ten_3' }, TOKEN)).rejects.toMatchObject({
      code: 'vault_unavailable',
    });
    expect(rows.has('ten_3')).toBe(false);
  });
});

describe('wrong and missing keys', () => {
  it('says which key-encryption key is missing', async () => {
    const { rows, key, sealed } = await vaultWithTwoTenants();
    const stranger = processWith(rows, newKey());
    const missing = { code: 'vault_unavailable', message: `The encryption key ${key.id} is not configured.` };
    await expect(stranger.open(HERE, sealed)).rejects.toMatchObject(missing);
    await expect(stranger.seal(HERE, TOKEN)).rejects.toMatchObject(missing);
  });

  it('does not open when another tenant’s data key was put in place of the tenant’s own', async () => {
    const { rows, key, sealed } = await vaultWithTwoTenants();
    const foreign = rows.get('ten_2')?.[0];
    const own = rows.get('ten_1')?.[0];
    if (foreign === undefined || own === undefined) throw new Error('both tenants have keys');
    for (const planted of [foreign, { ...foreign, id: own.id }, { ...own, wrapped: foreign.wrapped }]) {
      const vault = processWith(new Map([['ten_1', [planted]]]), key);
      await expect(vault.open(HERE, sealed)).rejects.toMatchObject(REFUSED);
      await expect(vault.seal(HERE, TOKEN)).rejects.toMatchObject(REFUSED);
    }
  });

  it('does not use a data key of the wrong size', async () => {
    const { rows, key } = await vaultWithTwoTenants();
    const encryption = localKeyEncryption([key]);
    const id = `dek_${'0'.repeat(24)}`;
    const wrapped = await encryption.wrap(randomBytes(16), { purpose: 'data-key', tenantId: 'ten_1', dataKeyId: id });
    rows.set('ten_1', [{ id, generation: 1, wrapped }]);
    await expect(processWith(rows, key).seal(HERE, TOKEN)).rejects.toMatchObject(REFUSED);
  });

  it('cannot be opened from a backup after the tenant’s data keys were destroyed', async () => {
    const { rows, key, vault, sealed } = await vaultWithTwoTenants();
    rows.delete('ten_1');
    vault.forgetTenant('ten_1');
    await expect(vault.open(HERE, sealed)).rejects.toMatchObject(REFUSED);
    await expect(vault.seal(HERE, TOKEN)).rejects.toMatchObject({ code: 'vault_unavailable' });
    const restored = processWith(rows, key);
    await restored.createTenantKey('ten_1');
    await expect(restored.open(HERE, sealed)).rejects.toMatchObject(REFUSED);
  });
});

describe('rotation', () => {
  it('reads old values while both keys are configured, and with the new one alone once rewrapped', async () => {
    const { rows, key: old, sealed } = await vaultWithTwoTenants();
    const current = newKey();
    expect((await processWith(rows, current, old).open(HERE, sealed)).expose()).toBe(TOKEN);
    const encryption = localKeyEncryption([current, old]);
    for (const [tenantId, keys] of rows) {
      const renewed = keys.map(async (key) => (await rewrapDataKey(encryption, tenantId, key)) ?? key);
      rows.set(tenantId, await Promise.all(renewed));
    }
    expect([...rows.values()].flat().map(({ wrapped }) => wrapped.keyId)).toEqual([current.id, current.id]);
    expect((await processWith(rows, current).open(HERE, sealed)).expose()).toBe(TOKEN);
    await expect(processWith(rows, old).open(HERE, sealed)).rejects.toMatchObject({ code: 'vault_unavailable' });
  });

  it('rewraps once only, and never for another tenant or without the old key', async () => {
    const { rows, key: old } = await vaultWithTwoTenants();
    const current = newKey();
    const both = localKeyEncryption([current, old]);
    const stored = rows.get('ten_1')?.[0];
    if (stored === undefined) throw new Error('the tenant has a key');
    const renewed = await rewrapDataKey(both, 'ten_1', stored);
    expect(renewed).toMatchObject({ id: stored.id, generation: stored.generation });
    expect(renewed && (await rewrapDataKey(both, 'ten_1', renewed))).toBeUndefined();
    await expect(rewrapDataKey(both, 'ten_2', stored)).rejects.toMatchObject(REFUSED);
    await expect(rewrapDataKey(localKeyEncryption([current]), 'ten_1', stored)).rejects.toMatchObject({
      code: 'vault_unavailable',
    });
  });

  it('seals with the newest data key and opens with all, however the rows are ordered', async () => {
    const { rows, key, vault, sealed } = await vaultWithTwoTenants();
    const rotated = await vault.rotateTenantKey('ten_1');
    expect(rotated).not.toBe(dataKeyIdOf(sealed));
    rows.get('ten_1')?.reverse();
    for (const process of [vault, processWith(rows, key)]) {
      expect(dataKeyIdOf(await process.seal(HERE, TOKEN))).toBe(rotated);
      expect((await process.open(HERE, sealed)).expose()).toBe(TOKEN);
    }
    expect(rows.get('ten_1')?.map(({ generation }) => generation)).toEqual([2, 1]);
  });

  it('keeps the key a tenant has when it is created again', async () => {
    const { rows, vault, sealed } = await vaultWithTwoTenants();
    expect(await vault.createTenantKey('ten_1')).toBe(dataKeyIdOf(sealed));
    expect(rows.get('ten_1')).toHaveLength(1);
    const rotated = await vault.rotateTenantKey('ten_1');
    expect(await vault.createTenantKey('ten_1')).toBe(rotated);
    expect(rows.get('ten_1')).toHaveLength(2);
  });

  it('agrees on one data key when several processes create or rotate it at once', async () => {
    const rows: Rows = new Map();
    const key = newKey();
    const processes = Array.from({ length: 8 }, () => processWith(rows, key));
    const created = new Set(await Promise.all(processes.map((vault) => vault.createTenantKey('ten_1'))));
    const rotated = new Set(await Promise.all(processes.map((vault) => vault.rotateTenantKey('ten_1'))));
    expect([created.size, rotated.size, rows.get('ten_1')?.length]).toEqual([1, 1, 2]);
    for (const vault of processes) {
      expect([...rotated]).toEqual([dataKeyIdOf(await vault.seal(HERE, TOKEN))]);
    }
  });
});

describe('secrecy', () => {
  it('shows the text neither in the blob, nor in what was opened, nor in any error', async () => {
    const { rows, key, vault, sealed } = await vaultWithTwoTenants();
    const opened = await vault.open(HERE, sealed);
    const failures = await Promise.all(
      [
        vault.open({ ...HERE, version: 2 }, sealed),
        vault.open(HERE, sealed.subarray(1)),
        vault.seal({ ...HERE, tenantId: 'ten_3' }, TOKEN),
        vault.seal({ ...HERE, version: -1 }, TOKEN),
        vault.seal(HERE, `${TOKEN}\ud800`),
        processWith(rows, newKey()).open(HERE, sealed),
      ].map((failing) =>
        failing.then(
          () => 'opened',
          (error: unknown) => error,
        ),
      ),
    );
    expect(failures.every((error) => GatewayError.is(error))).toBe(true);
    const shown = [opened, failures, vault, rows, key].map(
      (value) => `${inspect(value, { depth: 9, showHidden: true })}${JSON.stringify(value)}`,
    );
    for (const text of [...shown, String(opened), ...failures.map(String), Buffer.from(sealed).toString('latin1')])
      expect(text).not.toContain('canary');
    expect(JSON.stringify({ opened })).toBe('{"opened":"[secret]"}');
  });
});
