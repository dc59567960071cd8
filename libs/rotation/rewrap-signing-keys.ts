import { type Database, listSigningKeys, replaceSigningKeyWrapping } from '#persistence';
import type { KeyEncryption } from '#vault';

/** Wraps the keys that sign access tokens, of which there are two, with the current key-encryption key. */
export async function rewrapSigningKeys(owner: Database, keyEncryption: KeyEncryption): Promise<void> {
  for (const { kid, wrapped } of await listSigningKeys(owner)) {
    if (wrapped === null || wrapped.keyId === keyEncryption.currentKeyId) continue;
    const context = { purpose: 'signing-key', keyId: kid } as const;
    const key = await keyEncryption.unwrap(wrapped, context);
    const fresh = await keyEncryption.wrap(key, context);
    key.fill(0);
    await replaceSigningKeyWrapping(owner, kid, wrapped.keyId, fresh);
  }
}
