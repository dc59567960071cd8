import type { FastifyInstance, HTTPMethods } from 'fastify';
import { batchEndpoint, type BatchActions } from '../order-writes/batch-endpoint.js';
import { type RestEndpoint, restHandler, type RouteHandler } from '../rest-endpoint.js';
import type { SandboxState } from '../sandbox-state.js';
import type { RouteList } from '../site-endpoints.js';
import { deleteAttribute, getAttribute, listAttributes, postAttribute, putAttribute } from './attribute-endpoints.js';
import { couponRoutes, listCoupons } from './coupon-endpoints.js';
import { customerRoutes, listCustomers } from './customer-endpoints.js';
import type { ItemRoutes } from './item-routes.js';
import { listProducts, productRoutes } from './product-endpoints.js';
import { getCountry, getTax, listPaymentGateways, listShippingMethods, listTaxes } from './store-endpoints.js';
import {
  attributeTerms,
  categories,
  deleteTerm,
  getTerm,
  listTerms,
  postTerm,
  putTerm,
  tags,
  termBatch,
} from './term-endpoints.js';
import {
  deleteVariation,
  getVariation,
  listAllVariations,
  listVariations,
  postVariation,
  putVariation,
  variationBatch,
} from './variation-endpoints.js';

/** A route of the REST API, below `wc/v3`; `:id`, `:product` and `:attribute` are numbers. */
export interface CatalogueRoute {
  readonly methods: readonly HTTPMethods[];
  readonly path: string;
  readonly handler: (state: SandboxState) => RouteHandler;
}

const EDIT = ['POST', 'PUT', 'PATCH'] as const;

function route<P>(methods: readonly HTTPMethods[], path: string, endpoint: RestEndpoint<P>): CatalogueRoute {
  return { methods, path, handler: (state) => restHandler(state, endpoint) };
}

function batch(path: string, actions: BatchActions): CatalogueRoute {
  return route(EDIT, `${path}/batch`, batchEndpoint(actions));
}

/** List, create, read, change and delete. */
function collection<A, B, C, D, E>(
  path: string,
  list: RestEndpoint<A>,
  post: RestEndpoint<B>,
  get: RestEndpoint<C>,
  put: RestEndpoint<D>,
  remove: RestEndpoint<E>,
): CatalogueRoute[] {
  return [
    route(['GET'], path, list),
    route(['POST'], path, post),
    route(['GET'], `${path}/:id`, get),
    route(EDIT, `${path}/:id`, put),
    route(['DELETE'], `${path}/:id`, remove),
  ];
}

function wholeCollection<P>(path: string, list: RestEndpoint<P>, items: ItemRoutes): CatalogueRoute[] {
  return [...collection(path, list, items.post, items.get, items.put, items.remove), batch(path, items.batch)];
}

function termRoutes(path: string, terms: typeof categories): CatalogueRoute[] {
  return [
    ...collection(path, listTerms(terms), postTerm(terms), getTerm(terms), putTerm(terms), deleteTerm(terms)),
    batch(path, termBatch(terms)),
  ];
}

const VARIATIONS = '/products/:product/variations';

/** Products, what they are sorted by, customers, coupons and what a shop says of itself. */
export const catalogueRoutes: readonly CatalogueRoute[] = [
  ...wholeCollection('/products', listProducts, productRoutes),
  ...collection(VARIATIONS, listVariations, postVariation, getVariation, putVariation, deleteVariation),
  batch(VARIATIONS, variationBatch),
  route(['GET'], '/variations', listAllVariations),
  ...termRoutes('/products/categories', categories),
  ...termRoutes('/products/tags', tags),
  ...collection('/products/attributes', listAttributes, postAttribute, getAttribute, putAttribute, deleteAttribute),
  ...termRoutes('/products/attributes/:attribute/terms', attributeTerms),
  ...wholeCollection('/customers', listCustomers, customerRoutes),
  ...wholeCollection('/coupons', listCoupons, couponRoutes),
  route(['GET'], '/taxes', listTaxes),
  route(['GET'], '/taxes/:id', getTax),
  route(['GET'], '/payment_gateways', listPaymentGateways),
  route(['GET'], '/shipping_methods', listShippingMethods),
  route(['GET'], '/data/countries/:country', getCountry),
];

/** Serves them behind the site's folder. */
export function registerCatalogueRoutes(server: FastifyInstance, state: SandboxState): void {
  for (const { methods, path, handler } of catalogueRoutes) {
    const url = `/wp-json/wc/v3${path.replaceAll(/:(id|product|attribute)\b/g, (name) => `${name}(^\\d+$)`)}`;
    server.route({ method: [...methods], url, handler: handler(state) });
  }
}

/** The routes as the indexes of the REST API name them: one entry for each path. */
export function routeList(routes: readonly CatalogueRoute[]): RouteList {
  const methods = new Map<string, string[]>();
  for (const one of routes) {
    const path = `/wc/v3${one.path}`
      .replace(':product', '(?P<product_id>[\\d]+)')
      .replace(':attribute', '(?P<attribute_id>[\\d]+)')
      .replace(':country', '(?P<location>[\\w-]+)')
      .replace(':id', '(?P<id>[\\d]+)');
    methods.set(path, [...(methods.get(path) ?? []), ...one.methods.map(String)]);
  }
  return [...methods];
}
