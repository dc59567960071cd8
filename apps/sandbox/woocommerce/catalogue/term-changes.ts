import { type Arguments, objectList, textArgument, textOr, wholeArgument } from '../order-writes/arguments.js';
import { restError, type RestError } from '../rest-error.js';
import type { CatalogueCall } from './catalogue-call.js';
import { BLANK_TERM, imagesOf } from './product-parts.js';
import type { Term } from './records.js';
import { freeSlug, slugOf } from './slug.js';

const NO_PARENT = restError(404, 'woocommerce_rest_term_invalid', 'Parent resource does not exist.');

/** Makes a term of the taxonomy, or changes the one that was there before. */
export function writeTerm(
  before: Term | undefined,
  taxonomy: string,
  values: Arguments,
  call: CatalogueCall,
): { readonly value: Term } | { readonly error: RestError } {
  const { terms: rows } = call.catalogue;
  const others = rows.all().filter((term) => term.taxonomy === taxonomy && term.id !== before?.id);
  const base = before ?? { ...BLANK_TERM, id: 0, taxonomy, name: '', slug: '' };
  const name = textOr(values['name'], base.name);
  const parent = taxonomy === 'product_cat' ? (wholeArgument(values['parent']) ?? base.parent) : 0;
  const problem = placeProblem(name, parent, others);
  if (problem) return { error: problem };
  const asked = values['image'];
  const image = asked === undefined ? undefined : imagesOf(objectList([asked]), call);
  if (image && 'error' in image) return image;
  const wanted = wantedSlug(name, textArgument(values['slug']), base);
  return {
    value: rows.save({
      id: base.id === 0 ? call.catalogue.next('term') : base.id,
      taxonomy,
      name,
      slug: freeSlug(wanted, (slug) => others.some((other) => other.slug === slug)),
      parent,
      description: textOr(values['description'], base.description),
      display: textOr(values['display'], base.display),
      menuOrder: wholeArgument(values['menu_order']) ?? base.menuOrder,
      image: image ? (image.value[0] ?? null) : base.image,
    }),
  };
}

function placeProblem(name: string, parent: number, others: readonly Term[]): RestError | undefined {
  if (parent !== 0 && !others.some((term) => term.id === parent)) return NO_PARENT;
  const twin = others.find((term) => term.name.toLowerCase() === name.toLowerCase() && term.parent === parent);
  return twin && existsAlready(twin);
}

function wantedSlug(name: string, asked: string | undefined, base: Term): string {
  if (asked !== undefined && asked !== '') return slugOf(asked);
  return base.slug === '' ? slugOf(name) : base.slug;
}

/** Recorded: category-create-duplicate.json */
function existsAlready({ id }: Term): RestError {
  const message = 'A term with the name provided already exists with this parent.';
  return { ...restError(400, 'term_exists', message), data: { status: 400, resource_id: id } };
}
