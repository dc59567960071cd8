import {
  type ConnectedStore,
  GatewayError,
  type JsonValue,
  type Losses,
  type ProductChange,
  type ProductInput,
  type ProductRecord,
  type ProductUpsert,
  type WriteOperation,
  type Written,
  productDeletion,
} from '#contract';
import { z } from 'zod';
import { afterFirst } from '../change-order.js';
import { globalId } from '../global-id.js';
import { mutate } from '../mutate.js';
import { reject } from '../order-input.js';
import { HANDLE_LOSS } from './category-writes.js';
import { skuHolders } from './find-sku.js';
import { PRODUCT_DELETE, PRODUCT_SET, VARIANTS_UPDATE } from './product-documents.js';
import { hasVariantFields, newProduct, productFields, requireProduct } from './product-input.js';
import { oneProduct } from './products.js';
import { readOne } from './read-one.js';
import { variantFields } from './variant-input.js';

type Product = Written<ProductRecord>;

const LOSSES: Losses = {
  handle: HANDLE_LOSS,
  'images[].url': {
    fate: 'changed',
    why: 'Shopify fetches each image a little later, and serves it from an address of its own.',
  },
};

/**
 * One call makes product, options, variants and all else, or nothing at all; `productCreate` would need a second one for
 * its variants. What is new is on no sales channel yet, whatever its status: that is for the merchant to decide.
 */
export const createProduct: WriteOperation<ProductInput, Product> = {
  repeat: {
    kind: 'undecidable',
    why: 'Shopify takes no idempotency key for products, and its search finds a new one only after some seconds.',
  },
  losses: LOSSES,
  async run(store, input) {
    requireProduct(store, 'products.create', input);
    return create(store, 'products.create', input);
  },
};

export const updateProduct: WriteOperation<ProductChange, Product> = {
  repeat: { kind: 'sameEffect', why: 'Every field is set, and lists are replaced.' },
  losses: LOSSES,
  async run(store, { productId, ...input }) {
    requireProduct(store, 'products.update', input);
    const id = globalId('Product', productId);
    await productSet(store, 'products.update', productFields(input), id);
    return readOne(store, 'products.update', oneProduct, id);
  },
};

export const upsertProduct: WriteOperation<ProductUpsert, Product> = {
  repeat: {
    kind: 'undecidable',
    why: 'The search for the SKU finds a new product only after some seconds: sent twice, it could make two.',
  },
  losses: LOSSES,
  async run(store, input) {
    requireProduct(store, 'products.upsertBySku', input);
    const [found, another] = await skuHolders(store, input.sku);
    if (found === undefined) {
      const { name } = input;
      if (name === undefined)
        throw reject(
          'products.upsertBySku',
          'name',
          'The shop has no product with this SKU, and a new one needs a name',
        );
      return create(store, 'products.upsertBySku', { ...input, name });
    }
    if (another === undefined) return change(store, input, found);
    const [first, second] = [found, another].map(({ id, productId }) => `${id} of ${productId}`);
    throw new GatewayError('conflict', `The shop has this SKU more than once: ${first}, and ${second}`, {
      platform: { id: 'shopify' },
      operation: 'products.upsertBySku',
    });
  },
};

async function change(
  store: ConnectedStore,
  { sku, ...input }: ProductUpsert,
  { id, productId }: { readonly id: string; readonly productId: string },
): Promise<Product> {
  const operation = 'products.upsertBySku';
  const fields = productFields(input);
  const changed = Object.keys(fields).length > 0;
  if (changed) await productSet(store, operation, fields, productId);
  if (hasVariantFields(input)) {
    await mutate(store, {
      operation,
      document: VARIANTS_UPDATE,
      root: 'productVariantsBulkUpdate',
      variables: { productId, variants: [{ id, ...variantFields(input) }] },
      answer: z.object({ productVariants: z.array(z.unknown()).min(1) }),
    }).catch((error: unknown) => {
      throw changed ? afterFirst(`the product of ${sku} was changed, its variant was not`, error) : error;
    });
  }
  return readOne(store, operation, oneProduct, productId);
}

async function create(store: ConnectedStore, operation: string, input: ProductInput): Promise<Product> {
  const { product } = await productSet(store, operation, newProduct(input));
  return readOne(store, operation, oneProduct, product.id);
}

async function productSet(store: ConnectedStore, operation: string, input: JsonValue, id?: string) {
  return mutate(store, {
    operation,
    document: PRODUCT_SET,
    root: 'productSet',
    variables: { input, identifier: id === undefined ? null : { id } },
    answer: z.object({ product: z.object({ id: z.string() }) }),
  });
}

export const deleteProduct: WriteOperation<z.output<typeof productDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'A product that is gone stays gone.' },
  losses: {},
  async run(store, { productId }) {
    await mutate(store, {
      operation: 'products.delete',
      document: PRODUCT_DELETE,
      root: 'productDelete',
      variables: { input: { id: globalId('Product', productId) } },
      answer: z.object({ deletedProductId: z.string() }),
    });
    return null;
  },
};
