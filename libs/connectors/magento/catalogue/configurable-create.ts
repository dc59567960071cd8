import { type ConnectedStore, type JsonValue, type Mapped, type ProductInput, type WriteAttempt } from '#contract';
import { anyJson } from '#kit';
import { z } from 'zod';
import { rejected } from '../record-calls.js';
import { attributesNamed, type Choice, chooseAll, chosenAttributes, offered } from './choose-options.js';
import { checkFree, NEW, VISIBLE, WITHIN } from './new-product.js';
import { type Body, checkedSku, productBody, type VariantFields, type Writing, writingFor } from './product-input.js';
import type { MagentoProduct } from './product-schema.js';
import { deleteProduct, sendProduct } from './send-product.js';
import { takeBack } from './steps.js';

type Variants = NonNullable<ProductInput['variants']>;

/**
 * A product with choices takes a call for each variant, each a product that nobody finds by itself, and one for what holds
 * them together. What was made is deleted again when one is refused.
 */
export async function createConfigurable(
  store: ConnectedStore,
  fields: Omit<ProductInput, 'variants'>,
  variants: Variants,
  { reference }: WriteAttempt,
): Promise<Mapped<MagentoProduct>> {
  const names = namesOf(variants);
  const skus = variants.map(({ sku }, index) => checkedSku(sku ?? `${reference}-${index + 1}`));
  const sku = checkedSku(fields.sku ?? reference);
  if (new Set([sku, ...skus].map((one) => one.toLowerCase())).size <= skus.length)
    throw rejected('Each SKU must be another one; to Magento the product needs one as well.', 'variants[].sku');
  const writing = await writingFor(store, [fields, ...variants]);
  const body = productBody({ ...fields, ...NO_STOCK, sku }, writing);
  await checkFree(store, [sku, ...skus]);
  const attributes = await attributesNamed(store, names);
  const choices = await chooseAll(
    store,
    attributes,
    variants.map(({ options }) => options),
  );
  const made: MagentoProduct[] = [];
  try {
    for (const [index, variant] of variants.entries()) {
      const choice = choices[index] ?? [];
      const own = { ...variant, sku: skus[index] ?? '', name: nameOf(fields.name, variant.options) };
      made.push((await sendProduct(store, variantBody(own, writing, choice))).record);
    }
    const links = made.map(({ id }) => Number(id));
    const options = offered(attributes.values(), choices);
    return await sendProduct(
      store,
      withVariants({ ...body, ...NEW, ...VISIBLE, type_id: 'configurable' }, options, links),
    );
  } catch (error) {
    return takeBack('Its variants', error, async () => {
      for (const product of made) await deleteProduct(store, product);
    });
  }
}

// Those are of its variants.
const NO_STOCK = { price: undefined, compareAtPrice: undefined, weight: undefined, tracked: undefined };

function namesOf(variants: Variants): readonly string[] {
  const [first, ...others] = variants.map(({ options }) => options.map(({ name }) => name));
  const names = first ?? [];
  const isSame = (one: readonly string[]) => [...one].sort().join('\n') === [...names].sort().join('\n');
  if (new Set(names).size !== names.length || !others.every(isSame))
    throw rejected('All variants of a product must have the same options, each once.', 'variants[].options');
  return names;
}

export function nameOf(name: string, options: readonly { readonly value: string }[]): string {
  return [name, ...options.map(({ value }) => value)].join(' ').slice(0, 255);
}

/** A new variant. */
export function variantBody(
  { options: _options, ...fields }: VariantFields & { readonly name: string; readonly options?: unknown },
  writing: Writing,
  choice: Choice,
): Body {
  return withChoice(productBody(fields, writing, { ...NEW, ...WITHIN, type_id: 'simple' }), choice);
}

/** A body with a choice among its attributes. */
export function withChoice(body: Body, choice: Choice): Body {
  const chosen = Object.entries(chosenAttributes(choice)).map(([code, value]) => ({ attribute_code: code, value }));
  return chosen.length === 0
    ? body
    : { ...body, custom_attributes: [...listed.parse(body['custom_attributes']), ...chosen] };
}

const listed = z.array(anyJson).default([]);
const extension = z.record(z.string(), anyJson).default({});

/** A body that holds variants together. Options and links go together: with the one alone, the other is found wrong. */
export function withVariants(body: Body, options: JsonValue, links: readonly number[]): Body {
  const own = extension.parse(body['extension_attributes']);
  const together = { configurable_product_options: options, configurable_product_links: [...links] };
  return { ...body, extension_attributes: { ...own, ...together } };
}
