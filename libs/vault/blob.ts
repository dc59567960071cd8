import type { KeyObject } from 'node:crypto';
import { GatewayError } from '#contract';
import { decrypt, encrypt } from './aes-gcm.js';
import { authenticatedData } from './authenticated-data.js';
import { textBytes } from './text-bytes.js';
import { unreadable } from './unreadable.js';

/**
 * Where a sealed value belongs. All of it is authenticated: a blob put back in any other place, or under an older or
 * newer version, does not open.
 */
export interface SealContext {
  readonly tenantId: string;
  /** Whose value it is: the id of a store, an app, a platform client. */
  readonly subject: string;
  /** Which value of the subject it is, such as `refresh_token`. */
  readonly field: string;
  /** Version of the credential, a non-negative integer that grows with every replacement. */
  readonly version: number;
}

/** An unwrapped data key. */
export interface DataKey {
  /** `dek_` and 24 hex digits. */
  readonly id: string;
  readonly key: KeyObject;
}

const BLOB_VERSION = 1;
const ID_PREFIX = 'dek_';
const ID_BYTES = 12;
const HEADER_BYTES = 1 + ID_BYTES;
const DATA_KEY_ID = /^dek_[0-9a-f]{24}$/;

/** The id of a data key in the form blobs carry. @param random 12 bytes */
export function dataKeyIdFrom(random: Uint8Array): string {
  return ID_PREFIX + Buffer.from(random).toString('hex');
}

export const DATA_KEY_ID_BYTES = ID_BYTES;

/** Seals to `version (1) | data-key id (12) | IV (12) | ciphertext | tag (16)`: 41 bytes more than the text in UTF-8. */
export function sealBlob(context: SealContext, dataKey: DataKey, plaintext: string): Uint8Array<ArrayBuffer> {
  const bound = boundTo(context, dataKey.id);
  return encrypt(dataKey.key, headerOf(dataKey.id), textBytes(plaintext), bound);
}

/** @throws GatewayError `credential_unreadable` when the blob was not sealed for exactly this place with this key */
export function openBlob(context: SealContext, dataKey: DataKey, blob: Uint8Array): string {
  const bound = boundTo(context, dataKey.id);
  if (dataKeyIdOf(blob) !== dataKey.id) throw unreadable();
  const plaintext = decrypt(dataKey.key, HEADER_BYTES, blob, bound);
  if (plaintext === undefined) throw unreadable();
  return plaintext.toString('utf8');
}

/**
 * Which data key a blob names, read without opening it: to find its key, and to count what is still sealed with a key
 * that is to be retired. Not proven until the blob opens.
 *
 * @throws GatewayError `credential_unreadable` when the blob is too short or of an unknown version
 */
export function dataKeyIdOf(blob: Uint8Array): string {
  if (blob.length < HEADER_BYTES || blob[0] !== BLOB_VERSION) throw unreadable();
  return dataKeyIdFrom(blob.subarray(1, HEADER_BYTES));
}

function headerOf(dataKeyId: string): Uint8Array {
  if (!DATA_KEY_ID.test(dataKeyId)) {
    throw new GatewayError('vault_unavailable', 'The id of a data key is damaged; nothing is sealed with it.');
  }
  return Buffer.concat([Uint8Array.of(BLOB_VERSION), Buffer.from(dataKeyId.slice(ID_PREFIX.length), 'hex')]);
}

function boundTo({ tenantId, subject, field, version }: SealContext, dataKeyId: string): Uint8Array {
  const complete = tenantId !== '' && subject !== '' && field !== '';
  if (!complete || !Number.isSafeInteger(version) || version < 0) {
    throw new GatewayError('internal', 'A sealed value needs a tenant, a subject, a field and a whole version number.');
  }
  return authenticatedData('shopspan.blob.v1', BLOB_VERSION, dataKeyId, tenantId, subject, field, version);
}
