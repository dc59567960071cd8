import { type ConnectedStore, GatewayError } from '#contract';
import { findBySkus } from './find-products.js';
import type { Body } from './product-input.js';

/** The attribute set that every shop has from the beginning; new products of others are a matter of the back office. */
export const ATTRIBUTE_SET = 4;
export const NEW: Body = { attribute_set_id: ATTRIBUTE_SET };

/** In the catalogue and in its search. */
export const VISIBLE: Body = { visibility: 4 };
/** Found only within the product whose variant it is (recorded: configurable-children). */
export const WITHIN: Body = { visibility: 1 };

/**
 * Saving a product under a SKU that there is changes that product, in place of making one. Between this look and the call
 * somebody else may make it: then it is changed all the same.
 * @throws GatewayError `conflict` naming the product
 */
export async function checkFree(store: ConnectedStore, skus: readonly string[]): Promise<void> {
  const [found] = await findBySkus(store, skus);
  if (found === undefined) return;
  const { id, sku } = found.record;
  throw new GatewayError('conflict', `Product ${id} has the SKU ${sku} already.`, { platform: { id: 'magento' } });
}
