import type { PhpArray } from '../../php-query.js';
import { type Cell, isRow, type Row } from '../row.js';
import type { SandboxState } from '../sandbox-state.js';
import type { MagentoShop, StoreView } from '../shop.js';
import type { ShopData } from '../shop-data.js';
import { required, unsupported, wrongType } from './rest-error.js';

/** A request to a route of the REST API, after authorization. */
export interface RestCall {
  readonly state: SandboxState;
  readonly shop: MagentoShop;
  readonly data: ShopData;
  /** The store view the path names; the default one without a segment. */
  readonly view: StoreView;
  /** `/rest/all/…`: the global scope. */
  readonly isGlobal: boolean;
  /** Decoded parameters of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: PhpArray;
  readonly body: Row;
  /** Seconds since 1970. */
  readonly at: number;
  /** The same as the database writes it: UTC, no zone. */
  readonly now: string;
  /** Base URL with a trailing slash. */
  readonly baseUrl: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface RestRoute {
  readonly method: Method;
  /** e.g. `/V1/orders/:id/cancel`. */
  readonly path: string;
  /** The right it needs; `anonymous` is open to everybody. */
  readonly resource: string;
  /** @throws {RestError} */
  readonly answer: (call: RestCall) => Cell;
}

/** @throws {RestError} 400 when the path's parameter is no whole number (recorded: err-400-wrong-type.json) */
export function idIn(call: RestCall, name = 'id'): number {
  const value = call.path[name] ?? '';
  if (!/^\d+$/.test(value)) throw wrongType(value, 'int');
  return Number(value);
}

/** @throws {RestError} 400 when the body lacks it (recorded: err-400-missing-required.json) */
export function objectIn(call: RestCall, name: string): Row {
  const value = memberIn(call, name);
  if (!isRow(value)) throw required(name);
  return value;
}

/** A list of objects in the body; empty when it is not there. */
export function listIn(call: RestCall, name: string): Row[] {
  const value = memberIn(call, name);
  return Array.isArray(value) ? value.filter(isRow) : [];
}

/** Names are taken in either spelling (fact sheet, section 1). */
export function memberIn({ body }: RestCall, name: string): Cell | undefined {
  return body[name] ?? body[snakeCase(name)];
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The same object with snake_case names all the way down; values of attributes are left alone. */
export function snakeKeys(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [snakeCase(name), snakeValue(value)]));
}

function snakeValue(value: Cell): Cell {
  if (Array.isArray(value)) return value.map(snakeValue);
  return isRow(value) ? snakeKeys(value) : value;
}

/** @throws {RestError} 400 for a name the entity has no setter for (recorded: err-400-unknown-property.json) */
export function checkKnown(row: Row, known: readonly string[]): void {
  const unknown = Object.keys(row).find((name) => !known.includes(name));
  if (unknown !== undefined) throw unsupported(unknown);
}
