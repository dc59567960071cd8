import { type ConnectedStore, GatewayError, type HttpCall, type JsonValue, type Mapped } from '#contract';
import { anyJson, mapOne, type RecordReading } from '#kit';
import { z } from 'zod';

declare const checkedNumber: unique symbol;

/**
 * The number of a record, looked at: a whole number above zero. Only `recordNumber` makes one, and only of these are
 * paths and deletions made. Where a path ends too early, or a deletion names nothing, this platform takes the whole
 * collection (`DELETE /v2/coupons`, `DELETE /v2/orders`; marketing.v2.yml, orders.v2.oas2.yml).
 */
export type RecordNumber = number & { readonly [checkedNumber]: true };

// Numbers of records have 32 bits (fact sheet, f).
const NUMBER = /^[1-9]\d{0,9}$/;

/** @throws GatewayError `not_found` for what cannot be the number of a record */
export function recordNumber(platformId: string, what: string): RecordNumber {
  if (!NUMBER.test(platformId)) throw missing(what);
  // The one place where the mark is given, after the look.
  return Number(platformId) as RecordNumber;
}

export function missing(what: string): GatewayError<'not_found'> {
  return new GatewayError('not_found', `There is no such ${what}.`, { platform: { id: 'bigcommerce' } });
}

/** What is wrong with an input, found before anything is sent. */
export function rejected(message: string, ...paths: readonly string[]): GatewayError<'request_rejected'> {
  const fields = paths.length === 0 ? {} : { fields: paths.map((path) => ({ path, message })) };
  return new GatewayError('request_rejected', message, { platform: { id: 'bigcommerce' }, ...fields });
}

/** A text that the platform has room for. @throws GatewayError `request_rejected` */
export function within<T extends string | undefined>(most: number, text: T, path: string): T {
  if (text === undefined || text.length <= most) return text;
  throw rejected(`BigCommerce has room for ${most} characters here, not for ${text.length}.`, path);
}

/** The error for an answer that cannot be trusted. */
export function broken(what: string): GatewayError<'platform_contract_broken'> {
  return new GatewayError('platform_contract_broken', `bigcommerce answered ${what}.`, {
    platform: { id: 'bigcommerce' },
  });
}

export { after, bodyOf } from '#kit';

export type Body = Readonly<Record<string, JsonValue>>;

/** A number behind a colon, as `pagination` prints them; some lists print none. */
const pagination = z.object({ total: z.int(), current_page: z.int(), total_pages: z.int() }).nullish().catch(null);
const rows = z.object({
  data: z.array(anyJson),
  meta: z.object({ pagination: pagination.optional() }).nullish().catch(null),
});
const row = z.object({ data: anyJson });

/** A part of a V3 collection. */
export interface Rows {
  readonly rows: readonly JsonValue[];
  /** null where the answer does not say. */
  readonly total: number | null;
  readonly more: boolean;
}

/** The rows of a V3 collection that one call answers. */
export async function readRows(
  store: ConnectedStore,
  path: string,
  query: NonNullable<HttpCall<unknown>['query']>,
): Promise<Rows> {
  const { data, meta } = (await store.http({ path, query, effect: 'read', expect: rows })).data;
  const page = meta?.pagination;
  if (page) return { rows: data, total: page.total, more: page.current_page < page.total_pages };
  return { rows: data, total: null, more: data.length > 0 && data.length === query['limit'] };
}

/** One V3 record by the path that is its own. */
export async function readRow(
  store: ConnectedStore,
  path: string,
  query: HttpCall<unknown>['query'] = {},
): Promise<JsonValue> {
  return (await store.http({ path, query, effect: 'read', expect: row })).data.data;
}

/** One record of a V3 collection that has no paths of its own for its records: it is asked for by its number. */
export async function readByNumber<Raw, T>(
  store: ConnectedStore,
  place: Place<Raw, T>,
  platformId: string,
): Promise<Mapped<T>> {
  const number = recordNumber(platformId, place.what);
  const found = await readRows(store, place.path, { [place.key]: number });
  const raw = found.rows.find((one) => place.reading.identify(one) === String(number));
  if (raw === undefined) throw missing(place.what);
  return mapOne('bigcommerce', `${place.what}.get`, raw, place.reading);
}

/** A collection whose records are asked for, and deleted, by a list of their numbers. */
export interface Place<Raw, T> {
  readonly path: string;
  /** Such as `id:in`. */
  readonly key: string;
  /** What an error names, such as `customer`. */
  readonly what: string;
  readonly reading: RecordReading<Raw, T>;
}

/** A V3 write that answers its record. @throws GatewayError that says so where the record was saved, but not all of it */
export async function writeRow(
  store: ConnectedStore,
  method: 'POST' | 'PUT',
  path: string,
  body: Body,
): Promise<JsonValue> {
  try {
    return (await store.http({ method, path, body, effect: 'write', expect: row })).data.data;
  } catch (error) {
    // What is said of the stock may fail by itself (docs: status 207 of products and variants).
    if (!GatewayError.is(error) || error.context.platform?.status !== 207) throw error;
    const message = `${error.message}. All else was saved: read the record again.`;
    throw new GatewayError(error.code, message, { ...error.context, cause: error });
  }
}

/** A V3 write of one record where the platform takes an array of them; undefined where it answers none. */
export async function writeInArray(
  store: ConnectedStore,
  method: 'POST' | 'PUT',
  path: string,
  body: Body,
): Promise<JsonValue | undefined> {
  const answered = rows.pick({ data: true }).partial().nullish();
  const { data } = await store.http({ method, path, body: [body], effect: 'write', expect: answered });
  return data?.data?.[0];
}

/** Deletes what lies below a path that ends in a number. */
export async function deleteAt(store: ConnectedStore, collection: string, number: RecordNumber): Promise<null> {
  // What is no number never comes here; a caller without types is stopped all the same.
  if (!NUMBER.test(String(number))) throw unnamed(collection);
  await store.http({ method: 'DELETE', path: `${collection}/${number}`, effect: 'write', expect: z.unknown() });
  return null;
}

/**
 * Deletes records out of a collection by their numbers. An empty list of them is none to the compiler, and is refused at
 * run time too: without a number some of these collections are emptied.
 */
export async function deleteNumbered(
  store: ConnectedStore,
  { path, key }: Pick<Place<never, never>, 'path' | 'key'>,
  numbers: readonly [RecordNumber, ...RecordNumber[]],
): Promise<null> {
  const given: readonly RecordNumber[] = numbers;
  if (given.length === 0 || !given.every((number) => NUMBER.test(String(number)))) throw unnamed(path);
  const query = { [key]: given.join(',') };
  await store.http({ method: 'DELETE', path, query, effect: 'write', expect: z.unknown() });
  return null;
}

function unnamed(collection: string): GatewayError<'internal'> {
  return new GatewayError('internal', `A deletion from ${collection} must name what is deleted.`, {
    platform: { id: 'bigcommerce' },
  });
}

/**
 * A write whose refusal names fields in the platform's words (`variants.0.sku`, `state_or_province`): they are told in the
 * caller's, as far as they are known by the last name that is one.
 */
export async function inOurWords<T>(words: Readonly<Record<string, string>>, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!GatewayError.is(error) || error.context.fields === undefined) throw error;
    const fields = error.context.fields.map(({ path, message }) => ({ path: ourPath(words, path), message }));
    throw new GatewayError(error.code, error.message, { ...error.context, fields, cause: error });
  }
}

function ourPath(words: Readonly<Record<string, string>>, path: string): string {
  const known = path.split(/[.[\]]+/).findLast((name) => Object.hasOwn(words, name));
  return known === undefined ? path : (words[known] ?? path);
}
