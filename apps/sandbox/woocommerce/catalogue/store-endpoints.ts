import { Big } from '#contract';
import type { PhpArray } from '../../php-query.js';
import type { JsonObject } from '../response-fields.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestEndpoint } from '../rest-endpoint.js';
import { restError } from '../rest-error.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import type { TaxRate } from '../shop.js';
import { itemLinks } from './catalogue-call.js';
import { countryOf } from './countries.js';
import { pageOf } from '../list-query.js';
import { ITEM_ALLOWS, LIST_ALLOWS } from './item-routes.js';

const SHIPPING_METHODS = [
  ['flat_rate', 'Flat rate', 'Lets you charge a fixed rate for shipping.'],
  [
    'free_shipping',
    'Free shipping',
    'Free shipping is a special method which can be triggered with coupons and minimum spends.',
  ],
  ['local_pickup', 'Local pickup', ''],
] as const;

/** `GET /shipping_methods` (recorded: store-shipping-methods.json) */
export const listShippingMethods: RestEndpoint<void> = {
  allow: 'GET',
  denied: CANNOT_LIST,
  read: () => undefined,
  answer: ({ site, sanitized }): RestOutcome => {
    const items = SHIPPING_METHODS.map(([id, title, description]) => ({
      id,
      title,
      description,
      _links: itemLinks(site.siteUrl, 'shipping_methods', id, ['GET']),
    }));
    return wholePage(items, '/wc/v3/shipping_methods', sanitized);
  },
};

/** `GET /payment_gateways` (recorded: store-payment-gateways.json) */
export const listPaymentGateways: RestEndpoint<void> = {
  allow: 'GET',
  denied: CANNOT_LIST,
  read: () => undefined,
  answer: ({ site, sanitized }): RestOutcome => {
    const items = site.shop.plan.gateways.map(({ id, title, online }, order) => ({
      id,
      title,
      description: '',
      order,
      enabled: true,
      method_title: title,
      method_description: '',
      method_supports: online ? ['products', 'refunds'] : ['products'],
      settings: {},
      needs_setup: false,
      _links: itemLinks(site.siteUrl, 'payment_gateways', id, ['GET', 'POST', 'PUT', 'PATCH']),
    }));
    return wholePage(items, '/wc/v3/payment_gateways', sanitized);
  },
};

interface TaxQuery {
  readonly page: number;
  readonly perPage: number;
  readonly offset: number | undefined;
  readonly taxClass: string | undefined;
}

/** `GET /taxes` (recorded: taxes-list.json) */
export const listTaxes: RestEndpoint<TaxQuery> = {
  allow: LIST_ALLOWS,
  denied: CANNOT_LIST,
  read: (reader) => ({
    page: reader.integer('page', { minimum: 1 }) ?? 1,
    perPage: reader.integer('per_page', { minimum: 1, maximum: 100 }) ?? 10,
    offset: reader.integer('offset'),
    taxClass: reader.has('class')
      ? reader.oneOf('class', ['standard', 'reduced-rate', 'zero-rate'], 'standard')
      : undefined,
  }),
  answer: ({ site, parameters, sanitized }): RestOutcome => {
    const { page, perPage, taxClass } = parameters;
    const found = site.shop.taxRates.filter((rate) => taxClass === undefined || classOf(rate) === taxClass);
    const items = pageOf(found, parameters).map((rate) => ({
      ...taxRateBody(rate),
      _links: itemLinks(site.siteUrl, 'taxes', rate.id),
    }));
    return { kind: 'page', items, total: found.length, page, perPage, path: '/wc/v3/taxes', query: sanitized };
  },
};

const INVALID_TAX = restError(404, 'woocommerce_rest_invalid_id', 'Invalid resource ID.');

export const getTax: RestEndpoint<void> = {
  allow: ITEM_ALLOWS,
  denied: CANNOT_VIEW,
  read: () => undefined,
  answer: ({ site, path }): RestOutcome => {
    const rate = site.shop.taxRates.find((one) => one.id === Number(path['id']));
    if (!rate) return refused(INVALID_TAX);
    return {
      kind: 'item',
      body: taxRateBody(rate),
      links: itemLinks(site.siteUrl, 'taxes', rate.id),
      wholeMembers: true,
    };
  },
};

function classOf({ taxClass }: TaxRate): string {
  return taxClass === '' ? 'standard' : taxClass;
}

function taxRateBody(rate: TaxRate): JsonObject {
  return {
    id: rate.id,
    country: rate.country,
    state: rate.state,
    postcode: '',
    city: '',
    rate: new Big(rate.percent).toFixed(4),
    name: rate.name,
    priority: rate.priority,
    compound: false,
    shipping: true,
    order: 0,
    class: classOf(rate),
    postcodes: [],
    cities: [],
  };
}

const NO_LOCATION = restError(
  404,
  'woocommerce_rest_data_invalid_location',
  'There are no locations matching these parameters.',
);

/** `GET /data/countries/{code}` (recorded: data-countries-de.json) */
export const getCountry: RestEndpoint<void> = {
  allow: 'GET',
  denied: CANNOT_VIEW,
  read: () => undefined,
  answer: ({ site, path }): RestOutcome => {
    const country = countryOf(path['country'] ?? '');
    if (!country) return refused(NO_LOCATION);
    const links = itemLinks(site.siteUrl, 'data/countries', country.code.toLowerCase(), ['GET']);
    return { kind: 'item', body: { ...country, states: country.states.map((one) => ({ ...one })) }, links };
  },
};

/** Lists without pages say how many there are all the same. */
function wholePage(items: readonly JsonObject[], path: string, query: PhpArray): RestOutcome {
  return { kind: 'page', items, total: items.length, page: 1, perPage: Math.max(items.length, 1), path, query };
}
