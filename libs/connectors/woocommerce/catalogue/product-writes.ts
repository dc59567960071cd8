import {
  GatewayError,
  type productDeletion,
  type Mapped,
  type ProductChange,
  type ProductInput,
  type ProductRecord,
  type ProductUpsert,
  type WriteOperation,
  type Written,
  type ConnectedStore,
} from '#contract';
import { anyJson } from '#kit';
import type { z } from 'zod';
import { after, checkedId, rejected } from '../record-calls.js';
import { createProduct, sendProduct } from './product-create.js';
import { PRODUCT_LOSSES, productBody, VARIANT_LOSSES, variantBody } from './product-input.js';
import { hasVariations, type WooProduct } from './product-schema.js';
import { findBySku, PRODUCTS, readProduct, wholeProduct } from './products.js';
import { trashCall } from './steps.js';

const inVariants = Object.fromEntries(
  Object.entries(VARIANT_LOSSES).map(([path, loss]) => [`variants[].${path}`, loss]),
);

export const createProducts: WriteOperation<ProductInput, Written<ProductRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'WooCommerce takes no idempotency key and cannot search for a reference; only a SKU keeps a product from being made twice.',
  },
  losses: { ...PRODUCT_LOSSES, ...VARIANT_LOSSES, ...inVariants },
  run: createProduct,
};

export const updateProducts: WriteOperation<ProductChange, Written<ProductRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields; a picture is only downloaded once more.' },
  losses: PRODUCT_LOSSES,
  async run(store, { productId, ...fields }) {
    const path = `${PRODUCTS}/${checkedId(productId, 'product')}`;
    const body = await productBody(store, fields);
    return wholeProduct(store, await sendProduct(store, { method: 'PUT', path, body }));
  },
};

export const deleteProducts: WriteOperation<z.output<typeof productDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What lies in the trash already is told apart from what was put there.' },
  losses: {},
  run: async (store, { productId }) => trashCall(store, `${PRODUCTS}/${checkedId(productId, 'product')}`),
};

export const upsertProducts: WriteOperation<ProductUpsert, Written<ProductRecord>> = {
  repeat: { kind: 'sameEffect', why: 'The second time the SKU is found, and the same is written again.' },
  losses: { ...PRODUCT_LOSSES, ...VARIANT_LOSSES },
  async run(store, input) {
    const [found, ...others] = await findBySku(store, input.sku);
    if (others.length > 0) {
      const ids = [found, ...others].map((item) => item?.record.id).join(', ');
      throw new GatewayError('conflict', `Several products have this SKU: ${ids}.`, {
        platform: { id: 'woocommerce' },
      });
    }
    if (found !== undefined) return changeFound(store, found, input);
    const { name } = input;
    if (name === undefined) throw rejected('Nothing has this SKU yet, and a new product needs a name.', 'name');
    return createProduct(store, { ...input, name });
  },
};

async function changeFound(
  store: ConnectedStore,
  { record: found }: Mapped<WooProduct>,
  input: ProductUpsert,
): Promise<Mapped<ProductRecord>> {
  const { sku: _sku, barcode, price, compareAtPrice, weight, tracked, ...fields } = input;
  const own = await variantBody(store, { barcode, price, compareAtPrice, weight, tracked }, found);
  if (hasVariations(found) && Object.keys(own).length > 0)
    throw rejected('This SKU is that of a product with variants, which has no price or stock of its own.', 'sku');
  if (found.type !== 'variation') {
    const body = { ...own, ...(await productBody(store, fields)) };
    return wholeProduct(store, await sendProduct(store, { method: 'PUT', path: `${PRODUCTS}/${found.id}`, body }));
  }
  const productId = found.parent_id ?? '';
  const shared = await productBody(store, fields);
  const path = `${PRODUCTS}/${checkedId(productId, 'product')}`;
  const variation = { method: 'PUT', path: `${path}/variations/${found.id}`, body: own } as const;
  if (Object.keys(own).length > 0) await store.http({ ...variation, effect: 'write', expect: anyJson });
  return after(`variant ${found.id} was changed`, async () => {
    if (Object.keys(shared).length > 0) await sendProduct(store, { method: 'PUT', path, body: shared });
    return wholeProduct(store, await readProduct(store, productId));
  });
}
