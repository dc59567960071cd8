import type { Arguments } from '../order-writes/arguments.js';
import { restError, type RestError } from '../rest-error.js';
import type { CatalogueCall } from './catalogue-call.js';
import { variationsOf } from './product-price.js';
import { BLANK_PRODUCT, type CatalogueProduct } from './records.js';
import { applyProduct, applyVariation, withSlug, type WrittenProduct } from './write-product.js';

export const INVALID_PRODUCT = restError(404, 'woocommerce_rest_product_invalid_id', 'Invalid ID.');
/** Changing a missing one is a 400, reading it a 404 (recorded: product-batch.json). */
export const INVALID_TO_EDIT: RestError = { ...INVALID_PRODUCT, status: 400, data: { status: 400 } };
const IS_VARIATION = restError(
  404,
  'woocommerce_rest_invalid_product_id',
  'To manipulate product variations you should use the /products/&lt;product_id&gt;/variations/&lt;id&gt; endpoint.',
);
const ALREADY_TRASHED = restError(410, 'woocommerce_rest_already_trashed', 'The product has already been deleted.');

export function createProduct(values: Arguments, call: CatalogueCall): WrittenProduct {
  const blank: CatalogueProduct = { ...BLANK_PRODUCT, id: 0, createdAt: call.now, modifiedAt: call.now };
  const made = applyProduct(blank, values, call);
  if ('error' in made) return made;
  const product = withSlug({ ...made.value, id: call.nextPost() }, values, call);
  call.catalogue.products.save(product);
  call.report('product.created', product.id);
  return { value: product };
}

/** Every save moves the date, also one that changes nothing. */
export function updateProduct(id: number, values: Arguments, call: CatalogueCall): WrittenProduct {
  const before = call.catalogue.products.find(id);
  if (!before) return { error: INVALID_TO_EDIT };
  if (before.type === 'variation') return { error: IS_VARIATION };
  const made = applyProduct(before, values, call);
  if ('error' in made) return made;
  const isBack = before.status === 'trash' && made.value.status !== 'trash';
  const product = isBack ? { ...made.value, slug: made.value.slug.replace(/__trashed$/, '') } : made.value;
  const saved = saveProduct(withSlug(product, values, call), call);
  return { value: saved };
}

/** @returns what was there before */
export function deleteProduct(id: number, force: boolean, call: CatalogueCall): WrittenProduct {
  const before = call.catalogue.products.find(id);
  if (!before) return { error: INVALID_PRODUCT };
  if (before.type === 'variation') return { error: IS_VARIATION };
  return removeOrTrash(before, force, call);
}

/** @returns what was there before */
export function removeOrTrash(before: CatalogueProduct, force: boolean, call: CatalogueCall): WrittenProduct {
  if (force) {
    // For good: no webhook hears of it (fact sheet, section 6).
    for (const variation of variationsOf(before, call)) call.catalogue.products.remove(variation.id);
    call.catalogue.products.remove(before.id);
    return { value: before };
  }
  if (before.status === 'trash') return { error: ALREADY_TRASHED };
  call.catalogue.products.save({ ...before, ...trashed(before, call), modifiedAt: call.now });
  call.report('product.deleted', before.id);
  return { value: before };
}

/** Recorded: product-get-trashed.json */
function trashed(before: CatalogueProduct, { catalogue, now }: CatalogueCall): Partial<CatalogueProduct> {
  const marks = [
    ['_wp_trash_meta_status', before.status],
    ['_wp_trash_meta_time', String(now)],
    ['_wp_desired_post_slug', before.slug],
  ] as const;
  const others = before.meta.filter((one) => marks.every(([key]) => key !== one.key));
  const meta = [...others, ...marks.map(([key, value]) => ({ id: catalogue.next('meta'), key, value }))];
  return { status: 'trash', slug: `${before.slug}__trashed`, meta };
}

export function createVariation(parent: CatalogueProduct, values: Arguments, call: CatalogueCall): WrittenProduct {
  const { now } = call;
  const blank = { ...BLANK_PRODUCT, id: 0, createdAt: now, modifiedAt: now, parentId: parent.id };
  const made = applyVariation({ ...blank, type: 'variation', taxClass: 'parent' }, parent, values, call);
  if ('error' in made) return made;
  const variation = call.catalogue.products.save({ ...made.value, id: call.nextPost() });
  call.report('product.created', variation.id);
  touchParent(variation, call);
  return { value: variation };
}

export function updateVariation(before: CatalogueProduct, values: Arguments, call: CatalogueCall): WrittenProduct {
  const parent = call.catalogue.products.find(before.parentId);
  if (!parent) return { error: INVALID_TO_EDIT };
  const made = applyVariation(before, parent, values, call);
  if ('error' in made) return made;
  const saved = saveProduct(made.value, call);
  touchParent(saved, call);
  return { value: saved };
}

/** Saving a variation saves its product, too (fact sheet, section 5.6). */
export function touchParent({ parentId }: CatalogueProduct, call: CatalogueCall): void {
  const parent = call.catalogue.products.find(parentId);
  if (parent) saveProduct(parent, call);
}

/** Writes a changed product with the date of now, and reports it. */
export function saveProduct(product: CatalogueProduct, call: CatalogueCall): CatalogueProduct {
  const saved = call.catalogue.products.save({ ...product, modifiedAt: call.now });
  call.report('product.updated', saved.id);
  return saved;
}
