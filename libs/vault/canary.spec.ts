import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sealCanary, verifyCanaries } from './canary.js';
import type { KeyEncryption } from './key-encryption.js';
import { localKey } from './local-key.js';
import { localKeyEncryption } from './local-key-encryption.js';

const [old, current, stranger] = [localKey(randomBytes(32)), localKey(randomBytes(32)), localKey(randomBytes(32))];

describe('verifyCanaries', () => {
  it('accepts an empty database, the current key, and older keys that are still configured', async () => {
    const canaries = [await sealCanary(localKeyEncryption([old])), await sealCanary(localKeyEncryption([current]))];
    await verifyCanaries(localKeyEncryption([current]), []);
    await verifyCanaries(localKeyEncryption([current, old]), canaries);
  });

  it('case 101: names the missing key, the configured one, and what to do', async () => {
    const canary = await sealCanary(localKeyEncryption([old]));
    await expect(verifyCanaries(localKeyEncryption([current]), [canary])).rejects.toMatchObject({
      code: 'vault_unavailable',
      message:
        `The database was sealed with key ${old.id}, but the configured keys do not include it (the current one is ` +
        `${current.id}). Put the old key back beside the current one and start again; without it nothing it sealed ` +
        'can be read.',
    });
  });

  it('names every missing key', async () => {
    const canaries = [await sealCanary(localKeyEncryption([old])), await sealCanary(localKeyEncryption([current]))];
    await expect(verifyCanaries(localKeyEncryption([stranger]), canaries)).rejects.toThrow(
      `${old.id} and ${current.id}`,
    );
  });

  it('case 101: refuses one missing key although another one fits', async () => {
    const canaries = [await sealCanary(localKeyEncryption([current])), await sealCanary(localKeyEncryption([old]))];
    await expect(verifyCanaries(localKeyEncryption([current]), canaries)).rejects.toThrow(old.id);
  });

  it('refuses a canary with any bit flipped, an empty one, and one of another key', async () => {
    const encryption = localKeyEncryption([current, old]);
    const { keyId, canary } = await sealCanary(encryption);
    const other = await sealCanary(localKeyEncryption([old]));
    const damaged = Array.from(canary, (_, at) => canary.map((byte, index) => (index === at ? byte ^ 1 : byte)));
    for (const bytes of [...damaged, new Uint8Array(0), other.canary]) {
      const verifying = verifyCanaries(encryption, [{ keyId, canary: bytes }]);
      await expect(verifying).rejects.toThrow(`${keyId} is configured but does not open`);
      await expect(verifying).rejects.toHaveProperty('code', 'vault_unavailable');
    }
  });

  it('refuses a canary that opens to something else', async () => {
    const encryption = localKeyEncryption([current]);
    for (const length of [0, 16, 32]) {
      const { keyId, wrapped } = await encryption.wrap(randomBytes(length), { purpose: 'canary' });
      await expect(verifyCanaries(encryption, [{ keyId, canary: wrapped }])).rejects.toThrow('does not open');
    }
  });

  it('refuses a data key put in the place of a canary', async () => {
    const encryption = localKeyEncryption([current]);
    const context = { purpose: 'data-key', tenantId: 'ten_1', dataKeyId: 'dek_1' } as const;
    const { keyId, wrapped } = await encryption.wrap(randomBytes(32), context);
    await expect(verifyCanaries(encryption, [{ keyId, canary: wrapped }])).rejects.toThrow('does not open');
  });

  it('does not take a key service that is down for a damaged database', async () => {
    const canary = await sealCanary(localKeyEncryption([current]));
    const down: KeyEncryption = {
      ...localKeyEncryption([current]),
      unwrap: () => Promise.reject(new Error('connect ECONNREFUSED')),
    };
    await expect(verifyCanaries(down, [canary])).rejects.toMatchObject({
      code: 'vault_unavailable',
      message: 'The service that holds the encryption keys did not answer.',
    });
  });
});
