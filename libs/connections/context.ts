import type { CredentialRepository, Database, StoreRow, TenantTransaction } from '#persistence';
import type { CallReport, Egress, Pacer, Transport } from '#kit';
import type { Vault } from '#vault';
import type { StandInSwitch } from './stand-in.js';
import type { CredentialUser, StopGate } from './stops/stop-gate.js';

/** Everything a connection needs from the outside, handed in once at start. */
export interface ConnectionsContext {
  readonly database: Database;
  readonly credentials: CredentialRepository;
  readonly vault: Vault;
  /** What operators have stopped. */
  readonly stops: StopGate;
  /**
   * The only way out: whoever sends says for whom, and why, where that is not what the caller asked for. Apps in test mode
   * may reach the sandbox, live ones never do.
   */
  readonly wayOut: (user: CredentialUser, why?: 'renewal') => Transport;
  readonly egress: Egress;
  readonly standIn: StandInSwitch;
  readonly pacer: Pacer;
  /** Where merchants and platforms reach the gateway; ends without `/`. */
  readonly publicUrl: string;
  /** The client used for apps that registered none of their own. */
  readonly defaultClient: (
    platform: string,
  ) => { readonly clientId: string; readonly clientSecret: string } | undefined;
  /** Names this process in leases. */
  readonly processName: string;
  readonly now: () => Date;
  /** Milliseconds that only run forward. */
  readonly elapsed: () => number;
  readonly random: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Called in the transaction that connects a store, or connects it again. */
  readonly onConnected: (tx: TenantTransaction, store: StoreRow) => Promise<void>;
  readonly reportCall: (call: CallReport) => void;
  readonly reportRefresh: (report: RefreshReport) => void;
  readonly reportDelivery: (report: DeliveryReport) => void;
}

/** What became of a delivery of a platform; for metrics. */
export interface DeliveryReport {
  /** Null where its address is nobody's. */
  readonly platform: string | null;
  readonly outcome: 'received' | 'processed' | 'failed' | 'duplicate' | 'refused' | 'ignored';
}

/** What one try to renew a credential came to; for logs and metrics. Holds no credential. */
export interface RefreshReport {
  readonly storeId: string;
  readonly platform: string;
  readonly outcome: 'renewed' | 'superseded' | 'refused' | 'postponed';
  readonly code: string | null;
  readonly durationMs: number;
  /** How long the platform asked the client to wait. */
  readonly retryAfterMs?: number;
}
