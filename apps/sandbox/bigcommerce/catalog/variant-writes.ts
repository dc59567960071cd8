import { z } from 'zod';
import { iso } from '../amounts.js';
import { noContent, ok, RestFailure, type Answer, type Call, type Endpoint } from '../rest/answer.js';
import { v3One } from '../rest/paging.js';
import { readV3 } from '../rest/read-body.js';
import type { Product, Rows, Variant } from '../state/rows.js';
import { makeVariant } from './make-product.js';
import { optionsOf, variantBody } from './product-body.js';
import { productIn, variantIn } from './product-reads.js';
import { variantsOf, writeLevel } from './stock.js';

const WRITE = ['store_v2_products'];
/** docs: at most 50 variants in one call, 600 of a product. */
const MOST_IN_BATCH = 50;
const MOST_OF_PRODUCT = 600;

const amount = z.number().min(0).nullable();
const optionValue = z.object({
  id: z.number().int().exactOptional(),
  option_id: z.number().int().exactOptional(),
  label: z.string().exactOptional(),
  option_display_name: z.string().exactOptional(),
});
const fields = {
  sku: z.string().max(255),
  price: amount,
  sale_price: amount,
  retail_price: amount,
  cost_price: amount,
  map_price: amount,
  weight: amount,
  upc: z.string().nullable(),
  gtin: z.string(),
  mpn: z.string(),
  purchasing_disabled: z.boolean(),
  bin_picking_number: z.string(),
  inventory_level: z.number().int().min(0),
  inventory_warning_level: z.number().int().min(0),
};
const changes = z.object(fields).partial();
export const variantInput = changes.extend({ sku: fields.sku, option_values: z.array(optionValue).min(1) });
type VariantInput = z.infer<typeof variantInput>;

/** The option and value somebody means, by id or by name; names are made when the variant comes with its product. */
function valueOf(
  { data }: Call,
  product: Product,
  wanted: z.infer<typeof optionValue>,
  make: boolean,
): Variant['option_values'][number] {
  const { options } = data.tables;
  const name = wanted.option_display_name ?? '';
  const known = optionsOf(data, product.id).find((one) => one.id === wanted.option_id || one.display_name === name);
  if (known === undefined && !make) throw new RestFailure(422, 'Unknown option.', { option_values: 'unknown option' });
  const blank = { type: 'dropdown', config: {}, sort_order: 0, option_values: [] };
  const id = known?.id ?? options.nextId();
  const option =
    known ?? options.put({ id, product_id: product.id, name: `${name}${id}`, display_name: name, ...blank });
  const has = option.option_values.find((one) => one.id === wanted.id || one.label === wanted.label);
  if (has === undefined && !make)
    throw new RestFailure(422, 'Unknown option value.', { option_values: 'unknown value' });
  const place = option.option_values.length;
  const value = has ?? {
    id: option.id * 100 + place,
    label: wanted.label ?? '',
    sort_order: place,
    value_data: null,
    is_default: false,
  };
  if (has === undefined) options.put({ ...option, option_values: [...option.option_values, value] });
  return { id: value.id, label: value.label, option_id: option.id, option_display_name: option.display_name };
}

function refuseTaken({ data }: Call, sku: string | undefined, self: number): void {
  if (sku === undefined || sku === '') return;
  const taken = data.tables.variants.where((one) => one.id !== self && one.sku === sku).length > 0;
  if (taken) throw new RestFailure(409, `The SKU ${sku} is in use`);
}

function add(call: Call, product: Product, given: VariantInput, make: boolean): Variant {
  const { data, emit } = call;
  if (variantsOf(data, product.id).length >= MOST_OF_PRODUCT) throw new RestFailure(422, 'Too many variants.');
  refuseTaken(call, given.sku, 0);
  const { option_values: wanted, inventory_level: level, ...plain } = given;
  const values = wanted.map((one) => valueOf(call, product, one, make));
  const key = (list: Variant['option_values']): string =>
    list
      .map(({ id }) => id)
      .toSorted((a, b) => a - b)
      .join();
  if (
    variantsOf(data, product.id).some((one) => one.option_values.length > 0 && key(one.option_values) === key(values))
  ) {
    throw new RestFailure(409, 'A variant with these options exists.');
  }
  // The variant of a product without options makes room for the first real one.
  data.tables.variants.remove((one) => one.product_id === product.id && one.option_values.length === 0);
  const id = data.tables.variants.nextId();
  const shape = { ...plain, id, product_id: product.id, option_values: values };
  const variant = data.tables.variants.put(makeVariant(shape as unknown as Parameters<typeof makeVariant>[0]));
  emit('store/sku/created', { type: 'sku', id, sku: { product_id: product.id, variant_id: id } });
  if (level !== undefined) writeLevel(data, id, level, emit);
  return variant;
}

/** Variants that come with their product, options and all. */
export function makeVariantsFrom(call: Call, product: Product, given: readonly VariantInput[]): void {
  for (const one of given) add(call, product, one, true);
}

function change(call: Call, before: Variant, { inventory_level: level, ...given }: z.infer<typeof changes>): Variant {
  const { data, now, emit } = call;
  refuseTaken(call, given.sku, before.id);
  const variant = data.tables.variants.put({ ...before, ...given } as Variant);
  const product = data.tables.products.find(variant.product_id);
  if (product !== undefined) data.tables.products.put({ ...product, date_modified: iso(now, '+00:00') });
  const sku = { product_id: variant.product_id, variant_id: variant.id };
  emit('store/sku/updated', { type: 'sku', id: variant.id, sku });
  emit('store/product/updated', { type: 'product', id: variant.product_id });
  if (level !== undefined) writeLevel(data, variant.id, level, emit);
  return variant;
}

function updateBatch(call: Call): Answer {
  const list = Array.isArray(call.body) ? call.body : [];
  if (list.length > MOST_IN_BATCH) throw new RestFailure(413, 'Too many variants.');
  const given = readV3(z.array(changes.extend({ id: z.number().int() })).min(1), call.body);
  const found = given.map(({ id, ...rest }) => ({ id, rest, before: call.data.tables.variants.find(id) }));
  // docs: all or nothing; each mistake is named.
  const missing = found.filter(({ before }) => before === undefined).map(({ id }) => [String(id), 'Variant not found']);
  if (missing.length > 0)
    throw new RestFailure(
      422,
      'One or more variants are invalid.',
      Object.fromEntries(missing) as Record<string, unknown>,
    );
  const updated = found.flatMap(({ before, rest }) => (before === undefined ? [] : [change(call, before, rest)]));
  return ok({ data: updated.map((variant) => variantBody(call.data, variant)), meta: {} });
}

const optionInput = z.object({
  display_name: z.string().min(1),
  type: z.string().default('dropdown'),
  sort_order: z.number().int().default(0),
  option_values: z.array(z.object({ label: z.string().min(1) }).loose()).default([]),
});

function createOption(call: Call): Answer {
  const { options } = call.data.tables;
  const product = productIn(call);
  const { option_values: values, ...given } = readV3(optionInput, call.body);
  if (optionsOf(call.data, product.id).some((one) => one.display_name === given.display_name)) {
    throw new RestFailure(409, 'The option name is in use.');
  }
  const id = options.nextId();
  const option: Rows['options'] = {
    ...{ id, product_id: product.id, name: `${given.display_name}${id}`, config: {}, ...given },
    option_values: values.map(({ label }, index) => ({
      ...{ id: id * 100 + index, label, sort_order: index, value_data: null, is_default: false },
    })),
  };
  return v3One(options.put(option));
}

const valueInput = z.object({ label: z.string().min(1), sort_order: z.number().int().default(0) });

function createValue(call: Call): Answer {
  const option = optionsOf(call.data, productIn(call).id).find(({ id }) => String(id) === call.params['optionId']);
  if (option === undefined) throw new RestFailure(404, 'The requested resource was not found.');
  const given = readV3(valueInput, call.body);
  if (option.option_values.some(({ label }) => label === given.label))
    throw new RestFailure(409, 'The option value is in use.');
  const id = Math.max(option.id * 100 - 1, ...option.option_values.map((value) => value.id)) + 1;
  const value = { id, value_data: null, is_default: false, ...given };
  call.data.tables.options.put({ ...option, option_values: [...option.option_values, value] });
  return v3One(value);
}

const PATH = '/v3/catalog/products/:id/variants';

/** Making, changing and deleting variants and their options. */
export const VARIANT_WRITES: readonly Endpoint[] = [
  {
    method: 'POST',
    path: PATH,
    scopes: WRITE,
    handle: (call) => v3One(variantBody(call.data, add(call, productIn(call), readV3(variantInput, call.body), false))),
  },
  {
    method: 'PUT',
    path: `${PATH}/:variantId`,
    scopes: WRITE,
    handle: (call) => v3One(variantBody(call.data, change(call, variantIn(call), readV3(changes, call.body)))),
  },
  {
    method: 'DELETE',
    path: `${PATH}/:variantId`,
    scopes: WRITE,
    handle(call) {
      const { id, product_id: productId } = variantIn(call);
      call.data.tables.variants.remove((one) => one.id === id);
      call.data.tables.stock.remove(({ variant_id: of }) => of === id);
      call.emit('store/sku/deleted', { type: 'sku', id, sku: { product_id: productId, variant_id: id } });
      return noContent;
    },
  },
  { method: 'PUT', path: '/v3/catalog/variants', scopes: WRITE, handle: updateBatch },
  { method: 'POST', path: '/v3/catalog/products/:id/options', scopes: WRITE, handle: createOption },
  {
    method: 'POST',
    path: '/v3/catalog/products/:id/options/:optionId/values',
    scopes: WRITE,
    handle: createValue,
  },
];
