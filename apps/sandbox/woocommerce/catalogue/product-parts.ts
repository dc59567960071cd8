import type { JsonValue } from '#contract';
import {
  type Arguments,
  objectArgument,
  objectList,
  textArgument,
  textOr,
  truthArgument,
  wholeArgument,
} from '../order-writes/arguments.js';
import { restError, type RestError } from '../rest-error.js';
import type { CatalogueCall } from './catalogue-call.js';
import type { CatalogueProduct, ProductAttribute, ProductChoice, ProductImage, Term } from './records.js';
import { freeSlug, slugOf } from './slug.js';

type Written<T> = { readonly value: T } | { readonly error: RestError };

/** Whole numbers of a list, or of a comma-separated text. */
export function wholeList(value: JsonValue | undefined): number[] | undefined {
  if (value === undefined || value === null) return undefined;
  const members: readonly JsonValue[] =
    typeof value === 'string' ? value.split(',').filter((word) => word !== '') : Object.values(value);
  return members.flatMap((member) => wholeArgument(member) ?? []);
}

/** Terms by id; those that do not exist are left out without a word. */
export function termIds(
  value: JsonValue | undefined,
  taxonomy: string,
  { catalogue }: CatalogueCall,
): number[] | undefined {
  if (value === undefined || value === null) return undefined;
  const ids = objectList(value).map((one) => wholeArgument(one['id']) ?? 0);
  return [...new Set(ids)].filter((id) => catalogue.terms.find(id)?.taxonomy === taxonomy);
}

/** The pictures a product has from now on. A `src` is a new one each time; nothing is fetched here. */
export function imagesOf(asked: readonly Arguments[], call: CatalogueCall): Written<ProductImage[]> {
  const images: ProductImage[] = [];
  for (const one of asked) {
    const id = wholeArgument(one['id']) ?? 0;
    const src = textOr(one['src'], '');
    const known = id === 0 ? undefined : findImage(id, call);
    if (id !== 0 && !known) return { error: invalidImage(id) };
    if (!known && src === '') continue;
    const image = known ?? newImage(src, call);
    images.push({ ...image, name: textOr(one['name'], image.name), alt: textOr(one['alt'], image.alt) });
  }
  return { value: images };
}

function invalidImage(id: number): RestError {
  return restError(400, 'woocommerce_product_invalid_image_id', `#${id} is an invalid image ID.`);
}

function findImage(id: number, { catalogue }: CatalogueCall): ProductImage | undefined {
  return catalogue.products
    .all()
    .flatMap((product) => product.images)
    .find((image) => image.id === id);
}

function newImage(src: string, { nextPost, now }: CatalogueCall): ProductImage {
  const file = src.split(/[?#]/)[0]?.split('/').at(-1) ?? '';
  return { id: nextPost(), src, name: file.replace(/\.[^.]*$/, ''), alt: '', createdAt: now, modifiedAt: now };
}

/** The attributes a product has from now on; terms that a global attribute lacks are made. */
export function attributesOf(asked: readonly Arguments[], call: CatalogueCall): ProductAttribute[] {
  return asked.flatMap((one) => {
    const id = wholeArgument(one['id']) ?? 0;
    const attribute = call.catalogue.attributes.find(id);
    const name = attribute?.name ?? textOr(one['name'], '');
    const options = optionsOf(one['options']);
    if ((id !== 0 && (!attribute || options.length === 0)) || name === '') return [];
    if (attribute) for (const option of options) termNamed(attribute.slug, option, call);
    return {
      id,
      name,
      position: wholeArgument(one['position']) ?? 0,
      visible: truthArgument(one['visible']),
      variation: truthArgument(one['variation']),
      options: attribute ? [...options].sort((a, b) => a.localeCompare(b)) : options,
    };
  });
}

function optionsOf(value: JsonValue | undefined): string[] {
  if (value === undefined || value === null) return [];
  const members: readonly JsonValue[] = typeof value === 'string' ? value.split('|') : Object.values(value);
  return members.map((member) => textOr(member, '').trim()).filter((option) => option !== '');
}

function termNamed(taxonomy: string, name: string, { catalogue }: CatalogueCall): Term {
  const terms = catalogue.terms.all();
  const known = terms.find((term) => term.taxonomy === taxonomy && term.name.toLowerCase() === name.toLowerCase());
  if (known) return known;
  const slug = freeSlug(slugOf(name), (one) => terms.some((term) => term.slug === one));
  return catalogue.terms.save({ ...BLANK_TERM, id: catalogue.next('term'), taxonomy, name, slug });
}

/** What a term is of which nothing was said. */
export const BLANK_TERM: Omit<Term, 'id' | 'taxonomy' | 'name' | 'slug'> = {
  parent: 0,
  description: '',
  display: 'default',
  menuOrder: 0,
  image: null,
};

/**
 * What a variation, or the default of a product, says of each attribute. Attributes that the product does not vary by
 * are left out; a global attribute's option is found by the name of its term.
 */
export function choicesOf(asked: readonly Arguments[], parent: CatalogueProduct, call: CatalogueCall): ProductChoice[] {
  return parent.attributes
    .filter((attribute) => attribute.variation)
    .flatMap((attribute) => {
      const choice = asked.find((one) => isOf(one, attribute));
      const option = textArgument(choice?.['option']) ?? '';
      if (option === '') return [];
      return { id: attribute.id, name: attribute.name, option: optionSlug(option, attribute.id, call) };
    });
}

function isOf(asked: Arguments, attribute: ProductAttribute): boolean {
  const id = wholeArgument(asked['id']) ?? 0;
  if (id !== 0) return id === attribute.id;
  return textOr(asked['name'], '').toLowerCase() === attribute.name.toLowerCase();
}

function optionSlug(option: string, attributeId: number, { catalogue }: CatalogueCall): string {
  const taxonomy = catalogue.attributes.find(attributeId)?.slug;
  if (taxonomy === undefined) return option;
  const terms = catalogue.terms.all().filter((term) => term.taxonomy === taxonomy);
  return terms.find((term) => term.name.toLowerCase() === option.toLowerCase())?.slug ?? slugOf(option);
}

export function dimensionsOf(
  value: JsonValue | undefined,
  before: CatalogueProduct['dimensions'],
): CatalogueProduct['dimensions'] {
  const asked = objectArgument(value) ?? {};
  const { length, width, height } = before;
  return {
    length: textOr(asked['length'], length),
    width: textOr(asked['width'], width),
    height: textOr(asked['height'], height),
  };
}
