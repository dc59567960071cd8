import type { AuthStrategy } from './auth.js';
import type { ErrorMap } from './error-map.js';
import type { JsonValue } from './json.js';
import type { OperationTable } from './operations.js';
import type { Budget, RateLimit } from './rate-limit.js';

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

/** The operation a recorded request belongs to, and the input that would make it. */
export type ReplayTarget =
  | { readonly operation: 'shop.get' }
  | { readonly operation: 'orders.list' }
  | { readonly operation: 'orders.get'; readonly platformId: string };

/** Everything Shopspan knows of a platform: one stateless, framework-free value. */
export interface Connector {
  /** Version of this contract. */
  readonly contract: 1;
  readonly id: string;
  readonly name: string;
  readonly apiVersion: string;
  readonly docs: `https://${string}`;
  readonly hosting: Hosting;
  /** Whether an app needs a client of its own at this platform before a shop can be connected by consent. */
  readonly client: 'required' | 'none';
  readonly auth: readonly [AuthStrategy, ...AuthStrategy[]];
  readonly limits: readonly [RateLimit, ...RateLimit[]];
  /** Reads the rate budget from an answer's headers or body. */
  readonly budget?: (body: unknown, header: (name: string) => string | undefined) => Budget | undefined;
  readonly errors: ErrorMap;
  /** How long one call may take, in milliseconds. */
  readonly deadlineMs: number;
  readonly operations: OperationTable;
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
