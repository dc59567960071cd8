import type { FastifyInstance } from 'fastify';
import type { JsonValue } from '#contract';

/** One seeded shop as the front page and `GET /shops` show it. */
export interface ShopSummary {
  /** The shop's own host name, e.g. `north-harbor.myshopify.com`. */
  readonly host: string;
  /** Folder below the host where the shop lives, with a leading slash; absent = the root. */
  readonly path?: string;
  readonly name: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** Pages of the shop that start something, e.g. an installation from the platform's own app store. */
  readonly links?: readonly { readonly label: string; readonly url: string }[];
  /** What the shop holds, e.g. `{ orders: 130 }`. */
  readonly contents: Readonly<Record<string, number>>;
  /** One plain sentence: how a person connects this shop. */
  readonly connectHint: string;
}

/** An application a platform knows, as its developer would have registered it. */
export interface SandboxClient {
  readonly clientId: string;
  readonly secret: string;
  /** Compared character for character. */
  readonly redirectUris: readonly string[];
  /** What the consent screen calls the application; absent = the client id. */
  readonly name?: string;
  /** Where the platform's app store sends a merchant who installs the application. */
  readonly appUrl?: string;
  /** Where the platform sends messages nobody has to subscribe to, e.g. privacy requests. */
  readonly webhookUrl?: string;
  /** Hosts that belong to the application's own developer. */
  readonly ownShops?: readonly string[];
}

/**
 * A simulated platform. It is a complete Fastify instance that never listens: the root server takes `/<host>/<rest>`,
 * strips the host segment, sets the header {@link SANDBOX_HOST_HEADER} and hands the raw request over.
 */
export interface SandboxPlatform {
  /** Lower-case, stable; a path segment of the control interface and a key of the state file. */
  readonly id: string;
  readonly name: string;
  /** Whether this host is one of its seeded shops (always given in lower case). */
  serves(host: string): boolean;
  shops(): readonly ShopSummary[];
  readonly server: FastifyInstance;
  /** Everything that must survive a restart: clients, tokens, keys, changed records, the seeds' point in time. */
  snapshot(): JsonValue;
  /**
   * Takes back what {@link snapshot} gave. Called at most once, before the first request.
   * @throws {Error} when the state is not of its making; nothing is taken over then
   */
  restore(state: JsonValue): void;
  /** Creates or replaces a client. Absent on a platform that registers no clients beforehand. */
  registerClient?(client: SandboxClient): void;
  /** The merchant uninstalls every application: all tokens and keys of this host die at once. */
  revokeGrants(host: string): void;
  /**
   * Sends every webhook that waits, and those that come up meanwhile, at once; done when the last one is answered. Absent on a
   * platform that sends none.
   */
  runDeliveries?(host: string): Promise<void>;
  /**
   * The merchant removes applications in the platform's own pages: tokens die, subscriptions go, and each application is told if the
   * platform tells it. {@link SandboxPlatform.revokeGrants} does the same without telling anybody.
   * @param clientId absent = all of them
   */
  uninstall?(host: string, clientId?: string): void;
  /** Sends a message to the client's registered address. @returns false when there is no such client or address */
  sendWebhook?(host: string, order: WebhookOrder): boolean;
  /** Loses subscriptions without a word, as platforms do. @returns how many */
  forgetWebhooks?(host: string, choice: WebhookChoice): number;
}

/** A message a test makes the platform send. */
export interface WebhookOrder {
  readonly clientId: string;
  /** As the platform names it on the wire, e.g. `customers/redact`. */
  readonly topic: string;
  /** Fields of the body in place of what the platform would put there. */
  readonly payload: Readonly<Record<string, JsonValue>>;
}

/** Which subscriptions are meant; an absent part matches any. */
export interface WebhookChoice {
  readonly topic?: string;
  readonly address?: string;
}

/** Set by the root server on every request it hands to a platform; a caller's own value is overwritten. */
export const SANDBOX_HOST_HEADER = 'x-sandbox-host';

/** Always present on a request handed to a platform: the caller's own value (cut to 100 characters) or a number. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** What was presented at a token endpoint. */
export type CredentialKind = 'code' | 'refreshToken' | 'clientCredentials' | 'keyExchange';

/** What the token endpoint did: gave something new, gave the same answer again, or refused. */
export type RedemptionOutcome = 'issued' | 'replayed' | 'refused';

/** One presentation of a credential, as a platform reports it. The ledger keeps fingerprints only. */
export interface Redemption {
  readonly platform: string;
  readonly host: string;
  readonly kind: CredentialKind;
  /** The credential itself; only the first 12 hex digits of its SHA-256 are kept. */
  readonly credential: string;
  /** What was given in exchange (the new refresh token, else the access token or key); kept as a fingerprint too. */
  readonly issued?: string;
  readonly requestId: string;
  /** HTTP status answered. */
  readonly status: number;
  readonly outcome: RedemptionOutcome;
  /** A reason in plain words. Must not contain the credential. */
  readonly note?: string;
}

/** Every code and refresh token ever presented, so that a test suite can count redemptions. */
export interface Ledger {
  record(redemption: Redemption): void;
}

/** The one kind of fault a platform has to carry out itself; the root server does all others. */
export interface Faults {
  /**
   * True when the page about to be answered must contain one spoilt record. Counts as one use of the fault.
   * @param path the request's path without the host segment
   */
  takeBrokenRecord(host: string, path: string): boolean;
}

/** How the sandbox runs. */
export interface SandboxSettings {
  /** TCP port, 0 = any free one. */
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Life of the access tokens issued from now on, in seconds. */
  readonly tokenSeconds: number;
  /**
   * Hosts where a refresh token is good once and a retry is refused. Not what any of these platforms does: for fault tests of the
   * strictest platform there could be.
   */
  readonly strictHosts?: readonly string[];
  /** Where clients, tokens, keys and the ledger are kept; absent = only in memory. */
  readonly stateFile?: string;
  /** The clock; absent = the system's. */
  readonly now?: () => Date;
  /** Lets a consent callback be `http://` on a loopback address where the genuine platform insists on https. */
  readonly allowLoopbackCallback: boolean;
}

/** What the root server gives to every platform. */
export interface SandboxContext {
  now(): Date;
  readonly ledger: Ledger;
  readonly faults: Faults;
  /** Live: `tokenSeconds` and `strictHosts` change when the control interface changes them, so read them at each use. */
  readonly settings: SandboxSettings;
  /** `https://<host>`: the shop's address as the platform itself would print it. */
  origin(host: string): string;
  /**
   * The address a browser must open to reach a page of the shop, e.g. `http://127.0.0.1:4010/<host>/admin`. For links, form targets
   * and redirects between a platform's own pages. Known only while the sandbox listens.
   * @param path with a leading slash
   */
  standInUrl(host: string, path: string): string;
  /** Asks for a snapshot to be saved soon. Call after every change that must survive a restart. */
  changed(): void;
}
