import { truthArgument, wholeArgument } from '../order-writes/arguments.js';
import type { BatchActions } from '../order-writes/batch-endpoint.js';
import { FORCE_RULES } from '../order-writes/order-rules.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestEndpoint } from '../rest-endpoint.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import { CANNOT_CREATE, CANNOT_DELETE, CANNOT_EDIT } from '../write-endpoint.js';
import { type CatalogueCall, catalogueCall } from './catalogue-call.js';
import { pageOf } from '../list-query.js';
import { type Context, productBody, productLinks } from './product-body.js';
import { createProduct, deleteProduct, INVALID_PRODUCT, updateProduct } from './product-changes.js';
import { type ProductQuery, readProductQuery, selectProducts } from './product-query.js';
import { PRODUCT_RULES } from './product-rules.js';
import type { WrittenProduct } from './write-product.js';

export const ITEM_ALLOWS = 'GET, POST, PUT, PATCH, DELETE';
export const LIST_ALLOWS = 'GET, POST';

/** `GET /products` */
export const listProducts: RestEndpoint<ProductQuery> = {
  allow: LIST_ALLOWS,
  denied: CANNOT_LIST,
  read: readProductQuery,
  answer: ({ site, state, parameters, sanitized }): RestOutcome => {
    const call = catalogueCall(site, state);
    const found = selectProducts(parameters, call);
    const items = pageOf(found, parameters).map((product) => ({
      ...productBody(product, call, parameters.context),
      _links: productLinks(product, call),
    }));
    const { page, perPage } = parameters;
    return { kind: 'page', items, total: found.length, page, perPage, path: '/wc/v3/products', query: sanitized };
  },
};

/** `GET /products/{id}`: finds variations and the trash, too. */
export const getProduct: RestEndpoint<Context> = {
  allow: ITEM_ALLOWS,
  denied: CANNOT_VIEW,
  read: (reader) => reader.oneOf('context', ['view', 'edit'], 'view'),
  answer: ({ site, state, path, parameters }): RestOutcome => {
    const call = catalogueCall(site, state);
    const product = call.catalogue.products.find(Number(path['id']));
    if (!product) return refused(INVALID_PRODUCT);
    return {
      kind: 'item',
      body: productBody(product, call, parameters),
      links: productLinks(product, call),
      wholeMembers: true,
    };
  },
};

/** `POST /products` */
export const postProduct: RestEndpoint<void> = {
  allow: LIST_ALLOWS,
  denied: CANNOT_CREATE,
  rules: () => PRODUCT_RULES,
  read: () => undefined,
  answer: ({ site, state, values }): RestOutcome => {
    const call = catalogueCall(site, state);
    const made = createProduct(values, call);
    const outcome = answerOf(made, call);
    if ('error' in made || outcome.kind !== 'item') return outcome;
    return { ...outcome, location: `${site.siteUrl}/wp-json/wc/v3/products/${made.value.id}` };
  },
};

/** `PUT`, `PATCH` and `POST /products/{id}`: all three change only what is named. */
export const putProduct: RestEndpoint<void> = {
  allow: ITEM_ALLOWS,
  denied: CANNOT_EDIT,
  rules: () => PRODUCT_RULES,
  read: () => undefined,
  answer: ({ site, state, path, values }): RestOutcome => {
    const call = catalogueCall(site, state);
    return answerOf(updateProduct(Number(path['id']), values, call), call);
  },
};

/** `DELETE /products/{id}`: answers what was there before (recorded: product-delete-trash.json). */
export const deleteProductRoute: RestEndpoint<void> = {
  allow: ITEM_ALLOWS,
  denied: CANNOT_DELETE,
  rules: () => FORCE_RULES,
  read: () => undefined,
  answer: ({ site, state, path, values }): RestOutcome => {
    const call = catalogueCall(site, state);
    return answerOf(deleteProduct(Number(path['id']), truthArgument(values['force']), call), call);
  },
};

/** `POST /products/batch` takes these three. */
export const productBatch: BatchActions = {
  create: ({ site, state }, body) => {
    const call = catalogueCall(site, state);
    return answerOf(createProduct(body, call), call);
  },
  update: ({ site, state }, body) => {
    const call = catalogueCall(site, state);
    return answerOf(updateProduct(wholeArgument(body['id']) ?? 0, body, call), call);
  },
  remove: ({ site, state }, id) => {
    const call = catalogueCall(site, state);
    return answerOf(deleteProduct(id, true, call), call);
  },
};

function answerOf(written: WrittenProduct, call: CatalogueCall): RestOutcome {
  if ('error' in written) return refused(written.error);
  const { value } = written;
  return { kind: 'item', body: productBody(value, call, 'edit'), links: productLinks(value, call), wholeMembers: true };
}
