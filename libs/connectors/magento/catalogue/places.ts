import { type ConnectedStore, GatewayError, type JsonValue } from '#contract';
import { anyJson } from '#kit';
import type { z } from 'zod';
import { API } from '../record-calls.js';
import { viewCode } from '../store-view.js';

/**
 * The scope of all store views. What a product or a category is written to without it goes to the default view alone and
 * hides the merchant's own values there (issues #9186, #31083; fact sheet, 1); so it is read from there too, and what one
 * view says otherwise is not seen.
 */
export const GLOBAL = 'rest/all/V1/';

/**
 * Where products and categories are read and changed: for all views, or for the one that a connection is for. There a view
 * answers what it shows, and a change of what views may say otherwise is its own: a name, not a price. What is new, and what
 * has no such scope, is written to {@link GLOBAL} all the same, or it would have its values in that view alone.
 */
export function scopeOf(store: ConnectedStore): string {
  const code = viewCode(store);
  return code === undefined ? GLOBAL : `rest/${code}/V1/`;
}

export const PRODUCTS = `${GLOBAL}products`;
export const CATEGORIES = `${GLOBAL}categories`;
export const CUSTOMERS = `${API}customers`;
export const ADDRESSES = `${API}addresses`;
export const RULES = `${API}salesRules`;
export const COUPONS = `${API}coupons`;
export const SOURCES = `${API}inventory/sources`;
export const SOURCE_ITEMS = `${API}inventory/source-items`;

/** Deletes; `true` is answered (recorded: product-delete, customer-delete, category-delete). */
export async function deleteCall(store: ConnectedStore, path: string): Promise<null> {
  await store.http<JsonValue>({ method: 'DELETE', path, effect: 'write', expect: anyJson });
  return null;
}

/** A part of an answer that a write goes on from. @throws GatewayError `platform_contract_broken` when it is no such */
export function partOf<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new GatewayError('platform_contract_broken', `magento answered ${what} of another form than it documents.`, {
    platform: { id: 'magento' },
    cause: read.error,
  });
}

/**
 * Stock by source. It came with 2.3, and shops may have taken its modules out again: then no such path is there, which
 * elsewhere would say that the whole API is closed. @throws GatewayError `operation_unsupported`
 */
export async function withSources<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!GatewayError.is(error, 'store_closed')) throw error;
    throw new GatewayError(
      'operation_unsupported',
      'This shop has no Multi Source Inventory: its modules were taken out, and stock cannot be reached without them.',
      { ...error.context, cause: error },
    );
  }
}
