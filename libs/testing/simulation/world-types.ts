import type { Vault } from '#vault';
import type { Kind } from './simulated-connectors.js';
import type { GivenPair, SimulatedGrant } from './simulated-grant.js';
import type { SimulatedProcess } from './simulated-process.js';
import type { SimulatedRow, SimulatedRows, SimulatedStore } from './simulated-rows.js';
import type { VirtualTime } from './virtual-time.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A call that waits for its answer. */
export interface Wire {
  readonly process: SimulatedProcess;
  readonly life: string;
  readonly since: number;
}

/** A shop, what its merchant granted, and what the judge keeps of it. */
export interface Shop {
  readonly store: SimulatedStore;
  readonly kind: Kind;
  readonly lifetimeSeconds: number | null;
  grant: SimulatedGrant;
  grants: number;
  onWire: Wire[];
  /** When something last happened that may cost a reader its answer, a loss its minute, or a platform a call more. */
  troubledAt: number;
  firstRefusalAt: number | null;
  refusals: number;
  calls: number[];
  /** Until when the platform gives tokens that are over already; and until when it answers from a copy that lags. */
  emptyUntil: number;
  lagsUntil: number;
  /** Until when the platform asked the process that heard it not to call. */
  asked: { readonly until: number; readonly life: string } | null;
  /** Since the platform forgot its access tokens no new one was given. */
  lostAccess: boolean;
}

export interface World {
  readonly time: VirtualTime;
  readonly random: () => number;
  readonly rows: SimulatedRows;
  readonly vault: Vault;
  readonly shops: readonly Shop[];
  readonly workers: readonly SimulatedProcess[];
  readonly gateway: SimulatedProcess;
  readonly judge: Judge;
  readonly outageUntil: Map<Kind, number>;
  readonly stormUntil: Map<Kind, number>;
  databaseDownUntil: number;
  databaseRough: boolean;
  calm: boolean;
  /** Renewals, reads and what became of them. */
  readonly counts: Record<
    'redemptions' | 'calls' | 'reads' | 'readErrors' | 'unavoidable' | 'reconnects' | 'kills' | 'freezes',
    number
  >;
  readonly trace: (text: string) => void;
  readonly hash: () => string;
  /** What happened last, to that shop and to all. */
  readonly recent: (shop: Shop | undefined) => readonly string[];
  /** What is sealed, for the judge. */
  readonly textOf: (sealed: Uint8Array) => string;
  /** Gives a shop a new grant at its platform. */
  readonly newGrant: (shop: Shop) => { readonly grant: SimulatedGrant; readonly pair: GivenPair };
  readonly credentialsOf: (shop: Shop, pair: GivenPair) => string;
  /** A statement was carried out: whoever looks for work may find some earlier now. */
  readonly rearm: () => void;
  readonly chance: (probability: number) => boolean;
  readonly between: (least: number, most: number) => number;
}

export interface Violation {
  readonly invariant: string;
  readonly what: string;
  readonly shop: Shop;
}

/** Says what must never be, as soon as it is. */
export interface Judge {
  readonly found: () => Violation | undefined;
  written(row: SimulatedRow): void;
  sent(shop: Shop, process: SimulatedProcess): void;
  redeemed(shop: Shop, token: string): void;
  /** The platform's wish, as it stood in its header, has reached a process. */
  askedToWait(shop: Shop, life: string, retryAfter: string): void;
  refusedDead(shop: Shop, token: string): void;
  readFailed(shop: Shop, code: string): void;
  troubleAll(): void;
  /** Before a merchant connects again, and at the end. */
  loss(shop: Shop): void;
  /** When all faults have ended for hours. */
  end(): void;
  storedRefreshToken(row: SimulatedRow): string;
}
