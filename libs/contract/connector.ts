import type { AuthStrategy } from './auth.js';
import type { Unsupported } from './capability.js';
import type { ErrorMap } from './error-map.js';
import type { JsonValue } from './json.js';
import type { Translations } from './languages.js';
import type { OperationTable } from './operations.js';
import type { Budget, RateLimit } from './rate-limit.js';
import type { Polling, Webhooks } from './webhook.js';

/** Which hosts a credential of this platform may ever be sent to. */
export type Hosting =
  | { readonly kind: 'fixed'; readonly hosts: readonly [string, ...string[]] }
  | { readonly kind: 'suffix'; readonly suffix: `.${string}` }
  /** The merchant's own server: the address is checked against the egress rule. */
  | { readonly kind: 'merchant' };

/** A request recorded somewhere else, in its platform's own terms. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: JsonValue;
}

/**
 * The operation a recorded request belongs to, and the input that would make it. A recorded write belongs to the
 * reading operation whose record its answer is; one that was refused belongs to none, and only its error is read.
 */
export interface ReplayTarget {
  /** `shop.get`, or a list or get such as `orders.list`. */
  readonly operation: string;
  /** Of a get. */
  readonly platformId?: string;
  /** Of a list that belongs to one record, such as `{orderId}`. */
  readonly filter?: Readonly<Record<string, string>>;
}

/** A caller's own call, as far as it decides what it does. */
export interface RawCall {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | boolean>>;
}

/** Everything Shopspan knows of a platform: one stateless, framework-free value. */
export interface Connector {
  /** Version of this contract. */
  readonly contract: 1;
  readonly id: string;
  readonly name: string;
  readonly apiVersion: string;
  /** Until when the platform answers this version, where it says so; an instant in UTC. */
  readonly apiVersionUntil?: `${string}Z`;
  readonly docs: `https://${string}`;
  readonly hosting: Hosting;
  /** Whether an app needs a client of its own at this platform before a shop can be connected by consent. */
  readonly client: 'required' | 'none';
  readonly auth: readonly [AuthStrategy, ...AuthStrategy[]];
  /**
   * Of every text that a merchant reads while connecting: titles, labels, help, steps, and what a form says of a wrong
   * answer. The conformance suite is red when one lacks its translation.
   */
  readonly translations: Translations;
  readonly limits: readonly [RateLimit, ...RateLimit[]];
  /** Reads the rate budget from an answer's headers or body. */
  readonly budget?: (body: unknown, header: (name: string) => string | undefined) => Budget | undefined;
  readonly errors: ErrorMap;
  /** How long one call may take, in milliseconds. */
  readonly deadlineMs: number;
  readonly operations: OperationTable;
  /** How the platform tells us what happens; absent where it cannot. */
  readonly webhooks: Webhooks | Unsupported;
  /** How changes are noticed where the platform does not tell them. */
  readonly polling?: Polling;
  /** How many days back orders can be read with these of the platform's scopes; null: all of them. */
  readonly historyDays: (scopes: readonly string[]) => number | null;
  /** Where a caller's own raw calls may go, below the store's API root, such as `wp-json/`. */
  readonly passthrough: {
    readonly prefixes: readonly [string, ...string[]];
    readonly note: string;
    /** Headers of an answer that a caller may need, such as totals of a list; lower case. */
    readonly answerHeaders?: readonly string[];
    /** Pure. Why a call is not made that nobody can mean, such as one that deletes all there is; undefined when it may. */
    readonly refuses?: (call: RawCall) => string | undefined;
  };
  /** Pure. Which operation a recorded request belongs to; undefined when none does. */
  readonly recognize: (request: RecordedRequest) => ReplayTarget | undefined;
}

/** Identity at run time; checks the value and keeps its literal types, so that what is unsupported stays uncallable. */
export function defineConnector<const C extends Connector>(connector: C): C {
  return connector;
}

/**
 * The strategy a stored credential was made by.
 * @throws RangeError when the connector has no such strategy any more.
 */
export function strategyOf(connector: Connector, id: string): AuthStrategy {
  const strategy = connector.auth.find((candidate) => candidate.id === id);
  if (strategy === undefined) throw new RangeError(`${connector.id} has no way of connecting named ${id}`);
  return strategy;
}
