import { z } from 'zod';
import type { JsonValue } from '#contract';
import { iso } from '../amounts.js';
import { noContent, notFound, ok, RestFailure, type Answer, type Call, type Endpoint } from '../rest/answer.js';
import { filterRows } from '../rest/filters.js';
import { v3One } from '../rest/paging.js';
import { readV3 } from '../rest/read-body.js';
import { json, type Product } from '../state/rows.js';
import { makeImage, makeProduct, makeVariant, PRODUCT_FIELDS } from './make-product.js';
import { imagesOf, productBody } from './product-body.js';
import { productIn } from './product-reads.js';
import { baseVariant, writeLevel } from './stock.js';
import { makeVariantsFrom, variantInput } from './variant-writes.js';

const WRITE = ['store_v2_products'];
/** docs: at most ten products in one call. */
const MOST = 10;

const amount = z.number().min(0);
const imageInput = z.object({
  image_url: z.url().exactOptional(),
  description: z.string().exactOptional(),
  is_thumbnail: z.boolean().exactOptional(),
  sort_order: z.number().int().exactOptional(),
});
const fields = {
  name: z.string().min(1).max(250),
  type: z.enum(['physical', 'digital']),
  weight: amount,
  price: amount,
};
const optional = {
  sku: z.string().max(255),
  description: z.string(),
  sale_price: amount,
  retail_price: amount,
  cost_price: amount,
  map_price: amount,
  categories: z.array(z.number().int()).max(1_000),
  brand_id: z.number().int(),
  brand_name: z.string(),
  inventory_level: z.number().int().min(0),
  inventory_tracking: z.enum(['none', 'product', 'variant']),
  is_visible: z.boolean(),
  availability: z.enum(['available', 'disabled', 'preorder']),
  condition: z.enum(['New', 'Used', 'Refurbished']),
  custom_url: json,
  images: z.array(imageInput),
  variants: z.array(variantInput),
};
const createSchema = z.looseObject({ ...fields, ...z.object(optional).partial().shape });
const updateSchema = z.looseObject(z.object({ ...fields, ...optional }).partial().shape);
type Input = z.infer<typeof updateSchema>;

/** docs: 409 for a name or SKU in use. */
function refuseTaken({ data }: Call, { name, sku }: Input, self: number): void {
  const others = data.tables.products.where(({ id }) => id !== self);
  if (others.some((one) => one.name === name)) throw new RestFailure(409, 'The product name is a duplicate');
  const variants = data.tables.variants.where(({ product_id: id }) => id !== self);
  const taken = sku !== undefined && sku !== '' && [...others, ...variants].some((one) => one.sku === sku);
  if (taken) throw new RestFailure(409, 'The product sku is a duplicate');
}

const known = (given: Input): Record<string, JsonValue> =>
  Object.fromEntries(Object.entries(given).filter(([name]) => PRODUCT_FIELDS.has(name))) as Record<string, JsonValue>;

function brandIn({ data }: Call, name: string): number {
  const { brands } = data.tables;
  const found = brands.where((brand) => brand.name.toLowerCase() === name.toLowerCase())[0];
  const defaults = { page_title: '', meta_keywords: [], meta_description: '', image_url: '', search_keywords: '' };
  return (found ?? brands.put({ id: brands.nextId(), name, ...defaults })).id;
}

function addImages({ data, now }: Call, productId: number, images: readonly z.infer<typeof imageInput>[]): void {
  for (const image of images) {
    const { images: table } = data.tables;
    const before = imagesOf(data, productId).length;
    const id = table.nextId();
    const isThumbnail = image.is_thumbnail ?? before === 0;
    if (isThumbnail) for (const one of imagesOf(data, productId)) table.put({ ...one, is_thumbnail: false });
    const shape = { id, productId, at: now, isThumbnail, sortOrder: image.sort_order ?? before };
    table.put(makeImage(data.store.hash, { ...shape, description: image.description ?? '' }));
  }
}

function createProduct(call: Call): Answer {
  const { data, now, emit } = call;
  const given = readV3(createSchema, call.body);
  refuseTaken(call, given, 0);
  const id = data.tables.products.nextId();
  const brand = given.brand_name === undefined ? {} : { brand_id: brandIn(call, given.brand_name) };
  const { name, type, weight, price } = given;
  const product = data.tables.products.put(
    makeProduct({ ...known(given), ...brand, id, name, type, weight, price }, now),
  );
  if (given.variants === undefined || given.variants.length === 0) {
    const variant = makeVariant({
      id: data.tables.variants.nextId(),
      product_id: id,
      sku: product.sku,
      option_values: [],
    });
    data.tables.variants.put(variant);
  } else makeVariantsFrom(call, product, given.variants);
  addImages(call, id, given.images ?? []);
  emit('store/product/created', { type: 'product', id });
  writeProductLevel(call, product, given.inventory_level);
  return v3One(productBody(data, product, new URLSearchParams('include=variants,images,options,custom_fields')));
}

function writeProductLevel(call: Call, product: Product, level: number | undefined): void {
  const variant = baseVariant(call.data, product);
  if (level !== undefined && variant !== undefined && product.inventory_tracking !== 'none')
    writeLevel(call.data, variant.id, level, call.emit);
}

function update(call: Call, before: Product, given: Input): Product {
  const { data, now, emit } = call;
  refuseTaken(call, given, before.id);
  const brand = given.brand_name === undefined ? {} : { brand_id: brandIn(call, given.brand_name) };
  const product = data.tables.products.put({
    ...before,
    ...known(given),
    ...brand,
    date_modified: iso(now, '+00:00'),
  });
  const variant = baseVariant(data, product);
  // A product without options and its one variant share the SKU.
  if (given.sku !== undefined && variant !== undefined) data.tables.variants.put({ ...variant, sku: given.sku });
  if (given.images !== undefined) addImages(call, product.id, given.images);
  emit('store/product/updated', { type: 'product', id: product.id });
  writeProductLevel(call, product, given.inventory_level);
  return product;
}

function updateBatch(call: Call): Answer {
  const given = readV3(
    z
      .array(updateSchema.extend({ id: z.number().int() }))
      .min(1)
      .max(MOST),
    call.body,
  );
  const found = given.map(({ id, ...changes }) => ({ before: call.data.tables.products.find(id), changes }));
  const updated = found.map(({ before, changes }) => {
    if (before === undefined) throw notFound('Product not found.');
    return update(call, before, changes);
  });
  return ok({ data: updated.map((product) => productBody(call.data, product, call.query)), meta: {} });
}

function remove({ data, emit }: Call, ids: readonly number[]): void {
  const { products, variants, images, options, stock } = data.tables;
  const gone = new Set(variants.where(({ product_id: id }) => ids.includes(id)).map(({ id }) => id));
  products.remove(({ id }) => ids.includes(id));
  variants.remove(({ id }) => gone.has(id));
  images.remove(({ product_id: id }) => ids.includes(id));
  options.remove(({ product_id: id }) => ids.includes(id));
  stock.remove(({ variant_id: id }) => gone.has(id));
  for (const id of ids) emit('store/product/deleted', { type: 'product', id });
}

/** docs: goes by its filter; one that matches everything deletes everything. */
function removeMany(call: Call): Answer {
  const named = [...call.query.keys()].some((name) => /^(id|sku|name|categories|brand_id|type)\b/.test(name));
  if (!named) throw new RestFailure(422, 'A filter is required.');
  const read = { id: ({ id }: Product) => id, sku: ({ sku }: Product) => sku, name: ({ name }: Product) => name };
  const found = filterRows(call.data.tables.products.all(), call.query, read, call.now);
  remove(
    call,
    found.map(({ id }) => id),
  );
  return noContent;
}

/** Making, changing and deleting products and their images. */
export const PRODUCT_WRITES: readonly Endpoint[] = [
  { method: 'POST', path: '/v3/catalog/products', scopes: WRITE, handle: createProduct },
  { method: 'PUT', path: '/v3/catalog/products', scopes: WRITE, handle: updateBatch },
  {
    method: 'PUT',
    path: '/v3/catalog/products/:id',
    scopes: WRITE,
    handle(call) {
      const product = update(call, productIn(call), readV3(updateSchema, call.body));
      return v3One(productBody(call.data, product, call.query));
    },
  },
  {
    method: 'DELETE',
    path: '/v3/catalog/products/:id',
    scopes: WRITE,
    handle(call) {
      remove(call, [productIn(call).id]);
      return noContent;
    },
  },
  { method: 'DELETE', path: '/v3/catalog/products', scopes: WRITE, handle: removeMany },
  {
    method: 'POST',
    path: '/v3/catalog/products/:id/images',
    scopes: WRITE,
    handle(call) {
      const { id } = productIn(call);
      addImages(call, id, [readV3(imageInput, call.body)]);
      return v3One(imagesOf(call.data, id).at(-1));
    },
  },
  {
    method: 'DELETE',
    path: '/v3/catalog/products/:id/images/:imageId',
    scopes: WRITE,
    handle(call) {
      const { id } = productIn(call);
      const gone = call.data.tables.images.remove(
        (one) => one.product_id === id && one.id === Number(call.params['imageId']),
      );
      if (gone === 0) throw notFound('Image not found.');
      return noContent;
    },
  },
];
