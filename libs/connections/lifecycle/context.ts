import type { Connector, Credentials } from '#contract';
import type { ClaimedCredential, CredentialRepository } from '#persistence';
import type { Vault } from '#vault';
import type { ConnectionsContext, RefreshReport } from '../context.js';
import type { PlatformIdentity } from '../platform-clients.js';

/**
 * What the life of a credential needs from the outside. Nothing in this folder reads a clock, draws chance, touches the
 * network or the database in any other way, so that the same code runs in a world where all of these are simulated.
 */
export interface LifecycleContext {
  readonly credentials: CredentialRepository;
  readonly vault: Vault;
  readonly wayOut: ConnectionsContext['wayOut'];
  readonly connectorOf: (platform: string) => Connector;
  /** Who we are at the platform for this store; throws `platform_client_missing`. */
  readonly identityOf: (claimed: ClaimedCredential, connector: Connector) => Promise<PlatformIdentity>;
  /** Gives a pair back that came when its store was gone already. */
  readonly revokeOrphan: (claimed: ClaimedCredential, credentials: Credentials) => Promise<void>;
  /** Names this process in leases. */
  readonly processName: string;
  /** Milliseconds that only run forward. */
  readonly elapsed: () => number;
  readonly random: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly reportRefresh: (report: RefreshReport) => void;
}
