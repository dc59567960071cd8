import type { StoredGrant } from '#persistence';
import type { CredentialOwner, CredentialRepository } from '../persistence/credential-repository.js';

/** A credential and its store as they lie there; times in seconds from now, by the repository's clock. */
export interface StoredCredential {
  readonly text: string;
  readonly version: number;
  readonly state: string;
  readonly status: string;
  readonly attempt: number;
  readonly refusals: number;
  readonly leaseOwner: string | null;
  readonly lease: number | null;
  readonly access: number | null;
  readonly refresh: number | null;
  readonly due: number | null;
  readonly lastErrorCode: string | null;
  readonly scopes: readonly string[];
}

/** A repository with what happens around it: merchants, time, and eyes that see what is stored. */
export interface CredentialWorld {
  /** As the process under test has it. */
  readonly credentials: CredentialRepository;
  /** Processes that may claim for all tenants; three or more. */
  readonly workers: readonly [CredentialRepository, CredentialRepository, CredentialRepository];
  /** Connects a shop of the first or the second tenant. */
  connect(grant: StoredGrant, shop?: { readonly tenant?: 0 | 1; readonly platform?: string }): Promise<CredentialOwner>;
  /** The merchant agrees anew: the grant takes the place of the one there is. */
  reconnect(owner: CredentialOwner, grant: StoredGrant): Promise<void>;
  /** The connection is ended and its credential destroyed; `grant` is that of one begun anew. */
  beginAnew(owner: CredentialOwner, grant: StoredGrant): Promise<void>;
  setStatus(owner: CredentialOwner, status: string): Promise<void>;
  /** So many seconds go by, on the repository's clock. */
  pass(seconds: number): Promise<void>;
  /** What is stored; undefined where nothing is. */
  look(owner: CredentialOwner): Promise<StoredCredential | undefined>;
  /** Forgets all shops. */
  empty(): Promise<void>;
  close(): Promise<void>;
}
