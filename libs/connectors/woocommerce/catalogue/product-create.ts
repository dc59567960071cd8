import {
  type ConnectedStore,
  GatewayError,
  type JsonValue,
  type Mapped,
  type ProductInput,
  type ProductRecord,
} from '#contract';
import { anyJson, mapOne } from '#kit';
import { z } from 'zod';
import { after, deleteCall, rejected } from '../record-calls.js';
import { type Body, kept, productBody, variantBody } from './product-input.js';
import { asPrinted, type WooProduct } from './product-schema.js';
import { PRODUCTS, readProduct, wholeProduct } from './products.js';
import { partError } from './steps.js';

/** A product without choices is made in one call. */
export async function createProduct(store: ConnectedStore, input: ProductInput): Promise<Mapped<ProductRecord>> {
  const { variants, ...fields } = input;
  if (variants !== undefined) return createVariable(store, fields, variants);
  const own = await variantBody(store, fields);
  const body = { type: 'simple', ...own, ...(await productBody(store, fields)) };
  return wholeProduct(store, await sendProduct(store, { method: 'POST', path: PRODUCTS, body }));
}

/** Creates or changes, and reads the answer as it was printed. */
export async function sendProduct(
  store: ConnectedStore,
  call: { readonly method: 'POST' | 'PUT'; readonly path: string; readonly body: Body },
): Promise<Mapped<WooProduct>> {
  const { data } = await store.http({ ...call, effect: 'write', expect: anyJson });
  const product = mapOne('woocommerce', 'products.get', data, asPrinted);
  // The platform changes it there, too.
  if (product.record.status !== 'trash') return product;
  throw new GatewayError('not_found', 'This product lies in the trash.', { platform: { id: 'woocommerce' } });
}

type Variants = NonNullable<ProductInput['variants']>;

/**
 * A product with choices takes several calls. It is a draft until the last of them, so that no shopper sees half of it;
 * where the shop refuses a variant, the draft is taken back.
 */
async function createVariable(
  store: ConnectedStore,
  fields: Omit<ProductInput, 'variants'>,
  variants: Variants,
): Promise<Mapped<ProductRecord>> {
  const { sku, barcode, ...shared } = fields;
  const attributes = attributesOf(variants);
  const parts: Body[] = [];
  for (const { options, ...own } of variants) {
    // What is said of the product holds for the variants that do not say otherwise.
    const { price, compareAtPrice, weight, tracked } = shared;
    const body = await variantBody(store, { price, compareAtPrice, weight, tracked, ...own });
    parts.push({ ...body, attributes: options.map(({ name, value }) => ({ name, option: value })) });
  }
  const own = await variantBody(store, { sku, barcode });
  const body = { ...own, ...(await productBody(store, shared)), type: 'variable', status: 'draft', attributes };
  const { id } = (await sendProduct(store, { method: 'POST', path: PRODUCTS, body })).record;
  const path = `${PRODUCTS}/${id}`;
  const left = `product ${id} was made as a draft`;
  const refused = await after(left, () => addVariations(store, path, parts));
  if (refused !== undefined) await takeBack(store, path, refused);
  const status = fields.status ?? 'active';
  if (status !== 'draft') {
    const wanted = await productBody(store, { status });
    await after(`${left} with all its variants`, () => sendProduct(store, { method: 'PUT', path, body: wanted }));
  }
  return after(`product ${id} was made with all its variants`, async () =>
    wholeProduct(store, await readProduct(store, id)),
  );
}

/** Values of one attribute are kept in one text with `|` between them. */
export const checkOption = (text: string, path: string): string => kept(text, path, /\|/);

function attributesOf(variants: Variants): JsonValue[] {
  const values = new Map<string, Set<string>>();
  const chosen = new Set<string>();
  for (const { options } of variants) {
    const choice = JSON.stringify([...options].sort((left, right) => (left.name < right.name ? -1 : 1)));
    if (chosen.has(choice)) throw rejected('Two variants have the same options.', 'variants');
    chosen.add(choice);
    if (new Set(options.map(({ name }) => name)).size !== options.length)
      throw rejected('A variant names an option twice.', 'variants[].options');
    for (const { name, value } of options) {
      const of = values.get(checkOption(name, 'variants[].options[].name')) ?? new Set();
      values.set(name, of.add(checkOption(value, 'variants[].options[].value')));
    }
  }
  const attribute = ([name, options]: [string, Set<string>], position: number): JsonValue => ({
    name,
    position,
    visible: true,
    variation: true,
    options: [...options],
  });
  return [...values].map(attribute);
}

const failure = z.object({ error: anyJson });
const status = z.object({ data: z.object({ status: z.int() }) });
const answers = z.object({ create: z.array(anyJson) });
// A slow shop needs minutes for a hundred (fact sheet, 8).
const BATCH = 25;

/** @returns why the shop refused one of them */
async function addVariations(
  store: ConnectedStore,
  product: string,
  parts: readonly Body[],
): Promise<GatewayError | undefined> {
  for (let from = 0; from < parts.length; from += BATCH) {
    const create = parts.slice(from, from + BATCH);
    const path = `${product}/variations/batch`;
    const { data } = await store.http({ method: 'POST', path, body: { create }, effect: 'write', expect: answers });
    for (const part of data.create) {
      const failed = failure.safeParse(part).data?.error;
      if (failed !== undefined) return partError(failed, status.safeParse(failed).data?.data.status ?? 400);
    }
    if (data.create.length !== create.length)
      throw new GatewayError(
        'platform_contract_broken',
        'woocommerce answered a batch with fewer parts than it was sent.',
      );
  }
  return undefined;
}

async function takeBack(store: ConnectedStore, product: string, refused: GatewayError): Promise<never> {
  await after(`${refused.message}, and ${product} stays as a draft`, () =>
    deleteCall(store, product, { isCleaning: true }),
  );
  throw new GatewayError(refused.code, `${refused.message}. Nothing of the product is left.`, refused.context);
}
