import { GatewayError } from '#contract';

/** A key that was encrypted by the key-encryption key named `keyId`. */
export interface WrappedKey {
  readonly keyId: string;
  readonly wrapped: Uint8Array;
}

/** What a wrapped key is bound to: unwrapping with any other context fails. Maps onto a KMS's encryption context. */
export type WrappingContext =
  | { readonly purpose: 'data-key'; readonly tenantId: string; readonly dataKeyId: string }
  | { readonly purpose: 'signing-key'; readonly keyId: string }
  | { readonly purpose: 'canary' };

/**
 * Whoever holds the key-encryption keys: this process ({@link localKeyEncryption}) or a key management service.
 * Implementations throw `GatewayError` `vault_unavailable` when a key is unknown or out of reach (the operator can put
 * that right) and `credential_unreadable` when the key is there but the wrapped bytes do not open; any other error they
 * let through is reported as `vault_unavailable`.
 */
export interface KeyEncryption {
  /** The key that wraps from now on; the others only unwrap. */
  readonly currentKeyId: string;
  /** Must not keep `dataKey` after the promise settles: the caller overwrites it. */
  wrap(dataKey: Uint8Array, context: WrappingContext): Promise<WrappedKey>;
  /** The result belongs to the caller, who overwrites it. */
  unwrap(wrapped: WrappedKey, context: WrappingContext): Promise<Uint8Array>;
  knows(keyId: string): boolean;
}

/** Lets the product's own errors through and gives every other failure of a key service its place in the error table. */
export async function reachingKeys<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (GatewayError.is(cause)) throw cause;
    throw new GatewayError('vault_unavailable', 'The service that holds the encryption keys did not answer.', {
      cause,
    });
  }
}

/** A key id as it may stand in a message: ids are read from the database, and a damaged row must not write log lines. */
export function printableKeyId(keyId: string): string {
  return keyId.replace(/[^\w:/.-]/g, '?').slice(0, 120);
}
