import { randomBytes } from 'node:crypto';
import { z } from 'zod';

export const KEY_PERMISSIONS = ['read', 'write', 'read_write'] as const;
export type KeyPermissions = (typeof KEY_PERMISSIONS)[number];

const keySchema = z.object({
  id: z.number().int(),
  host: z.string(),
  consumerKey: z.string(),
  consumerSecret: z.string(),
  permissions: z.enum(KEY_PERMISSIONS),
  description: z.string(),
});

export const apiKeysStateSchema = z.object({
  issued: z.number().int(),
  keys: z.array(keySchema),
  demoted: z.array(z.string()).exactOptional(),
});

type ApiKeysState = z.infer<typeof apiKeysStateSchema>;

/** A REST API key of one shop. */
export interface ApiKey extends Readonly<z.infer<typeof keySchema>> {
  /**
   * Nonces seen with OAuth, by timestamp: two requests of the same second overwrite each other's entry, as on a genuine
   * shop (fact sheet, section 3.1). Not kept over a restart.
   */
  readonly usedNonces: Map<number, string>;
}

/** Every key of every shop. */
export class ApiKeys {
  readonly #keys = new Map<string, ApiKey>();
  readonly #demoted = new Set<string>();
  #issued = 0;

  /** Makes a new key; connecting twice makes two (fact sheet, section 2.1). */
  issue(host: string, permissions: KeyPermissions, description: string): ApiKey {
    const key: ApiKey = {
      id: (this.#issued += 1),
      host,
      consumerKey: `ck_${randomBytes(20).toString('hex')}`,
      consumerSecret: `cs_${randomBytes(20).toString('hex')}`,
      permissions,
      description,
      usedNonces: new Map(),
    };
    this.#keys.set(key.consumerKey, key);
    return key;
  }

  /** Undefined when the shop has no such key: then the caller is anonymous. */
  find(host: string, consumerKey: string): ApiKey | undefined {
    const key = this.#keys.get(consumerKey);
    return key?.host === host ? key : undefined;
  }

  of(host: string): readonly ApiKey[] {
    return [...this.#keys.values()].filter((key) => key.host === host);
  }

  remove(key: ApiKey): void {
    this.#keys.delete(key.consumerKey);
  }

  revokeAll(host: string): void {
    for (const key of this.of(host)) this.remove(key);
  }

  /** Whether the user all keys of the shop belong to lost his rights; the keys themselves stay good. */
  isDemoted(host: string): boolean {
    return this.#demoted.has(host);
  }

  setDemoted(host: string, demoted: boolean): void {
    if (demoted) this.#demoted.add(host);
    else this.#demoted.delete(host);
  }

  snapshot(): Required<ApiKeysState> {
    const keys = [...this.#keys.values()].map(({ usedNonces: _forgotten, ...key }) => key);
    return { issued: this.#issued, keys, demoted: [...this.#demoted] };
  }

  restore(state: ApiKeysState): void {
    this.#issued = state.issued;
    this.#keys.clear();
    this.#demoted.clear();
    for (const host of state.demoted ?? []) this.#demoted.add(host);
    for (const key of state.keys) this.#keys.set(key.consumerKey, { ...key, usedNonces: new Map() });
  }
}
