import { type Arguments, textArgument, textOr, truthArgument } from '../order-writes/arguments.js';
import { FORCE_RULES } from '../order-writes/order-rules.js';
import type { JsonObject } from '../response-fields.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestEndpoint } from '../rest-endpoint.js';
import { restError, type RestError } from '../rest-error.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import { CANNOT_CREATE, CANNOT_DELETE, CANNOT_EDIT } from '../write-endpoint.js';
import { type CatalogueCall, catalogueCall, itemLinks } from './catalogue-call.js';
import { ITEM_ALLOWS, LIST_ALLOWS } from './item-routes.js';
import { ATTRIBUTE_RULES, requiring } from './product-rules.js';
import type { GlobalAttribute } from './records.js';
import { slugOf } from './slug.js';

const INVALID = restError(404, 'woocommerce_rest_taxonomy_invalid', 'Resource does not exist.');
const NO_TRASH = restError(501, 'woocommerce_rest_trash_not_supported', 'Resource does not support trashing.');
const LONGEST_SLUG = 28;

/** `GET /products/attributes`: all of them, whatever page is asked for. */
export const listAttributes: RestEndpoint<void> = {
  allow: LIST_ALLOWS,
  denied: CANNOT_LIST,
  read: (reader) => void reader.oneOf('context', ['view', 'edit'], 'view'),
  answer: ({ site, state, sanitized }): RestOutcome => {
    const call = catalogueCall(site, state);
    const items = call.catalogue.attributes.all().map((one) => ({ ...attributeBody(one), _links: linksOf(one, call) }));
    const total = items.length;
    return {
      kind: 'page',
      items,
      total,
      page: 1,
      perPage: Math.max(total, 1),
      path: '/wc/v3/products/attributes',
      query: sanitized,
    };
  },
};

export const getAttribute: RestEndpoint<void> = {
  allow: ITEM_ALLOWS,
  denied: CANNOT_VIEW,
  read: () => undefined,
  answer: ({ site, state, path }): RestOutcome => {
    const call = catalogueCall(site, state);
    const attribute = call.catalogue.attributes.find(Number(path['id']));
    return attribute ? itemOf(attribute, call) : refused(INVALID);
  },
};

export const postAttribute: RestEndpoint<void> = {
  allow: LIST_ALLOWS,
  denied: CANNOT_CREATE,
  rules: () => requiring(ATTRIBUTE_RULES, 'name'),
  read: () => undefined,
  answer: ({ site, state, values }): RestOutcome => {
    const call = catalogueCall(site, state);
    const made = writeAttribute(undefined, values, call);
    if ('error' in made) return refused(made.error);
    const location = `${site.siteUrl}/wp-json/wc/v3/products/attributes/${made.value.id}`;
    return { ...itemOf(made.value, call), location };
  },
};

export const putAttribute: RestEndpoint<void> = {
  allow: ITEM_ALLOWS,
  denied: CANNOT_EDIT,
  rules: () => ATTRIBUTE_RULES,
  read: () => undefined,
  answer: ({ site, state, path, values }): RestOutcome => {
    const call = catalogueCall(site, state);
    const before = call.catalogue.attributes.find(Number(path['id']));
    if (!before) return refused(INVALID);
    const made = writeAttribute(before, values, call);
    return 'error' in made ? refused(made.error) : itemOf(made.value, call);
  },
};

export const deleteAttribute: RestEndpoint<void> = {
  allow: ITEM_ALLOWS,
  denied: CANNOT_DELETE,
  rules: () => FORCE_RULES,
  read: () => undefined,
  answer: ({ site, state, path, values }): RestOutcome => {
    const call = catalogueCall(site, state);
    const attribute = call.catalogue.attributes.find(Number(path['id']));
    if (!attribute) return refused(INVALID);
    if (!truthArgument(values['force'])) return refused(NO_TRASH);
    call.catalogue.attributes.remove(attribute.id);
    for (const term of call.catalogue.terms.all()) {
      if (term.taxonomy === attribute.slug) call.catalogue.terms.remove(term.id);
    }
    return { ...itemOf(attribute, call), isGone: true };
  },
};

function writeAttribute(
  before: GlobalAttribute | undefined,
  values: Arguments,
  { catalogue }: CatalogueCall,
): { readonly value: GlobalAttribute } | { readonly error: RestError } {
  const name = textOr(values['name'], before?.name ?? '');
  const word = slugWord(name, values, before);
  const others = catalogue.attributes.all().filter((one) => one.id !== before?.id);
  const problem = slugProblem(word, others);
  if (problem !== undefined) return { error: restError(400, 'woocommerce_rest_cannot_create', problem) };
  const archives = values['has_archives'];
  const attribute: GlobalAttribute = {
    id: before?.id ?? catalogue.next('attribute'),
    name,
    slug: `pa_${word}`,
    orderBy: textOr(values['order_by'], before?.orderBy ?? 'menu_order'),
    hasArchives: archives === undefined ? (before?.hasArchives ?? false) : truthArgument(archives),
  };
  return { value: catalogue.attributes.save(attribute) };
}

/** The slug without its `pa_`. */
function slugWord(name: string, values: Arguments, before: GlobalAttribute | undefined): string {
  const asked = textArgument(values['slug']);
  if (asked !== undefined && asked !== '') return slugOf(asked.replace(/^pa_/, ''));
  return before?.slug.slice('pa_'.length) ?? slugOf(name);
}

function slugProblem(word: string, others: readonly GlobalAttribute[]): string | undefined {
  if (word.length > LONGEST_SLUG) return `Slug "${word}" is too long (28 characters max). Shorten it, please.`;
  const isTaken = others.some((one) => one.slug === `pa_${word}`);
  return isTaken ? `Slug "${word}" is already in use. Change it, please.` : undefined;
}

function attributeBody({ id, name, slug, orderBy, hasArchives }: GlobalAttribute): JsonObject {
  return { id, name, slug, type: 'select', order_by: orderBy, has_archives: hasArchives };
}

function linksOf({ id }: GlobalAttribute, { siteUrl }: CatalogueCall): JsonObject {
  return itemLinks(siteUrl, 'products/attributes', id);
}

function itemOf(
  attribute: GlobalAttribute,
  call: CatalogueCall,
): { kind: 'item'; body: JsonObject; links: JsonObject; wholeMembers: true } {
  return { kind: 'item', body: attributeBody(attribute), links: linksOf(attribute, call), wholeMembers: true };
}
