import {
  type Big,
  type ConnectedStore,
  decimal,
  GatewayError,
  type HttpCall,
  type Mapped,
  type Money,
} from '#contract';
import { anyJson, mapOne, type RecordReading } from '#kit';
import { PLATFORM_ID } from './atoms.js';
import { broken } from './search-page.js';

export { bodyOf, halfDone, isMissing } from '#kit';

/**
 * Where everything lies whose scope is not a store view's: the orders of all views (fact sheet, 1). What the catalogue
 * writes there goes to the default view only.
 */
export const API = 'rest/V1/';

/** @throws GatewayError `not_found` for what cannot be an id; such text never becomes part of a path */
export function checkedId(platformId: string, what: string): string {
  if (PLATFORM_ID.test(platformId)) return platformId;
  throw new GatewayError('not_found', `There is no such ${what}.`, { platform: { id: 'magento' } });
}

interface Place<Raw, T> {
  readonly path: string;
  readonly what: string;
  readonly reading: RecordReading<Raw, T>;
}

/** One record by its number, below the path of its kind. */
export async function readOne<Raw, T>(
  store: ConnectedStore,
  { path, what, reading }: Place<Raw, T>,
  platformId: string,
): Promise<Mapped<T>> {
  const number = checkedId(platformId, what);
  const { data: raw } = await store.http({ path: `${path}/${number}`, effect: 'read', expect: anyJson });
  const answered = reading.identify(raw);
  if (answered !== number) throw broken(`${what} ${answered ?? 'without id'} where ${number} was asked for`);
  return mapOne('magento', `${what}.get`, raw, reading);
}

/** One write. What it answers is mostly no record but a number or a word. */
export async function writeCall<T>(
  store: ConnectedStore,
  call: Pick<HttpCall<T>, 'method' | 'path' | 'body' | 'expect'>,
): Promise<T> {
  return (await store.http({ method: 'POST', ...call, effect: 'write' })).data;
}

/** What is wrong with an input, found before anything is sent. */
export function rejected(message: string, path?: string): GatewayError<'request_rejected'> {
  const fields = path === undefined ? {} : { fields: [{ path, message }] };
  return new GatewayError('request_rejected', message, { platform: { id: 'magento' }, ...fields });
}

/** @throws GatewayError `request_rejected`: the platform would take the number and give it its own currency */
export function amountIn(currency: string, money: Money, path: string): Big {
  if (money.currency === currency) return decimal(money.amount);
  throw rejected(`The amount must be in ${currency}, not in ${money.currency}.`, path);
}
