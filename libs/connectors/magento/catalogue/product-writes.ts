import {
  type ConnectedStore,
  emulated,
  GatewayError,
  type Mapped,
  type ProductChange,
  type productDeletion,
  type ProductInput,
  type ProductRecord,
  type ProductUpsert,
  type WriteAttempt,
  type WriteOperation,
  type Written,
} from '#contract';
import type { z } from 'zod';
import { rejected } from '../record-calls.js';
import { createConfigurable } from './configurable-create.js';
import { findBySkus, searchedProduct } from './find-products.js';
import { checkedSku, PRODUCT_LOSSES, productBody, VARIANT_LOSSES, writingFor } from './product-input.js';
import { isConfigurable, type MagentoProduct } from './product-schema.js';
import { wholeProduct } from './products.js';
import { asNamed, deleteProduct, sendProduct } from './send-product.js';
import { checkFree, NEW, VISIBLE } from './new-product.js';

const inVariants = Object.fromEntries(
  Object.entries(VARIANT_LOSSES).map(([path, loss]) => [`variants[].${path}`, loss]),
);

export const createProducts: WriteOperation<ProductInput, Written<ProductRecord>> = emulated(
  {
    repeat: {
      kind: 'undecidable',
      why: 'The SKU keeps a product from being made twice, but nothing tells whether an earlier try or somebody else has made it.',
    },
    losses: { ...PRODUCT_LOSSES, ...VARIANT_LOSSES, ...inVariants },
    async run(store: ConnectedStore, input: ProductInput, attempt: WriteAttempt) {
      const { variants, ...fields } = input;
      if (variants === undefined) return createSimple(store, fields, attempt);
      return wholeProduct(store, await createConfigurable(store, fields, variants, attempt));
    },
  },
  'Magento changes what has the SKU already, so it is looked for first: a product that somebody else makes at that very moment is changed all the same. Each variant takes a call of its own.',
);

async function createSimple(
  store: ConnectedStore,
  fields: Omit<ProductInput, 'variants'>,
  { reference }: WriteAttempt,
  check: typeof checkFree = checkFree,
): Promise<Written<ProductRecord>> {
  const writing = await writingFor(store, [fields]);
  // No product is without one.
  const sku = checkedSku(fields.sku ?? reference);
  const body = productBody({ ...fields, sku }, writing, { ...NEW, ...VISIBLE, type_id: 'simple' });
  await check(store, [sku]);
  return wholeProduct(store, await sendProduct(store, body), writing.terms);
}

export const updateProducts: WriteOperation<ProductChange, Written<ProductRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields.' },
  losses: PRODUCT_LOSSES,
  async run(store, { productId, ...fields }) {
    const { record: current } = await searchedProduct(store, productId);
    return changeProduct(store, current, fields);
  },
};

export const deleteProducts: WriteOperation<z.output<typeof productDeletion>, null> = emulated(
  {
    repeat: { kind: 'sameEffect', why: 'What is gone stays gone.' },
    losses: {},
    // The variants of a configurable product are products of their own, and stay.
    run: async (store: ConnectedStore, { productId }: z.output<typeof productDeletion>) =>
      deleteProduct(store, (await searchedProduct(store, productId)).record),
  },
  'Magento deletes by the SKU in an address: a product whose SKU may not stand there is renamed first, and named back where it then stays. The variants of a product are products of their own, and stay.',
);

export const upsertProducts: WriteOperation<ProductUpsert, Written<ProductRecord>> = {
  repeat: { kind: 'sameEffect', why: 'The second time the SKU is found, and the same is written again.' },
  losses: { ...PRODUCT_LOSSES, ...VARIANT_LOSSES },
  async run(store, input, attempt) {
    const found = (await findBySkus(store, [input.sku])).map(({ record }) => record);
    const same = found.find(({ sku }) => sku === input.sku);
    if (same !== undefined) return changeProduct(store, same, input);
    // What differs in case alone is the same to the platform, which would change that product.
    if (found[0] !== undefined) throw taken(found[0]);
    const { name } = input;
    if (name === undefined) throw rejected('Nothing has this SKU yet, and a new product needs a name.', 'name');
    return createSimple(store, { ...input, name }, attempt, FOUND_FREE);
  },
};

// It was looked for just now.
const FOUND_FREE = async () => undefined;

async function changeProduct(
  store: ConnectedStore,
  current: MagentoProduct,
  fields: Partial<ProductUpsert>,
): Promise<Mapped<ProductRecord>> {
  if (isConfigurable(current) && [fields.price, fields.compareAtPrice].some((price) => price !== undefined))
    throw rejected('This SKU is that of a product with variants, which has no price of its own.', 'price');
  const writing = await writingFor(store, [fields], current);
  const body = { ...productBody(fields, writing), ...asNamed(current) };
  return wholeProduct(store, await sendProduct(store, body), writing.terms);
}

function taken({ id, sku }: MagentoProduct): GatewayError<'conflict'> {
  return new GatewayError('conflict', `Product ${id} has the SKU ${sku}, which is the same to Magento.`, {
    platform: { id: 'magento' },
  });
}
