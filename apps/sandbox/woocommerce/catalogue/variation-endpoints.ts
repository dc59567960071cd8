import { type Arguments, truthArgument, wholeArgument } from '../order-writes/arguments.js';
import type { BatchActions } from '../order-writes/batch-endpoint.js';
import { FORCE_RULES } from '../order-writes/order-rules.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestCall, type RestEndpoint } from '../rest-endpoint.js';
import { restError, type RestError } from '../rest-error.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import { CANNOT_CREATE, CANNOT_DELETE, CANNOT_EDIT } from '../write-endpoint.js';
import { type CatalogueCall, catalogueCall, itemLinks } from './catalogue-call.js';
import { pageOf } from '../list-query.js';
import { type Context, variationBody, variationLinks } from './product-body.js';
import { createVariation, removeOrTrash, touchParent, updateVariation } from './product-changes.js';
import { ITEM_ALLOWS, LIST_ALLOWS } from './item-routes.js';
import { type ProductQuery, readVariationQuery, selectProducts } from './product-query.js';
import { VARIATION_RULES } from './product-rules.js';
import type { CatalogueProduct } from './records.js';
import type { WrittenProduct } from './write-product.js';

const INVALID = restError(404, 'woocommerce_rest_product_variation_invalid_id', 'Invalid ID.');
const INVALID_TO_EDIT: RestError = { ...INVALID, status: 400, data: { status: 400 } };

/** A genuine 10.5 runs into a PHP fatal here (fact sheet, section 5.7). */
const FATAL = restError(
  500,
  'internal_server_error',
  '<p>There has been a critical error on this website.</p><p><a href="https://wordpress.org/documentation/article/faq-troubleshooting/">Learn more about troubleshooting WordPress.</a></p>',
);

/** `GET /products/{product}/variations`: empty for a product that is not there (recorded: err-400-product-missing-parent.json). */
export const listVariations: RestEndpoint<ProductQuery> = {
  allow: LIST_ALLOWS,
  denied: CANNOT_LIST,
  read: readVariationQuery,
  answer: ({ site, state, parameters, path, sanitized }): RestOutcome => {
    const call = catalogueCall(site, state);
    const parentId = Number(path['product']);
    const found = selectProducts(parameters, call).filter((one) => one.parentId === parentId);
    const items = pageOf(found, parameters).map((one) => ({
      ...variationBody(one, call, parameters.context),
      _links: variationLinks(one, call),
    }));
    const { page, perPage } = parameters;
    const address = `/wc/v3/products/${parentId}/variations`;
    return { kind: 'page', items, total: found.length, page, perPage, path: address, query: sanitized };
  },
};

/** `GET /variations`, of all products; its links lead nowhere (recorded: variations-all.json). */
export const listAllVariations: RestEndpoint<ProductQuery> = {
  allow: 'GET',
  denied: CANNOT_LIST,
  read: readVariationQuery,
  answer: ({ site, state, parameters, sanitized }): RestOutcome => {
    const call = catalogueCall(site, state);
    const found = selectProducts(parameters, call);
    const up = [{ href: `${site.siteUrl}/wp-json/wc/v3/products/0` }];
    const items = pageOf(found, parameters).map((one) => ({
      ...variationBody(one, call, parameters.context),
      _links: { ...itemLinks(site.siteUrl, 'variations', one.id, []), up },
    }));
    const { page, perPage } = parameters;
    return { kind: 'page', items, total: found.length, page, perPage, path: '/wc/v3/variations', query: sanitized };
  },
};

/** `GET /products/{product}/variations/{id}` */
export const getVariation: RestEndpoint<Context> = {
  allow: ITEM_ALLOWS,
  denied: CANNOT_VIEW,
  read: (reader) => reader.oneOf('context', ['view', 'edit'], 'view'),
  answer: (request): RestOutcome =>
    onVariation(request, request.path['id'], INVALID, (variation, call) => ({
      kind: 'item',
      body: variationBody(variation, call, request.parameters),
      links: variationLinks(variation, call),
      wholeMembers: true,
    })),
};

/** `POST /products/{product}/variations`; the address it names is the route's pattern (recorded: variation-create.json). */
export const postVariation: RestEndpoint<void> = {
  allow: LIST_ALLOWS,
  denied: CANNOT_CREATE,
  rules: () => VARIATION_RULES,
  read: () => undefined,
  answer: ({ site, state, path, values }): RestOutcome => {
    const call = catalogueCall(site, state);
    const parent = call.catalogue.products.find(Number(path['product']));
    if (!parent) return refused(FATAL);
    const made = createVariation(parent, values, call);
    const outcome = answerOf(made, call);
    if ('error' in made || outcome.kind !== 'item') return outcome;
    const pattern = `${site.siteUrl}/wp-json/wc/v3/products/(?P%3Cproduct_id%3E[\\d]+)/variations`;
    return { ...outcome, location: `${pattern}/${made.value.id}` };
  },
};

/** `PUT`, `PATCH` and `POST /products/{product}/variations/{id}` */
export const putVariation: RestEndpoint<void> = {
  allow: ITEM_ALLOWS,
  denied: CANNOT_EDIT,
  rules: () => VARIATION_RULES,
  read: () => undefined,
  answer: (request): RestOutcome => change(request, request.path['id'], request.values),
};

/** `DELETE /products/{product}/variations/{id}` */
export const deleteVariation: RestEndpoint<void> = {
  allow: ITEM_ALLOWS,
  denied: CANNOT_DELETE,
  rules: () => FORCE_RULES,
  read: () => undefined,
  answer: (request): RestOutcome => remove(request, request.path['id'], truthArgument(request.values['force'])),
};

/** `POST /products/{product}/variations/batch` takes these three. */
export const variationBatch: BatchActions = {
  create: ({ site, state, path }, body) => {
    const call = catalogueCall(site, state);
    const parent = call.catalogue.products.find(Number(path['product']));
    return parent ? answerOf(createVariation(parent, body, call), call) : refused(FATAL);
  },
  update: (request, body) => change(request, String(wholeArgument(body['id']) ?? 0), body),
  remove: (request, id) => remove(request, String(id), true),
};

type Request = Pick<RestCall<unknown>, 'site' | 'state' | 'path'>;

/** The variation of another product is missing, too. */
function onVariation(
  { site, state, path }: Request,
  id: string | undefined,
  missing: RestError,
  answer: (variation: CatalogueProduct, call: CatalogueCall) => RestOutcome,
): RestOutcome {
  const call = catalogueCall(site, state);
  const product = call.catalogue.products.find(Number(id));
  const isOne = product?.type === 'variation' && product.parentId === Number(path['product']);
  return isOne ? answer(product, call) : refused(missing);
}

function change(request: Request, id: string | undefined, values: Arguments): RestOutcome {
  return onVariation(request, id, INVALID_TO_EDIT, (variation, call) =>
    answerOf(updateVariation(variation, values, call), call),
  );
}

function remove(request: Request, id: string | undefined, force: boolean): RestOutcome {
  return onVariation(request, id, INVALID, (variation, call) => removed(variation, force, call));
}

function removed(variation: CatalogueProduct, force: boolean, call: CatalogueCall): RestOutcome {
  const gone = removeOrTrash(variation, force, call);
  if ('error' in gone) return refused(gone.error);
  touchParent(variation, call);
  const links = variationLinks(variation, call, force);
  const body = variationBody(variation, call, 'edit');
  return { kind: 'item', body, links, wholeMembers: true, ...(force ? { isGone: true } : {}) };
}

function answerOf(written: WrittenProduct, call: CatalogueCall): RestOutcome {
  if ('error' in written) return refused(written.error);
  const { value } = written;
  const body = variationBody(value, call, 'edit');
  return { kind: 'item', body, links: variationLinks(value, call), wholeMembers: true };
}
