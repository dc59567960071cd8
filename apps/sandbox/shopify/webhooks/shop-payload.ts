import type { ShopData } from '../shop-slice.js';
import { restMoment } from './rest-values.js';

/** The body of `app/uninstalled` and `shop/update`. */
export function shopPayload({ shop, createdAt }: ShopData) {
  const { address, currency, moneyFormat } = shop;
  return {
    id: shop.id,
    name: shop.name,
    email: shop.email,
    domain: shop.host,
    province: address.province,
    country: address.countryCode,
    address1: address.address1,
    zip: address.zip,
    city: address.city,
    source: null,
    phone: address.phone,
    latitude: null,
    longitude: null,
    primary_locale: 'en',
    address2: null,
    created_at: restMoment(createdAt, shop),
    updated_at: restMoment(createdAt, shop),
    country_code: address.countryCode,
    country_name: address.country,
    currency,
    customer_email: shop.email,
    iana_timezone: shop.timezone,
    shop_owner: shop.owner,
    money_format: moneyFormat,
    money_with_currency_format: `${moneyFormat} ${currency}`,
    province_code: address.provinceCode,
    taxes_included: shop.taxesIncluded,
    tax_shipping: shop.taxShipping,
    plan_display_name: 'Development',
    plan_name: 'partner_test',
    myshopify_domain: shop.host,
    enabled_presentment_currencies: [currency, ...Object.keys(shop.presentment)],
  };
}

const CUSTOMER_TOPICS: Readonly<Record<string, string>> = {
  'customers/data_request': 'orders_requested',
  'customers/redact': 'orders_to_redact',
};

/** The body of a compliance message without what a test puts there itself. */
export function compliancePayload(topic: string, { shop }: ShopData): Record<string, unknown> {
  const about = { shop_id: shop.id, shop_domain: shop.host };
  const orders = CUSTOMER_TOPICS[topic];
  if (orders === undefined) return about;
  const request = topic === 'customers/data_request' ? { data_request: { id: 9_999 } } : {};
  return { ...about, [orders]: [], customer: { id: shop.id * 100, email: null, phone: null }, ...request };
}
