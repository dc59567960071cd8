import { expect, it } from 'vitest';
import type { z } from 'zod';
import { typeErrors } from '../../test/setup/type-errors.js';
import { exampleConnector } from '../testing/example-connector.js';
import { notBuilt, unsupported } from './capability.js';
import { type Connector, defineConnector } from './connector.js';
import type { ErrorRule, PlatformProblem } from './error-map.js';
import { type ErrorCode, GatewayError, type PlatformErrorCode } from './errors.js';
import type { ConnectedStore, HttpCall } from './http.js';
import { type OperationTable, requireOperation } from './operations.js';
import type { ListOperation } from './paging.js';
import type { Scope } from './scopes.js';
import { Secret } from './secret.js';

const { orders, shop, ...others } = exampleConnector.operations;
const none = unsupported('It has no such thing.');

// Nothing in here is ever run: the compiler is the test.
export function operations(): unknown {
  const whole: OperationTable = { shop, orders, ...others };
  const { carts: _carts, ...withoutCarts } = others;
  // @ts-expect-error a resource that is left out does not compile
  const missingResource: OperationTable = { shop, orders, ...withoutCarts };
  // @ts-expect-error an operation that is left out does not compile
  const missingOperation: OperationTable = { ...whole, refunds: { list: none } };
  // @ts-expect-error the shop must be readable: it proves a grant
  const withoutShop: OperationTable = { ...whole, shop: none };
  // @ts-expect-error an operation of another shape than the contract's
  const unsettled: OperationTable = { ...whole, carts: { list: { run: () => Promise.resolve([]) }, get: none } };
  // @ts-expect-error a claim is an operation and not a word
  const claimed: OperationTable = { ...whole, carts: 'native' };

  const connector = defineConnector({
    ...exampleConnector,
    operations: { ...whole, orders: { list: none, get: none, create: none, update: none, cancel: none } },
  });
  // @ts-expect-error what is unsupported cannot be called
  const page: unknown = connector.operations.orders.list.page;
  // @ts-expect-error nor is it a function
  const run: () => unknown = notBuilt;
  requireOperation(exampleConnector, 'carts', 'list');
  // @ts-expect-error an operation that does not exist
  requireOperation(exampleConnector, 'orders', 'lsit');
  return [page, run, whole, missingResource, missingOperation, withoutShop, unsettled, claimed];
}

export function lists(list: ListOperation<{ readonly number?: string }, string>, store: ConnectedStore): unknown {
  // @ts-expect-error a filter that the contract does not have
  const filters: typeof list.filters = { colour: true };
  // @ts-expect-error a sort that the contract does not have
  const sorts: typeof list.sorts = ['price'];
  // @ts-expect-error at least one sort, which is the default
  const noSort: typeof list.sorts = [];
  // @ts-expect-error a state that would not survive being stored
  void list.page(store, { filter: {}, sort: 'createdAt' }, { size: 1, state: new Date() });
  return [filters, sorts, noSort];
}

export function errors(): unknown {
  const allowed: PlatformErrorCode = 'store_closed';
  // @ts-expect-error only we know whether our vault is out of reach
  const ours: ErrorRule = { status: 500, as: 'vault_unavailable' };
  // @ts-expect-error only we know who our callers are
  const caller: ErrorRule = { status: 401, as: 'unauthorized' };
  // @ts-expect-error only we know our database
  const database: PlatformErrorCode = 'database_unavailable';
  // @ts-expect-error a code that is not in the table
  const unknown: ErrorCode = 'oops';
  // @ts-expect-error a rule says what its answers are
  const nothing: ErrorRule = { status: 500 };
  // @ts-expect-error words of a platform are texts
  const words: PlatformProblem = { code: 7 };
  // @ts-expect-error an error has one of the codes
  const error: unknown = new GatewayError('oops', 'x');
  return [error, allowed, ours, caller, database, unknown, nothing, words];
}

export function calls(store: ConnectedStore, expected: z.ZodType<string>): unknown {
  const read: HttpCall<string> = { path: 'x', effect: 'read', expect: expected };
  // @ts-expect-error whether a call may be sent twice must be said
  const noEffect: HttpCall<string> = { path: 'x', expect: expected };
  // @ts-expect-error an answer whose shape nobody checked
  const noShape: HttpCall<string> = { path: 'x', effect: 'read' };
  // @ts-expect-error an operation names no address of its own
  const address: HttpCall<string> = { ...read, url: 'https://evil.example.net' };
  // @ts-expect-error nor headers
  const headers: HttpCall<string> = { ...read, headers: { authorization: 'x' } };
  // @ts-expect-error there is no credential on a store
  const credential: unknown = store.credentials;
  return [credential, read, noEffect, noShape, address, headers];
}

export function secrets(secret: Secret): unknown {
  // @ts-expect-error a secret is no text
  const text: string = secret;
  // @ts-expect-error and its value cannot be reached
  const value: unknown = secret.value;
  // @ts-expect-error a scope that does not exist
  const scope: Scope = 'read:everything';
  return [text, value, scope];
}

export function connectors(): unknown {
  // @ts-expect-error at least one way of connecting
  const noAuth: Connector = { ...exampleConnector, auth: [] };
  // @ts-expect-error at least one limit
  const noLimit: Connector = { ...exampleConnector, limits: [] };
  // @ts-expect-error a limit gives its reason
  const noReason: Connector = { ...exampleConnector, limits: [{ kind: 'concurrency', max: 1 }] };
  // @ts-expect-error a suffix of hosts begins with a dot, or any name that ends so would do
  const suffix: Connector = { ...exampleConnector, hosting: { kind: 'suffix', suffix: 'example.com' } };
  // @ts-expect-error at least one fixed host
  const hosts: Connector = { ...exampleConnector, hosting: { kind: 'fixed', hosts: [] } };
  // @ts-expect-error documents over https
  const docs: Connector = { ...exampleConnector, docs: 'http://example.com' };
  return [noAuth, noLimit, noReason, suffix, hosts, docs];
}

it('compiles exactly as it says', () => {
  expect(typeErrors(import.meta.url)).toEqual([]);
}, 60_000);
