import type { ConnectedStore, Mapped } from '#contract';
import { anyJson, mapOne } from '#kit';
import { halfDone } from '../record-calls.js';
import { isPlain } from './find-products.js';
import { deleteCall, PRODUCTS, scopeOf } from './places.js';
import type { Body } from './product-input.js';
import { type MagentoProduct, productAsPrinted } from './product-schema.js';
import { after, isRefusal } from './steps.js';

/**
 * Makes a product, or changes the one whose number the body holds. There is one call for both, with everything in its body:
 * the SKU, which may not stand in a path, and a new one too (seen in the platform's own code: the number goes before the
 * SKU when a product is saved).
 *
 * Without `attribute_set_id` nothing can be made: so a product that was deleted a moment before its change is not made
 * anew out of the fields that were to be changed (recorded: product-create-missing-attribute-set).
 */
export async function sendProduct(store: ConnectedStore, product: Body): Promise<Mapped<MagentoProduct>> {
  const isNew = product['id'] === undefined;
  const { data } = await store.http({
    method: 'POST',
    path: isNew ? PRODUCTS : `${scopeOf(store)}products`,
    body: { product },
    effect: 'write',
    expect: anyJson,
  });
  return mapOne('magento', 'products.get', data, productAsPrinted);
}

/** What says which product is meant, in a body. */
export function asNamed({ id, sku }: Pick<MagentoProduct, 'id' | 'sku'>): Body {
  return { id: Number(id), sku };
}

/**
 * There is no way of deleting but by the SKU in the path. One that may not stand there is renamed first, and named back
 * when it then stays.
 */
export async function deleteProduct(store: ConnectedStore, product: Pick<MagentoProduct, 'id' | 'sku'>): Promise<null> {
  if (isPlain(product.sku)) return deleteCall(store, `${PRODUCTS}/${product.sku}`);
  const sku = `to-be-deleted-${product.id}`;
  await sendProduct(store, asNamed({ id: product.id, sku }));
  try {
    return await deleteCall(store, `${PRODUCTS}/${sku}`);
  } catch (error) {
    const done = `Its SKU is ${sku} now`;
    if (!isRefusal(error)) throw halfDone(done, error);
    await after(done, () => sendProduct(store, asNamed(product)));
    throw error;
  }
}
