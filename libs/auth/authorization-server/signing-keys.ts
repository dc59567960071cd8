import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import {
  addSigningKey,
  type Database,
  listSigningKeys,
  type NewSigningKey,
  type RotationAges,
  rotateSigningKeyRows,
  type SigningKeyRow,
} from '#persistence';
import type { KeyEncryption } from '#vault';
import { createVerificationKeys, type VerificationKeys } from '../tokens/verification-keys.js';

export const SIGNING_ALGORITHM = 'ES256';

/** The key that signs now. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** What a process knows of the signing keys; it looks again every second. */
export interface SigningKeys {
  current(): SigningKey;
  /** All keys that verify, as they are published: the next, the current and the retired. */
  readonly jwks: () => { readonly keys: readonly JWK[] };
  /** The same keys, for whoever checks tokens in this process. */
  readonly verifying: VerificationKeys;
  close(): void;
}

export interface SigningKeysOptions {
  readonly database: Database;
  readonly keyEncryption: KeyEncryption;
  readonly report: (error: unknown) => void;
}

const LOOK_EVERY_MS = 1000;

/**
 * Reads the keys, and makes them where there are none yet.
 * @throws GatewayError `vault_unavailable` when the key-encryption key of the current one is not configured
 */
export async function openSigningKeys(options: SigningKeysOptions): Promise<SigningKeys> {
  const { database, keyEncryption, report } = options;
  await makeWhereMissing(database, keyEncryption);
  let rows: readonly SigningKeyRow[] = [];
  const verifying = createVerificationKeys({
    elapsed: () => performance.now(),
    async read() {
      rows = await listSigningKeys(database);
      return rows.map(({ kid, publicJwk, notAfter }) => ({ kid, publicJwk, notAfter }));
    },
  });
  await verifying.readNow();
  let current = await openCurrent(keyEncryption, rows, undefined);
  const look = async () => {
    await verifying.readNow();
    current = await openCurrent(keyEncryption, rows, current);
  };
  const timer = setInterval(() => void look().catch(report), LOOK_EVERY_MS).unref();
  return {
    current: () => current,
    // The column holds what makeSigningKey exported.
    jwks: () => ({ keys: rows.map(({ publicJwk }) => publicJwk as JWK) }),
    verifying,
    close: () => clearInterval(timer),
  };
}

async function makeWhereMissing(database: Database, keyEncryption: KeyEncryption): Promise<void> {
  const rows = await listSigningKeys(database);
  for (const state of ['current', 'next'] as const) {
    // Processes that start at the same time may each make one; the first has the place.
    if (!rows.some((row) => row.state === state))
      await addSigningKey(database, await makeSigningKey(keyEncryption, state));
  }
}

async function openCurrent(
  keyEncryption: KeyEncryption,
  rows: readonly SigningKeyRow[],
  known: SigningKey | undefined,
): Promise<SigningKey> {
  const row = rows.find(({ state }) => state === 'current');
  if (row === undefined) throw new TypeError('no signing key is current');
  return known?.kid === row.kid ? known : await openKey(keyEncryption, row);
}

async function openKey(keyEncryption: KeyEncryption, { kid, wrapped }: SigningKeyRow): Promise<SigningKey> {
  if (wrapped === null) throw new TypeError('the current signing key has no private key');
  const der = Buffer.from(await keyEncryption.unwrap(wrapped, { purpose: 'signing-key', keyId: kid }));
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  return { kid, privateKey };
}

/** A new key, its private half wrapped; its id is its thumbprint (RFC 7638). */
export async function makeSigningKey(keyEncryption: KeyEncryption, state: 'next' | 'current'): Promise<NewSigningKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  const bare = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(bare);
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  const { keyId, wrapped } = await keyEncryption.wrap(der, { purpose: 'signing-key', keyId: kid });
  der.fill(0);
  const publicJwk = { ...bare, kid, alg: SIGNING_ALGORITHM, use: 'sig' };
  return { kid, publicJwk, state, wrapped: { keyId, wrapped: new Uint8Array(wrapped) } };
}

/** Longer than any process takes to look again, slow databases included. */
const PUBLISHED_SECONDS = 10;
/** Longer than any access token lives, and than others keep a copy of the key set. */
const RETIRED_SECONDS = 24 * 3600;

/**
 * Lets the next key sign, publishes another and keeps the old one for verifying. No request is refused for it: every process
 * has known the key for long before the first token that it signs.
 * @param currentSeconds how old the current key must be; 0 for whenever somebody asks
 * @returns false when it is too early for either
 */
export async function rotateSigningKeys(
  database: Database,
  keyEncryption: KeyEncryption,
  currentSeconds: number,
): Promise<boolean> {
  const ages: RotationAges = { next: PUBLISHED_SECONDS, current: currentSeconds, retired: RETIRED_SECONDS };
  return await rotateSigningKeyRows(database, await makeSigningKey(keyEncryption, 'next'), ages);
}
