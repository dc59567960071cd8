import { GatewayError, Secret } from '#contract';
import { dataKeyIdOf, openBlob, sealBlob, type SealContext } from './blob.js';
import { DataKeyCache } from './data-key-cache.js';
import { newDataKey, newestOf, type DataKeyStore } from './data-keys.js';
import type { KeyEncryption } from './key-encryption.js';
import { unreadable } from './unreadable.js';

export interface VaultOptions {
  readonly keyEncryption: KeyEncryption;
  readonly dataKeys: DataKeyStore;
  /**
   * How many tenants' unwrapped data keys are held in memory (default 1,000), and for how long in milliseconds
   * (default 5 minutes). The time is also how long another process may go on opening a deleted tenant's values.
   */
  readonly cache?: { readonly maxEntries: number; readonly ttlMs: number };
  /** A clock in milliseconds that only runs forward; the process's own unless a test brings another. */
  readonly now?: () => number;
  /** Told of every blob that does not open: somebody moved or changed it, or a key is lost. Holds no secret. */
  readonly reportUnreadable?: (place: SealContext) => void;
}

export interface Vault {
  /**
   * Seals a text for one place. One data key seals at most 2^32 texts safely (random 96-bit IVs, NIST SP 800-38D
   * section 8.3); a tenant that seals 1,000 an hour reaches that after 490 years.
   *
   * @throws GatewayError `vault_unavailable` when the tenant has no data key or its key cannot be unwrapped,
   * `request_invalid` when the text is not well-formed Unicode
   */
  seal(context: SealContext, plaintext: string): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Opens what was sealed for exactly this place.
   *
   * @throws GatewayError `credential_unreadable`, always with the same words, when the blob was changed, cut, moved from
   * another place or version, or its data key is gone; `vault_unavailable` when the key is out of reach
   */
  open(context: SealContext, blob: Uint8Array): Promise<Secret>;
  /** Gives a tenant its first data key; a tenant that has one keeps it. Answers the id of the key that seals. */
  createTenantKey(tenantId: string): Promise<string>;
  /**
   * Gives a tenant a new data key that seals from now on; the older ones still open. Other processes go on sealing with
   * the older key until their cache expires, so destroy a retired key only after that and when no blob names it.
   */
  rotateTenantKey(tenantId: string): Promise<string>;
  /** Drops the tenant's keys from this process. Call it after the rows of its data keys were destroyed. */
  forgetTenant(tenantId: string): void;
}

/** How long a process may go on using a tenant's data keys after they were changed or destroyed. */
export const DATA_KEY_CACHE_MS = 300_000;
const DEFAULT_CACHE = { maxEntries: 1000, ttlMs: DATA_KEY_CACHE_MS };

/** The vault; what it promises stands in `index.ts`. */
export function createVault(options: VaultOptions): Vault {
  const {
    keyEncryption,
    dataKeys,
    cache = DEFAULT_CACHE,
    now = monotonic,
    reportUnreadable = () => undefined,
  } = options;
  const keys = new DataKeyCache({ keyEncryption, dataKeys, ...cache, now });
  return { ...sealing(keys, reportUnreadable), ...tenantKeys(keyEncryption, dataKeys, keys) };
}

const monotonic = () => performance.now();

function sealing(keys: DataKeyCache, reportUnreadable: (place: SealContext) => void): Pick<Vault, 'seal' | 'open'> {
  return {
    async seal(context, plaintext) {
      const key = await keys.newest(context.tenantId);
      if (key === undefined) throw new GatewayError('vault_unavailable', 'The tenant has no data key to seal with.');
      return sealBlob(context, key, plaintext);
    },
    async open(context, blob) {
      try {
        const key = await keys.find(context.tenantId, dataKeyIdOf(blob));
        if (key === undefined) throw unreadable();
        return new Secret(openBlob(context, key, blob));
      } catch (error) {
        const { tenantId, subject, field, version } = context;
        if (GatewayError.is(error, 'credential_unreadable')) reportUnreadable({ tenantId, subject, field, version });
        throw error;
      }
    },
  };
}

function tenantKeys(
  keyEncryption: KeyEncryption,
  dataKeys: DataKeyStore,
  keys: DataKeyCache,
): Pick<Vault, 'createTenantKey' | 'rotateTenantKey' | 'forgetTenant'> {
  async function add(tenantId: string, generation: number): Promise<string> {
    const kept = await dataKeys.add(tenantId, await newDataKey(keyEncryption, tenantId, generation));
    keys.forget(tenantId);
    return kept.id;
  }
  return {
    async createTenantKey(tenantId) {
      const newest = newestOf(await dataKeys.list(tenantId));
      return newest?.id ?? add(tenantId, 1);
    },
    async rotateTenantKey(tenantId) {
      const newest = newestOf(await dataKeys.list(tenantId));
      return add(tenantId, (newest?.generation ?? 0) + 1);
    },
    forgetTenant(tenantId) {
      keys.forget(tenantId);
    },
  };
}
