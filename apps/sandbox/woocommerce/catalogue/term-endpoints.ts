import {
  type Arguments,
  objectList,
  textArgument,
  textOr,
  truthArgument,
  wholeArgument,
} from '../order-writes/arguments.js';
import type { BatchActions } from '../order-writes/batch-endpoint.js';
import { FORCE_RULES } from '../order-writes/order-rules.js';
import type { ParameterReader } from '../parameter-reader.js';
import type { JsonObject } from '../response-fields.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestCall, type RestEndpoint } from '../rest-endpoint.js';
import { restError, type RestError } from '../rest-error.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import { CANNOT_CREATE, CANNOT_DELETE, CANNOT_EDIT } from '../write-endpoint.js';
import { type CatalogueCall, catalogueCall, itemLinks } from './catalogue-call.js';
import { pageOf } from './post-query.js';
import { imageBody } from './product-body.js';
import { BLANK_TERM, imagesOf } from './product-parts.js';
import { ITEM_ALLOWS, LIST_ALLOWS } from './product-endpoints.js';
import { requiring, TERM_RULES } from './product-rules.js';
import type { Term } from './records.js';
import { freeSlug, slugOf } from './slug.js';

const INVALID = restError(404, 'woocommerce_rest_term_invalid', 'Resource does not exist.');
const NO_PARENT: RestError = { ...INVALID, message: 'Parent resource does not exist.' };
const NO_TRASH = restError(501, 'woocommerce_rest_trash_not_supported', 'Resource does not support trashing.');
const CANNOT_DELETE_IT = restError(500, 'woocommerce_rest_cannot_delete', 'The resource cannot be deleted.');
const NO_TAXONOMY = restError(404, 'woocommerce_rest_taxonomy_invalid', 'Taxonomy does not exist.');

/** Which terms a route is about. */
interface Terms {
  readonly taxonomy: string;
  /** Of the collection below `wc/v3`. */
  readonly path: string;
}

/** Undefined when the attribute of the address is not there. */
type TermsOf = (request: Pick<RestCall<unknown>, 'path'>, call: CatalogueCall) => Terms | undefined;

export const categories: TermsOf = () => ({ taxonomy: 'product_cat', path: 'products/categories' });
export const tags: TermsOf = () => ({ taxonomy: 'product_tag', path: 'products/tags' });
export const attributeTerms: TermsOf = ({ path }, { catalogue }) => {
  const attribute = catalogue.attributes.find(Number(path['attribute']));
  return attribute && { taxonomy: attribute.slug, path: `products/attributes/${attribute.id}/terms` };
};

interface TermQuery {
  readonly page: number;
  readonly perPage: number;
  readonly offset: number | undefined;
  readonly search: string;
  readonly exclude: readonly number[];
  readonly include: readonly number[];
  readonly order: 'asc' | 'desc';
  readonly orderBy: string;
  readonly hideEmpty: boolean;
  readonly parent: number | undefined;
  readonly product: number | undefined;
  readonly slug: string | undefined;
}

const ORDER_BY = ['id', 'include', 'name', 'slug', 'term_group', 'description', 'count'] as const;

function readTermQuery(reader: ParameterReader): TermQuery {
  reader.oneOf('context', ['view', 'edit'], 'view');
  return {
    page: reader.integer('page', { minimum: 1 }) ?? 1,
    perPage: reader.integer('per_page', { minimum: 1, maximum: 100 }) ?? 10,
    search: reader.text('search') ?? '',
    exclude: reader.integers('exclude'),
    include: reader.integers('include'),
    offset: reader.integer('offset'),
    order: reader.oneOf('order', ['asc', 'desc'], 'asc'),
    orderBy: reader.oneOf('orderby', ORDER_BY, 'name'),
    hideEmpty: reader.boolean('hide_empty'),
    parent: reader.integer('parent'),
    product: reader.integer('product'),
    slug: reader.text('slug'),
  };
}

export function listTerms(termsOf: TermsOf): RestEndpoint<TermQuery> {
  return {
    allow: LIST_ALLOWS,
    denied: CANNOT_LIST,
    read: readTermQuery,
    answer: (request): RestOutcome => {
      const call = catalogueCall(request.site, request.state);
      const terms = termsOf(request, call);
      if (!terms) return refused(NO_TAXONOMY);
      const { parameters, sanitized } = request;
      const found = selectTerms(terms, parameters, call);
      const items = pageOf(found, parameters).map((term) => ({
        ...termBody(term, call),
        _links: linksOf(term, terms, call),
      }));
      const { page, perPage } = parameters;
      return {
        kind: 'page',
        items,
        total: found.length,
        page,
        perPage,
        path: `/wc/v3/${terms.path}`,
        query: sanitized,
      };
    },
  };
}

export function getTerm(termsOf: TermsOf): RestEndpoint<void> {
  return {
    allow: ITEM_ALLOWS,
    denied: CANNOT_VIEW,
    read: () => undefined,
    answer: (request): RestOutcome => {
      const call = catalogueCall(request.site, request.state);
      const terms = termsOf(request, call);
      if (!terms) return refused(NO_TAXONOMY);
      const term = findTerm(terms, Number(request.path['id']), call);
      return term ? itemOf(term, terms, call) : refused(INVALID);
    },
  };
}

export function postTerm(termsOf: TermsOf): RestEndpoint<void> {
  return {
    allow: LIST_ALLOWS,
    denied: CANNOT_CREATE,
    rules: () => requiring(TERM_RULES, 'name'),
    read: () => undefined,
    answer: (request): RestOutcome => {
      const call = catalogueCall(request.site, request.state);
      const terms = termsOf(request, call);
      if (!terms) return refused(NO_TAXONOMY);
      const made = writeTerm(undefined, terms, request.values, call);
      if ('error' in made) return refused(made.error);
      const location = `${call.siteUrl}/wp-json/wc/v3/${terms.path}/${made.value.id}`;
      return { ...itemOf(made.value, terms, call), location };
    },
  };
}

export function putTerm(termsOf: TermsOf): RestEndpoint<void> {
  return {
    allow: ITEM_ALLOWS,
    denied: CANNOT_EDIT,
    rules: () => TERM_RULES,
    read: () => undefined,
    answer: (request): RestOutcome => change(termsOf, request, Number(request.path['id']), request.values),
  };
}

/** There is no trash for terms (recorded: category-delete.json). */
export function deleteTerm(termsOf: TermsOf): RestEndpoint<void> {
  return {
    allow: ITEM_ALLOWS,
    denied: CANNOT_DELETE,
    rules: () => FORCE_RULES,
    read: () => undefined,
    answer: (request): RestOutcome =>
      remove(termsOf, request, Number(request.path['id']), truthArgument(request.values['force'])),
  };
}

/** `POST …/batch` takes these three. */
export function termBatch(termsOf: TermsOf): BatchActions {
  return {
    create: (request, body) => {
      const call = catalogueCall(request.site, request.state);
      const terms = termsOf(request, call);
      if (!terms) return refused(NO_TAXONOMY);
      const made = writeTerm(undefined, terms, body, call);
      return 'error' in made ? refused(made.error) : itemOf(made.value, terms, call);
    },
    update: (request, body) => change(termsOf, request, wholeArgument(body['id']) ?? 0, body),
    remove: (request, id) => remove(termsOf, request, id, true),
  };
}

type Request = Pick<RestCall<unknown>, 'site' | 'state' | 'path'>;

function change(termsOf: TermsOf, request: Request, id: number, values: Arguments): RestOutcome {
  const call = catalogueCall(request.site, request.state);
  const terms = termsOf(request, call);
  if (!terms) return refused(NO_TAXONOMY);
  const before = findTerm(terms, id, call);
  if (!before) return refused(INVALID);
  const made = writeTerm(before, terms, values, call);
  return 'error' in made ? refused(made.error) : itemOf(made.value, terms, call);
}

function remove(termsOf: TermsOf, request: Request, id: number, force: boolean): RestOutcome {
  const call = catalogueCall(request.site, request.state);
  const terms = termsOf(request, call);
  if (!terms) return refused(NO_TAXONOMY);
  const term = findTerm(terms, id, call);
  if (!term) return refused(INVALID);
  if (!force) return refused(NO_TRASH);
  const isDefault = term.taxonomy === 'product_cat' && term === termsIn(terms, call)[0];
  if (isDefault) return refused(CANNOT_DELETE_IT);
  const gone = { ...itemOf(term, terms, call), links: linksOf(term, terms, call, true), isGone: true } as const;
  const { terms: rows } = call.catalogue;
  for (const child of termsIn(terms, call)) if (child.parent === id) rows.save({ ...child, parent: term.parent });
  rows.remove(id);
  return gone;
}

function writeTerm(
  before: Term | undefined,
  { taxonomy }: Terms,
  values: Arguments,
  call: CatalogueCall,
): { readonly value: Term } | { readonly error: RestError } {
  const { catalogue } = call;
  const others = catalogue.terms.all().filter((term) => term.taxonomy === taxonomy && term.id !== before?.id);
  const name = textOr(values['name'], before?.name ?? '');
  const parent = taxonomy === 'product_cat' ? (wholeArgument(values['parent']) ?? before?.parent ?? 0) : 0;
  if (parent !== 0 && !others.some((term) => term.id === parent)) return { error: NO_PARENT };
  const twin = others.find((term) => term.name.toLowerCase() === name.toLowerCase() && term.parent === parent);
  if (twin) return { error: existsAlready(twin) };
  const image = values['image'] === undefined ? undefined : imagesOf(objectList([values['image']]), call);
  if (image && 'error' in image) return image;
  const asked = textArgument(values['slug']);
  const wanted = asked === undefined || asked === '' ? (before?.slug ?? slugOf(name)) : slugOf(asked);
  const base = before ?? BLANK_TERM;
  const term: Term = {
    id: before?.id ?? catalogue.next('term'),
    taxonomy,
    name,
    slug: freeSlug(wanted, (slug) => others.some((other) => other.slug === slug)),
    parent,
    description: textOr(values['description'], base.description),
    display: textOr(values['display'], base.display),
    menuOrder: wholeArgument(values['menu_order']) ?? base.menuOrder,
    image: image === undefined ? base.image : (image.value[0] ?? null),
  };
  return { value: catalogue.terms.save(term) };
}

/** Recorded: category-create-duplicate.json */
function existsAlready({ id }: Term): RestError {
  const message = 'A term with the name provided already exists with this parent.';
  return { ...restError(400, 'term_exists', message), data: { status: 400, resource_id: id } };
}

function termsIn({ taxonomy }: Terms, { catalogue }: CatalogueCall): readonly Term[] {
  return catalogue.terms.all().filter((term) => term.taxonomy === taxonomy);
}

function findTerm(terms: Terms, id: number, call: CatalogueCall): Term | undefined {
  return termsIn(terms, call).find((term) => term.id === id);
}

function selectTerms(terms: Terms, query: TermQuery, call: CatalogueCall): readonly Term[] {
  const { search, include, exclude, parent, slug, product, hideEmpty, orderBy, order } = query;
  const worn = product === undefined ? undefined : call.catalogue.products.find(product);
  const found = termsIn(terms, call).filter(
    (term) =>
      (search === '' || term.name.toLowerCase().includes(search.toLowerCase())) &&
      (include.length === 0 || include.includes(term.id)) &&
      !exclude.includes(term.id) &&
      (parent === undefined || term.parent === parent) &&
      (slug === undefined || term.slug === slug) &&
      (product === undefined || (worn !== undefined && [...worn.categories, ...worn.tags].includes(term.id))) &&
      (!hideEmpty || countOf(term, call) > 0),
  );
  if (orderBy === 'include') return found.sort((a, b) => include.indexOf(a.id) - include.indexOf(b.id));
  const direction = order === 'asc' ? 1 : -1;
  return found.sort((a, b) => direction * (compareTerms(a, b, orderBy, call) || a.id - b.id));
}

function compareTerms(a: Term, b: Term, orderBy: string, call: CatalogueCall): number {
  if (orderBy === 'name') return a.name.localeCompare(b.name);
  if (orderBy === 'slug') return a.slug.localeCompare(b.slug);
  return orderBy === 'count' ? countOf(a, call) - countOf(b, call) : 0;
}

/** How many products a shopper sees under it. */
function countOf(term: Term, { catalogue }: CatalogueCall): number {
  const attribute = catalogue.attributes.all().find((one) => one.slug === term.taxonomy);
  return catalogue.products
    .all()
    .filter(({ status, type }) => status === 'publish' && type !== 'variation')
    .filter(({ categories: own, tags: labels, attributes }) => {
      const options = attributes.find((one) => one.id === attribute?.id && one.id !== 0)?.options ?? [];
      return own.includes(term.id) || labels.includes(term.id) || options.includes(term.name);
    }).length;
}

function termBody(term: Term, call: CatalogueCall): JsonObject {
  const { id, name, slug, description, menuOrder, taxonomy } = term;
  const count = countOf(term, call);
  if (taxonomy === 'product_tag') return { id, name, slug, description, count };
  if (taxonomy !== 'product_cat') return { id, name, slug, description, menu_order: menuOrder, count };
  const image = term.image ? imageBody(term.image, call) : null;
  return {
    id,
    name,
    slug,
    parent: term.parent,
    description,
    display: term.display,
    image,
    menu_order: menuOrder,
    count,
  };
}

function linksOf({ id, parent }: Term, { path }: Terms, { siteUrl }: CatalogueCall, isGone = false): JsonObject {
  const links = itemLinks(siteUrl, path, id, isGone ? [] : undefined);
  return parent === 0 ? links : { ...links, up: [{ href: `${siteUrl}/wp-json/wc/v3/${path}/${parent}` }] };
}

function itemOf(
  term: Term,
  terms: Terms,
  call: CatalogueCall,
): { kind: 'item'; body: JsonObject; links: JsonObject; wholeMembers: true } {
  return { kind: 'item', body: termBody(term, call), links: linksOf(term, terms, call), wholeMembers: true };
}
