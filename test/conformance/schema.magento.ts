import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type Exception, unexcused } from './exceptions.js';
import { jsonOf, type Operation, operationOf } from './openapi-judge.js';
import { type OpenApi, type Part, partOf } from './openapi-schema.js';
import type { SentRequest } from './schema.woocommerce.js';

/** What the platform says of its administrator's API. */
export interface MagentoDescription {
  readonly source: 'whole description' | 'general rules only (the description is not here)';
  /** Reads it, once; undefined where it is not here. */
  document(): OpenApi | undefined;
}

export const MAGENTO_DESCRIPTION = fileURLToPath(
  new URL('../../../shared/specs/magento/admin-schema-2.4.9.yaml', import.meta.url),
);

/** @param file the platform's own description, which lies beside the repository and not in it */
export function loadMagento(file = MAGENTO_DESCRIPTION): MagentoDescription {
  if (!existsSync(file))
    return { source: 'general rules only (the description is not here)', document: () => undefined };
  let read: OpenApi | undefined;
  return { source: 'whole description', document: () => (read ??= readDescription(file)) };
}

/** The router takes a path with and without a slash at its end; the description writes a few with one, and some twice. */
function readDescription(file: string): OpenApi {
  const { paths, ...rest } = parse(readFileSync(file, 'utf8')) as OpenApi;
  const trimmed: Record<string, Part> = {};
  for (const [path, item] of Object.entries(paths)) {
    const name = path.replace(/\/$/, '');
    trimmed[name] = { ...trimmed[name], ...partOf(item) };
  }
  return { ...rest, paths: trimmed };
}

const call = (method: string, path: string, body?: unknown): SentRequest => ({
  method,
  path: `rest/V1/${path}`,
  body: body === undefined ? '' : JSON.stringify(body),
});

// The description asks for every field whose reader never answers nothing, which says nothing of writing. Only where a
// genuine shop took less is less taken here; the names are those of the recordings.
const STOCK_ITEM = /\.(?:stock_item|stockItem)\.(?!qty |is_in_stock )\w+ is missing$/;

/** Where the description is wrong about the platform. Every line of it is tried in the spec. */
export const MAGENTO_EXCEPTIONS: readonly Exception[] = [
  {
    problem: new RegExp(
      `^(?:POST|PUT) /V1/products(?:/\\{sku\\})?: body\\.product\\.extension_attributes${STOCK_ITEM.source}`,
    ),
    reason: 'product-create: a stock item of qty and is_in_stock was taken',
    example: call('POST', 'products', {
      product: {
        ...{ sku: 'CUP', name: 'Cup', attribute_set_id: 4, price: 12.5, type_id: 'simple' },
        extension_attributes: { stock_item: { qty: 5, is_in_stock: true } },
      },
    }),
  },
  {
    problem: new RegExp(`^PUT /V1/products/\\{productSku\\}/stockItems/\\{itemId\\}: body${STOCK_ITEM.source}`),
    reason: 'product-update-stock-item: a stock item of qty and is_in_stock was taken',
    example: call('PUT', 'products/CUP/stockItems/1', { stockItem: { qty: 17, is_in_stock: true } }),
  },
  {
    problem: /^POST \/V1\/products: body\.product\.extension_attributes\.stock_item\.\w+ is missing$/,
    reason:
      "the platform's published code sets what is given of a stock item over what it has; not recorded is a save without qty",
    example: call('POST', 'products', {
      product: {
        ...{
          id: 7,
          sku: 'CUP',
          extension_attributes: { stock_item: { use_config_manage_stock: false, manage_stock: true } },
        },
      },
    }),
  },
  {
    problem: /^PUT \/V1\/coupons\/\{couponId\}: body\.coupon\.times_used is missing$/,
    reason:
      "the platform's published code (CouponRepository) merges what is given over the coupon it has; sending a number would set back the counter",
    example: call('PUT', 'coupons/7', { coupon: { coupon_id: 7, rule_id: 3, code: 'NEW', type: 0, is_primary: true } }),
  },
  {
    problem: /^PUT \/V1\/products\/\{sku\}: body\.product\.sku is missing$/,
    reason: 'product-update: the SKU in the path is enough',
    example: call('PUT', 'products/CUP', { product: { price: 24.5 } }),
  },
  {
    problem: /: body\.product\.custom_attributes\[\d+\]\.value is no string, but array$/,
    reason: 'attributes with several values, such as category_ids, are arrays (fact sheet, 10)',
    example: call('PUT', 'products/CUP', {
      product: { sku: 'CUP', custom_attributes: [{ attribute_code: 'category_ids', value: ['3', '4'] }] },
    }),
  },
  {
    problem: /^POST \/V1\/orders\/\{id\}\/comments: body\.statusHistory\.parent_id is missing$/,
    reason: 'order-comment-add: the order in the path is enough',
    example: call('POST', 'orders/10/comments', {
      statusHistory: { comment: 'Rings twice', is_customer_notified: 0, is_visible_on_front: 0 },
    }),
  },
  {
    problem:
      /^(?:POST|PUT) \/V1\/orders(?:\/create)?: body\.entity\.payment\.(?:account_status|additional_information|cc_last4) is missing$/,
    reason: 'order-create-direct-post: a payment of its method and amount was taken',
    example: call('POST', 'orders', {
      entity: {
        ...{ customer_email: 'a@example.com', base_grand_total: 1, grand_total: 1, items: [{ sku: 'CUP' }] },
        payment: { method: 'checkmo', amount_ordered: 1 },
      },
    }),
  },
  {
    problem:
      /^POST \/V1\/(?:guest-)?carts\/\{cartId\}\/shipping-information: body\.addressInformation\.(?:shipping|billing)_address\.(?:region|region_code) is missing$/,
    reason:
      "order-create-3-shipping: region_id was enough (recorded of a guest; the administrator's cart takes the same address)",
    example: call('POST', 'guest-carts/abc/shipping-information', {
      addressInformation: {
        shipping_carrier_code: 'flatrate',
        shipping_method_code: 'flatrate',
        shipping_address: {
          ...{ firstname: 'A', lastname: 'B', street: ['C 1'], city: 'Potsdam', postcode: '14467' },
          ...{ country_id: 'DE', region_id: 82, telephone: '1', email: 'a@example.com' },
        },
      },
    }),
  },
  {
    problem:
      /^(?:POST|PUT) \/V1\/salesRules(?:\/\{ruleId\})?: body\.rule\.(?:action_)?condition\.(?:operator is no string, but null|value is no string, but boolean)$/,
    reason:
      'sales-rules: what joins conditions is printed without an operator and with true; not recorded is how it is taken',
    example: call('PUT', 'salesRules/1', {
      rule: {
        ...{ name: 'Ten off', website_ids: [1], customer_group_ids: [0], uses_per_customer: 0, is_active: true },
        ...{ stop_rules_processing: false, is_advanced: true, sort_order: 0, discount_amount: 10, discount_step: 0 },
        ...{ apply_to_shipping: false, times_used: 0, is_rss: false, coupon_type: 'SPECIFIC_COUPON' },
        ...{ use_auto_generation: false, uses_per_coupon: 0 },
        condition: { condition_type: 'Combine', aggregator_type: 'all', operator: null, value: true },
      },
    }),
  },
  {
    problem: /^GET \/V1\/inventory\/sources: searchCriteria is missing$/,
    reason: 'inventory-sources: answered without; orders and customers are not (orders-list-no-criteria)',
    example: call('GET', 'inventory/sources'),
  },
  {
    problem: /^GET \/V1\/modules: query parameter searchCriteria\[pageSize\] is unknown$/,
    reason: 'modules: answered with all modules; the parameter is ignored',
    example: call('GET', 'modules?searchCriteria[pageSize]=3'),
  },
];

type Query = readonly (readonly [string, string])[];

/**
 * What is wrong with a request to Magento's REST API; undefined where it is for a token, or for another of its
 * services.
 */
export function magentoProblems(
  description: MagentoDescription,
  { method, path, body }: SentRequest,
  exceptions: readonly Exception[] = MAGENTO_EXCEPTIONS,
): readonly string[] | undefined {
  const { pathname, search, searchParams } = new URL(path, 'https://shop.invalid/');
  const match = /\/rest(?:\/(?!V1\/|async\/)\w+)?(?:\/async(\/bulk)?)?(\/V1\/.*?)\/?$/.exec(pathname);
  if (match === null) return undefined;
  const [, bulk, route = ''] = match;
  const query = [...searchParams];
  const ofQuery = [...signatureProblems(search), ...query.flatMap(criterionProblems)];
  const general = ofQuery.map((problem) => `${method} ${route}: ${problem}`);
  const document = description.document();
  if (document === undefined)
    return body === '' || jsonOf(body) !== undefined
      ? general
      : [...general, `${method} ${route}: the body is no JSON`];
  const operation = operationOf([document], method, route);
  if (typeof operation === 'string') return unexcused([...general, operation], exceptions);
  const found = [
    // In the path of a bulk stands `bySku` for a value (fact sheet, 5.13).
    ...(bulk === undefined ? operation.pathProblems(route) : []),
    ...queryProblems(operation, query),
    ...bodiesOf(body, bulk !== undefined).flatMap((one) => operation.bodyProblems(one)),
  ].map((problem) => `${operation.name}: ${problem}`);
  return unexcused([...general, ...found], exceptions);
}

function bodiesOf(body: string, isBulk: boolean): readonly string[] {
  if (!isBulk) return [body];
  const parts = jsonOf(body);
  return Array.isArray(parts) ? parts.map((part) => JSON.stringify(part)) : ['a bulk is an array'];
}

/**
 * What breaks the signature of a request, so that it is refused as not authorized: the server leaves parts without
 * exactly one `=` out of what is signed, and takes a plus for a plus (fact sheet, 2.2).
 */
function signatureProblems(search: string): readonly string[] {
  if (search === '') return [];
  const parts = search.slice(1).split('&');
  return [
    ...parts.filter((part) => part.split('=').length !== 2).map((part) => `${part} is not signed by the server`),
    ...(search.includes('+') ? ['a space in the query is %20, never a plus'] : []),
  ];
}

/**
 * Names of search criteria and what their values may be (fact sheet, 4); described is the number 0 only. Numbers of two
 * digits are sorted as numbers when the server makes the signature: nine is the most that is safe.
 */
const CRITERIA: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [/^\[(?:filter_groups|filterGroups)\]\[\d\]\[filters\]\[\d\]\[(?:field|value)\]$/, /./],
  [
    /^\[(?:filter_groups|filterGroups)\]\[\d\]\[filters\]\[\d\]\[(?:condition_type|conditionType)\]$/,
    /^(?:n?eq|gt|gteq|lt|lteq|moreq|from|to|n?like|n?in|n?finset|(?:not)?null)$/,
  ],
  [/^\[(?:sort_orders|sortOrders)\]\[\d\]\[field\]$/, /./],
  [/^\[(?:sort_orders|sortOrders)\]\[\d\]\[direction\]$/, /^(?:ASC|DESC)$/],
  // A shop may refuse more than 300 (fact sheet, 3).
  [/^\[(?:page_size|pageSize)\]$/, /^(?:[1-9]\d?|[12]\d\d|300)$/],
  [/^\[(?:current_page|currentPage)\]$/, /^[1-9]\d*$/],
  // Everything.
  [/^$/, /^(?:all)?$/],
];

function criterionProblems([name, value]: readonly [string, string]): readonly string[] {
  if (!name.startsWith('searchCriteria')) return [];
  const rule = CRITERIA.find(([known]) => known.test(name.slice('searchCriteria'.length)));
  if (rule === undefined) return [`query parameter ${name} is unknown`];
  return rule[1].test(value) ? [] : [`query parameter ${name} may not be "${value}"`];
}

function queryProblems(operation: Operation, query: Query): readonly string[] {
  const isSearch = [...operation.queryNames].some((name) => name.startsWith('searchCriteria['));
  const isCriterion = ([name]: readonly [string, string]): boolean => name.startsWith('searchCriteria');
  // `fields` cuts every answer but that of a deletion (fact sheet, 1).
  const others = query.filter((one) => !(isSearch && isCriterion(one)) && one[0] !== 'fields');
  return [
    ...operation.queryProblems(others),
    ...(isSearch && !query.some(isCriterion) ? ['searchCriteria is missing'] : []),
  ];
}
