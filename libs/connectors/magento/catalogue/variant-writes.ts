import {
  type ConnectedStore,
  emulated,
  GatewayError,
  type Mapped,
  type VariantChange,
  type variantDeletion,
  type VariantInput,
  type VariantRecord,
  type WriteAttempt,
  type WriteOperation,
  type Written,
} from '#contract';
import { mapOne } from '#kit';
import type { z } from 'zod';
import { rejected } from '../record-calls.js';
import { type Attribute, readAttributes } from './attributes.js';
import { type Choice, chooseAll } from './choose-options.js';
import { nameOf, variantBody, withChoice, withVariants } from './configurable-create.js';
import { readingFor, searchedProduct } from './find-products.js';
import { checkFree } from './new-product.js';
import { checkedSku, productBody, VARIANT_LOSSES, writingFor } from './product-input.js';
import { childIdsOf, isConfigurable, type MagentoProduct, optionsOf } from './product-schema.js';
import { asNamed, deleteProduct, sendProduct } from './send-product.js';
import { takeBack } from './steps.js';
import { childReading, onlyVariantReading } from './variants.js';

export const createVariants: WriteOperation<VariantInput, Written<VariantRecord>> = emulated(
  {
    repeat: {
      kind: 'undecidable',
      why: 'The SKU keeps a variant from being made twice, but nothing tells whether an earlier try or somebody else has made it.',
    },
    losses: VARIANT_LOSSES,
    async run(store: ConnectedStore, { productId, options, ...fields }: VariantInput, { reference }: WriteAttempt) {
      const { record: parent } = await searchedProduct(store, productId);
      if (!isConfigurable(parent))
        throw rejected('This product was made without options; variants need a product that has some.', 'productId');
      const writing = await writingFor(store, [fields]);
      const sku = checkedSku(fields.sku ?? reference);
      const { attributes, choice } = await chooseOptions(store, parent, options);
      if (choice.length < attributes.length) throw rejected('A variant needs a value for each option.', 'options');
      const own = { ...fields, sku, name: nameOf(parent.name, options) };
      await checkFree(store, [sku]);
      const child = await sendProduct(store, variantBody(own, writing, choice));
      try {
        await attach(store, parent, child.record, choice);
      } catch (error) {
        return takeBack('The variant', error, () => deleteProduct(store, child.record));
      }
      return asVariant(store, child, parent, writing.terms);
    },
  },
  'A variant is a product of its own in Magento: it is made, and then all variants of the product are written again with it. One that is added in between is detached, and stays as a product.',
);

/**
 * All variants of a product are sent, also those it has: who adds another one between our look at them and this call finds
 * it detached. It stays as a product.
 */
async function attach(store: ConnectedStore, parent: MagentoProduct, child: MagentoProduct, choice: Choice) {
  const options = optionsOf(parent).map(({ attribute_id: attributeId, label, position, values }) => {
    const chosen = choice.filter(({ attribute }) => attribute.id === attributeId).map(({ value }) => value);
    const numbers = new Set([...values.map((value) => value.value_index), ...chosen]);
    return {
      attribute_id: attributeId,
      label: label ?? '',
      position: position ?? 0,
      values: [...numbers].map((number) => ({ value_index: Number(number) })),
    };
  });
  const links = [...childIdsOf(parent), child.id].map(Number);
  await sendProduct(store, withVariants(asNamed(parent), options, links));
}

export const updateVariants: WriteOperation<VariantChange, Written<VariantRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields.' },
  losses: VARIANT_LOSSES,
  async run(store, { productId, variantId, options, ...fields }) {
    const { record: parent } = await searchedProduct(store, productId);
    const current = await variantOf(store, parent, variantId);
    if (options !== undefined && current.id === parent.id)
      throw rejected('This product was made without options.', 'options');
    const writing = await writingFor(store, [fields], current);
    const own = productBody(fields, writing);
    const choice = options === undefined ? [] : (await chooseOptions(store, parent, options)).choice;
    const changed = await sendProduct(store, { ...asNamed(current), ...withChoice(own, choice) });
    return asVariant(store, changed, parent, writing.terms);
  },
};

export const deleteVariants: WriteOperation<z.output<typeof variantDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What is gone stays gone.' },
  losses: {},
  async run(store, { productId, variantId }) {
    const { record: parent } = await searchedProduct(store, productId);
    if (productId === variantId && !isConfigurable(parent))
      throw rejected('A product without options is its own only variant: delete the product.', 'variantId');
    return deleteProduct(store, await variantOf(store, parent, variantId));
  },
};

/** @throws GatewayError `not_found` for a product that is no variant of this one */
async function variantOf(store: ConnectedStore, parent: MagentoProduct, variantId: string): Promise<MagentoProduct> {
  if (variantId === parent.id && !isConfigurable(parent)) return parent;
  if (childIdsOf(parent).includes(variantId)) return (await searchedProduct(store, variantId)).record;
  if (variantId === parent.id) throw rejected('This is the id of a product, not of one of its variants.', 'variantId');
  throw new GatewayError('not_found', 'The product has no such variant.', { platform: { id: 'magento' } });
}

interface Chosen {
  readonly attributes: readonly Attribute[];
  readonly choice: Choice;
}

/** Options by the names that the product gives to its attributes. */
async function chooseOptions(
  store: ConnectedStore,
  parent: MagentoProduct,
  options: VariantInput['options'],
): Promise<Chosen> {
  const known = await readAttributes(
    store,
    optionsOf(parent).map(({ attribute_id: attributeId }) => attributeId),
  );
  const named = optionsOf(parent).flatMap(({ attribute_id: attributeId, label }) => {
    const attribute = known.get(attributeId);
    return attribute === undefined ? [] : [[label ?? attribute.label ?? attribute.code, attribute] as const];
  });
  const byName = new Map(named);
  const unknown = options.find(({ name }) => !byName.has(name));
  if (unknown !== undefined)
    throw rejected(`The product has no option ${JSON.stringify(unknown.name)} to choose from.`, 'options[].name');
  const [choice = []] = await chooseAll(store, byName, [options]);
  return { attributes: [...known.values()], choice };
}

async function asVariant(
  store: ConnectedStore,
  { record, raw }: Mapped<MagentoProduct>,
  parent: MagentoProduct,
  terms: Parameters<typeof readingFor>[2],
): Promise<Written<VariantRecord>> {
  const reading = await readingFor(store, [record], terms, [parent]);
  const how = record.id === parent.id ? onlyVariantReading(reading) : childReading(parent, reading);
  return mapOne('magento', 'variants', raw, how);
}
