import {
  type ConnectedStore,
  GatewayError,
  type Mapped,
  type ProductChange,
  type productDeletion,
  type ProductInput,
  type ProductRecord,
  type ProductUpsert,
  type WriteOperation,
  type Written,
} from '#contract';
import { z } from 'zod';
import {
  after,
  type Body,
  deleteAt,
  inOurWords,
  type RecordNumber,
  recordNumber,
  rejected,
  writeRow,
} from '../record-calls.js';
import { createProduct, NEW_PRODUCT_LOSSES } from './product-create.js';
import { OUR_WORDS, PRODUCT_LOSSES, productBody, type ProductFields, VARIANT_LOSSES } from './product-input.js';
import { replaceImages } from './product-images.js';
import type { PlatformProduct } from './product-schema.js';
import { holdersOfSku, printedProduct, PRODUCTS, wholeProduct } from './products.js';
import { changeVariant } from './variant-writes.js';

export const createProducts: WriteOperation<ProductInput, Written<ProductRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'BigCommerce takes no idempotency key and keeps no reference; a second product of the same name or SKU is refused, but nothing tells who made the first.',
  },
  losses: NEW_PRODUCT_LOSSES,
  run: createProduct,
};

export const updateProducts: WriteOperation<ProductChange, Written<ProductRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields; pictures are only downloaded once more.' },
  losses: PRODUCT_LOSSES,
  async run(store, { productId, ...fields }) {
    const product = recordNumber(productId, 'product');
    await changeProduct(store, product, fields);
    return after(`product ${product} was changed`, () => wholeProduct(store, product));
  },
};

async function changeProduct(store: ConnectedStore, product: RecordNumber, fields: ProductFields): Promise<void> {
  const { images, status } = fields;
  const isShown = status === 'active' || status === 'draft';
  const current = isShown || images !== undefined ? await printedProduct(store, product) : undefined;
  const body = { ...productBody(fields), ...(isShown && availabilityAgain(current)) };
  if (Object.keys(body).length > 0) await sendProduct(store, product, body);
  if (current === undefined || images === undefined) return;
  await after(`product ${product} was changed`, () => replaceImages(store, product, current.images, images));
}

/** Only of what was archived: a product that can be ordered before it is there stays so. */
function availabilityAgain(current: PlatformProduct | undefined): Body {
  return current?.availability === 'disabled' ? { availability: 'available' } : {};
}

export async function sendProduct(store: ConnectedStore, product: RecordNumber, body: Body): Promise<void> {
  await inOurWords(OUR_WORDS, () => writeRow(store, 'PUT', `${PRODUCTS}/${product}`, body));
}

export const deleteProducts: WriteOperation<z.output<typeof productDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What is gone stays gone.' },
  losses: {},
  run: async (store, { productId }) => deleteAt(store, PRODUCTS, recordNumber(productId, 'product')),
};

export const upsertProducts: WriteOperation<ProductUpsert, Written<ProductRecord>> = {
  repeat: { kind: 'sameEffect', why: 'The second time the SKU is found, and the same is written again.' },
  losses: { ...PRODUCT_LOSSES, ...VARIANT_LOSSES },
  async run(store, input) {
    const [found, another] = await holdersOfSku(store, input.sku);
    if (another !== undefined)
      throw new GatewayError('conflict', 'Several variants have this SKU.', { platform: { id: 'bigcommerce' } });
    if (found !== undefined) return changeFound(store, found, input);
    const { name } = input;
    if (name === undefined) throw rejected('Nothing has this SKU yet, and a new product needs a name.', 'name');
    return createProduct(store, { ...input, name });
  },
};

/** The variant first: if it is refused, nothing of the product was changed. */
async function changeFound(
  store: ConnectedStore,
  { variantId, productId }: { readonly variantId: string; readonly productId: string },
  input: ProductUpsert,
): Promise<Mapped<ProductRecord>> {
  const { sku: _sku, barcode, price, compareAtPrice, weight, tracked, ...fields } = input;
  const product = recordNumber(productId, 'product');
  const place = { product, variant: recordNumber(variantId, 'variant') };
  await changeVariant(store, place, { barcode, price, compareAtPrice, weight, tracked });
  return after(`variant ${variantId} was changed`, async () => {
    await changeProduct(store, product, fields);
    return wholeProduct(store, product);
  });
}
