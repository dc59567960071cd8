import { type ConnectedStore, GatewayError, type HttpCall, type JsonValue, type Mapped, type Written } from '#contract';
import { anyJson, mapOne, type RecordReading } from '#kit';
import { PLATFORM_ID } from './atoms.js';
import { broken } from './position.js';

export { after, bodyOf, halfDone, isMissing } from '#kit';

/** Where one kind of record lies. */
export interface Place<Raw, T> {
  /** The collection, below which a record lies by its id. */
  readonly path: string;
  /** What an error names, such as `order`. */
  readonly what: string;
  readonly reading: RecordReading<Raw, T>;
}

/** @throws GatewayError `not_found` for what cannot be an id; such text never becomes part of a path */
export function checkedId(platformId: string, what: string): string {
  if (PLATFORM_ID.test(platformId)) return platformId;
  throw new GatewayError('not_found', `There is no such ${what}.`, { platform: { id: 'woocommerce' } });
}

/** One record by its id. */
export async function readOne<Raw, T>(
  store: ConnectedStore,
  { path, what, reading }: Place<Raw, T>,
  platformId: string,
  query: HttpCall<JsonValue>['query'] = {},
): Promise<Mapped<T>> {
  const id = checkedId(platformId, what);
  const { data: raw } = await store.http({ path: `${path}/${id}`, query, effect: 'read', expect: anyJson });
  const answered = reading.identify(raw);
  if (answered !== id) throw broken(`${what} ${answered ?? 'without id'} where ${id} was asked for`);
  return mapOne('woocommerce', `${path}.get`, raw, reading);
}

/** One write whose answer is the record as it stands afterwards. A body holds only what is to be changed. */
export async function writeCall<Raw, T>(
  store: ConnectedStore,
  call: Pick<HttpCall<JsonValue>, 'method' | 'path' | 'body' | 'query'>,
  reading: RecordReading<Raw, T>,
): Promise<Written<T>> {
  const { data } = await store.http({ ...call, effect: 'write', expect: anyJson });
  return mapOne('woocommerce', 'a write', data, reading);
}

/**
 * Deletes for good: without `force` some kinds answer 501 and others only go into the trash.
 *
 * Cleaning up what a refused write left may be sent again, like a read: done twice is done once, and afterwards nothing
 * of that write is there.
 */
export async function deleteCall(
  store: ConnectedStore,
  path: string,
  { force = true, isCleaning = false }: { readonly force?: boolean; readonly isCleaning?: boolean } = {},
): Promise<null> {
  const effect = isCleaning ? 'read' : 'write';
  await store.http({ method: 'DELETE', path, query: { force }, effect, expect: anyJson });
  return null;
}

/** What is wrong with an input, found before anything is sent. */
export function rejected(message: string, path?: string): GatewayError<'request_rejected'> {
  const fields = path === undefined ? {} : { fields: [{ path, message }] };
  return new GatewayError('request_rejected', message, { platform: { id: 'woocommerce' }, ...fields });
}
