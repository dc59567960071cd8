import { pageOf } from '../list-query.js';
import { type Arguments, truthArgument, wholeArgument } from '../order-writes/arguments.js';
import type { BatchActions } from '../order-writes/batch-endpoint.js';
import { FORCE_RULES } from '../order-writes/order-rules.js';
import type { JsonObject } from '../response-fields.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestCall, type RestEndpoint } from '../rest-endpoint.js';
import { restError } from '../rest-error.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import { CANNOT_CREATE, CANNOT_DELETE, CANNOT_EDIT } from '../write-endpoint.js';
import { type CatalogueCall, catalogueCall, itemLinks } from './catalogue-call.js';
import { ITEM_ALLOWS, LIST_ALLOWS } from './item-routes.js';
import { imageBody } from './product-body.js';
import { requiring, TERM_RULES } from './product-rules.js';
import type { Term } from './records.js';
import { writeTerm } from './term-changes.js';
import { countOf, readTermQuery, selectTerms, type TermQuery } from './term-query.js';

const INVALID = restError(404, 'woocommerce_rest_term_invalid', 'Resource does not exist.');
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

export function listTerms(termsOf: TermsOf): RestEndpoint<TermQuery> {
  return {
    allow: LIST_ALLOWS,
    denied: CANNOT_LIST,
    read: readTermQuery,
    answer: (request): RestOutcome =>
      within(termsOf, request, (terms, call) => {
        const { parameters, sanitized } = request;
        const found = selectTerms(termsIn(terms, call), parameters, call);
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
      }),
  };
}

export function getTerm(termsOf: TermsOf): RestEndpoint<void> {
  return {
    allow: ITEM_ALLOWS,
    denied: CANNOT_VIEW,
    read: () => undefined,
    answer: (request): RestOutcome =>
      within(termsOf, request, (terms, call) => {
        const term = findTerm(terms, Number(request.path['id']), call);
        return term ? itemOf(term, terms, call) : refused(INVALID);
      }),
  };
}

export function postTerm(termsOf: TermsOf): RestEndpoint<void> {
  return {
    allow: LIST_ALLOWS,
    denied: CANNOT_CREATE,
    rules: () => requiring(TERM_RULES, 'name'),
    read: () => undefined,
    answer: (request): RestOutcome =>
      within(termsOf, request, (terms, call) => {
        const made = writeTerm(undefined, terms.taxonomy, request.values, call);
        if ('error' in made) return refused(made.error);
        const location = `${call.siteUrl}/wp-json/wc/v3/${terms.path}/${made.value.id}`;
        return { ...itemOf(made.value, terms, call), location };
      }),
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
    create: (request, body) =>
      within(termsOf, request, (terms, call) => {
        const made = writeTerm(undefined, terms.taxonomy, body, call);
        return 'error' in made ? refused(made.error) : itemOf(made.value, terms, call);
      }),
    update: (request, body) => change(termsOf, request, wholeArgument(body['id']) ?? 0, body),
    remove: (request, id) => remove(termsOf, request, id, true),
  };
}

type Request = Pick<RestCall<unknown>, 'site' | 'state' | 'path'>;

/** Answers about the terms that the address names, if there are such. */
function within(
  termsOf: TermsOf,
  request: Request,
  answer: (terms: Terms, call: CatalogueCall) => RestOutcome,
): RestOutcome {
  const call = catalogueCall(request.site, request.state);
  const terms = termsOf(request, call);
  return terms ? answer(terms, call) : refused(NO_TAXONOMY);
}

function change(termsOf: TermsOf, request: Request, id: number, values: Arguments): RestOutcome {
  return within(termsOf, request, (terms, call) => {
    const before = findTerm(terms, id, call);
    if (!before) return refused(INVALID);
    const made = writeTerm(before, terms.taxonomy, values, call);
    return 'error' in made ? refused(made.error) : itemOf(made.value, terms, call);
  });
}

function remove(termsOf: TermsOf, request: Request, id: number, force: boolean): RestOutcome {
  return within(termsOf, request, (terms, call) => {
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
  });
}

function termsIn({ taxonomy }: Terms, { catalogue }: CatalogueCall): Term[] {
  return catalogue.terms.all().filter((term) => term.taxonomy === taxonomy);
}

function findTerm(terms: Terms, id: number, call: CatalogueCall): Term | undefined {
  return termsIn(terms, call).find((term) => term.id === id);
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
