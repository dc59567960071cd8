import { type CryptoKey, importJWK, type JWK } from 'jose';
import { GatewayError } from '#contract';
import { ALGORITHMS, type Algorithm } from '../refusal.js';

/** A public key of ours, and until when what it signed is accepted. */
export interface VerificationKey {
  readonly kid: string;
  readonly algorithm: Algorithm;
  readonly key: CryptoKey;
  readonly notAfter: Date | null;
}

/** Our own public keys by their ids: nothing is ever fetched for an id that is not among them. */
export interface VerificationKeys {
  find(kid: string): VerificationKey | undefined;
  /** Looks for a key that was made lately; does so seldom. @throws GatewayError `database_unavailable` */
  look(): Promise<void>;
  /** Another number after every change. */
  version(): number;
}

/** As it is stored. */
export interface StoredKey {
  readonly kid: string;
  readonly publicJwk: unknown;
  readonly notAfter: Date | null;
}

export interface VerificationKeysOptions {
  readonly read: () => Promise<readonly StoredKey[]>;
  /** Milliseconds that only run forward. */
  readonly elapsed: () => number;
}

/** So often an unknown id makes us read again. */
const LOOK_EVERY_MS = 1000;

/** @returns the keys, and a way to read them at once for whoever follows them */
export function createVerificationKeys({
  read,
  elapsed,
}: VerificationKeysOptions): VerificationKeys & { readNow(): Promise<void> } {
  let keys = new Map<string, VerificationKey>();
  let signature = '';
  let version = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  async function readAnew(): Promise<void> {
    const at = elapsed();
    const stored = await read();
    const seen = JSON.stringify(stored);
    if (seen !== signature) {
      const imported = await Promise.all(stored.map(importKey));
      keys = new Map(imported.filter((one) => one !== undefined).map((one) => [one.kid, one]));
      signature = seen;
      version += 1;
    }
    lookedAt = at;
  }
  const readNow = (): Promise<void> => {
    running ??= readAnew().finally(() => (running = undefined));
    return running;
  };
  return {
    find: (kid) => keys.get(kid),
    readNow,
    async look() {
      if (elapsed() - lookedAt < LOOK_EVERY_MS) return;
      // However the reading failed: it says nothing against the token.
      await readNow().catch((cause: unknown) => {
        throw new GatewayError('database_unavailable', 'Whether the key is one of ours cannot be found out.', {
          cause,
        });
      });
    },
    version: () => version,
  };
}

/** A key verifies with the one algorithm that it was made for (RFC 8725 section 3.1); any other is left out. */
async function importKey({ kid, publicJwk, notAfter }: StoredKey): Promise<VerificationKey | undefined> {
  const jwk = publicJwk as JWK;
  const algorithm = ALGORITHMS.find((one) => one === jwk.alg);
  if (algorithm === undefined || jwk.kty === 'oct' || jwk.d !== undefined) return undefined;
  const key = await importJWK(jwk, algorithm);
  return key instanceof Uint8Array ? undefined : { kid, algorithm, key, notAfter };
}
