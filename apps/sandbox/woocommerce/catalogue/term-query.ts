import { type ListQuery, readListQuery } from '../list-query.js';
import type { ParameterReader } from '../parameter-reader.js';
import type { CatalogueCall } from './catalogue-call.js';
import type { Term } from './records.js';

/** What a list of terms is asked. */
export interface TermQuery extends ListQuery<string> {
  readonly hideEmpty: boolean;
  readonly parent: number | undefined;
  readonly product: number | undefined;
  readonly slug: string | undefined;
}

const ORDER_BY = ['id', 'include', 'name', 'slug', 'term_group', 'description', 'count'] as const;

export function readTermQuery(reader: ParameterReader): TermQuery {
  return {
    ...readListQuery<string>(reader, ORDER_BY, 'name'),
    hideEmpty: reader.boolean('hide_empty'),
    parent: reader.integer('parent'),
    product: reader.integer('product'),
    slug: reader.text('slug'),
  };
}

/** The whole list in the order asked for. */
export function selectTerms(terms: readonly Term[], query: TermQuery, call: CatalogueCall): readonly Term[] {
  const { include, orderBy, order } = query;
  const found = terms.filter(
    (term) => isNamed(term, query) && isWorn(term, query, call) && (!query.hideEmpty || countOf(term, call) > 0),
  );
  if (orderBy === 'include') return found.sort((a, b) => include.indexOf(a.id) - include.indexOf(b.id));
  const direction = order === 'asc' ? 1 : -1;
  return found.sort((a, b) => direction * (compareTerms(a, b, orderBy, call) || a.id - b.id));
}

function isNamed(term: Term, { search, include, exclude, parent, slug }: TermQuery): boolean {
  return (
    (search === '' || term.name.toLowerCase().includes(search.toLowerCase())) &&
    (include.length === 0 || include.includes(term.id)) &&
    !exclude.includes(term.id) &&
    (parent === undefined || term.parent === parent) &&
    (slug === undefined || term.slug === slug)
  );
}

/** Whether the product that was asked for has it. */
function isWorn({ id }: Term, { product }: TermQuery, { catalogue }: CatalogueCall): boolean {
  if (product === undefined) return true;
  const wearer = catalogue.products.find(product);
  return wearer !== undefined && [...wearer.categories, ...wearer.tags].includes(id);
}

function compareTerms(a: Term, b: Term, orderBy: string, call: CatalogueCall): number {
  if (orderBy === 'name') return a.name.localeCompare(b.name);
  if (orderBy === 'slug') return a.slug.localeCompare(b.slug);
  return orderBy === 'count' ? countOf(a, call) - countOf(b, call) : 0;
}

/** How many products a shopper sees under it. */
export function countOf(term: Term, { catalogue }: CatalogueCall): number {
  const attribute = catalogue.attributes.all().find((one) => one.slug === term.taxonomy);
  return catalogue.products
    .all()
    .filter(({ status, type }) => status === 'publish' && type !== 'variation')
    .filter(({ categories: own, tags: labels, attributes }) => {
      const options = attributes.find((one) => one.id === attribute?.id && one.id !== 0)?.options ?? [];
      return own.includes(term.id) || labels.includes(term.id) || options.includes(term.name);
    }).length;
}
