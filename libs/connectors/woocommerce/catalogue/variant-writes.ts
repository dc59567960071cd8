import {
  type ConnectedStore,
  type JsonValue,
  type VariantChange,
  type variantDeletion,
  type VariantInput,
  type VariantRecord,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson, mapOne } from '#kit';
import type { z } from 'zod';
import { decodeEntities } from '../entities.js';
import { after, bodyOf, checkedId, deleteCall, readOne, rejected } from '../record-calls.js';
import { mapVariation } from './map-product.js';
import { checkOption, sendProduct } from './product-create.js';
import { type Body, pricesDepend, VARIANT_LOSSES, variantBody } from './product-input.js';
import { hasVariations, identify, type WooAttribute, type WooProduct, wooVariation } from './product-schema.js';
import { PRODUCTS, readProduct, variationAsPrinted } from './products.js';
import { onlyVariantReading } from './variants.js';
import { findWeightUnit } from './weight.js';

export const createVariants: WriteOperation<VariantInput, Written<VariantRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'WooCommerce takes no idempotency key, and a product may have several variants with the same options.',
  },
  losses: VARIANT_LOSSES,
  async run(store, { productId, options, ...fields }) {
    const product = (await readProduct(store, productId)).record;
    if (!hasVariations(product))
      throw rejected('This product was made without options; variants need a product that has some.', 'productId');
    const own = await variantBody(store, fields);
    const chosen = await chooseOptions(store, product, options);
    const path = `${PRODUCTS}/${product.id}/variations`;
    const send = () => sendVariation(store, 'POST', path, product.id, { ...own, attributes: chosen.attributes });
    return chosen.isNew ? after(`the options of product ${product.id} were added to`, send) : send();
  },
};

export const updateVariants: WriteOperation<VariantChange, Written<VariantRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields.' },
  losses: VARIANT_LOSSES,
  async run(store, { productId, variantId, options, ...fields }) {
    if (productId === variantId) return changeOnlyVariant(store, productId, options, fields);
    const product = checkedId(productId, 'product');
    const place = { path: `${PRODUCTS}/${product}/variations`, what: 'variant', reading: variationAsPrinted };
    const current = pricesDepend(fields) ? (await readOne(store, place, variantId)).record : UNPRICED;
    const own = await variantBody(store, fields, current);
    const path = `${place.path}/${checkedId(variantId, 'variant')}`;
    if (options === undefined) return sendVariation(store, 'PUT', path, product, own);
    const chosen = await chooseOptions(store, (await readProduct(store, product)).record, options);
    const send = () => sendVariation(store, 'PUT', path, product, { ...own, attributes: chosen.attributes });
    return chosen.isNew ? after(`the options of product ${product} were added to`, send) : send();
  },
};

/** Nothing of it counts where both prices are written. */
const UNPRICED = { price: null, regular_price: null, on_sale: false };

async function changeOnlyVariant(
  store: ConnectedStore,
  productId: string,
  options: VariantChange['options'],
  fields: Omit<VariantChange, 'productId' | 'variantId' | 'options'>,
): Promise<Written<VariantRecord>> {
  const product = (await readProduct(store, productId)).record;
  if (hasVariations(product)) throw rejected('This is the id of a product, not of one of its variants.', 'variantId');
  if (options !== undefined) throw rejected('This product was made without options.', 'options');
  const body = await variantBody(store, fields, product);
  const { record, raw } = await sendProduct(store, { method: 'PUT', path: `${PRODUCTS}/${productId}`, body });
  const terms = await termsFor(store, record);
  return mapOne('woocommerce', 'variants', raw, onlyVariantReading(terms));
}

export const deleteVariants: WriteOperation<z.output<typeof variantDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What is gone stays gone.' },
  losses: {},
  async run(store, { productId, variantId }) {
    if (productId === variantId)
      throw rejected('A product without options is its own only variant: delete the product.', 'variantId');
    const product = checkedId(productId, 'product');
    return deleteCall(store, `${PRODUCTS}/${product}/variations/${checkedId(variantId, 'variant')}`);
  },
};

async function sendVariation(
  store: ConnectedStore,
  method: 'POST' | 'PUT',
  path: string,
  productId: string,
  body: Body,
): Promise<Written<VariantRecord>> {
  const { data: raw } = await store.http({ method, path, body, effect: 'write', expect: anyJson });
  const printed = mapOne('woocommerce', 'variants', raw, variationAsPrinted).record;
  const terms = await termsFor(store, printed);
  const map = () => mapVariation(printed, productId, terms);
  return mapOne('woocommerce', 'variants', raw, { schema: wooVariation, map, identify });
}

async function termsFor(store: ConnectedStore, { weight }: Pick<WooProduct, 'weight'>) {
  return { currency: store.currency, weightUnit: weight === null ? null : await findWeightUnit(store) };
}

type Options = VariantInput['options'];

/** Options for a variation; a value that its product does not have yet is added to the product first. */
async function chooseOptions(
  store: ConnectedStore,
  product: WooProduct,
  options: Options,
): Promise<{ readonly attributes: JsonValue[]; readonly isNew: boolean }> {
  const chosen = options.map((option) => ({ ...option, attribute: attributeNamed(product, option) }));
  const attributes = chosen.map(({ attribute, value }) =>
    bodyOf({ ...idOrName(attribute), option: valueIn(attribute, value) ?? value }),
  );
  const isNew = chosen.some(({ attribute, value }) => valueIn(attribute, value) === undefined);
  if (isNew) {
    const body = {
      attributes: product.attributes.map((attribute) => {
        const added = chosen.filter(
          (one) => one.attribute === attribute && valueIn(attribute, one.value) === undefined,
        );
        return attributeBody(
          attribute,
          added.map(({ value }) => value),
        );
      }),
    };
    await sendProduct(store, { method: 'PUT', path: `${PRODUCTS}/${product.id}`, body });
  }
  return { attributes, isNew };
}

function attributeNamed({ attributes }: WooProduct, { name, value }: Options[number]): WooAttribute {
  checkOption(value, 'options[].value');
  const found = attributes.find((attribute) => attribute.variation && decodeEntities(attribute.name) === name);
  if (found !== undefined) return found;
  throw rejected(`The product has no option ${JSON.stringify(name)} to choose from.`, 'options[].name');
}

/** The value as the product spells it. */
function valueIn({ options }: WooAttribute, value: string): string | undefined {
  return options.find((option) => decodeEntities(option) === value);
}

/** Attributes of the whole shop go by their id, those of one product by their name. */
function idOrName({ id, name }: WooAttribute): Body {
  return id === null ? { name } : { id: Number(id) };
}

/** All of an attribute: the platform replaces what it is sent. */
function attributeBody(attribute: WooAttribute, added: readonly string[]): JsonValue {
  const { position, visible, variation, options } = attribute;
  return bodyOf({
    ...idOrName(attribute),
    position: position ?? undefined,
    visible,
    variation,
    options: [...options, ...new Set(added)],
  });
}
