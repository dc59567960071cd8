import type { Mode } from './accounts.js';

/** What is stored with each new pair. Lifetimes are seconds from now, by the database's clock; null means never. */
export interface StoredGrant {
  readonly strategy: string;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly version: number;
  readonly accessSeconds: number | null;
  readonly refreshSeconds: number | null;
  /** When to renew it. */
  readonly dueSeconds: number | null;
}

/** Whose credential. Ids alone could meet across tenants. */
export interface CredentialOwner {
  readonly tenantId: string;
  readonly storeId: string;
}

/** A credential that somebody holds for one try to renew it, with all that the try needs. */
export interface ClaimedCredential extends CredentialOwner {
  /** Another one with each new grant of the merchant, though versions begin again or meet. */
  readonly id: string;
  /** Names this one claim; nobody else has it, the same process at another time included. */
  readonly claimer: string;
  readonly appId: string;
  readonly platform: string;
  readonly mode: Mode;
  readonly account: string;
  readonly apiRoot: string;
  readonly scopesGranted: readonly string[];
  readonly strategy: string;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly version: number;
  /** Tries since the last success, this one included. */
  readonly attempt: number;
  /** How often the platform refused the pair of this version. */
  readonly refusals: number;
  /** Seconds until the access token expires, by the repository's clock; null when it never does. */
  readonly accessSeconds: number | null;
  /** The app's own client at the platform; null where it has none. */
  readonly client: ClaimedClient | null;
}

export interface ClaimedClient {
  readonly id: string;
  readonly handle: string;
  readonly clientId: string;
  readonly sealedSecret: Uint8Array<ArrayBuffer>;
  readonly version: number;
}

/** A credential as those see it who wait for it. */
export interface WatchedCredential {
  readonly version: number;
  readonly state: 'active' | 'refused';
  /** How often the platform refused the pair of this version: once is not believed yet. */
  readonly refusals: number;
  /** Whether a failed renewal waits for its next try, so that nobody may try now. */
  readonly backingOff: boolean;
}

export interface RenewalFailure {
  readonly code: string;
  readonly message: string;
}

/**
 * Where the life of credentials is kept. Every change is one step that happens whole or not at all; due times, leases and
 * expiry are by the repository's own clock, so that a process with a wrong one cannot steal from another.
 */
export interface CredentialRepository {
  /** Claims due credentials of all tenants, most urgent first; nobody else gets them until the lease ends. */
  claimDue(ask: {
    readonly claimer: string;
    readonly limit: number;
    readonly leaseSeconds: number;
    readonly exceptPlatforms: readonly string[];
  }): Promise<readonly ClaimedCredential[]>;
  /**
   * Claims one credential that a caller needs now, unless somebody holds it, it was renewed since `seenVersion`, it was
   * tried within the last seconds, or the platform asked to wait. It is due from now on: should this claimer die, the
   * next one need not wait for the day on which it would have been.
   */
  claim(
    owner: CredentialOwner,
    ask: { readonly claimer: string; readonly seenVersion: number; readonly leaseSeconds: number },
  ): Promise<ClaimedCredential | undefined>;
  find(owner: CredentialOwner): Promise<WatchedCredential | undefined>;
  /** Lets a claim that still holds end so many seconds from now. @returns false when it is over */
  extend(claimed: ClaimedCredential, leaseSeconds: number): Promise<boolean>;
  /**
   * Saves a pair if it is still the successor of what is stored, and the claim still holds: a late answer can never
   * overwrite a newer pair.
   * @param late lets it in after the claim has ended, and brings back what was refused meanwhile: where a platform gives
   * no second successor to the same token, this one is the only one there is
   */
  save(claimed: ClaimedCredential, grant: StoredGrant, options: { readonly late: boolean }): Promise<boolean>;
  /** Keeps the platform's new word on scopes. */
  saveScopes(owner: CredentialOwner, scopes: readonly string[]): Promise<void>;
  /** Gives the claim back after a failure that may pass, to be tried again after the wait. */
  postpone(
    claimed: ClaimedCredential,
    failure: RenewalFailure,
    wait: {
      readonly retrySeconds: number;
      /** The platform itself asked for the wait: nobody may try earlier. */
      readonly isOrdered: boolean;
    },
  ): Promise<void>;
  /** Gives back a claim with which nothing was asked: it counts as no try, and is due again after the wait. */
  release(claimed: ClaimedCredential, waitSeconds: number): Promise<void>;
  /**
   * Counts a refusal against the pair that was refused, from whoever still holds it. The first is tried again after the
   * grace; the second is final: nobody calls with the pair from here on, and the store needs its merchant.
   */
  refuse(
    claimed: ClaimedCredential,
    failure: RenewalFailure,
    graceSeconds: number,
  ): Promise<'again' | 'final' | 'superseded'>;
}

/** So often a pair is refused before that is believed. */
export const FINAL_REFUSALS = 2;
/** So long a failed try keeps callers from the next one. */
export const SHORTEST_RETRY_SECONDS = 5;
