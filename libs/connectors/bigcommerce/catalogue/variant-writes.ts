import {
  type ConnectedStore,
  type Losses,
  type Mapped,
  type VariantChange,
  type variantDeletion,
  type VariantInput,
  type VariantRecord,
  type WriteOperation,
  type Written,
} from '#contract';
import { mapOne } from '#kit';
import { z } from 'zod';
import {
  after,
  type Body,
  broken,
  deleteAt,
  inOurWords,
  readRow,
  readRows,
  type RecordNumber,
  recordNumber,
  rejected,
  writeRow,
} from '../record-calls.js';
import { OUR_WORDS, VARIANT_LOSSES, variantBody, type VariantFields } from './product-input.js';
import { pricesOf } from './product-record.js';
import { asPrinted, identify, type PlatformVariant, platformVariant } from './product-schema.js';
import { PRODUCTS, termsFor, variantReading } from './products.js';
import { findWeightUnit } from './weight.js';

const CHANGE_LOSSES: Losses = {
  ...VARIANT_LOSSES,
  options: { fate: 'ignored', why: 'A BigCommerce variant keeps the options it was made with; make another one.' },
};

export const createVariants: WriteOperation<VariantInput, Written<VariantRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'BigCommerce takes no idempotency key; a second variant of the same options or SKU is refused, but nothing tells who made the first.',
  },
  losses: VARIANT_LOSSES,
  async run(store, { productId, options, ...fields }) {
    const product = recordNumber(productId, 'product');
    // Required, other than inside of a new product (product-variants_catalog.v3.yml).
    if (fields.sku === undefined) throw rejected('A variant that is added to a product needs a SKU.', 'sku');
    const shopWeight = fields.weight === undefined ? undefined : await findWeightUnit(store);
    const body = variantBody(store.currency, fields, shopWeight);
    const chosen = await chooseOptions(store, product, options);
    const path = `${PRODUCTS}/${product}/variants`;
    const send = () => writeRow(store, 'POST', path, { ...body, option_values: chosen.values });
    const raw = await inOurWords(OUR_WORDS, () =>
      chosen.isNew ? after(`the options of product ${product} were added to`, send) : send(),
    );
    const variant = recordNumber(identify(raw) ?? '', 'variant');
    return after(`variant ${variant} was made`, () => readVariant(store, { product, variant }));
  },
};

interface VariantPlace {
  readonly product: RecordNumber;
  readonly variant: RecordNumber;
}

const pathOf = ({ product, variant }: VariantPlace): string => `${PRODUCTS}/${product}/variants/${variant}`;

async function readVariant(store: ConnectedStore, place: VariantPlace): Promise<Mapped<VariantRecord>> {
  const raw = await readRow(store, pathOf(place));
  const product = await readRow(store, `${PRODUCTS}/${place.product}`);
  return mapOne('bigcommerce', 'variants', raw, variantReading(product, await termsFor(store, [raw])));
}

const variantAsPrinted = { schema: platformVariant, map: (variant: PlatformVariant) => variant, identify };

async function printedVariant(store: ConnectedStore, place: VariantPlace): Promise<PlatformVariant> {
  return mapOne('bigcommerce', 'variants', await readRow(store, pathOf(place)), variantAsPrinted).record;
}

export const updateVariants: WriteOperation<VariantChange, Written<VariantRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields.' },
  losses: CHANGE_LOSSES,
  async run(store, { productId, variantId, options: _options, ...fields }) {
    const place = { product: recordNumber(productId, 'product'), variant: recordNumber(variantId, 'variant') };
    await changeVariant(store, place, fields);
    return after(`variant ${place.variant} was changed`, () => readVariant(store, place));
  },
};

/** The one variant of a product without options is changed by its product, where the merchant sees it. */
export async function changeVariant(store: ConnectedStore, place: VariantPlace, fields: VariantFields): Promise<void> {
  if (Object.values(fields).every((field) => field === undefined)) return;
  const current = await printedVariant(store, place);
  const path = `${PRODUCTS}/${place.product}`;
  const isOnly = current.option_values.length === 0;
  const product = mapOne('bigcommerce', 'variants', await readRow(store, path), asPrinted).record;
  const { tracked, ...own } = fields;
  const shopWeight = own.weight === undefined ? undefined : await findWeightUnit(store);
  const body: Body = {
    ...variantBody(store.currency, own, shopWeight, pricesOf(current, product)),
    ...(isOnly && tracked !== undefined && { inventory_tracking: tracked ? 'product' : 'none' }),
  };
  if (Object.keys(body).length === 0) return;
  await inOurWords(OUR_WORDS, () => writeRow(store, 'PUT', isOnly ? path : pathOf(place), body));
}

export const deleteVariants: WriteOperation<z.output<typeof variantDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What is gone stays gone.' },
  losses: {},
  async run(store, { productId, variantId }) {
    const place = { product: recordNumber(productId, 'product'), variant: recordNumber(variantId, 'variant') };
    const { option_values: options } = await printedVariant(store, place);
    if (options.length === 0)
      throw rejected('A product without options is its own only variant: delete the product.', 'variantId');
    return deleteAt(store, `${PRODUCTS}/${place.product}/variants`, place.variant);
  },
};

const option = z.object({
  id: z.int().positive(),
  display_name: z.string(),
  option_values: z.array(z.object({ id: z.int(), label: z.string(), sort_order: z.int().nullish() })),
});
type Option = z.infer<typeof option>;
const madeValue = z.object({ id: z.int() });

/** Options for a variant, by their numbers; a value that its product does not have yet is added first. */
async function chooseOptions(store: ConnectedStore, product: RecordNumber, options: VariantInput['options']) {
  const path = `${PRODUCTS}/${product}/options`;
  const { rows } = await readRows(store, path, { limit: 250 });
  const known = rows.flatMap((raw) => option.safeParse(raw).data ?? []);
  if (known.length === 0)
    throw rejected('This product was made without options; variants need a product that has some.', 'productId');
  const chosen = options.map(({ name, value }) => ({ option: optionNamed(known, name), value }));
  const values: Body[] = [];
  let isNew = false;
  for (const { option: of, value } of chosen) {
    const found = of.option_values.find(({ label }) => label === value);
    isNew ||= found === undefined;
    values.push({ option_id: of.id, id: found?.id ?? (await addValue(store, path, of, value)) });
  }
  return { values, isNew };
}

function optionNamed(known: readonly Option[], name: string): Option {
  const found = known.find(({ display_name: own }) => own === name);
  if (found !== undefined) return found;
  throw rejected(`The product has no option ${JSON.stringify(name)} to choose from.`, 'options[].name');
}

async function addValue(
  store: ConnectedStore,
  path: string,
  { id, option_values: known }: Option,
  label: string,
): Promise<number> {
  const body = { label, sort_order: Math.max(-1, ...known.map(({ sort_order: order }) => order ?? 0)) + 1 };
  const raw = await inOurWords(OUR_WORDS, () => writeRow(store, 'POST', `${path}/${id}/values`, body));
  const made = madeValue.safeParse(raw).data;
  if (made === undefined) throw broken('a new value of an option without its number');
  return made.id;
}
