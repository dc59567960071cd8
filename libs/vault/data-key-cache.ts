import type { DataKey } from './blob.js';
import { newestOf, unwrapDataKey, type DataKeyStore, type StoredDataKey } from './data-keys.js';
import type { KeyEncryption } from './key-encryption.js';

export interface DataKeyCacheOptions {
  readonly keyEncryption: KeyEncryption;
  readonly dataKeys: DataKeyStore;
  /** How many tenants' keys are held at most. */
  readonly maxEntries: number;
  /** How long a tenant's keys are held, in milliseconds. */
  readonly ttlMs: number;
  /** A clock in milliseconds that only runs forward. */
  readonly now: () => number;
}

/** What was read of one tenant at one time. Failed reads and unwrappings are never kept. */
interface Ring {
  readonly readAt: number;
  readonly stored: Promise<readonly StoredDataKey[]>;
  readonly unwrapped: Map<string, Promise<DataKey>>;
}

/** Unwrapped data keys, held briefly. Everybody who asks for the same key at the same time waits for one unwrapping. */
export class DataKeyCache {
  readonly #options: DataKeyCacheOptions;
  /** In the order they were read: the first ring is always the first to expire. */
  readonly #rings = new Map<string, Ring>();
  #expiry: NodeJS.Timeout | undefined;

  constructor(options: DataKeyCacheOptions) {
    this.#options = options;
  }

  /** The key that seals, or `undefined` when the tenant has none. */
  async newest(tenantId: string): Promise<DataKey | undefined> {
    const ring = this.#held(tenantId) ?? this.#readAndHold(tenantId);
    const stored = newestOf(await ring.stored);
    return stored && this.#unwrapOnce(tenantId, ring, stored);
  }

  async find(tenantId: string, dataKeyId: string): Promise<DataKey | undefined> {
    const ring = this.#held(tenantId);
    if (ring === undefined) return this.#findIn(tenantId, this.#readAndHold(tenantId), dataKeyId);
    return (await this.#findIn(tenantId, ring, dataKeyId)) ?? this.#findAnew(tenantId, ring, dataKeyId);
  }

  /** How many tenants' keys are held now. */
  get size(): number {
    return this.#rings.size;
  }

  forget(tenantId: string): void {
    this.#rings.delete(tenantId);
  }

  #held(tenantId: string): Ring | undefined {
    this.#dropExpired();
    return this.#rings.get(tenantId);
  }

  #dropExpired(): void {
    const { now, ttlMs } = this.#options;
    for (const [expired, { readAt }] of this.#rings) {
      if (now() - readAt < ttlMs) break;
      this.#rings.delete(expired);
    }
  }

  /** Keys go when their time is over also where nobody asks for any. Keeps no process alive. */
  #dropInTime(): void {
    const [oldest] = this.#rings.values();
    if (oldest === undefined) return;
    const { now, ttlMs } = this.#options;
    this.#expiry ??= setTimeout(
      () => {
        this.#expiry = undefined;
        this.#dropExpired();
        this.#dropInTime();
      },
      Math.max(1, oldest.readAt + ttlMs - now()),
    ).unref();
  }

  #read(tenantId: string): Ring {
    const { now, dataKeys } = this.#options;
    return { readAt: now(), stored: dataKeys.list(tenantId), unwrapped: new Map() };
  }

  #hold(tenantId: string, ring: Ring): void {
    this.#rings.delete(tenantId);
    this.#rings.set(tenantId, ring);
    const [oldest] = this.#rings.keys();
    if (this.#rings.size > this.#options.maxEntries && oldest !== undefined) this.#rings.delete(oldest);
    this.#dropInTime();
  }

  /** Held before it is read, so that whoever comes meanwhile waits for the same answer and `forget` reaches it. */
  #readAndHold(tenantId: string): Ring {
    const ring = this.#read(tenantId);
    this.#hold(tenantId, ring);
    const drop = () => {
      if (this.#rings.get(tenantId) === ring) this.#rings.delete(tenantId);
    };
    ring.stored.then((keys) => {
      if (keys.length === 0) drop();
    }, drop);
    return ring;
  }

  async #findIn(tenantId: string, ring: Ring, dataKeyId: string): Promise<DataKey | undefined> {
    const stored = (await ring.stored).find(({ id }) => id === dataKeyId);
    return stored && this.#unwrapOnce(tenantId, ring, stored);
  }

  /** Another process may have added the key since; the ring is replaced only by one that really has it. */
  async #findAnew(tenantId: string, outdated: Ring, dataKeyId: string): Promise<DataKey | undefined> {
    const ring = this.#read(tenantId);
    const found = await this.#findIn(tenantId, ring, dataKeyId);
    if (found !== undefined && this.#rings.get(tenantId) === outdated) this.#hold(tenantId, ring);
    return found;
  }

  #unwrapOnce(tenantId: string, ring: Ring, stored: StoredDataKey): Promise<DataKey> {
    const known = ring.unwrapped.get(stored.id);
    if (known !== undefined) return known;
    const unwrapping = unwrapDataKey(this.#options.keyEncryption, tenantId, stored);
    ring.unwrapped.set(stored.id, unwrapping);
    unwrapping.catch(() => ring.unwrapped.delete(stored.id));
    return unwrapping;
  }
}
