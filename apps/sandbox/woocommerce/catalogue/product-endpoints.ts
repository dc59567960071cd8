import { pageOf } from '../list-query.js';
import { CANNOT_LIST, type RestEndpoint } from '../rest-endpoint.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import { type CatalogueCall, catalogueCall } from './catalogue-call.js';
import { itemRoutes, LIST_ALLOWS, withLocation } from './item-routes.js';
import { type Context, productBody, productLinks } from './product-body.js';
import { createProduct, deleteProduct, INVALID_PRODUCT, updateProduct } from './product-changes.js';
import { type ProductQuery, readProductQuery, selectProducts } from './product-query.js';
import { PRODUCT_RULES } from './product-rules.js';
import type { CatalogueProduct } from './records.js';
import type { WrittenProduct } from './write-product.js';

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

/** Reading one finds variations and the trash, too. */
export const productRoutes = itemRoutes({
  createRules: PRODUCT_RULES,
  editRules: PRODUCT_RULES,
  find: (call, id, context) => {
    const product = call.catalogue.products.find(id);
    return product ? itemOf(product, call, context) : refused(INVALID_PRODUCT);
  },
  create: (call, values) => {
    const made = createProduct(values, call);
    return withLocation(answerOf(made, call), call, 'products', made);
  },
  update: (call, id, values) => answerOf(updateProduct(id, values, call), call),
  // Recorded: product-delete-trash.json
  remove: (call, id, force) => answerOf(deleteProduct(id, force, call), call),
});

function answerOf(written: WrittenProduct, call: CatalogueCall): RestOutcome {
  return 'error' in written ? refused(written.error) : itemOf(written.value, call, 'edit');
}

function itemOf(product: CatalogueProduct, call: CatalogueCall, context: Context): RestOutcome {
  const links = productLinks(product, call);
  return { kind: 'item', body: productBody(product, call, context), links, wholeMembers: true };
}
