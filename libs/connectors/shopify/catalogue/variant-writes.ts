import {
  type VariantChange,
  type VariantInput,
  type VariantRecord,
  type WriteOperation,
  type Written,
  variantDeletion,
} from '#contract';
import { z } from 'zod';
import { globalId } from '../global-id.js';
import { mutate } from '../mutate.js';
import { given } from '../order-input.js';
import { VARIANTS_CREATE, VARIANTS_DELETE, VARIANTS_UPDATE } from './product-documents.js';
import { oneVariant } from './products.js';
import { readOne } from './read-one.js';
import { optionValues, requireVariant, variantFields } from './variant-input.js';

const answer = z.object({ productVariants: z.tuple([z.object({ id: z.string() })], z.unknown()) });

/**
 * The options have to be those of the product. The one variant of a product without choices goes, when the first of its
 * own is added (schema: `ProductVariantsBulkCreateStrategy.DEFAULT`).
 */
export const createVariant: WriteOperation<VariantInput, Written<VariantRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'Shopify refuses a second variant of the same options, but cannot tell who made the first.',
  },
  losses: {},
  async run(store, { productId, ...fields }) {
    requireVariant(store, 'variants.create', fields);
    const { productVariants } = await mutate(store, {
      operation: 'variants.create',
      document: VARIANTS_CREATE,
      root: 'productVariantsBulkCreate',
      variables: {
        productId: globalId('Product', productId),
        variants: [given({ ...variantFields(fields), optionValues: optionValues(fields.options) })],
      },
      answer,
    });
    return readOne(store, 'variants.create', oneVariant, productVariants[0].id);
  },
};

export const updateVariant: WriteOperation<VariantChange, Written<VariantRecord>> = {
  repeat: { kind: 'sameEffect', why: 'Every field is set.' },
  losses: {},
  async run(store, { productId, variantId, ...fields }) {
    requireVariant(store, 'variants.update', fields);
    const id = globalId('ProductVariant', variantId);
    await mutate(store, {
      operation: 'variants.update',
      document: VARIANTS_UPDATE,
      root: 'productVariantsBulkUpdate',
      variables: {
        productId: globalId('Product', productId),
        variants: [given({ id, ...variantFields(fields), optionValues: optionValues(fields.options) })],
      },
      answer,
    });
    return readOne(store, 'variants.update', oneVariant, id);
  },
};

export const deleteVariant: WriteOperation<z.output<typeof variantDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'A variant that is gone stays gone.' },
  losses: {},
  async run(store, { productId, variantId }) {
    await mutate(store, {
      operation: 'variants.delete',
      document: VARIANTS_DELETE,
      root: 'productVariantsBulkDelete',
      variables: { productId: globalId('Product', productId), ids: [globalId('ProductVariant', variantId)] },
      answer: z.object({ product: z.object({ id: z.string() }) }),
    });
    return null;
  },
};
