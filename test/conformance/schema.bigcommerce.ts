import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type Exception, unexcused } from './exceptions.js';
import { jsonOf, operationOf } from './openapi-judge.js';
import { type OpenApi, listOf, partOf } from './openapi-schema.js';
import type { SentRequest } from './schema.woocommerce.js';

/** What the platform says of its API. It has no licence, so that nothing of it is committed. */
export interface BigCommerceDescription {
  readonly source: 'whole description' | 'general rules only (the description is not here)';
  /** The documents that may know a path, `v3/catalog/products`; none where the description is not here. */
  documents(route: string): readonly OpenApi[];
}

export const BIGCOMMERCE_DESCRIPTION = fileURLToPath(
  new URL('../../../shared/specs/bigcommerce/reference/', import.meta.url),
);

/** @param folder the platform's own description, which lies beside the repository and not in it */
export function loadBigCommerce(folder = BIGCOMMERCE_DESCRIPTION): BigCommerceDescription {
  if (!existsSync(folder)) return { source: 'general rules only (the description is not here)', documents: () => [] };
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^[^.].*\.ya?ml$/.test(name))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
  const read = new Map<string, OpenApi>();
  const documentOf = (text: string): OpenApi => {
    // The files have more aliases than the reader takes for harmless.
    const document = read.get(text) ?? (parse(text, { maxAliasCount: -1 }) as OpenApi);
    read.set(text, document);
    return document;
  };
  return {
    source: 'whole description',
    // Reading all takes seconds; only what has the first step of the path is read.
    documents: (route) => {
      const [version = '', first = ''] = route.split('/');
      const server = `api.bigcommerce.com/stores/{store_hash}/${version}`;
      const path = new RegExp(`^ +['"]?/${first.replaceAll(/\W/g, '.')}(?:/|['"]?:)`, 'm');
      return texts.filter((text) => text.includes(server) && path.test(text)).map(documentOf);
    },
  };
}

const call = (method: string, path: string, body?: unknown): SentRequest => ({
  method,
  path: `stores/abc123/${path}`,
  body: body === undefined ? '' : JSON.stringify(body),
});

/** Where the description is wrong about the platform. Every line of it is tried in the spec. */
export const BIGCOMMERCE_EXCEPTIONS: readonly Exception[] = [
  {
    problem: /^GET \/orders: query parameter sort is none of .*\b(\w+)\b.*: \1:(?:asc|desc)$/,
    reason: 'its own text says that a direction follows the field; its list of values has the fields alone',
    example: call('GET', 'v2/orders?sort=date_modified:asc'),
  },
  {
    problem: /^POST \/catalog\/products: body\.variants\[\d+\]\.(?:id|product_id) is missing$/,
    reason: 'a variant that is created with its product has no ids yet; its own examples of creating have none',
    example: call('POST', 'v3/catalog/products', {
      ...{ name: 'Shirt', type: 'physical', weight: 0, price: 20 },
      variants: [{ sku: 'S', option_values: [{ option_display_name: 'Size', label: 'S' }] }],
    }),
  },
  {
    problem: /^PUT \/catalog\/products: body\[\d+\]\.id is unknown or read-only$/,
    reason: 'the id, which says what to update, is described as required and as read-only at once',
    example: call('PUT', 'v3/catalog/products', [{ id: 5, price: 20 }]),
  },
  {
    problem: /^POST \/catalog\/trees\/categories: body\[\d+\]\.(?:tree_id|parent_id) is missing$/,
    reason: 'its own text asks for one of the two; its list of required names has both',
    example: call('POST', 'v3/catalog/trees/categories', [
      { name: 'Teas', parent_id: 4 },
      { name: 'Cups', tree_id: 1 },
    ]),
  },
];

/** What must be in a body though the description does not ask for it (fact sheet, d.2, d.3). */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  'POST /orders': ['billing_address'],
  'POST /orders/{order_id}/shipments': ['order_address_id', 'items'],
};

/** Of which names a record must have one (fact sheet, d.2, d.7). */
const ONE_OF: Readonly<Record<string, readonly string[]>> = {
  'POST /orders': ['products', 'consignments'],
  'POST /catalog/trees/categories': ['tree_id', 'parent_id'],
};

/** How many records one request may write (fact sheet, d.6, d.8, d.9). */
const AT_MOST: Readonly<Record<string, number>> = {
  'PUT /catalog/products': 10,
  'PUT /catalog/variants': 50,
  'POST /customers': 10,
  'PUT /customers': 10,
  'PUT /inventory/adjustments/absolute': 2000,
  'POST /inventory/adjustments/relative': 2000,
};

function leftOutProblems(name: string, body: unknown): readonly string[] {
  const missing = (LEFT_OUT[name] ?? []).filter((one) => !(one in partOf(body)));
  const oneOf = ONE_OF[name] ?? [];
  const records = Array.isArray(body) ? listOf(body) : [body];
  const hasNone = oneOf.length > 0 && records.some((record) => !oneOf.some((one) => one in partOf(record)));
  const { length } = listOf(Array.isArray(body) ? body : partOf(body)['items']);
  const most = AT_MOST[name] ?? Infinity;
  return [
    ...missing.map((one) => `body.${one} is missing`),
    ...(hasNone ? [`body has no ${oneOf.join(' or ')}`] : []),
    ...(length > most ? [`${length} records are more than ${most}`] : []),
  ];
}

/**
 * What is wrong with a request to BigCommerce's REST API; undefined where it is for a token, or for another of its
 * services.
 */
export function bigCommerceProblems(
  description: BigCommerceDescription,
  { method, path, body }: SentRequest,
  exceptions: readonly Exception[] = BIGCOMMERCE_EXCEPTIONS,
): readonly string[] | undefined {
  const { pathname, searchParams } = new URL(path, 'https://api.invalid/');
  const [, version = '', route = ''] = /^\/stores\/[^/]+\/(v[23])(\/.*)$/.exec(pathname) ?? [];
  if (route === '') return undefined;
  const query = [...searchParams];
  const general = generalProblems(query).map((problem) => `${method} ${route}: ${problem}`);
  const documents = description.documents(`${version}${route}`);
  if (description.source !== 'whole description')
    return body === '' || jsonOf(body) !== undefined
      ? general
      : [...general, `${method} ${route}: the body is no JSON`];
  const operation = operationOf(documents, method, route);
  if (typeof operation === 'string') return unexcused([...general, operation], exceptions);
  const found = [
    ...operation.pathProblems(route),
    ...operation.queryProblems(query),
    ...operation.bodyProblems(body),
    ...leftOutProblems(operation.name, jsonOf(body)),
  ].map((problem) => `${operation.name}: ${problem}`);
  return unexcused([...general, ...found], exceptions);
}

/** What the description does not say, or not everywhere (fact sheet, (c), d.2, d.6). */
function generalProblems(query: readonly (readonly [string, string])[]): readonly string[] {
  const names = query.map(([name]) => name);
  return [
    ...names.filter((name, index) => names.indexOf(name) < index).map((name) => `${name} is sent twice`),
    ...query.filter(([, value]) => value === '').map(([name]) => `${name} is empty`),
    ...query.flatMap(([name, value]) => {
      if (name === 'page') return /^[1-9]\d*$/.test(value) ? [] : ['page counts from 1'];
      if (name === 'limit')
        return /^[1-9]\d{0,3}$/.test(value) && Number(value) <= MOST ? [] : ['limit is not within 1..1000'];
      return /date|^created:/.test(name) && !isInstant(value) ? [`${name} is no time with its zone: ${value}`] : [];
    }),
  ];
}

/** Of the inventory; elsewhere 250. */
const MOST = 1000;

/** A day alone is completed with the time of now; a plus that is not escaped arrives as a space (fact sheet, d.6, (g) 4). */
function isInstant(value: string): boolean {
  const isoOrMail = /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)|\w{3}, .* [+-]\d{4})$/;
  return isoOrMail.test(value) && !Number.isNaN(Date.parse(value));
}
