/**
 * The vault: envelope encryption for merchants' credentials.
 *
 * What it promises:
 *
 * - Nothing is stored in the clear and nothing works without keys; there is no switch that turns encryption off. A
 *   credential is encrypted with AES-256-GCM under its tenant's own data key, and that key is stored only wrapped by a
 *   key-encryption key, which lives outside the database (a key file, the environment, or a key management service).
 * - A stolen database, backup or dump alone opens nothing.
 * - A sealed value is bound to its place: tenant, owner, field, version of the credential, data key and format. Somebody
 *   who can write to the database cannot move a value to another tenant, store or field, or bring an older one back:
 *   it does not open, and there is no fallback that would.
 * - Any change of any bit is noticed. The failure says the same words whatever the reason, and never shows a key or text.
 * - What is opened comes as a `Secret`, which prints as `[secret]` everywhere.
 * - Keys rotate without a pause: old key-encryption keys and data keys go on opening while the new ones seal.
 * - Destroying a tenant's data keys destroys its credentials, in every backup that does not also hold those rows; other
 *   processes forget the key within the cache's time.
 * - A start with the wrong keys ends with one sentence that names the missing key, before anything is touched.
 *
 * What it does not promise: whoever can read this process's memory, or has both the database and the key-encryption key,
 * can read the credentials; and bringing back an older blob *together with* the row that names its older version is for
 * the database's own protection to prevent.
 */
export { dataKeyIdOf, type SealContext } from './blob.js';
export { sealCanary, verifyCanaries, type KeyCanary } from './canary.js';
export { rewrapDataKey, type DataKeyStore, type StoredDataKey } from './data-keys.js';
export type { KeyEncryption, WrappedKey, WrappingContext } from './key-encryption.js';
export { keysFromFile } from './keys-from-file.js';
export { keysFromText } from './keys-from-text.js';
export { deriveSecrets, localKey, type LocalKey } from './local-key.js';
export { localKeyEncryption } from './local-key-encryption.js';
export { places } from './places.js';
export { deriveSealer, type Sealer } from './sealer.js';
export { createVault, DATA_KEY_CACHE_MS, type Vault, type VaultOptions } from './vault.js';
