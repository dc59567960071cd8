import { randomUUID } from 'node:crypto';
import type { JsonValue } from '#contract';
import {
  type Arguments,
  objectList,
  textArgument,
  textOr,
  truthArgument,
  wholeArgument,
} from '../order-writes/arguments.js';
import { writeMeta } from '../order-writes/order-meta.js';
import { restError, type RestError } from '../rest-error.js';
import type { CatalogueCall } from './catalogue-call.js';
import { dateArgument } from './date-argument.js';
import { attributesOf, choicesOf, dimensionsOf, imagesOf, termIds, wholeList } from './product-parts.js';
import type { CatalogueProduct } from './records.js';
import { freeSlug, slugOf } from './slug.js';
import { alignStock } from './stock.js';

export type WrittenProduct = { readonly value: CatalogueProduct } | { readonly error: RestError };

/** A product after the arguments were applied, not saved yet. */
export function applyProduct(before: CatalogueProduct, values: Arguments, call: CatalogueCall): WrittenProduct {
  const pictures = isNothing(values['images']) ? undefined : imagesOf(objectList(values['images']), call);
  if (pictures && 'error' in pictures) return pictures;
  const described = { ...before, ...texts(before, values), ...shared(before, values, call) };
  const related = { ...described, ...relations(before, values, call) };
  const attributes = isNothing(values['attributes'])
    ? before.attributes
    : attributesOf(objectList(values['attributes']), call);
  const varied = { ...related, attributes };
  const defaults = values['default_attributes'];
  const product: CatalogueProduct = {
    ...varied,
    choices: isNothing(defaults) ? before.choices : choicesOf(objectList(defaults), varied, call),
    images: pictures?.value ?? before.images,
    createdAt: dateArgument(values, 'date_created', call.shop.timeZone) ?? before.createdAt,
  };
  return checked(alignStock(withStock(withPrices(product), before, values)), call);
}

/** A variation after the arguments were applied, not saved yet. */
export function applyVariation(
  before: CatalogueProduct,
  parent: CatalogueProduct,
  values: Arguments,
  call: CatalogueCall,
): WrittenProduct {
  const image = values['image'];
  const pictures = isNothing(image) ? undefined : imagesOf(objectList([image]), call);
  if (pictures && 'error' in pictures) return pictures;
  const variation: CatalogueProduct = {
    ...before,
    ...shared(before, values, call),
    status: textOr(values['status'], before.status),
    images: pictures?.value ?? before.images,
    choices: isNothing(values['attributes'])
      ? before.choices
      : choicesOf(objectList(values['attributes']), parent, call),
  };
  const stocked = withStock(variation, before, values);
  const slug = before.slug === '' ? variationSlug(parent, stocked) : before.slug;
  return checked(alignStock({ ...stocked, slug }), call);
}

function variationSlug(parent: CatalogueProduct, { choices }: CatalogueProduct): string {
  return [parent.slug, ...choices.map((choice) => choice.option)].join('-').toLowerCase();
}

type Part = Partial<CatalogueProduct>;

function texts(before: CatalogueProduct, values: Arguments): Part {
  const text = (name: string, known: string): string => textOr(values[name], known);
  const type = text('type', before.type);
  return {
    name: text('name', before.name),
    type: type === 'grouped' || type === 'external' || type === 'variable' ? type : 'simple',
    status: text('status', before.status),
    visibility: text('catalog_visibility', before.visibility),
    shortDescription: text('short_description', before.shortDescription),
    externalUrl: text('external_url', before.externalUrl),
    buttonText: text('button_text', before.buttonText),
    purchaseNote: text('purchase_note', before.purchaseNote),
    password: text('post_password', before.password),
    featured: truth(values, 'featured', before.featured),
    soldIndividually: truth(values, 'sold_individually', before.soldIndividually),
    reviewsAllowed: truth(values, 'reviews_allowed', before.reviewsAllowed),
    parentId: wholeArgument(values['parent_id']) ?? before.parentId,
  };
}

/** PHP's `isset` says the same of null as of what is not there. */
function isNothing(value: JsonValue | undefined): value is undefined | null {
  return value === undefined || value === null;
}

function truth(values: Arguments, name: string, known: boolean): boolean {
  const value = values[name];
  return isNothing(value) ? known : truthArgument(value);
}

/** What products and variations have in common, stock apart. */
function shared(before: CatalogueProduct, values: Arguments, { shop, catalogue }: CatalogueCall): Part {
  const text = (name: string, known: string): string => textOr(values[name], known);
  const from = dateArgument(values, 'date_on_sale_from', shop.timeZone);
  const to = dateArgument(values, 'date_on_sale_to', shop.timeZone);
  const downloads = values['downloads'];
  return {
    description: text('description', before.description),
    sku: text('sku', before.sku).trim(),
    globalUniqueId: text('global_unique_id', before.globalUniqueId),
    regularPrice: text('regular_price', before.regularPrice),
    salePrice: text('sale_price', before.salePrice),
    sale: { from: from === undefined ? before.sale.from : from, to: to === undefined ? before.sale.to : to },
    virtual: truth(values, 'virtual', before.virtual),
    downloadable: truth(values, 'downloadable', before.downloadable),
    downloads: isNothing(downloads) ? before.downloads : objectList(downloads).map(downloadOf),
    downloadLimit: wholeArgument(values['download_limit']) ?? before.downloadLimit,
    downloadExpiry: wholeArgument(values['download_expiry']) ?? before.downloadExpiry,
    taxStatus: text('tax_status', before.taxStatus),
    taxClass: text('tax_class', before.taxClass).replace(/^standard$/, ''),
    weight: text('weight', before.weight),
    dimensions: dimensionsOf(values['dimensions'], before.dimensions),
    menuOrder: wholeArgument(values['menu_order']) ?? before.menuOrder,
    meta: [...writeMeta(before.meta, values['meta_data'], () => catalogue.next('meta'), false)],
  };
}

function downloadOf(asked: Arguments): CatalogueProduct['downloads'][number] {
  const id = textOr(asked['id'], '');
  return { id: id === '' ? randomUUID() : id, name: textOr(asked['name'], ''), file: textOr(asked['file'], '') };
}

/** Lists replace what was there. */
function relations(before: CatalogueProduct, values: Arguments, call: CatalogueCall): Part {
  const categories = termIds(values['categories'], 'product_cat', call) ?? before.categories;
  return {
    upsells: wholeList(values['upsell_ids']) ?? before.upsells,
    crossSells: wholeList(values['cross_sell_ids']) ?? before.crossSells,
    grouped: wholeList(values['grouped_products']) ?? before.grouped,
    // Nobody is without a category (recorded: product-get-external.json, "Uncategorized").
    categories: categories.length === 0 ? defaultCategory(call) : categories,
    tags: termIds(values['tags'], 'product_tag', call) ?? before.tags,
  };
}

function defaultCategory({ catalogue }: CatalogueCall): number[] {
  const first = catalogue.terms.all().find((term) => term.taxonomy === 'product_cat');
  return first ? [first.id] : [];
}

/** A product with variations or members has the prices of those. */
function withPrices(product: CatalogueProduct): CatalogueProduct {
  return ['variable', 'grouped'].includes(product.type) ? { ...product, regularPrice: '', salePrice: '' } : product;
}

/** The order of things of the genuine controller: only who counts its stock takes a quantity. */
function withStock(product: CatalogueProduct, before: CatalogueProduct, values: Arguments): CatalogueProduct {
  const stockStatus = textOr(values['stock_status'], before.stockStatus);
  if (product.type === 'external') return { ...product, manageStock: false, stockStatus: 'instock' };
  const asked = values['manage_stock'];
  // A variation may say `parent`, which is to count nothing itself.
  const manageStock = asked === 'parent' ? false : truth(values, 'manage_stock', before.manageStock);
  if (!manageStock || product.type === 'grouped') return { ...product, manageStock: false, stockStatus };
  const quantity = values['stock_quantity'];
  const low = values['low_stock_amount'];
  return {
    ...product,
    manageStock,
    stockStatus,
    backorders: textOr(values['backorders'], before.backorders),
    stockQuantity: isNothing(quantity) ? before.stockQuantity : quantityOf(quantity),
    lowStockAmount: low === undefined ? before.lowStockAmount : (wholeArgument(low) ?? null),
  };
}

function quantityOf(value: Arguments[string]): number {
  return wholeArgument(value) ?? 0;
}

/** SKUs and article numbers are unique among all that is not in the trash. */
function checked(product: CatalogueProduct, { catalogue }: CatalogueCall): WrittenProduct {
  const others = catalogue.products.all().filter((other) => other.id !== product.id && other.status !== 'trash');
  const ofSku = (sku: string): CatalogueProduct | undefined =>
    others.find((other) => other.sku.toLowerCase() === sku.toLowerCase());
  const sameSku = product.sku === '' ? undefined : ofSku(product.sku);
  if (sameSku) {
    let number = 1;
    while (ofSku(`${product.sku}-${number}`)) number += 1;
    // Recorded: product-create-duplicate-sku.json
    const data = { status: 400, resource_id: sameSku.id, unique_sku: `${product.sku}-${number}` };
    return { error: { ...restError(400, 'product_invalid_sku', 'Invalid or duplicated SKU.'), data } };
  }
  const id = product.globalUniqueId;
  const sameId = id === '' ? undefined : others.find((other) => other.globalUniqueId === id);
  if (!sameId) return { value: product };
  const error = restError(400, 'product_invalid_global_unique_id', 'Invalid or duplicated GTIN, UPC, EAN or ISBN.');
  return { error: { ...error, data: { status: 400, resource_id: sameId.id } } };
}

/** The slug asked for, else the one a new product gets once it is no draft any more. */
export function withSlug(product: CatalogueProduct, values: Arguments, { catalogue }: CatalogueCall): CatalogueProduct {
  const asked = textArgument(values['slug']);
  const isTaken = (slug: string): boolean =>
    catalogue.products.all().some((other) => other.slug === slug && other.id !== product.id);
  if (asked !== undefined && asked !== '') return { ...product, slug: freeSlug(slugOf(asked), isTaken) };
  if (product.slug !== '' || ['draft', 'pending', 'auto-draft'].includes(product.status)) return product;
  return { ...product, slug: freeSlug(slugOf(product.name) || String(product.id), isTaken) };
}
