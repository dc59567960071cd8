import type { Credentials, Secret } from '#contract';
import { places, type Vault } from '#vault';
import { type Kept, readCredentials, readKept, writeCredentials } from './stored-credentials.js';

/** Whose credential it is and which one in a row: both are part of the seal, so an older one put back does not open. */
export interface CredentialPlace {
  readonly tenantId: string;
  readonly storeId: string;
  readonly version: number;
}

const placeOf = ({ tenantId, storeId, version }: CredentialPlace) => places.credential(tenantId, storeId, version);

export function sealCredentials(
  vault: Vault,
  place: CredentialPlace,
  credentials: Credentials,
): Promise<Uint8Array<ArrayBuffer>> {
  return vault.seal(placeOf(place), writeCredentials(credentials));
}

/** @throws GatewayError `credential_unreadable` */
export async function openCredentials(vault: Vault, place: CredentialPlace, sealed: Uint8Array): Promise<Credentials> {
  return readCredentials(await vault.open(placeOf(place), sealed));
}

/** A grant that is good for nothing any more but being given back. */
export function sealRevoked(
  vault: Vault,
  { tenantId, id, version }: RevokedPlace,
  credentials: Credentials,
): Promise<Uint8Array<ArrayBuffer>> {
  return vault.seal(places.revocation(tenantId, id, version), writeCredentials(credentials));
}

export async function openRevoked(
  vault: Vault,
  { tenantId, id, version }: RevokedPlace,
  sealed: Uint8Array,
): Promise<Credentials> {
  return readCredentials(await vault.open(places.revocation(tenantId, id, version), sealed));
}

interface RevokedPlace {
  readonly tenantId: string;
  readonly id: string;
  readonly version: number;
}

/** Keys that a shop posted and that are not proven yet. */
export function sealReceivedKeys(
  vault: Vault,
  tenantId: string,
  attemptId: string,
  keys: Kept,
): Promise<Uint8Array<ArrayBuffer>> {
  return vault.seal(places.receivedKeys(tenantId, attemptId), writeCredentials(keys));
}

export async function openReceivedKeys(
  vault: Vault,
  tenantId: string,
  attemptId: string,
  sealed: Uint8Array,
): Promise<Kept> {
  return readKept(await vault.open(places.receivedKeys(tenantId, attemptId), sealed));
}

export function sealClientSecret(
  vault: Vault,
  tenantId: string,
  clientRowId: string,
  version: number,
  secret: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return vault.seal(places.clientSecret(tenantId, clientRowId, version), secret);
}

export function openClientSecret(
  vault: Vault,
  tenantId: string,
  clientRowId: string,
  version: number,
  sealed: Uint8Array,
): Promise<Secret> {
  return vault.open(places.clientSecret(tenantId, clientRowId, version), sealed);
}
