import type { JsonObject } from '../response-fields.js';
import { type CatalogueCall, datePair, itemLinks } from './catalogue-call.js';
import { isOnSale, priceHtml, priceOf, variationsOf } from './product-price.js';
import type { CatalogueProduct, ProductChoice, ProductImage, Term } from './records.js';
import { plainSlugOf } from './slug.js';
import { choiceNames, stockBody } from './stock.js';

/** `edit`: what writes answer; it differs in a few members (recorded: product-create-simple.json). */
export type Context = 'view' | 'edit';

/** A product, or a variation asked for as one, without `_links`. */
export function productBody(product: CatalogueProduct, call: CatalogueCall, context: Context = 'view'): JsonObject {
  const isVariation = product.type === 'variation';
  return {
    id: product.id,
    name: nameOf(product, call),
    slug: product.slug,
    permalink: permalinkOf(product, call),
    ...datePair('date_created', product.createdAt, call),
    ...datePair('date_modified', product.modifiedAt, call),
    type: product.type,
    status: product.status,
    featured: product.featured,
    catalog_visibility: product.visibility,
    description: product.description,
    short_description: product.shortDescription,
    sku: skuOf(product, call),
    ...pricesBody(product, call),
    // Recorded: variation-get-as-product.json, a string of a variation.
    total_sales: isVariation ? String(product.totalSales) : product.totalSales,
    ...deliveryBody(product, call),
    external_url: product.externalUrl,
    button_text: product.buttonText,
    tax_status: product.taxStatus,
    tax_class: taxClassOf(product, call, context),
    ...stockBody(product, call),
    sold_individually: product.soldIndividually,
    ...shippingBody(product),
    reviews_allowed: product.reviewsAllowed && !isVariation,
    average_rating: context === 'edit' ? '0' : '0.00',
    rating_count: 0,
    ...relationsBody(product, call),
    menu_order: product.menuOrder,
    price_html: priceHtml(product, call),
    related_ids: relatedTo(product, call),
    meta_data: product.meta.map(({ id, key, value }) => ({ id, key, value })),
    has_options: product.type === 'variable',
    post_password: product.password,
    global_unique_id: product.globalUniqueId,
    ...(context === 'edit' && !isVariation ? editBody(product, call) : {}),
  };
}

export function productLinks(product: CatalogueProduct, { siteUrl }: CatalogueCall): JsonObject {
  const links = itemLinks(siteUrl, 'products', product.id);
  if (product.parentId === 0) return links;
  return { ...links, up: [{ href: `${siteUrl}/wp-json/wc/v3/products/${product.parentId}` }] };
}

/** A variation as its own routes print it (recorded: variation-get.json), without `_links`. */
export function variationBody(product: CatalogueProduct, call: CatalogueCall, context: Context = 'view'): JsonObject {
  return {
    id: product.id,
    type: 'variation',
    ...datePair('date_created', product.createdAt, call),
    ...datePair('date_modified', product.modifiedAt, call),
    description: product.description,
    permalink: permalinkOf(product, call),
    sku: skuOf(product, call),
    global_unique_id: product.globalUniqueId,
    ...pricesBody(product, call),
    status: product.status,
    ...deliveryBody(product, call),
    tax_status: product.taxStatus,
    tax_class: taxClassOf(product, call, context),
    ...stockBody(product, call),
    weight: product.weight,
    dimensions: { ...product.dimensions },
    shipping_class: '',
    shipping_class_id: 0,
    image: product.images[0] ? imageBody(product.images[0], call) : null,
    attributes: product.choices.map((choice) => choiceBody(choice, call)),
    menu_order: product.menuOrder,
    meta_data: product.meta.map(({ id, key, value }) => ({ id, key, value })),
    name: choiceNames(product, call).join(', '),
    parent_id: product.parentId,
  };
}

/** @param isGone after a deletion the links no longer say what may be done (recorded: variation-delete.json) */
export function variationLinks(product: CatalogueProduct, { siteUrl }: CatalogueCall, isGone = false): JsonObject {
  const links = itemLinks(siteUrl, `products/${product.parentId}/variations`, product.id, isGone ? [] : undefined);
  return { ...links, up: [{ href: `${siteUrl}/wp-json/wc/v3/products/${product.parentId}` }] };
}

/** A variation without its own has its product's. */
function skuOf(product: CatalogueProduct, { catalogue }: CatalogueCall): string {
  if (product.type !== 'variation' || product.sku !== '') return product.sku;
  return catalogue.products.find(product.parentId)?.sku ?? '';
}

/** As orders and product lists name it: with what was chosen behind the product's name. */
export function nameOf(product: CatalogueProduct, call: CatalogueCall): string {
  if (product.type !== 'variation') return product.name;
  const parent = call.catalogue.products.find(product.parentId)?.name ?? '';
  const names = choiceNames(product, call);
  return names.length === 0 ? parent : `${parent} - ${names.join(', ')}`;
}

function taxClassOf(product: CatalogueProduct, { catalogue }: CatalogueCall, context: Context): string {
  if (product.taxClass !== 'parent' || context === 'edit') return product.taxClass;
  return catalogue.products.find(product.parentId)?.taxClass ?? '';
}

function permalinkOf(product: CatalogueProduct, call: CatalogueCall): string {
  const { siteUrl, catalogue } = call;
  if (product.type === 'variation') {
    const parent = catalogue.products.find(product.parentId);
    const query = product.choices.map(
      (choice) => `attribute_${keyOf(choice, call)}=${encodeURIComponent(choice.option)}`,
    );
    return `${siteUrl}/product/${parent?.slug ?? ''}/?${query.join('&')}`;
  }
  // Recorded: product-get-trashed.json
  if (['publish', 'private'].includes(product.status)) return `${siteUrl}/product/${product.slug}/`;
  return `${siteUrl}/?post_type=product&p=${product.id}`;
}

function keyOf({ id, name }: ProductChoice, { catalogue }: CatalogueCall): string {
  return catalogue.attributes.find(id)?.slug ?? plainSlugOf(name);
}

function pricesBody(product: CatalogueProduct, call: CatalogueCall): JsonObject {
  const price = priceOf(product, call);
  return {
    price,
    regular_price: product.regularPrice,
    sale_price: product.salePrice,
    ...datePair('date_on_sale_from', product.sale.from, call),
    ...datePair('date_on_sale_to', product.sale.to, call),
    on_sale: isOnSale(product, call),
    purchasable: price !== '' && !['external', 'grouped'].includes(product.type),
  };
}

function deliveryBody(product: CatalogueProduct, call: CatalogueCall): JsonObject {
  return {
    virtual: product.virtual,
    downloadable: product.downloadable,
    downloads: product.downloads.map((one) => ({ ...one, file: addressOf(one.file, call) })),
    download_limit: product.downloadLimit,
    download_expiry: product.downloadExpiry,
  };
}

function shippingBody(product: CatalogueProduct): JsonObject {
  return {
    weight: product.weight,
    dimensions: { ...product.dimensions },
    shipping_required: !product.virtual,
    shipping_taxable: !product.virtual && product.taxStatus !== 'none',
    shipping_class: '',
    shipping_class_id: 0,
  };
}

function relationsBody(product: CatalogueProduct, call: CatalogueCall): JsonObject {
  const isVariation = product.type === 'variation';
  return {
    upsell_ids: product.upsells,
    cross_sell_ids: product.crossSells,
    parent_id: product.parentId,
    purchase_note: product.purchaseNote,
    categories: termsOf(product.categories, call),
    brands: [],
    tags: termsOf(product.tags, call),
    images: product.images.map((image) => imageBody(image, call)),
    attributes: isVariation ? product.choices.map((choice) => choiceBody(choice, call)) : attributesBody(product, call),
    default_attributes: isVariation ? [] : product.choices.map(({ id, name, option }) => ({ id, name, option })),
    variations: product.type === 'variable' ? variationsOf(product, call).map((one) => one.id) : [],
    grouped_products: product.grouped,
  };
}

function attributesBody(product: CatalogueProduct, { catalogue }: CatalogueCall): JsonObject[] {
  return product.attributes.map(({ id, name, position, visible, variation, options }) => {
    const slug = catalogue.attributes.find(id)?.slug ?? name;
    return { id, name, slug, position, visible, variation, options };
  });
}

function choiceBody(choice: ProductChoice, call: CatalogueCall): JsonObject {
  const { id, name } = choice;
  const attribute = call.catalogue.attributes.find(id);
  const term = attribute && termOfSlug(attribute.slug, choice.option, call);
  return { id, name, slug: attribute?.slug ?? name, option: term?.name ?? choice.option };
}

function termOfSlug(taxonomy: string, slug: string, { catalogue }: CatalogueCall): Term | undefined {
  return catalogue.terms.all().find((term) => term.taxonomy === taxonomy && term.slug === slug);
}

function termsOf(ids: readonly number[], { catalogue }: CatalogueCall): JsonObject[] {
  const terms = ids.flatMap((id) => catalogue.terms.find(id) ?? []);
  return terms.sort((a, b) => a.name.localeCompare(b.name)).map(({ id, name, slug }) => ({ id, name, slug }));
}

export function imageBody(image: ProductImage, call: CatalogueCall): JsonObject {
  return {
    id: image.id,
    ...datePair('date_created', image.createdAt, call),
    ...datePair('date_modified', image.modifiedAt, call),
    src: addressOf(image.src, call),
    name: image.name,
    alt: image.alt,
  };
}

/** Seeded files lie in the shop itself. */
function addressOf(src: string, { siteUrl }: CatalogueCall): string {
  return src.startsWith('/') ? siteUrl + src : src;
}

/** Others of the same category or tag; a genuine shop picks them at random. */
function relatedTo({ id, categories, tags, type }: CatalogueProduct, { catalogue }: CatalogueCall): number[] {
  if (type === 'variation') return [];
  const shares = (other: CatalogueProduct): boolean =>
    other.categories.some((one) => categories.includes(one)) || other.tags.some((one) => tags.includes(one));
  const others = catalogue.products.all().filter((other) => other.id !== id && other.status === 'publish');
  return others
    .filter(shares)
    .map((other) => other.id)
    .slice(0, 5);
}

function editBody(product: CatalogueProduct, { siteUrl }: CatalogueCall): JsonObject {
  return { permalink_template: `${siteUrl}/product/%pagename%/`, generated_slug: plainSlugOf(product.name) };
}
